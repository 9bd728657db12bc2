package told

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
func (s *Reader) stillThere(name string) bool {
	i, err := s.findColumn(name, MapFile)
	if err != nil {
		return false
	}
	ref := s.Set.Columns[i].Ref(s.Set.Columns)
	return ref == headers.Clean(name) || !strings.HasPrefix(headers.Clean(name), "#") && headers.FoldHeader(ref) == headers.FoldHeader(name)
}

// drifted refuses a sheet that has other columns than the map file knows.
func (s *Reader) drifted(d *drift, m *Maps) *columns.Error {
	var changes []string
	if len(d.gone) > 0 {
		changes = append(changes, fmt.Sprintf("gone: %s", columns.QuoteAll(d.gone)))
	}
	var added []string
	for i, c := range s.Set.Columns {
		if _, known := m.Targets[i]; !known && c.State == 0 {
			added = append(added, c.Ref(s.Set.Columns))
		}
	}
	if len(added) > 0 {
		changes = append(changes, fmt.Sprintf("new: %s", columns.QuoteAll(added)))
	}
	if changes == nil {
		return nil
	}
	return &columns.Error{Message: "the columns of the sheet have changed since the map file was written; " + strings.Join(changes, "; "),
		Hint: s.Words.Say(hint.MapDrift)}
}
