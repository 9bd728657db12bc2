package schema

import (
	"strconv"

	"crmferry/internal/cell"
	"crmferry/mapping/cells"
	"crmferry/mapping/hint"
)

// OwnID is the field of the vendor's own id. It is read from a sheet only to say which contact a row is.
func OwnID[C any](name, label, typ string, get func(*C) string, set func(*C, string) bool) Field[C] {
	f := Shown(name, label, typ, get)
	f.Note, f.Hint = "read-only; says which contact a row is", hint.MatchByID
	f.Kind = cell.Identifier
	f.Read = func(r *Reader, from []Source, c *C) bool {
		v := r.cell(&from[0])
		if v == "" {
			return false
		}
		v, notes := cells.ReadWhole(v)
		r.Note(&from[0].Source, notes)
		if !set(c, v) {
			r.Fail(cells.CodeBadID, &from[0].Source, "%s is not an id of this CRM", cells.Quote(v))
			return false
		}
		return true
	}
	return f
}

// NumberID is an id that is a positive integer.
func NumberID[C any](name, label string, at func(*C) *int64) Field[C] {
	set := func(c *C, v string) bool {
		n, err := strconv.ParseInt(v, 10, 64)
		*at(c) = n
		return err == nil && n > 0
	}
	return OwnID(name, label, "number", func(c *C) string { return cells.ShowID(*at(c)) }, set)
}
