package item

import (
	"slices"
	"time"

	"crmferry/importer/directory"
	"crmferry/importer/journal"
	"crmferry/importer/outcome"
	"crmferry/importer/phase"
	"crmferry/importer/survey"
	"crmferry/importer/workers"
	"crmferry/internal/crm"
	"crmferry/mapping"
)

// Row is a row on its way: what it says, what was found, what became of it.
type Row[C any] struct {
	Seq      int // position among the rows read, from 0
	Want     C
	Fields   crm.Fields
	Filled   crm.Fields // those of fields that only a default has a value for
	Res      outcome.Result
	Origin   mapping.Origin // that a new record is to keep
	Claims   []mapping.Claim
	Reported string          // the key of a row of a report
	Did      *survey.Earlier // what the run did that is taken back; nil where none is
	Parts    *Parts[C]       // what is taken back of the same row
	Planned  *outcome.Result // what the plan that is applied says of the row; nil for a row of a file
	Former   *C              // the contact that had what the run that is taken back gave to this one, as it is now
	Takes    *outcome.Former // who has what the row would take, as it is now; nil if it takes nothing, or nobody has asked
	GiveBack *C              // what that is to be: it has it again
	Namesake int             // an earlier row that bears the same name of a company and has an address of its own, 0 for none
	Lacks    []mapping.Link  // what it names and nobody has made so far
	Misnamed bool            // rejected because the vendor lacks what it names: earlier it may not have been

	directory.Query[C]
	AsRead  *Row[C] // as it was before an action was chosen by what was found
	Started time.Time
	// Made is the contact that the vendor made along with a link: the row's own creation.
	Made *C
	// MadeAt is when a link was about to be created whose answer was lost: a contact may have been made along with it.
	MadeAt time.Time
	Trail
}

// Trail is what happened to a row so far; it stays when the row is decided anew.
type Trail struct {
	phase.State
	Past     *journal.Intent // what an earlier session of the run was about to do
	SentAt   time.Time       // when its create first left
	Attempts int             // at writes
	IntentAt int64           // where it says so, if nobody has waited for that to be durable; 0 for nowhere
	Late     int             // how often a write could not leave before what it was decided by was too old
	WasThere bool            // the contact that is to be deleted was there in this session
	Seen     []byte          // the contact as it was when an undo was first about to delete it, as a Result has it; nil if it was not
	Gave     bool            // another contact may have got back, before the delete, what the run had given to this one

	Place workers.Place // of its worker
}

// Undecide makes the row what it was before an action was chosen; its trail stays.
func (it *Row[C]) Undecide() {
	asRead, trail := it.AsRead, it.Trail
	*it = *asRead
	it.AsRead, it.Trail = asRead, trail
}

// Reject gives the row, which will not be sent, its outcome.
func (it *Row[C]) Reject(problems ...mapping.Problem) *Row[C] {
	it.Res.Outcome, it.Res.Problems = outcome.Rejected, problems
	return it
}

// Skip gives the row, with which nothing is to be done, its outcome.
func (it *Row[C]) Skip(code, message string) {
	it.Res.Outcome, it.Res.Action = outcome.Skipped, outcome.ActionNone
	it.Res.Problems = append(it.Res.Problems, mapping.Problem{Code: code, Message: message})
}

// OfRecord reports whether a key is that of a record which belongs to another.
func OfRecord(k crm.Key) bool { return k.Of != "" }

// KeyNames are keys that are no ids as rows are held by, in one order, so that no two rows wait for each other.
func KeyNames(keys []crm.Key) (names []string) {
	for _, k := range keys {
		if k.ID == "" {
			names = append(names, "key "+k.String())
		}
	}
	slices.Sort(names)
	return slices.Compact(names)
}

// Goal is what is to be done, and to which contact.
type Goal struct {
	action outcome.Action
	id     string
}

// Goal is what is to be done with the row.
func (it *Row[C]) Goal() Goal { return Goal{it.Res.Action, it.Res.ID} }

// Needs reports whether the row, as it was decided, is to write a thing that it names.
func (it *Row[C]) Needs(link mapping.Link) bool {
	return it.Res.Outcome == "" && it.Res.Action != outcome.ActionDelete && it.Res.Changed.Has(link.Field)
}
