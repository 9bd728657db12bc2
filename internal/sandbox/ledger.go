package sandbox

import (
	"net/http"
	"slices"
	"sync"
	"time"

	"crmferry/internal/sandbox/api"
)

type ledger struct {
	mu      sync.Mutex
	entries []api.Entry
}

func (l *ledger) Add(e api.Entry) {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.entries = append(l.entries, e)
}

func (l *ledger) copy() []api.Entry {
	l.mu.Lock()
	defer l.mu.Unlock()
	return slices.Clone(l.entries)
}

// LedgerPath is where the sandbox tells over HTTP what it did, to nobody but tests and people: see Report.
const LedgerPath = "/_sandbox/ledger"

// Report is what the sandbox did so far, as JSON at LedgerPath.
type Report struct {
	Entries []api.Entry      `json:"entries"` // oldest first
	Vendors map[string]Count `json:"vendors"`
	// Early is by vendor, for each request that came during a pause, when that was asked for by this machine's clock.
	Early map[string][]time.Time `json:"early"`
}

// Count is what a vendor counted: see the methods of Server.
type Count struct {
	Requests   int `json:"requests"`
	Writes     int `json:"writes"`
	Faulted    int `json:"faulted"`
	Violations int `json:"violations"`
}

// Report returns what the vendors did.
func (s *Server) Report() Report {
	r := Report{Entries: s.Ledger(), Vendors: map[string]Count{}, Early: map[string][]time.Time{}}
	for _, v := range s.vendors {
		r.Vendors[v.Name] = Count{s.Requests(v.Name), s.Writes(v.Name), s.Faulted(v.Name), s.Violations(v.Name)}
		for _, at := range v.announced.violations() {
			r.Early[v.Name] = append(r.Early[v.Name], at.Add(-s.skew(v.Name)))
		}
	}
	return r
}

func (s *Server) serveLedger(w http.ResponseWriter) {
	api.Reply{Status: http.StatusOK, Body: s.Report()}.Write(w)
}
