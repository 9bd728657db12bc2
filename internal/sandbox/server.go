package sandbox

import (
	"net/http"
	"strings"
	"time"

	"crmferry/internal/sandbox/api"
)

// Server simulates the four vendors. Nothing is kept beyond its life. It is safe for concurrent use.
type Server struct {
	options Options
	ledger  ledger
	vendors []*endpoint
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

// Contacts are the contacts that a vendor lists now as a read shows them, in JSON, by their ids; those of RogerRoger with
// archived people. It is nil for an unknown vendor.
func (s *Server) Contacts(vendor string) map[string][]byte {
	if v := s.vendor(vendor); v != nil {
		return v.Contacts()
	}
	return nil
}

// Report returns what the vendors did.
func (s *Server) Report() Report {
	r := Report{Entries: s.Ledger(), Vendors: map[string]Count{}, Early: map[string][]time.Time{}}
	for _, v := range s.vendors {
		r.Vendors[v.Name] = Count{s.Requests(v.Name), s.Writes(v.Name), s.Faulted(v.Name), s.Violations(v.Name)}
		for _, at := range v.announced.violations() {
			r.Early[v.Name] = append(r.Early[v.Name], at.Add(-skewOf(v.Name, s.options.Faults)))
		}
	}
	return r
}

func (s *Server) serveLedger(w http.ResponseWriter) {
	api.Reply{Status: http.StatusOK, Body: s.Report()}.Write(w)
}
