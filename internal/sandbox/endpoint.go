package sandbox

import (
	"context"
	"net/http"
	"sync/atomic"
	"time"

	"crmferry/internal/sandbox/api"
	"crmferry/internal/sandbox/seed"
)

// endpoint is a simulated vendor at its path of the server, with what goes wrong on the way to it: latency, faults, and
// people who work meanwhile.
type endpoint struct {
	*api.Vendor
	options *Options
	stuck   atomic.Pointer[api.Reply] // the page that comes for ever
	pages   atomic.Int64              // requests for pages of contacts

	troubles []*trouble
	announced

	requests, writes, faults atomic.Int64
}

func (v *endpoint) serve(w http.ResponseWriter, r *http.Request, path string) {
	v.requests.Add(1)
	v.arrive(v.Now())
	read := r.Method == http.MethodGet
	if !read {
		v.writes.Add(1)
	}
	half := v.options.Latency / 2
	pause(context.WithoutCancel(r.Context()), half) // what has arrived is carried out, whether or not anybody waits
	if s := v.struck(v.IsPage(r, path), read); s != nil {
		v.suffer(w, r, path, s)
		return
	}
	a := v.carryOut(r, path)
	if pause(r.Context(), half) {
		v.send(w, a)
	}
}

// send writes an answer that is dated by the vendor's clock.
func (v *endpoint) send(w http.ResponseWriter, a api.Reply) {
	v.date(w)
	a.Write(w)
}

func (v *endpoint) date(w http.ResponseWriter) {
	w.Header().Set("Date", v.Now().UTC().Format(http.TimeFormat))
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
func (v *endpoint) carryOut(r *http.Request, path string) api.Reply {
	now := v.Now()
	a := v.Answer(r, path)
	if a.Wait > 0 {
		v.pauseUntil(now, now.Add(a.Wait))
	}
	return a
}

// stirAt makes and deletes a contact at every n-th request for a page of contacts.
func (v *endpoint) stirAt(c *api.Call) {
	request, every := int(v.pages.Add(1)), v.options.Churn
	if every <= 0 || request%every != 0 {
		return
	}
	n := request / every
	// The number is taken at every request, so that the same requests meet the same changes.
	pick := int(api.Scramble(n, v.options.Seed+1) >> 1)
	v.Stir(c, seed.KnownPerson(seed.FirstExtra+v.options.Contacts+n), pick)
}
