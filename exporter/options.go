package exporter

import (
	"time"

	"crmferry/internal/cell"
	"crmferry/internal/crm"
	"crmferry/mapping/hint"
)

// Options say what is exported.
type Options struct {
	Query   crm.Query  // narrows or sorts the list
	Columns []string   // names of fields, in the order wanted; none for all
	Words   hint.Words // of the front end, for what is wrong with Columns
	Limit   int        // the first so many contacts, 0 for all
	Since   time.Time  // contacts created or changed then or later; zero for all
	// Ahead says how far the vendor's clock, by which Since is held against the dates of contacts, is ahead of ours as far as that is
	// known; nil for not at all.
	Ahead func() time.Duration
	// Fresh is asked of each different contact once, by its id and the later of its dates (zero if it has none), whether it is
	// exported; nil for all. A list that is read again is not asked about again.
	Fresh   func(id string, changed time.Time) bool
	Workers int    // pages read at a time, 1 at least; two more may be asked of a client that lets no more through
	Noun    string // what the list holds, for people: "contacts" if empty
	// AllowUnproven: a list that was read to its end and could not be shown to be complete is exported all the same, and
	// the summary says so.
	AllowUnproven bool

	pageSize int
}

// Sink takes contacts. What it has taken is worth nothing until Run has returned without an error: only then is it
// known that no contact is missing.
type Sink interface {
	// Write takes the cells of one contact, in the order of Exporter.Columns. They are valid until it returns.
	Write(cells []cell.Cell) error
}

// Progress is told how far an export is. It is called by one goroutine at a time and must not block.
type Progress interface {
	// Contacts says how many contacts were met, of how many; -1 if the vendor does not say, or sections are still to come.
	Contacts(met, total int)
	// Again says that a list is read once more, and why.
	Again(list, reason string, try, tries int)
}

type noProgress struct{}

func (noProgress) Contacts(int, int) {}

func (noProgress) Again(string, string, int, int) {}

// traitsOf are a client's traits, the zero value if it tells none.
func traitsOf(client any) crm.Traits {
	if t, ok := client.(interface{ Traits() crm.Traits }); ok {
		return t.Traits()
	}
	return crm.Traits{}
}
