package transport

import (
	"context"
	"fmt"
	"net/http"
	"strconv"
	"strings"
	"sync"
	"time"

	"golang.org/x/time/rate"
)

const (
	maxPause     = 15 * time.Minute // however long the vendor asks to wait
	firstPause   = time.Second      // if the vendor does not say how long
	longestGuess = time.Minute
)

// pace lets requests leave evenly, one at a time, and none during a pause.
type pace struct {
	limiter *rate.Limiter
	onWait  func(d time.Duration, why string)

	mu      sync.Mutex
	until   time.Time // end of the pause
	began   time.Time // when the pause was last set
	guesses int       // pauses of guessed length since the last answer that was no refusal
}

func newPace(limit rate.Limit, onWait func(time.Duration, string)) *pace {
	if limit <= 0 {
		limit = rate.Inf
	}
	return &pace{limiter: rate.NewLimiter(limit, 1), onWait: onWait}
}

// wait returns when a request may leave, or the cause why the context ended.
func (p *pace) wait(ctx context.Context) error {
	for {
		if err := sleep(ctx, time.Until(p.pausedUntil())); err != nil {
			return err
		}
		// Not limiter.Wait: it fails at once where the deadline is too near, which would look like a lost request.
		r := p.limiter.Reserve()
		if err := sleep(ctx, r.Delay()); err != nil {
			r.Cancel()
			return err
		}
		if !time.Now().Before(p.pausedUntil()) {
			return nil
		} // else a pause began meanwhile: wait for its end and for a turn after it
	}
}

func (p *pace) pausedUntil() time.Time {
	p.mu.Lock()
	defer p.mu.Unlock()
	return p.until
}

// pause lets no request leave for d.
func (p *pace) pause(d time.Duration, why string) {
	p.mu.Lock()
	longer := p.extend(d)
	p.mu.Unlock()
	if longer {
		p.onWait(min(d, maxPause), why)
	}
}

// extend sets the pause to d from now, unless it is longer already. It says whether a pause began or grew by a
// second: several refusals of one moment are one pause. p.mu is held.
func (p *pace) extend(d time.Duration) bool {
	now := time.Now()
	until := now.Add(min(d, maxPause))
	grown := until.Sub(p.until)
	if grown <= 0 {
		return false
	}
	worth := grown >= time.Second || !now.Before(p.until)
	p.until, p.began = until, now
	return worth
}

// note learns from the answer to a request that left at sent.
func (p *pace) note(resp *http.Response, sent time.Time) {
	switch resp.StatusCode {
	case http.StatusTooManyRequests, http.StatusServiceUnavailable:
		asked := retryAfter(resp.Header, time.Now())
		if asked > 0 {
			p.pause(asked, fmt.Sprintf("the vendor asks to wait (%d)", resp.StatusCode))
		} else if resp.StatusCode == http.StatusTooManyRequests {
			p.guess(sent)
		}
		return
	}
	if resp.StatusCode < 500 {
		p.mu.Lock()
		p.guesses = 0
		p.mu.Unlock()
	}
}

// guess pauses where the vendor does not say how long, twice as long each time. What left before the pause began was
// refused for the same reason as what made it begin.
func (p *pace) guess(sent time.Time) {
	p.mu.Lock()
	if sent.Before(p.began) {
		p.mu.Unlock()
		return
	}
	d := min(firstPause<<min(p.guesses, 10), longestGuess)
	p.guesses++
	longer := p.extend(d)
	p.mu.Unlock()
	if longer {
		p.onWait(d, "the vendor refuses more requests (429) and does not say for how long")
	}
}

// retryAfter reads the header Retry-After, seconds or a date, which counts from the server's own clock; 0 without one.
func retryAfter(h http.Header, now time.Time) time.Duration {
	v := strings.TrimSpace(h.Get("Retry-After"))
	if s, err := strconv.ParseFloat(v, 64); err == nil && s > 0 {
		return time.Duration(min(s, maxPause.Seconds()) * float64(time.Second))
	}
	t, err := http.ParseTime(v)
	if err != nil {
		return 0
	}
	if date, err := http.ParseTime(h.Get("Date")); err == nil {
		now = date
	}
	return max(t.Sub(now), 0)
}

// sleep returns after d, or earlier with the cause why the context ended.
func sleep(ctx context.Context, d time.Duration) error {
	if ctx.Err() != nil {
		return context.Cause(ctx)
	}
	if d <= 0 {
		return nil
	}
	timer := time.NewTimer(d)
	defer timer.Stop()
	select {
	case <-timer.C:
		return nil
	case <-ctx.Done():
		return context.Cause(ctx)
	}
}

// paced lets requests wait for their turn and notes refusals.
type paced struct {
	next http.RoundTripper
	pace *pace
}

func (p paced) RoundTrip(req *http.Request) (*http.Response, error) {
	if err := p.pace.wait(req.Context()); err != nil {
		if req.Body != nil {
			req.Body.Close()
		}
		return nil, err
	}
	sent := time.Now()
	resp, err := p.next.RoundTrip(req)
	if err == nil {
		p.pace.note(resp, sent)
	}
	return resp, err
}
