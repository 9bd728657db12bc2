package mapping

import (
	"cmp"
	"time"

	"crmferry/mapping/cells"
)

// readDate reads a cell by what its column says.
func readDate(r *reading, s *source, v string) (time.Time, bool) {
	if cells.IsZeros(v) {
		r.repair(FoundPlaceholder, s, v, "", "%s is no day and was left out", cells.Quote(v))
		return time.Time{}, false
	}
	if s.seen.Serials && cells.IsSerial(v) {
		t := cells.SerialDate(v)
		r.repair(FoundSerial, s, v, cells.ShowDate(t), "%s was read as a day as Excel counts them from 1900: %s", cells.Quote(v), cells.ShowDate(t))
		return t, true
	}
	t, err := cells.ParseDate(v, cmp.Or(r.o.DateOrder, s.seen.Order))
	if err != "" {
		r.fail(CodeBadDate, s, "%s %s", cells.Quote(v), err)
		return t, false
	}
	if !cells.HasFourDigits(v) {
		r.repair(FoundShortYear, s, v, cells.ShowDate(t), "%s has a year of two digits and was read as %s", cells.Quote(v), cells.ShowDate(t))
	}
	return t, true
}
