package mapping

import (
	"fmt"
	"strings"

	"crmferry/internal/cell"
	"crmferry/mapping/cells"
	"crmferry/mapping/headers"
)

// Judge takes what the columns of the plan say about their cells to the sources. It refuses a column whose dates or
// numbers can be read in two ways while the user has not said in which.
func (w *matcher[C]) Judge() *MatchError {
	for i := range w.m.plan {
		p := &w.m.plan[i]
		if p.field.main == headers.Zip && w.t.zip != nil {
			w.m.zip = p
		}
		for k := range p.from {
			s := &p.from[k]
			c := w.o.Profile.Column(s.index)
			if c == nil {
				continue
			}
			s.judge(c.Evidence.Judge())
			if err := w.doubt(p.field, s, &c.Evidence); err != nil {
				return err
			}
		}
	}
	return nil
}

// doubt is the refusal of a column that can be read in two ways, nil for others.
func (w *matcher[C]) doubt(f *Field[C], s *source, e *cells.Evidence) *MatchError {
	var doubtful []string
	var hint string
	switch {
	case f.kind == cell.DateTime && w.o.DateOrder == "":
		doubtful, hint = e.Dates.Doubt(), "say how to read its dates: "+strings.Join(e.DateOrders(), " or ")
	case f.kind == cell.Number && w.o.Decimal == "":
		doubtful, hint = e.Numbers.Doubt(), "say which sign starts the decimals of its numbers: --decimal comma or --decimal point"
	}
	if len(doubtful) == 0 {
		return nil
	}
	quoted, can := cells.Quote(doubtful[0]), "can be read in more than one way, and no cell of the column shows which"
	if len(doubtful) > 1 {
		quoted += " and " + cells.Quote(doubtful[1])
	}
	if e.Dates.FirstAs == doubtful[0] || e.Numbers.FirstAs == doubtful[0] {
		can = "cannot both be right: they are written in two ways"
	}
	return &MatchError{Fields: []string{f.Name}, Message: fmt.Sprintf("%s, for %s: %s %s", ColumnWords(s.ref), f.Name, quoted, can), Hint: hint}
}
