package told

import (
	"cmp"
	"fmt"
	"strings"

	"crmferry/mapping/headers"
	"crmferry/mapping/hint"
	"crmferry/mapping/match/columns"
	"crmferry/mapping/match/sources"
)

// Where reads which rows the user wants, as typed.
func (s *Reader) Where(args []string) (list []sources.Condition, err *columns.Error) {
	for _, arg := range args {
		c, bad := s.readCondition(arg)
		list, err = append(list, c), cmp.Or(err, bad)
	}
	return list, err
}

// readCondition reads "Header=value" or "Header!=value". A header may hold such signs too: the first one behind a header that
// the sheet has counts.
func (s *Reader) readCondition(arg string) (sources.Condition, *columns.Error) {
	var first *columns.Error
	for i := range arg {
		if arg[i] != '=' {
			continue
		}
		header, not := strings.CutSuffix(arg[:i], "!")
		column, err := s.findColumn(header, s.name(hint.Where))
		if err != nil && not { // a header that ends so
			if c, e := s.findColumn(arg[:i], s.name(hint.Where)); e == nil {
				column, err, not = c, nil, false
			}
		}
		if err == nil {
			return sources.Condition{Column: column, Header: headers.Clean(s.Set.Columns[column].Header), Value: strings.TrimSpace(arg[i+1:]), Not: not, Several: headers.Clean(s.Set.Columns[column].Header) == columns.ColumnError}, nil
		}
		first = cmp.Or(first, err)
	}
	if first == nil {
		first = &columns.Error{Message: fmt.Sprintf("%s %q has no =", s.name(hint.Where), arg), Hint: s.Words.Say(hint.WhereForm)}
	}
	return sources.Condition{}, first
}
