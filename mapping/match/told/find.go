// Package told reads what the user says of the columns of a sheet: the fields that they are for, and the rows to leave out.
package told

import (
	"fmt"
	"strings"

	"crmferry/mapping/hint"
	"crmferry/mapping/match/columns"
	"crmferry/mapping/match/resource"
)

// MapFile is how a column finds its field by a map file.
const MapFile = "map file"

// Reader reads what is said of one sheet.
type Reader struct {
	Spec  *resource.Spec
	Set   columns.Set
	Words hint.Words
	ByID  bool // a column may be said to hold the vendor's own ids
}

// name is what the front end calls a setting.
func (s *Reader) name(setting hint.Code) string { return s.Words.Name(setting) }

// findColumn finds a column by its header, or by its letter after a #.
func (s *Reader) findColumn(header, how string) (int, *columns.Error) {
	found, letters := s.Set.Find(header, how == MapFile) // check writes headers with a # by their letter
	switch {
	case len(found) == 1:
		return found[0], nil
	case letters != "":
		return 0, &columns.Error{Message: fmt.Sprintf("%s: the sheet has no column %s", how, letters), Hint: fmt.Sprintf("its columns go from #A to #%s", s.Set.Last())}
	case len(found) == 0:
		return 0, &columns.Error{Message: fmt.Sprintf("%s: the sheet has no column %q", how, columns.Column{Header: header}.Title()), Hint: s.Set.Nearest(header)}
	}
	names := make([]string, len(found))
	for i, f := range found {
		names[i] = "#" + s.Set.Columns[f].Letter
	}
	return 0, &columns.Error{Message: fmt.Sprintf("%s: several columns are named %q: %s", how, columns.Column{Header: header}.Title(), strings.Join(names, ", ")),
		Hint: s.Words.Say(hint.ByLetter, names[0], how)}
}

// Field finds a field by its name, label or further names, however they are written. how says who names it.
func Field(spec *resource.Spec, name, how string) (int, *columns.Error) {
	i, advice, ok := spec.Find(name)
	if !ok {
		return 0, &columns.Error{Message: spec.Lacks(name, how), Hint: advice}
	}
	return i, nil
}
