package match

import (
	"fmt"
	"strings"

	"crmferry/internal/cell"
	"crmferry/internal/humanize"
	"crmferry/mapping/headers"
	"crmferry/mapping/hint"
	"crmferry/mapping/match/columns"
	"crmferry/mapping/match/resource"
)

// findColumn finds a column by its header, or by its letter after a #.
func (s *sheet) findColumn(header, how string) (int, *Error) {
	header = columns.Column{Header: header}.Title()
	if letters, ok := strings.CutPrefix(header, "#"); ok && how == mapFile { // check writes headers with a # by their letter
		if i, ok := cell.ColumnIndex(letters); ok && i < len(s.columns)-s.lead {
			return i + s.lead, nil
		}
	}
	var found []int
	for i, c := range s.columns {
		if c.Title() == header {
			found = append(found, i)
		}
	}
	if letters, ok := strings.CutPrefix(header, "#"); ok && len(found) == 0 {
		i, ok := cell.ColumnIndex(letters)
		if !ok || i >= len(s.columns)-s.lead {
			return 0, &Error{Message: fmt.Sprintf("%s: the sheet has no column %s", how, letters),
				Hint: fmt.Sprintf("its columns go from #A to #%s", cell.ColumnLetter(len(s.columns)-1-s.lead))}
		}
		return i + s.lead, nil
	}
	if folded := headers.FoldHeader(header); len(found) == 0 && folded != "" {
		for i := range s.folded {
			if s.folded[i] == folded {
				found = append(found, i)
			}
		}
	}
	switch len(found) {
	case 1:
		return found[0], nil
	case 0:
		return 0, &Error{Message: fmt.Sprintf("%s: the sheet has no column %q", how, header), Hint: s.nearestHeader(header)}
	}
	letters := make([]string, len(found))
	for i, f := range found {
		letters[i] = "#" + s.columns[f].Letter
	}
	return 0, &Error{Message: fmt.Sprintf("%s: several columns are named %q: %s", how, header, strings.Join(letters, ", ")),
		Hint: s.say(hint.ByLetter, letters[0], how)}
}

func (s *sheet) nearestHeader(header string) string {
	var known []string
	for _, c := range s.columns {
		if h := c.Title(); h != "" {
			known = append(known, h)
		}
	}
	if near := humanize.Nearest(header, known); near != "" {
		return fmt.Sprintf("did you mean %q?", near)
	}
	if len(known) > 8 {
		known = append(known[:8:8], "...")
	}
	return "its columns are " + strings.Join(known, ", ")
}

// Find finds a field by its name, label or further names, however they are written. how says who names it.
func Find(spec *resource.Spec, name, how string) (int, *Error) {
	i, advice, ok := spec.Find(name)
	if !ok {
		return 0, &Error{Message: fmt.Sprintf("%s: %s has no field %q", how, spec.Vendor, name), Hint: advice}
	}
	return i, nil
}
