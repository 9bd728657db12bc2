package sandbox

import (
	"fmt"
	"net/http"
	"strings"
	"time"

	"crmferry/internal/sandbox/api"
)

// New returns a server whose vendors are seeded, each at its first request.
func New(o Options) *Server {
	if o.Now == nil {
		o.Now = time.Now
	}
	s := &Server{options: o}
	for _, v := range vendors() {
		skew := skewOf(v.name, o.Faults)
		e := &endpoint{options: &s.options, injectors: injectorsFor(v.name, o.Faults), Vendor: v.make(api.Settings{
			Contacts: o.Contacts, Limits: o.Limits, Seed: o.Seed, Lag: o.Lag, ListOrder: o.ListOrder, Custom: o.Custom, Ledger: s.ledger.Add,
			Now: func() time.Time { return o.Now().Add(skew) },
		})}
		e.OnPage = e.churnAt
		s.vendors = append(s.vendors, e)
	}
	return s
}

// Handler serves the vendors at /clientcommander/v1/..., /growcrm/api/..., /rogerroger/... and
// /cloverhound/{organization_id}/contacts..., and at LedgerPath what they did.
func (s *Server) Handler() http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if r.URL.Path == LedgerPath {
			s.serveLedger(w)
			return
		}
		s.route(w, r, func(v *endpoint, path string) { v.serve(w, r, path) })
	})
}

// Quiet serves the vendors as Handler does, but without latency, faults and churn: for tests whose people change contacts.
func (s *Server) Quiet() http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		s.route(w, r, func(v *endpoint, path string) { v.send(w, v.carryOut(r, path)) })
	})
}

// route finds the vendor that a request is for.
func (s *Server) route(w http.ResponseWriter, r *http.Request, serve func(v *endpoint, path string)) {
	name, path, _ := strings.Cut(strings.TrimPrefix(r.URL.Path, "/"), "/")
	if v := s.vendor(name); v != nil {
		serve(v, "/"+path)
		return
	}
	http.Error(w, fmt.Sprintf("no vendor %q here", name), http.StatusNotFound)
}
