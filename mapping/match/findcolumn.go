package match

import (
	"fmt"
	"strings"

	"crmferry/mapping/hint"
	"crmferry/mapping/match/columns"
	"crmferry/mapping/match/resource"
)

// findColumn finds a column by its header, or by its letter after a #.
func (s *sheet) findColumn(header, how string) (int, *Error) {
	all := columns.Set{Columns: s.columns, Folded: s.folded, Lead: s.lead}
	found, letters := all.Find(header, how == mapFile) // check writes headers with a # by their letter
	switch {
	case len(found) == 1:
		return found[0], nil
	case letters != "":
		return 0, &Error{Message: fmt.Sprintf("%s: the sheet has no column %s", how, letters), Hint: fmt.Sprintf("its columns go from #A to #%s", all.Last())}
	case len(found) == 0:
		return 0, &Error{Message: fmt.Sprintf("%s: the sheet has no column %q", how, columns.Column{Header: header}.Title()), Hint: all.Nearest(header)}
	}
	names := make([]string, len(found))
	for i, f := range found {
		names[i] = "#" + s.columns[f].Letter
	}
	return 0, &Error{Message: fmt.Sprintf("%s: several columns are named %q: %s", how, columns.Column{Header: header}.Title(), strings.Join(names, ", ")),
		Hint: s.say(hint.ByLetter, names[0], how)}
}

// Find finds a field by its name, label or further names, however they are written. how says who names it.
func Find(spec *resource.Spec, name, how string) (int, *Error) {
	i, advice, ok := spec.Find(name)
	if !ok {
		return 0, &Error{Message: spec.Lacks(name, how), Hint: advice}
	}
	return i, nil
}
