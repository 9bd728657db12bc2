package sandbox

import (
	"context"
	"net/http"
	"sync/atomic"
	"time"

	"crmferry/internal/sandbox/api"
)

// endpoint is a simulated vendor at its path of the server, with what goes wrong on the way to it: latency, faults, and
// people who work meanwhile.
type endpoint struct {
	*api.Vendor
	options *Options
	stuck   atomic.Pointer[api.Reply] // the page that comes for ever
	pages   atomic.Int64              // requests for pages of contacts

	injectors []*injector
	announced

	requests, writes, faults atomic.Int64
}

// send writes an answer that is dated by the vendor's clock.
func (v *endpoint) send(w http.ResponseWriter, a api.Reply) {
	v.date(w)
	a.Write(w)
}

func (v *endpoint) date(w http.ResponseWriter) {
	w.Header().Set("Date", v.Now().UTC().Format(http.TimeFormat))
}

// pause waits for d and reports whether the request is still wanted.
func pause(ctx context.Context, d time.Duration) bool {
	if d <= 0 {
		return true
	}
	t := time.NewTimer(d)
	defer t.Stop()
	select {
	case <-t.C:
		return true
	case <-ctx.Done():
		return false
	}
}

// carryOut lets the vendor answer, and notes the pause that it asks for.
func (v *endpoint) carryOut(r *http.Request, path string) api.Reply {
	now := v.Now()
	a := v.Answer(r, path)
	if a.Wait > 0 {
		v.pauseUntil(now, now.Add(a.Wait))
	}
	return a
}

// injectionFor counts a request and returns the fault that hits it, nil for none. Of several it is the last.
func (v *endpoint) injectionFor(page, read bool) *injection {
	var hit *injection
	for _, t := range v.injectors {
		if !t.about(page, read) {
			continue
		}
		if number := t.hits(int(t.seen.Add(1))); number > 0 {
			hit = &injection{t.Fault, number}
		}
	}
	if hit != nil {
		v.faults.Add(1)
	}
	return hit
}
