package sandbox

import (
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
