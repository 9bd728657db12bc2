package sandbox

import (
	"context"
	"net/http"

	"crmferry/internal/sandbox/api"
	"crmferry/internal/sandbox/seed"
)

func (v *endpoint) serve(w http.ResponseWriter, r *http.Request, path string) {
	v.requests.Add(1)
	v.arrive(v.Now())
	read := r.Method == http.MethodGet
	if !read {
		v.writes.Add(1)
	}
	half := v.options.Latency / 2
	pause(context.WithoutCancel(r.Context()), half) // what has arrived is carried out, whether or not anybody waits
	if s := v.injectionFor(v.IsPage(r, path), read); s != nil {
		v.inject(w, r, path, s)
		return
	}
	a := v.carryOut(r, path)
	if pause(r.Context(), half) {
		v.send(w, a)
	}
}

// churnAt makes and deletes a contact at every n-th request for a page of contacts.
func (v *endpoint) churnAt(c *api.Call) {
	request, every := int(v.pages.Add(1)), v.options.Churn
	if every <= 0 || request%every != 0 {
		return
	}
	n := request / every
	// The number is taken at every request, so that the same requests meet the same changes.
	pick := int(api.Scramble(n, v.options.Seed+1) >> 1)
	v.RunChurn(c, seed.KnownPerson(seed.FirstExtra+v.options.Contacts+n), pick)
}
