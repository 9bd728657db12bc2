package survey

import (
	"cmp"
	"slices"

	"crmferry/mapping"
)

// Unmatched is a cell of a field that takes certain values only, and is none of them.
type Unmatched struct {
	Field, Value string
	Rows         int
}

// maxUnmatched bounds the different cells that are counted: a column of free text in place of a list of words is no
// list of what to replace.
const maxUnmatched = 1000

// closed counts the cells that are none of the values that their field takes.
func (t *tally) closed(problems []mapping.Problem) {
	for _, p := range problems {
		if p.Value == "" {
			continue
		}
		cell := Unmatched{Field: p.Field, Value: p.Value}
		if _, known := t.unmatched[cell]; known || len(t.unmatched) < maxUnmatched {
			t.unmatched[cell]++
		}
	}
}

// listUnmatched lists what closed counted: by field, the most frequent first.
func (t *tally) listUnmatched() []Unmatched {
	var list []Unmatched
	for u, n := range t.unmatched {
		u.Rows = n
		list = append(list, u)
	}
	slices.SortFunc(list, func(a, b Unmatched) int {
		return cmp.Or(cmp.Compare(a.Field, b.Field), cmp.Compare(b.Rows, a.Rows), cmp.Compare(a.Value, b.Value))
	})
	return list
}
