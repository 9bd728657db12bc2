package transport

import (
	"net/http"
	"sync/atomic"
	"time"
)

// clock learns from the Date of the answers how far the vendor's clock is ahead of the one on the wall.
type clock struct {
	ahead atomic.Int64 // nanoseconds
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
	date, err := http.ParseTime(resp.Header.Get("Date"))
	if err != nil {
		return
	}
	date = date.Add(time.Second / 2) // it was cut to the second
	c.ahead.Store(int64(date.Sub(now.Round(0).Add(-took / 2))))
}

// dated passes answers on and notes their dates.
type dated struct {
	next  http.RoundTripper
	clock *clock
}

func (d dated) RoundTrip(req *http.Request) (*http.Response, error) {
	sent := time.Now()
	resp, err := d.next.RoundTrip(req)
	if err == nil {
		d.clock.note(resp, sent, time.Now())
	}
	return resp, err
}
