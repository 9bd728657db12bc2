package mapping

import "strings"

// parseCode reads text that may look like a number, from which spreadsheet programs have taken what they took for
// number's dress.
func parseCode(r *reading, s *source, v string) (string, bool) {
	v = r.unmarked(s, v)
	whole := trimFraction(v)
	switch {
	case isPlaceholder(v):
		r.repair(FoundPlaceholder, s, v, "", "%s says that there is nothing and was left out", quote(v))
		return "", false
	case whole != v && s.seen.floats:
		v = r.untailed(s, v)
	case whole != v:
		r.suspect(FoundFloatTail, s, v, "%s may be %s, which a program took for a number; it was taken as it stands", quote(v), quote(whole))
	case isScientific(v) && strings.ContainsRune(v, '+'):
		r.damaged(s, "%s was shortened by Excel, its last digits are lost", quote(v))
		return "", false
	case isScientific(v):
		r.suspect(FoundScientific, s, v, "%s may be a number that was shortened; it was taken as it stands", quote(v))
	case len(v) > 15 && isDigits(v) && strings.Trim(v[15:], "0") == "":
		r.suspect(FoundRounded, s, v, "%s may have lost its last digits: Excel keeps 15 and puts zeros after them", quote(v))
	case looksLikeDate(v):
		r.suspect(FoundDate, s, v, "%s looks like a date that a spreadsheet program made of something else, such as 1-12", quote(v))
	}
	return v, r.fits(s, v)
}

// unmarked is a cell without what makes Excel keep a number as text.
func (r *reading) unmarked(s *source, v string) string {
	if v[0] != '\'' && v[0] != '`' && v[0] != '=' {
		return v
	}
	plain := unwrapCell(v)
	if plain == "" || plain == v {
		return v
	}
	r.repair(FoundMarker, s, v, plain, "%s was read without the mark that keeps it a text in Excel", quote(v))
	return plain
}

// untailed is a whole number without the .0 behind it.
func (r *reading) untailed(s *source, v string) string {
	whole := trimFraction(v)
	if whole != v {
		r.repair(FoundFloatTail, s, v, whole, "%s was read as %s: a program took it for a number", quote(v), quote(whole))
	}
	return whole
}
