package sandbox

import (
	"context"
	"net/http"
	"sync/atomic"
	"time"
)

// endpoint is a simulated vendor at its path of the server, with what goes wrong on the way to it: latency, faults, and
// people who work meanwhile.
type endpoint struct {
	*vendor
	options *Options
	stuck   atomic.Pointer[reply] // the page that comes for ever
	pages   atomic.Int64          // requests for pages of contacts

	troubles []*trouble
	announced

	requests, writes, faults atomic.Int64
}

func (v *endpoint) serve(w http.ResponseWriter, r *http.Request, path string) {
	v.requests.Add(1)
	v.arrive(v.now())
	read := r.Method == http.MethodGet
	if !read {
		v.writes.Add(1)
	}
	half := v.options.Latency / 2
	pause(context.WithoutCancel(r.Context()), half) // what has arrived is carried out, whether or not anybody waits
	if s := v.struck(v.isPage(r, path), read); s != nil {
		v.suffer(w, r, path, s)
		return
	}
	a := v.carryOut(r, path)
	if pause(r.Context(), half) {
		v.send(w, a)
	}
}

// send writes an answer that is dated by the vendor's clock.
func (v *endpoint) send(w http.ResponseWriter, a reply) {
	v.date(w)
	a.write(w)
}

func (v *endpoint) date(w http.ResponseWriter) {
	w.Header().Set("Date", v.now().UTC().Format(http.TimeFormat))
}

// pause waits for d and says whether the request is still wanted.
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
func (v *endpoint) carryOut(r *http.Request, path string) reply {
	now := v.now()
	a := v.answer(r, path)
	if a.wait > 0 {
		v.pauseUntil(now, now.Add(a.wait))
	}
	return a
}

// stirAt makes and deletes a contact at every n-th request for a page of contacts.
func (v *endpoint) stirAt(c *call) {
	request, every := int(v.pages.Add(1)), v.options.Churn
	if every <= 0 || request%every != 0 {
		return
	}
	n := request / every
	// The number is taken at every request, so that the same requests meet the same changes.
	pick := int(scramble(n, v.options.Seed+1) >> 1)
	v.stir(c, seededPerson(firstExtra+v.options.Contacts+n), pick)
}
