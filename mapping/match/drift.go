package match

import (
	"fmt"
	"strings"

	"crmferry/mapping/headers"
	"crmferry/mapping/hint"
	"crmferry/mapping/match/columns"
)

// drift is how a sheet differs from the one that a map file was written for. A file that check wrote is whole: it has a
// line for every column, which says how its field was found.
type drift struct {
	whole bool
	gone  []string
}

// stillThere reports whether a line of a whole map file still names one column: a letter names a column that no header can.
func (s *sheet) stillThere(name string) bool {
	i, err := s.findColumn(name, mapFile)
	if err != nil {
		return false
	}
	ref := s.columns[i].Ref(s.columns)
	return ref == headers.Clean(name) || !strings.HasPrefix(headers.Clean(name), "#") && headers.FoldHeader(ref) == headers.FoldHeader(name)
}

// drifted refuses a sheet that has other columns than the map file knows.
func (s *sheet) drifted(d *drift) *Error {
	var changes []string
	if len(d.gone) > 0 {
		changes = append(changes, fmt.Sprintf("gone: %s", columns.QuoteAll(d.gone)))
	}
	var added []string
	for i, c := range s.columns {
		if _, known := s.explicit[i]; !known && c.State == 0 {
			added = append(added, c.Ref(s.columns))
		}
	}
	if len(added) > 0 {
		changes = append(changes, fmt.Sprintf("new: %s", columns.QuoteAll(added)))
	}
	if changes == nil {
		return nil
	}
	return &Error{Message: "the columns of the sheet have changed since the map file was written; " + strings.Join(changes, "; "),
		Hint: s.say(hint.MapDrift)}
}
