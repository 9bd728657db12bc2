package mapping

import (
	"strings"

	"crmferry/mapping/cells"
)

// parseCode reads text that may look like a number, from which spreadsheet programs have taken what they took for
// number's dress.
func parseCode(r *reading, s *source, v string) (string, bool) {
	v = r.unmarked(s, v)
	whole := cells.TrimFraction(v)
	switch {
	case cells.IsPlaceholder(v):
		r.repair(FoundPlaceholder, s, v, "", "%s says that there is nothing and was left out", cells.Quote(v))
		return "", false
	case whole != v && s.seen.Floats:
		v = r.untailed(s, v)
	case whole != v:
		r.suspect(FoundFloatTail, s, v, "%s may be %s, which a program took for a number; it was taken as it stands", cells.Quote(v), cells.Quote(whole))
	case cells.IsScientific(v) && strings.ContainsRune(v, '+'):
		r.damaged(s, "%s was shortened by Excel, its last digits are lost", cells.Quote(v))
		return "", false
	case cells.IsScientific(v):
		r.suspect(FoundScientific, s, v, "%s may be a number that was shortened; it was taken as it stands", cells.Quote(v))
	case len(v) > 15 && cells.IsDigits(v) && strings.Trim(v[15:], "0") == "":
		r.suspect(FoundRounded, s, v, "%s may have lost its last digits: Excel keeps 15 and puts zeros after them", cells.Quote(v))
	case cells.LooksLikeDate(v):
		r.suspect(FoundDate, s, v, "%s looks like a date that a spreadsheet program made of something else, such as 1-12", cells.Quote(v))
	}
	return v, r.fits(s, v)
}

// unmarked is a cell without what makes Excel keep a number as text.
func (r *reading) unmarked(s *source, v string) string {
	if v[0] != '\'' && v[0] != '`' && v[0] != '=' {
		return v
	}
	plain := cells.UnwrapCell(v)
	if plain == "" || plain == v {
		return v
	}
	r.repair(FoundMarker, s, v, plain, "%s was read without the mark that keeps it a text in Excel", cells.Quote(v))
	return plain
}

// untailed is a whole number without the .0 behind it.
func (r *reading) untailed(s *source, v string) string {
	whole := cells.TrimFraction(v)
	if whole != v {
		r.repair(FoundFloatTail, s, v, whole, "%s was read as %s: a program took it for a number", cells.Quote(v), cells.Quote(whole))
	}
	return whole
}
