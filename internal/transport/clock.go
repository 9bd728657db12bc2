package transport

import (
	"net/http"
	"sync/atomic"
	"time"
)

// clock learns from the Date of the answers how far the vendor's clock is ahead of the one on the wall.
type clock struct {
	ahead atomic.Int64 // nanoseconds
	date  atomic.Pointer[string]
}

// slowest is how long an answer may take that tells the time.
const slowest = time.Minute

// note learns from an answer to a request that left at sent. An error may come from a proxy, and what a cache had kept is
// of another time.
func (c *clock) note(resp *http.Response, sent, now time.Time) {
	took := now.Sub(sent)
	if resp.StatusCode > 299 || resp.Header.Get("Age") != "" || took > slowest {
		return
	}
	text := resp.Header.Get("Date")
	if last := c.date.Load(); last != nil && *last == text { // the first answer of a second tells its beginning best
		return
	}
	date, err := http.ParseTime(text)
	if err != nil {
		return
	}
	c.date.Store(&text)
	date = date.Add(time.Second / 2) // it was cut to the second
	c.ahead.Store(int64(date.Sub(now.Round(0).Add(-took / 2))))
}

// dated passes answers on and notes their dates, and how long they took.
type dated struct {
	next    http.RoundTripper
	clock   *clock
	answers *answers
}

// answers is how long answers took.
type answers struct{ count, took atomic.Int64 }

func (a *answers) mean() time.Duration {
	n := a.count.Load()
	if n == 0 {
		return 0
	}
	return time.Duration(a.took.Load() / n)
}

func (d dated) RoundTrip(req *http.Request) (*http.Response, error) {
	sent := time.Now()
	resp, err := d.next.RoundTrip(req)
	if err == nil {
		now := time.Now()
		d.clock.note(resp, sent, now)
		d.answers.took.Add(int64(now.Sub(sent)))
		d.answers.count.Add(1)
	}
	return resp, err
}
