package planfile

import (
	"fmt"
	"maps"
	"slices"
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

// Sheets writes the sheets Plan and Changes of a workbook that has the colours of Fills, with the largest changes first on
// both. Memory does not grow with the number of rows.
type Sheets struct {
	book    *write.Book
	run     string
	plan    *write.Grid
	changed *write.Grid
	rows    map[rank]*spoolList
	changes *Changes
	room    int // for changes on one sheet
}

// NewSheets starts the two sheets, which come before all that are started later.
func NewSheets(b *write.Book, run string) (*Sheets, error) {
	s := &Sheets{book: b, run: run, rows: map[rank]*spoolList{}, changes: NewChanges(run), room: cell.MaxRows - 1}
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

// Places of the texts of a row of the plan that is kept.
const (
	planRow = iota
	planAction
	planKey
	planName
	planWhat
	planID
	planRef
	planTint // the word that has the colour of what is done
	planSent // "" for a row that is not sent
	planWidth
)

// Write collects a row.
func (s *Sheets) Write(r *Row) error {
	place := rankOf(r)
	if s.rows[place] == nil {
		s.rows[place] = &spoolList{}
	}
	texts, sent := r.Texts(), ""
	if r.IsSent() {
		sent = approveColumn
	}
	err := s.changes.spool.add(s.rows[place], strconv.Itoa(r.Shown()), string(r.Action), texts.Key, texts.Name, texts.What, texts.ID, r.Ref(s.run), place.tint(), sent)
	if err != nil {
		return err
	}
	return s.changes.Add(r)
}

// writePlan writes the rows in their order.
func (s *Sheets) writePlan() error {
	for _, place := range slices.SortedFunc(maps.Keys(s.rows), rank.compare) {
		err := s.changes.spool.each(s.rows[place], planWidth, func(r []string) error {
			row, err := strconv.Atoi(r[planRow])
			if err != nil {
				return err
			}
			var approve, what any = nil, r[planWhat]
			if r[planSent] != "" {
				approve = write.Tinted{Word: r[planSent]}
			}
			if r[planTint] != "" {
				what = write.Tinted{Text: r[planWhat], Word: r[planTint]}
			}
			return s.plan.Write(row, approve, write.Word(r[planAction]), r[planKey], r[planName], what, r[planID], r[planRef])
		})
		if err != nil {
			return err
		}
	}
	return s.plan.Finish()
}

// Fields counts the changes by field.
func (s *Sheets) Fields() []FieldCount { return s.changes.Fields() }

// Finish writes the sheets. It is a rows.ErrTooBig if there are more rows than a sheet holds; changes go on in further ones.
func (s *Sheets) Finish() error {
	defer s.Discard()
	if err := s.writePlan(); err != nil {
		return err
	}
	return s.writeChanges()
}

func (s *Sheets) writeChanges() error {
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
