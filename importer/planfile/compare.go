package planfile

import (
	"fmt"
	"iter"

	"crmferry/internal/sheet"
	"crmferry/internal/sheet/rows"
)

// Counts are the rows that the plan would send.
type Counts struct {
	Approved int
	Refused  int // marked no
	Missing  int // deleted from the file
}

// Compare compares the file with all rows of the plan, in any order, and counts those that the plan would send. It is a
// *sheet.Error if the file says something else than the plan: of several such cells the one that stands first in the file.
func (m *Marks) Compare(plan iter.Seq2[Row, error]) (Counts, error) {
	var n Counts
	c := &comparison{Marks: m}
	for row, err := range plan {
		if err != nil {
			return n, err
		}
		c.row(&row)
		if row.IsSent() {
			n.count(m.Approved(row.Number))
		}
	}
	for i := range m.lines {
		if l := &m.lines[i]; !l.compared {
			c.fail(l.place, planColumn, "the plan has no row %d", l.number)
		}
	}
	for about, l := range m.changes {
		if !l.compared {
			c.fail(l.place, fieldColumn, "the plan has no change of %q in row %d", m.fields[about.field], about.number)
		}
	}
	if c.first == nil {
		return n, nil
	}
	if c.faults > 1 {
		c.first.Err = &furtherFaults{c.first.Err, c.faults - 1}
	}
	return n, c.first
}

func (n *Counts) count(approved bool, why string) {
	switch {
	case approved:
		n.Approved++
	case why == rowMissing:
		n.Missing++
	default:
		n.Refused++
	}
}

// rowMissing is why a row is not approved that is not in the file.
const rowMissing = "its row was deleted"

// Approved reports whether the row of the plan with that number in the input is approved; if not, why: `marked "no"`.
func (m *Marks) Approved(number int) (approved bool, why string) {
	i, ok := m.at[number]
	if !ok {
		return false, rowMissing
	}
	if w := m.lines[i].word; w >= 0 {
		return false, fmt.Sprintf("marked %q", m.words[w])
	}
	return true, ""
}

// comparison finds the first cell of the file that is not as the plan says.
type comparison struct {
	*Marks
	first  *sheet.Error
	at     place
	faults int
}

// row compares what the file says of a row of the plan.
func (c *comparison) row(row *Row) {
	if i, ok := c.Marks.at[row.Number]; ok {
		c.line(&c.lines[i], row)
	}
	if !c.listed || !row.IsSent() {
		return
	}
	for _, change := range row.Changes {
		c.change(row, change)
	}
}

func (c *comparison) line(l *line, row *Row) {
	l.compared = true
	if l.shown != row.Shown() {
		c.fail(l.place, rowColumn, "the number of the row was changed: in the plan it is %d", row.Shown())
	}
	for i, value := range planned(row) {
		c.value(l.place, plannedColumns[i], l.values[i], value)
	}
}

// change compares a change with its line. One whose line is gone would be made unseen, if its row is approved.
func (c *comparison) change(row *Row, change Change) {
	l := c.changes[changed{row.Number, c.fields.place(fold(shown(change.Shown())))}]
	if l == nil {
		if i, ok := c.Marks.at[row.Number]; ok && c.lines[i].word < 0 {
			c.fail(c.lines[i].place, planColumn, "the line with the change of %q was deleted, and the row is approved: a change alone cannot be refused", change.Shown())
		}
		return
	}
	l.compared = true
	c.value(l.place, nowColumn, l.now, change.Now)
	c.value(l.place, willColumn, l.will, change.Will)
}

// value compares the sum of a cell with the value that the plan has.
func (c *comparison) value(at place, column string, sum uint64, value string) {
	want := shown(value)
	if sum == c.sum(fold(want)) {
		return
	}
	if c.tables[at.table].format == sheet.CSV {
		for _, form := range narrowed(want) {
			if sum == c.sum(fold(form)) {
				return
			}
		}
	}
	c.fail(at, column, "%q was changed: the plan says %q", column, rows.Clip(want, 60))
}

// fail keeps a fault if it is the first in the file.
func (c *comparison) fail(at place, column, format string, args ...any) {
	c.faults++
	if c.first != nil && !at.before(c.at) {
		return
	}
	c.at, c.first = at, c.tables[at.table].errorf(at, column, ErrChanged, format, args...)
}

func (p place) before(q place) bool {
	return p.table < q.table || p.table == q.table && p.row < q.row
}

// furtherFaults is an error that is not the only one of its kind.
type furtherFaults struct {
	err  error
	more int
}

// Error is the text, with how many more there are.
func (f *furtherFaults) Error() string {
	if f.more == 1 {
		return f.err.Error() + " (and 1 more cell)"
	}
	return fmt.Sprintf("%v (and %d more cells)", f.err, f.more)
}

// Unwrap is the first of them.
func (f *furtherFaults) Unwrap() error { return f.err }
