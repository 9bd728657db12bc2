package plans

import (
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"hash"
	"iter"

	"crmferry/importer/journal"
	"crmferry/importer/outcome"
	"crmferry/importer/planfile"
	"crmferry/internal/humanize"
	"crmferry/internal/state"
)

// Applied says of a run which plan it applies, and how much of it.
type Applied struct {
	*Plan
	Actions map[outcome.Action]int // rows that are approved
	Refused int                    // rows that are marked no
	Missing int                    // rows that were deleted from the file
	Settled int                    // rows with which the plan does nothing
	left    hash.Hash              // the numbers of the rows that are not approved
}

// Approved is how many rows are to be sent.
func (a *Applied) Approved() int {
	n := 0
	for _, rows := range a.Actions {
		n += rows
	}
	return n
}

// Changer says field by field what a row of a plan would make of its contact.
type Changer interface {
	Changes(res *outcome.Result) ([]planfile.Change, error)
}

// RowOf is a row of a plan as its file shows it.
func RowOf(by Changer, res *outcome.Result) (planfile.Row, error) {
	changes, err := by.Changes(res)
	return planfile.RowOf(res, res.Name, changes), err
}

// Compare compares the file with the plan, and counts what is approved.
func Compare(p *Plan, by Changer) (*Applied, error) {
	a := &Applied{Plan: p, Actions: map[outcome.Action]int{}, left: sha256.New()}
	rows := func(yield func(planfile.Row, error) bool) {
		for row, err := range a.rows(by) {
			if err == nil {
				a.count(&row)
			}
			if !yield(row, err) {
				return
			}
		}
	}
	if a.marks != nil {
		n, err := a.marks.Compare(rows)
		a.Refused, a.Missing = n.Refused, n.Missing
		return a, wrongPlan(err)
	}
	for _, err := range rows {
		if err != nil {
			return a, err
		}
	}
	return a, nil
}

// rows are those of the plan, as its file shows them.
func (a *Applied) rows(by Changer) iter.Seq2[planfile.Row, error] {
	return func(yield func(planfile.Row, error) bool) {
		var parts outcome.Joiner
		put := func(res *outcome.Result) bool {
			if res == nil {
				return true
			}
			row, err := RowOf(by, res)
			return yield(row, err)
		}
		for says, err := range a.Results() {
			if err != nil {
				yield(planfile.Row{}, err)
				return
			}
			for _, res := range parts.Add(says.Result) {
				if !put(res) {
					return
				}
			}
		}
		put(parts.Rest())
	}
}

// Results are what the journal of the plan says of its rows, all of them.
func (a *Applied) Results() iter.Seq2[*journal.Row, error] {
	enough := errors.New("enough")
	return func(yield func(*journal.Row, error) bool) {
		next, records := 0, a.Record.Rows+a.Record.Planned.Further
		damage, err := journal.Rows(a.Record.JournalPath(), func(row *journal.Row) error {
			if row.Seq != next {
				return nil // which the count shows
			}
			if next++; !yield(row, nil) {
				return enough
			}
			return nil
		})
		switch {
		case errors.Is(err, enough):
		case err != nil:
			yield(nil, Damaged(a.Record, err))
		case damage != state.Damage{} || next != records:
			yield(nil, Damaged(a.Record, lost(damage, records-next)))
		}
	}
}

// count counts a row.
func (a *Applied) count(row *planfile.Row) {
	switch {
	case !row.IsSent():
		a.Settled++
	case a.Left(row.Number) == "":
		a.Actions[row.Action]++
	default:
		fmt.Fprintln(a.left, row.Number)
	}
}

// Marks tells which rows are approved from which were at another time.
func (a *Applied) Marks() string { return hex.EncodeToString(a.left.Sum(nil)[:6]) }

// Left says why the row with that number is left, "" if it is approved.
func (a *Applied) Left(number int) string {
	if a.marks == nil {
		return ""
	}
	approved, why := a.marks.Approved(number)
	if approved {
		return ""
	}
	return why
}

// lost says what of the journal of a plan is lost.
func lost(damage state.Damage, rows int) error {
	if damage == (state.Damage{}) {
		return fmt.Errorf("its journal does not say any more what was planned for %s", humanize.Count(int64(rows), "row"))
	}
	return fmt.Errorf("its journal is damaged: %s", damage)
}
