package sandbox

import (
	"fmt"
	"net/http"
	"strings"
	"time"
)

// The vendors that the sandbox simulates, each under a path of its own name.
const (
	clientCommander = "clientcommander"
	growCRM         = "growcrm"
	rogerRoger      = "rogerroger"
	cloverhound     = "cloverhound"
)

// The invented keys that the sandbox takes, and no others.
const (
	clientCommanderKey = "ccmd_live_sandbox0invented0key"
	growCRMKey         = "growcrm-sandbox-invented-key"
	rogerRogerKey      = "rogerroger-sandbox-invented-key"
	cloverhoundKeyID   = "sandbox-key-id"
	cloverhoundSecret  = "sandbox-invented-secret"
	cloverhoundOrg     = 1
)

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
	vendors []*vendor
}

// New returns a server whose vendors are seeded, each at its first request.
func New(o Options) *Server {
	if o.Now == nil {
		o.Now = time.Now
	}
	s := &Server{options: o}
	for _, vendor := range []func(*Server) *vendor{newCommander, newGrow, newRoger, newClover} {
		v := vendor(s)
		v.troubles, v.skew = s.troubles(v.name), s.skew(v.name)
		s.vendors = append(s.vendors, v)
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

func (s *Server) vendor(name string) *vendor {
	for _, v := range s.vendors {
		if v.name == name {
			return v
		}
	}
	return nil
}

// Setting is one environment variable.
type Setting struct{ Name, Value string }

// Environment lists the variables that point crmferry to the sandbox served at base, such as
// "http://127.0.0.1:8080". The keys are invented and open nothing else.
func (s *Server) Environment(base string) []Setting {
	base = strings.TrimRight(base, "/")
	return []Setting{
		{"CRMFERRY_CLIENTCOMMANDER_URL", base + "/clientcommander"},
		{"CRMFERRY_CLIENTCOMMANDER_KEY", clientCommanderKey},
		{"CRMFERRY_GROWCRM_URL", base + "/growcrm/api"},
		{"CRMFERRY_GROWCRM_KEY", growCRMKey},
		{"CRMFERRY_ROGERROGER_URL", base + "/rogerroger"},
		{"CRMFERRY_ROGERROGER_KEY", rogerRogerKey},
		{"CRMFERRY_CLOVERHOUND_URL", base + "/cloverhound"},
		{"CRMFERRY_CLOVERHOUND_KEY_ID", cloverhoundKeyID},
		{"CRMFERRY_CLOVERHOUND_KEY_SECRET", cloverhoundSecret},
		{"CRMFERRY_CLOVERHOUND_ORGANIZATION", fmt.Sprint(cloverhoundOrg)},
	}
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
func (s *Server) Ledger() []Entry { return s.ledger.copy() }

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
	calls := map[string]int{}
	if v := s.vendor(vendor); v != nil {
		for i := range v.routes {
			if n := v.routes[i].calls.Load(); n > 0 {
				calls[v.routes[i].method+" "+v.routes[i].pattern] = int(n)
			}
		}
	}
	return calls
}
