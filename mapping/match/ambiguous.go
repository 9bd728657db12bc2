package match

import (
	"fmt"

	"crmferry/internal/cell"
	"crmferry/mapping/cells"
	"crmferry/mapping/hint"
	"crmferry/mapping/match/columns"
	"crmferry/mapping/match/resource"
	"crmferry/mapping/match/sources"
)

// readEvidence takes what the columns of the plan say about their cells to the sources. It refuses a column whose dates or
// numbers can be read in two ways while the user has not said in which.
func (w *matcher) readEvidence() *Error {
	for i := range w.plan {
		p := &w.plan[i]
		for s := range p.each() {
			c := w.request.Profile.Column(s.Index)
			if c == nil {
				continue
			}
			s.Seen = c.Evidence.Conclude()
			if err := w.doubt(p.Field, s, &c.Evidence); err != nil {
				return err
			}
		}
	}
	return nil
}

// doubt is the refusal of a column that can be read in two ways, nil for others.
func (w *matcher) doubt(f *resource.Field, s *sources.Source, e *cells.Evidence) *Error {
	var doubtful []string
	var advice string
	switch {
	case f.Kind == cell.DateTime && w.request.DateOrder == "":
		doubtful, advice = e.Dates.Undecided(), w.say(hint.DateOrders, e.DateOrders()...)
	case f.Kind == cell.Number && w.request.Decimal == "":
		doubtful, advice = e.UndecidedNumbers(), w.say(hint.DecimalSigns)
	}
	if as := e.Grouped(); as != "" && f.Kind == cell.Number && w.request.Decimal == "" {
		n, _ := cells.ParseNumber(as, s.Seen.Decimal)
		w.notes[s.Index] = fmt.Sprintf("%s is read as %s", cells.Quote(as), cells.Plainly(n))
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
	return &Error{Fields: []string{f.Name}, Message: fmt.Sprintf("%s, for %s: %s %s", columns.ColumnWords(s.Ref), f.Name, quoted, can), Hint: advice}
}
