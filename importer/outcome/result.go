package outcome

import (
	"cmp"
	"encoding/json"
	"errors"
	"fmt"
	"slices"
	"strings"
	"time"

	"crmferry/internal/crm"
	"crmferry/mapping"
)

// Result is what the report says of one row.
type Result struct {
	Row      int // as Excel shows it
	First    int // the row in the file that this one was rejected from, 0 for none
	Line     int // of a CSV file, 0 otherwise
	Part     int // of a row in parts, from 1; 0 for all of a row
	Parts    int // how many there are, 0 where each is told by itself
	Outcome  Outcome
	Action   Action
	Key      string
	Name     string // of a row that is only planned: what people know the contact by
	ID       string
	Changed  crm.Fields
	Before   json.RawMessage // what the vendor held in the fields Changed, or all of a contact to be deleted: see mapping.Image; nil if it was not read
	After    json.RawMessage // what an update makes of the fields Changed, or, of a row that is only planned, what a create puts there; else nil
	Former   *Former         // of a row that is only planned: from whom it would take what only one contact can have; nil if it takes nothing, or that is not known
	Problems []mapping.Problem
	Notes    []string  // for people, beside the problems
	Of       []*Result // what became of the parts of the row, nil for a row that has none
	Old      *Old      `json:",omitzero"` // nil if that is not known, or the row has no id there
	// Unreached says that some of these were not reached.
	Unreached bool
	Open      bool // unknown for now: resuming the run verifies it
	Attempts  int
	crm.Meta
	Duration time.Duration
	Finished time.Time
	Ahead    time.Duration `json:",omitzero"` // how far the vendor's clock was ahead of ours then, as far as that was known
}

// FinishedThere is when the row was done by the vendor's clock, by which contacts are dated.
func (r *Result) FinishedThere() time.Time { return r.Finished.Add(r.Ahead) }

// Former is the contact that has what a row would give to its own.
type Former struct {
	Field string `json:"field"`
	ID    string `json:"id,omitempty"`   // "" if nobody has it
	Name  string `json:"name,omitempty"` // for people: its name and address
}

// Old is what a row is called in the program that it comes from.
type Old struct {
	ID   string `json:",omitzero"`
	Name string `json:",omitzero"` // that people know it by
}

// Image is what one write of a row was to change.
type Image struct {
	Changed crm.Fields      `json:",omitzero"`
	Before  json.RawMessage `json:",omitzero"` // as in a Result
	After   json.RawMessage `json:",omitzero"`
}

// Number is the row's number for people: of the file in which it stood first.
func (r *Result) Number() int {
	if r.First != 0 {
		return r.First
	}
	return r.Row
}

// IsFurther reports whether the row is counted already, with an earlier part of it.
func (r *Result) IsFurther() bool { return r.Parts > 0 && r.Part > 1 }

// column joins one part of all problems in their order.
func (r *Result) column(part func(mapping.Problem) string) string {
	if len(r.Problems) == 0 {
		return ""
	}
	parts := make([]string, len(r.Problems))
	for i, p := range r.Problems {
		parts[i] = part(p)
	}
	return strings.Join(parts, "; ")
}

// Codes are the codes of all problems, joined.
func (r *Result) Codes() string { return r.column(func(p mapping.Problem) string { return p.Code }) }

// FieldNames are the fields of all problems, joined.
func (r *Result) FieldNames() string {
	names := r.column(func(p mapping.Problem) string { return p.Field })
	if strings.Trim(names, "; ") == "" {
		return ""
	}
	return names
}

// Words are what all problems and notes say, joined.
func (r *Result) Words() string {
	return joined(r.column(func(p mapping.Problem) string { return p.Message }), strings.Join(r.Notes, "; "))
}

// Message are the words, and where the row stands in a rejects file, by which it is found there.
func (r *Result) Message() string {
	if r.First == 0 {
		return r.Words()
	}
	return joined(r.Words(), fmt.Sprintf("row %d of the rejects file", r.Row))
}

// joined joins two texts of which either may be empty.
func joined(a, b string) string {
	if a == "" || b == "" {
		return a + b
	}
	return a + "; " + b
}

// ErrNoAnswer is what is known of a row that was about to be sent when the run broke off.
var ErrNoAnswer = errors.New("the run ended before the answer came")

// ErrNotShown is what is known of a row whose answer was lost where its contact cannot be compared.
var ErrNotShown = errors.New("the answer was lost, and what is there now does not show what was done")

// LeaveOpen makes the result unknown for now, because of err: resuming the run verifies the row. Of one that was written it says
// so: what is open are the steps behind that.
func (r *Result) LeaveOpen(err error) {
	said := err.Error()
	if r.ID != "" && (r.Outcome == Created || r.Outcome == Updated) {
		said = fmt.Sprintf("%s was %s, and not all that follows is done: %s", r.ID, r.Outcome, said)
	}
	r.Outcome, r.Changed, r.Open = Unknown, nil, true
	r.Problems = append(r.Problems, mapping.Problem{Code: crm.CodeUnverified, Message: said})
}

// Hinted returns the result with a hint behind the message of why it is left open; one that is not is returned as it is.
func (r *Result) Hinted(hint string) *Result {
	if !r.Open {
		return r
	}
	hinted := *r
	hinted.Problems = slices.Clone(r.Problems)
	for i, p := range slices.Backward(hinted.Problems) {
		if p.Code == crm.CodeUnverified {
			hinted.Problems[i].Message += "; " + hint
			break
		}
	}
	return &hinted
}

// MarkUnknown makes the result unknown because of err.
func (r *Result) MarkUnknown(err error) {
	look := "look in the CRM whether what the row says is there before sending it again"
	if r.Action == ActionDelete {
		look = "look in the CRM whether it is there still"
	}
	r.Outcome, r.Changed = Unknown, nil
	r.Problems = append(r.Problems, mapping.Problem{Code: crm.CodeUnverified, Message: err.Error() + "; " + look})
}

// Refuse makes the row one that the vendor refused, in its words.
func (r *Result) Refuse(err error) {
	r.Outcome, r.Changed = Failed, nil
	var e *crm.Error
	if !errors.As(err, &e) {
		r.Problems = append(r.Problems, mapping.Problem{Code: crm.CodeServer, Message: err.Error()})
		return
	}
	if r.Meta = e.Meta; e.Code == CodeAmbiguous { // as look-ups tell, before anything is sent
		r.Outcome = Rejected
	}
	if len(e.Problems) == 0 {
		r.Problems = append(r.Problems, mapping.Problem{Code: e.Code, Message: e.Error()})
		return
	}
	for _, p := range e.Problems {
		r.Problems = append(r.Problems, mapping.Problem{Code: cmp.Or(p.Code, e.Code), Field: p.Field, Message: strings.TrimSpace(e.Op + ": " + p.Field + ": " + p.Message)})
	}
}

// NotesOf are the notes that the remarks on a row make, nil for none.
func NotesOf(remarks []mapping.Remark) (notes []string) {
	if len(remarks) > 0 {
		notes = make([]string, len(remarks))
	}
	for i := range remarks {
		notes[i] = remarks[i].Message
	}
	return notes
}
