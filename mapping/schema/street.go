package schema

import (
	"strings"

	"crmferry/mapping/cells"
	"crmferry/mapping/headers"
)

// street is what the columns of a street say together. A number that the street has already is not written twice.
func (r *Reader) street(from []Source) string {
	v, number := "", ""
	for i := range from {
		s := &from[i]
		part := r.cell(s)
		if s.Part == headers.HouseNumber || s.Part == headers.HouseAddition {
			whole, notes := cells.ReadWhole(part)
			r.Note(&s.Source, notes)
			part = whole
		}
		switch {
		case v == "" || part == "":
			v += part
		case s.Part == headers.HouseNumber && hasNumber(v, part):
			number = part
			r.Repair(cells.RemarkLeftOut, &s.Source, part, "", "%s was left out: the street has it already (%s)", cells.Quote(part), cells.Quote(v))
		case s.Part == headers.HouseAddition && number != "" && hasNumber(v, number+part):
			r.Repair(cells.RemarkLeftOut, &s.Source, part, "", "%s was left out: the street has it already (%s)", cells.Quote(part), cells.Quote(v))
		default:
			v += " " + part
		}
	}
	return v
}

// hasNumber reports whether a street ends with a number, with or without a letter behind it: Kade 12, Kade 12 A. What the
// number itself has behind it has to be there, too.
func hasNumber(street, number string) bool {
	at := strings.LastIndexByte(street, ' ')
	if at >= 0 && isLetter(street[at+1:]) { // the A of 12 A
		at = strings.LastIndexByte(street[:at], ' ')
	}
	if at <= 0 {
		return false
	}
	bare := func(v string) string {
		return strings.ToUpper(strings.NewReplacer(" ", "", "-", "", "/", "").Replace(v))
	}
	tail, begin := bare(street[at:]), bare(number)
	rest, ok := strings.CutPrefix(tail, begin)
	return ok && begin != "" && (rest == "" || isLetter(rest))
}

// isLetter reports whether letters tell houses of one number apart.
func isLetter(v string) bool {
	return len(v) == 1 && cells.CountDigits(v) == 0 || strings.EqualFold(v, "bis") || strings.EqualFold(v, "ter")
}
