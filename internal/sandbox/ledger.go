package sandbox

import (
	"net/http"
	"slices"
	"sync"
)

type ledger struct {
	mu      sync.Mutex
	entries []Entry
}

func (l *ledger) add(e Entry) {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.entries = append(l.entries, e)
}

func (l *ledger) copy() []Entry {
	l.mu.Lock()
	defer l.mu.Unlock()
	return slices.Clone(l.entries)
}

// LedgerPath is where the sandbox tells over HTTP what it did, to nobody but tests and people: see Report.
const LedgerPath = "/_sandbox/ledger"

// Report is what the sandbox did so far, as JSON at LedgerPath.
type Report struct {
	Entries []Entry          `json:"entries"` // oldest first
	Vendors map[string]Count `json:"vendors"`
	// Early is by vendor, for each request that came during a pause, when that was asked for.
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
		r.Vendors[v.name] = Count{s.Requests(v.name), s.Writes(v.name), s.Faulted(v.name), s.Violations(v.name)}
		r.Early[v.name] = v.announced.violations()
	}
	return r
}

func (s *Server) serveLedger(w http.ResponseWriter) {
	reply{status: http.StatusOK, body: s.Report()}.write(w)
}
