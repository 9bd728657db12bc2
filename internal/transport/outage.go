package transport

import (
	"context"
	"fmt"
	"net/http"
	"sync"
	"sync/atomic"
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

	good   atomic.Pointer[http.Request] // the read that was last answered so
	asking chan struct{}                // held by who asks it again, to see whether the vendor is there
	asked  time.Time                    // when that was last done; of who holds asking
}

// answered takes note of an answer that is no failure, to a read unless that is nil.
func (o *outage) answered(read *http.Request) {
	if read != nil {
		o.good.Store(read)
	}
	o.mu.Lock()
	since, told := o.since, o.told
	o.ok, o.since, o.told = time.Now(), time.Time{}, false
	o.mu.Unlock()
	if told {
		o.onBack(time.Since(since))
	}
}

// lastAnswer is when a request was last answered, by anything but a failure; the zero time if none was.
func (o *outage) lastAnswer() time.Time {
	o.mu.Lock()
	defer o.mu.Unlock()
	return o.ok
}

// failed takes note of a request that failed at a time.
func (o *outage) failed(at time.Time) {
	o.mu.Lock()
	defer o.mu.Unlock()
	if o.since.IsZero() {
		o.since = at
	}
}

// waits reports whether a vendor that is away is waited for any longer.
func (o *outage) waits(ctx context.Context) bool {
	left := leaveby.Patience(ctx)
	if left <= 0 || !o.known() {
		return false
	}
	o.mu.Lock()
	defer o.mu.Unlock()
	if !o.since.IsZero() {
		left -= time.Since(o.since)
	}
	return left > 0
}

// tell tells once that the vendor is away, and why that is believed.
func (o *outage) tell(ctx context.Context, why string) {
	o.mu.Lock()
	tell := !o.told
	o.told = true
	o.mu.Unlock()
	if tell {
		o.onAway(leaveby.Patience(ctx), why)
	}
}

// reason says why a try failed.
func reason(resp *http.Response, err error) string {
	if err != nil {
		return "there was no answer: " + err.Error()
	}
	return fmt.Sprintf("the vendor failed (%d)", resp.StatusCode)
}
