package mapping

import (
	"crmferry/mapping/cells"
	"crmferry/mapping/headers"
)

// parseState turns the name of a state of the USA into its code; codes are taken in any case. NH is no state of the USA in
// a row from the Netherlands.
func parseState(r *reading, s *source, v string) (string, bool) {
	code := cells.StateCode(v)
	if abroad := r.abroad(s); code != "" && abroad != "" {
		r.fail(CodeBadState, s, "%s: the row is from %s by %s, and the field takes states of the USA only", cells.Quote(v), abroad, ColumnWords(s.nations[0].ref))
		return "", false
	}
	if code != "" {
		return code, true
	}
	r.failClosed(CodeBadState, s, v, "%s is not a state of the USA, and the field takes its two letters only", cells.Quote(v))
	return "", false
}

// parseZip checks a ZIP code: five digits, or ZIP+4. Leading zeros that Excel dropped are put back where the row's state
// has such codes, or without a state where the whole column shows that they are lost: a number of four digits could be a
// postal code of another country, too.
func parseZip(r *reading, s *source, v string) (string, bool) {
	v = r.untailed(s, r.unmarked(s, v))
	if cells.IsZip(v) {
		return v, true
	}
	if n := cells.ZipDigits(v); n == 3 || n == 4 {
		if r.abroad(s) == "" && r.lostZero(s, n, v) {
			return r.padded(s, v), true
		}
		r.fail(CodeBadZip, s, "%s is not a ZIP code; its leading zeros may be lost: format the column as text and enter it again", cells.Quote(v))
		return "", false
	}
	r.fail(CodeBadZip, s, "%s is not a ZIP code of the USA (12345 or 12345-6789)", cells.Quote(v))
	return "", false
}

// lostZero says whether a number of three or four digits is a ZIP code that lost its zeros. Beside a state that has no such
// codes, or beside none where no country says USA, it may be anything.
func (r *reading) lostZero(s *source, digits int, v string) bool {
	if s.state == nil || s.state.index >= len(r.cells) {
		return s.seen.Lost
	}
	state := headers.Clean(r.cells[s.state.index])
	if state == "" {
		return s.seen.Lost && r.nation(s) != ""
	}
	begins := "00"
	if digits == 4 {
		begins = "0" + v[:1]
	}
	return cells.InList(cells.ZipStarts(cells.StateCode(state)), begins)
}

// abroad is the country of the row's address, if that is known and none whose regions are states of the USA.
func (r *reading) abroad(s *source) string {
	if code := r.nation(s); !cells.HasStates(code) {
		return code
	}
	return ""
}

// padded is a postal code of five digits with the zeros that it lost.
func (r *reading) padded(s *source, v string) string {
	zip := "00000"[cells.ZipDigits(v):] + v
	r.repair(FoundLostZero, s, v, zip, "%s was read as %s: spreadsheet programs take first zeros off", cells.Quote(v), cells.Quote(zip))
	return zip
}
