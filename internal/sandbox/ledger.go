package sandbox

import (
	"slices"
	"sync"
	"time"
)

// Entry is one change that a vendor committed, whether or not its answer arrived.
type Entry struct {
	Vendor string    `json:"vendor"`
	Method string    `json:"method"` // of HTTP
	Action string    `json:"action"` // create, update or delete: an upsert is one of the first two
	Kind   string    `json:"kind"`   // contact, client, tag, segment, organization, note
	ID     string    `json:"id"`
	Email  string    `json:"email,omitempty"`
	Phone  string    `json:"phone,omitempty"`
	Name   string    `json:"name,omitempty"`
	Time   time.Time `json:"time"`
}

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
