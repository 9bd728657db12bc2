package match

import (
	"cmp"
	"fmt"
	"strings"

	"crmferry/internal/crm"
	"crmferry/mapping/headers"
	"crmferry/mapping/hint"
)

// Condition is what a row has to say to be taken: that the cell of a column is a value, or is not.
type Condition struct {
	Column int
	Header string
	Value  string // as typed
	Not    bool
}

// Unmet says why the cells of a row do not meet the condition, "" if they do: case and the width of white space do not matter.
func (c Condition) Unmet(cells []string) string {
	cell := ""
	if c.Column < len(cells) {
		cell = strings.TrimSpace(cells[c.Column])
	}
	switch same := crm.Fold(cell) == crm.Fold(c.Value); {
	case same && c.Not:
		return fmt.Sprintf("column %q is %q", c.Header, cell)
	case !same && !c.Not:
		return fmt.Sprintf("column %q is %q, not %q", c.Header, cell, c.Value)
	}
	return ""
}

// readWhere reads Request.Where.
func (s *sheet) readWhere() (list []Condition, err *Error) {
	for _, arg := range s.request.Where {
		c, bad := s.readCondition(arg)
		list, err = append(list, c), cmp.Or(err, bad)
	}
	return list, err
}

// readCondition reads "Header=value" or "Header!=value". A header may hold such signs too: the first one behind a header that
// the sheet has counts.
func (s *sheet) readCondition(arg string) (Condition, *Error) {
	var first *Error
	for i := range arg {
		if arg[i] != '=' {
			continue
		}
		header, not := strings.CutSuffix(arg[:i], "!")
		column, err := s.findColumn(header, s.name(hint.Where))
		if err != nil && not { // a header that ends so
			not = false
			if c, e := s.findColumn(arg[:i], s.name(hint.Where)); e == nil {
				column, err = c, nil
			}
		}
		if err == nil {
			return Condition{column, headers.Clean(s.columns[column].Header), strings.TrimSpace(arg[i+1:]), not}, nil
		}
		if first == nil {
			first = err
		}
	}
	if first == nil {
		first = &Error{Message: fmt.Sprintf("%s %q has no =", s.name(hint.Where), arg), Hint: s.say(hint.WhereForm)}
	}
	return Condition{}, first
}
