package names

import (
	"fmt"
	"strings"

	"crmferry/mapping/cells"
)

// notes say what was left out of a cell and what is doubtful; bare is the cell without what stands beside the name.
func (p *parser) notes(v, bare string, n *Name) (notes cells.Notes) {
	if len(p.off) > 0 {
		off := make([]string, len(p.off))
		for i := range p.off {
			off[i] = cells.Quote(p.off[i])
		}
		notes.Repair(cells.RemarkComment, v, whole(n), "%s was read without %s", cells.Quote(v), strings.Join(off, " and "))
	}
	switch {
	case p.left != "":
		notes.Doubt(cells.RemarkSplit, v, "%s was not split, because %s: all of it is the last name", cells.Quote(v), p.left)
	case n.Split && p.doubt != "":
		notes.Doubt(cells.RemarkSplit, v, "%s was split into %s and %s; if %s, that is wrong", cells.Quote(v), cells.Quote(n.First), cells.Quote(n.Last), p.doubt)
	}
	check := CheckName(bare)
	notes.Remarks = append(notes.Remarks, check.Remarks...)
	return notes
}

// whole is both parts of a name.
func whole(n *Name) string { return strings.TrimSpace(fmt.Sprint(n.First, " ", n.Last)) }

// CheckName remarks on a name that does not look like one of a person.
func CheckName(v string) (n cells.Notes) {
	if len(v) < 4 {
		return n
	}
	if isCapitals(v) {
		n.Doubt(cells.RemarkCapitals, v, "%s is in capitals; it was taken as it stands", cells.Quote(v))
	}
	if strings.IndexByte(v, ' ') < 0 {
		return n
	}
	switch {
	case isCompany(v), isFirm(v):
		n.Doubt(cells.RemarkCompany, v, "%s looks like the name of a company", cells.Quote(v))
	case isCouple(v):
		n.Doubt(cells.RemarkPeople, v, "%s looks like the name of several people", cells.Quote(v))
	}
	return n
}

// isCapitals reports whether a name has four letters or more, all of them capitals.
func isCapitals(v string) bool {
	letters := 0
	for i := range len(v) {
		switch c := v[i]; {
		case c >= 'A' && c <= 'Z':
			letters++
		case strings.IndexByte(" -'.,", c) < 0:
			return false
		}
	}
	return letters >= 4
}
