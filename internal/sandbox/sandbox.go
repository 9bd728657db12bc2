package sandbox

import (
	"fmt"
	"net/http"
	"strings"
	"time"

	"crmferry/internal/sandbox/api"
	"crmferry/internal/sandbox/clientcommander"
	"crmferry/internal/sandbox/cloverhound"
	"crmferry/internal/sandbox/growcrm"
	"crmferry/internal/sandbox/rogerroger"
)

// simulated is a vendor that the sandbox can simulate, under a path of its name.
type simulated struct {
	name    string
	make    func(api.Settings) *api.Vendor
	rules   func() []api.Rule
	choices func() []string
}

// vendors lists the vendors: the one place that names them all.
func vendors() []simulated {
	return []simulated{
		{clientcommander.Name, clientcommander.New, clientcommander.Rules, clientcommander.Choices},
		{growcrm.Name, growcrm.New, growcrm.Rules, growcrm.Choices},
		{rogerroger.Name, rogerroger.New, rogerroger.Rules, rogerroger.Choices},
		{cloverhound.Name, cloverhound.New, cloverhound.Rules, cloverhound.Choices},
	}
}

// Options say how the sandbox behaves.
type Options struct {
	// Contacts is how many people are seeded per vendor beyond those that the samples meet.
	Contacts int
	// Limits turns the vendors' rate limits on.
	Limits bool
	// Latency is how long every request takes at least; it is carried out after half of it.
	Latency time.Duration
	// Seed varies the ids that are given out; the people stay the same.
	Seed int64
	// Churn makes and deletes one contact of a vendor at every n-th request for a page of its contacts, 0 for never;
	// RogerRoger archives a person sometimes instead. The ledger tells which, with ChurnMethod.
	Churn int
	// ListOrder is the order of lists whose order the vendor does not document, one of ListOrders; "" is the first.
	ListOrder string
	// Faults are how requests go wrong. What several faults hit has the last one.
	Faults []Fault
	// Lag is how long look-ups (lists, searches, reads of one) do not see what was just created.
	Lag time.Duration
	// Now is the clock of dates and limits, time.Now if nil.
	Now func() time.Time
}

// Server simulates the four vendors. Nothing is kept beyond its life. It is safe for concurrent use.
type Server struct {
	options Options
	ledger  ledger
	vendors []*endpoint
}

// New returns a server whose vendors are seeded, each at its first request.
func New(o Options) *Server {
	if o.Now == nil {
		o.Now = time.Now
	}
	s := &Server{options: o}
	for _, v := range vendors() {
		skew := s.skew(v.name)
		e := &endpoint{options: &s.options, troubles: s.troubles(v.name), Vendor: v.make(api.Settings{
			Contacts: o.Contacts, Limits: o.Limits, Seed: o.Seed, Lag: o.Lag, ListOrder: o.ListOrder, Ledger: s.ledger.Add,
			Now: func() time.Time { return o.Now().Add(skew) },
		})}
		e.OnPage = e.stirAt
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
		name, path, _ := strings.Cut(strings.TrimPrefix(r.URL.Path, "/"), "/")
		v := s.vendor(name)
		if v == nil {
			http.Error(w, fmt.Sprintf("no vendor %q here", name), http.StatusNotFound)
			return
		}
		v.serve(w, r, "/"+path)
	})
}

func (s *Server) vendor(name string) *endpoint {
	for _, v := range s.vendors {
		if v.Name == name {
			return v
		}
	}
	return nil
}

// Environment lists the variables that point crmferry to the sandbox served at base, such as
// "http://127.0.0.1:8080". The keys are invented and open nothing else.
func (s *Server) Environment(base string) []api.Setting {
	base = strings.TrimRight(base, "/")
	var all []api.Setting
	for _, v := range s.vendors {
		all = append(all, v.Environment(base)...)
	}
	return all
}

// Variable is the value of a variable of Environment, "" if it has none of that name.
func (s *Server) Variable(base, name string) string {
	for _, set := range s.Environment(base) {
		if set.Name == name {
			return set.Value
		}
	}
	return ""
}

// Ledger returns what the vendors committed, oldest first. Seeded records are not in it.
func (s *Server) Ledger() []api.Entry { return s.ledger.copy() }

// Requests is the number of requests that reached a vendor, refused ones included; 0 for an unknown vendor.
func (s *Server) Requests(vendor string) int {
	if v := s.vendor(vendor); v != nil {
		return int(v.requests.Load())
	}
	return 0
}

// Writes is the number of requests other than GET that reached a vendor, refused ones included.
func (s *Server) Writes(vendor string) int {
	if v := s.vendor(vendor); v != nil {
		return int(v.writes.Load())
	}
	return 0
}

// Violations is the number of requests that reached a vendor during a pause that it had asked for (429, 503), but for
// those that left before they could know.
func (s *Server) Violations(vendor string) int {
	if v := s.vendor(vendor); v != nil {
		return len(v.announced.violations())
	}
	return 0
}

// Faulted is the number of requests of a vendor that a fault hit.
func (s *Server) Faulted(vendor string) int {
	if v := s.vendor(vendor); v != nil {
		return int(v.faults.Load())
	}
	return 0
}

// Calls counts the requests of a vendor by method and documented path, such as "PATCH /api/contacts/{id}".
// Requests for what the vendor does not have are not in it.
func (s *Server) Calls(vendor string) map[string]int {
	if v := s.vendor(vendor); v != nil {
		return v.Calls()
	}
	return nil
}

// IDs lists the ids of the contacts that a vendor lists now, in order of creation; those of RogerRoger with archived
// people. It is nil for an unknown vendor.
func (s *Server) IDs(vendor string) []string {
	if v := s.vendor(vendor); v != nil {
		return v.Listed()
	}
	return nil
}
