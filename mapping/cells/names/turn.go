package names

import (
	"strings"

	"crmferry/mapping/cells"
)

// Turn is a name for one field that takes whole ones: where the last name stands first, before a comma or because the header of a column
// of whole names says so, it is put behind. It remarks on what does not look like the name of a person.
func Turn(v string, s Style) (string, cells.Notes) {
	if !s.Whole {
		if strings.IndexByte(v, ' ') < 0 {
			return v, checkPart(v)
		}
		return v, checkWhole(v)
	}
	notes := checkWhole(v)
	if words, rest := cutGreeting(v); words != "" {
		notes.Repair(cells.RemarkComment, v, rest, "%s was read without %s", cells.Quote(v), cells.Quote(words))
		v = rest
	}
	if strings.IndexByte(v, ',') < 0 && !s.LastFirst && !s.turned {
		return v, notes
	}
	n, read := Read(v, s)
	turned := joinParts(joinParts(n.Title, n.First), n.Last)
	switch {
	case n.Split && turned == v:
		return v, notes
	case n.Split:
		notes.Repair(cells.RemarkTurned, v, turned, "%s was read as %s: the last name stood first", cells.Quote(v), cells.Quote(turned))
		return turned, cells.Notes{Remarks: append(read.Remarks, notes.Remarks[len(notes.Remarks)-1])}
	case len(notes.Remarks) == 0 && strings.IndexByte(v, ',') >= 0:
		notes.Doubt(cells.RemarkSplit, v, "%s was taken as it stands: what stands behind its comma is hardly a first name", cells.Quote(v))
	}
	return v, notes
}
