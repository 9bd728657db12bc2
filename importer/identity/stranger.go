package identity

import (
	"cmp"
	"fmt"
	"strings"

	"crmferry/importer/outcome"
	"crmferry/mapping"
)

// Stranger is a row whose id is that of a contact with which it has nothing in common.
type Stranger struct {
	Row           int
	ID            string
	Says, Contact string // the row and the contact, by what people know them by
}

// StrangerOf describes a row with an id, by what it says itself, and the contact that has the id.
func StrangerOf[C any](t *mapping.Table[C], row int, id string, says, contact *C) Stranger {
	return Stranger{row, id, t.Describe(says), t.Describe(contact)}
}

// String says who is who.
func (s Stranger) String() string {
	return fmt.Sprintf("the id %q is that of %s, and the row is about %s", s.ID, cmp.Or(s.Contact, "one of which nothing is known"), s.Says)
}

// MismatchError is a file whose ids are those of strangers.
type MismatchError struct {
	Compared, Strangers int
	First               []Stranger
	Resource            string // what the contacts are called
}

// Error names the first of them.
func (e *MismatchError) Error() string {
	rows := make([]string, len(e.First))
	for i, s := range e.First {
		rows[i] = fmt.Sprintf("row %d: %s", s.Row, s)
	}
	return fmt.Sprintf("%s: of %d %s that were looked up by their ids, %d have nothing in common with their rows; %s",
		outcome.CodeMismatch, e.Compared, e.Resource, e.Strangers, strings.Join(rows, "; "))
}
