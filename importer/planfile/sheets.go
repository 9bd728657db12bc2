package planfile

import (
	"fmt"
	"strconv"

	"crmferry/importer/outcome"
	"crmferry/internal/cell"
	"crmferry/internal/sheet/write"
)

// Sheets of the workbook of a plan.
const (
	PlanSheet    = "Plan"
	ChangesSheet = "Changes"
)

// Columns of a plan. Those between approve and plan are what is planned, and must come back as they were written.
const (
	rowColumn     = "row"
	approveColumn = "approve"
	actionColumn  = "action"
	keyColumn     = "key"
	nameColumn    = "name"
	whatColumn    = "what"
	idColumn      = "id"
	planColumn    = "plan"
)

// Further columns of the changes.
const (
	fieldColumn = "field"
	nowColumn   = "now"
	willColumn  = "will be"
)

// Fills are the colours of the sheets, by the words that have one.
func Fills() map[string]string {
	return map[string]string{
		string(outcome.ActionCreate): "C6EFCE", string(outcome.ActionUpdate): "DDEBF7", string(outcome.ActionDelete): "F8CBAD", string(outcome.ActionNone): "EDEDED",
		emptied.String(): "FFC7CE", replaced.String(): "FFEB9C", added.String(): "E2EFDA",
		approveColumn: "FFFFE5", // where people write
	}
}

// Sheets writes the sheets Plan and Changes of a workbook that has the colours of Fills.
type Sheets struct {
	book    *write.Book
	run     string
	plan    *write.Grid
	changed *write.Grid
	changes *Changes
	room    int // for changes on one sheet
}

// NewSheets starts the two sheets, which come before all that are started later.
func NewSheets(b *write.Book, run string) (*Sheets, error) {
	s := &Sheets{book: b, run: run, changes: NewChanges(run), room: cell.MaxRows - 1}
	var err error
	s.plan, err = b.Grid(PlanSheet, write.Column(rowColumn, 8), write.Column(approveColumn, 11), write.Column(actionColumn, 10), write.Column(keyColumn, 32),
		write.Column(nameColumn, 28), write.Column(whatColumn, 60), write.Column(idColumn, 20), write.Column(planColumn, 46))
	if err != nil {
		return nil, err
	}
	s.plan.Choose(1, "approve", "empty or yes: it is done. no: the row is left out, as if you had deleted it here.", "yes", "no")
	s.changed, err = b.Grid(ChangesSheet, changeColumns()...)
	return s, err
}

// Write writes a row. It is a rows.ErrTooBig if the sheet is full.
func (s *Sheets) Write(r *Row) error {
	approve := any(nil)
	if r.IsSent() {
		approve = write.Tinted{Word: approveColumn}
	}
	t := r.Texts()
	what := any(t.What)
	if r.Outcome == outcome.Rejected {
		what = write.Tinted{Text: t.What, Word: string(outcome.Rejected)}
	}
	err := s.plan.Write(r.Shown(), approve, write.Word(r.Action), t.Key, t.Name, what, t.ID, r.Ref(s.run))
	if err != nil {
		return err
	}
	return s.changes.Add(r)
}

// Fields counts the changes by field.
func (s *Sheets) Fields() []FieldCount { return s.changes.Fields() }

// Finish ends the sheets. Changes that one sheet does not hold go on in further ones.
func (s *Sheets) Finish() error {
	defer s.Discard()
	if err := s.plan.Finish(); err != nil {
		return err
	}
	n := 0
	err := s.changes.each(func(kind changeKind, line []string) error {
		if n > 0 && n%s.room == 0 {
			if err := s.turn(n/s.room + 1); err != nil {
				return err
			}
		}
		n++
		row, err := strconv.Atoi(line[changeRow])
		if err != nil {
			return err
		}
		return s.changed.Write(row, line[changeKey], line[changeName], line[changeField], line[changeNow],
			write.Tinted{Text: line[changeWill], Word: kind.String()}, line[changePlan])
	})
	if err != nil {
		return err
	}
	return s.changed.Finish()
}

// turn goes on in the next sheet.
func (s *Sheets) turn(number int) (err error) {
	if err := s.changed.Finish(); err != nil {
		return err
	}
	s.changed, err = s.book.Grid(fmt.Sprintf("%s %d", ChangesSheet, number), changeColumns()...)
	return err
}

// Discard frees what is held. It may be called twice.
func (s *Sheets) Discard() { s.changes.Discard() }
