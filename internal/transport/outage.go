package transport

import (
	"context"
	"fmt"
	"net/http"
	"sync"
	"time"

	"crmferry/internal/leaveby"
)

// outage is how the vendor does over all requests: whether it is away as a whole, or one request fails alone.
type outage struct {
	known  func() bool // the vendor has answered before: else the address may be wrong
	onAway func(d time.Duration, why string)
	onBack func(d time.Duration)

	mu    sync.Mutex
	ok    time.Time // when a request was last answered, by anything but a failure
	since time.Time // the first failure since then; zero if there was none
	told  bool      // onAway was told
}

// answered takes note of an answer that is no failure.
func (o *outage) answered() {
	o.mu.Lock()
	since, told := o.since, o.told
	o.ok, o.since, o.told = time.Now(), time.Time{}, false
	o.mu.Unlock()
	if told {
		o.onBack(time.Since(since))
	}
}

// failed takes note of a request that failed at a time.
func (o *outage) failed(at time.Time) {
	o.mu.Lock()
	defer o.mu.Unlock()
	if o.since.IsZero() {
		o.since = at
	}
}

// lasts reports whether a read that has failed as often as others may is tried again all the same: the vendor is away for no longer
// than it is waited for, and no other request was answered since a time, while this one was not.
func (o *outage) lasts(ctx context.Context, since time.Time, why string) bool {
	patience := leaveby.Patience(ctx)
	if patience <= 0 || !o.known() {
		return false
	}
	o.mu.Lock()
	left := patience
	if !o.since.IsZero() {
		left -= time.Since(o.since)
	}
	alone := o.ok.After(since)
	tell := !alone && left > 0 && !o.told
	o.told = o.told || tell
	o.mu.Unlock()
	if tell {
		o.onAway(patience, why)
	}
	return !alone && left > 0
}

// reason says why a try failed.
func reason(resp *http.Response, err error) string {
	if err != nil {
		return "there was no answer: " + err.Error()
	}
	return fmt.Sprintf("the vendor failed (%d)", resp.StatusCode)
}
