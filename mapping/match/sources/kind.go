package sources

import (
	"crmferry/mapping/cells"
	"crmferry/mapping/headers"
)

// CheckKind reports whether the row says nothing against calling the phone v of a source, and what it says: that it is a fax.
func (s *Source) CheckKind(row []string, v string) (notes cells.Notes, ok bool) {
	if s.Kind == nil {
		return notes, true
	}
	kind := cellOf(s.Kind, row)
	if !headers.IsNoCall(kind) {
		return notes, true
	}
	notes.Repair(cells.RemarkLeftOut, v, "", "%s was left out: %s says %s", cells.Quote(v), cells.ColumnRef(s.Kind.Ref), cells.Quote(kind))
	return notes, false
}

// Uses says what a phone is read by a column beside it for, "" if it is not.
func (s *Source) Uses(column int) string {
	is := func(other *Source) bool { return other != nil && other.Index == column }
	if s.Part != headers.Phone {
		return ""
	}
	for i := range s.Countries {
		if is(&s.Countries[i]) {
			return "phones are read by its countries"
		}
	}
	if is(s.Calling) || is(s.Area) {
		return "phones are read with them"
	}
	return ""
}
