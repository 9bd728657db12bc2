package mapping

import (
	"cmp"
	"time"
)

// readDate reads a cell by what its column says.
func readDate(r *reading, s *source, v string) (time.Time, bool) {
	if isZeros(v) {
		r.repair(FoundPlaceholder, s, v, "", "%s is no day and was left out", quote(v))
		return time.Time{}, false
	}
	if s.seen.serials && isSerial(v) {
		t := serialDate(v)
		r.repair(FoundSerial, s, v, showDate(t), "%s was read as a day as Excel counts them from 1900: %s", quote(v), showDate(t))
		return t, true
	}
	t, err := parseDate(v, cmp.Or(r.o.DateOrder, s.seen.order))
	if err != "" {
		r.fail(CodeBadDate, s, "%s %s", quote(v), err)
		return t, false
	}
	if !hasFourDigits(v) {
		r.repair(FoundShortYear, s, v, showDate(t), "%s has a year of two digits and was read as %s", quote(v), showDate(t))
	}
	return t, true
}
