package mapping

import (
	"crmferry/mapping/cells"
	"crmferry/mapping/cells/names"
	"crmferry/mapping/headers"
)

// firstName and lastName are the two parts of a name. Where the sheet has a full name only, it is split; strict says
// that the vendor requires both parts, so that a name that cannot be split is a problem, else it is all last name.
func firstName[C any](name string, strict bool, at func(*C) *string) Field[C] {
	f := composed(name, "First name", headers.FirstName, at, headers.FirstName, headers.FullName)
	return splitting(f, at, func(n *names.Name) string { return n.First }, strict)
}

func lastName[C any](name, label string, strict bool, at func(*C) *string) Field[C] {
	f := composed(name, label, headers.LastName, at, headers.Infix, headers.LastName, headers.FullName)
	part := func(n *names.Name) string {
		if strict && !n.Split {
			return ""
		}
		return n.Last
	}
	return splitting(f, at, part, false)
}

// splitting reads a part of a column of full names, other columns as before.
func splitting[C any](f Field[C], at func(*C) *string, part func(*names.Name) string, strict bool) Field[C] {
	join := f.read
	f.read = func(r *rowReader, from []source, c *C) bool {
		if len(from) != 1 || from[0].Part != headers.FullName {
			return join(r, from, c)
		}
		v := r.cell(&from[0])
		if v == "" {
			return false
		}
		n, notes := r.fullName(&from[0], v)
		if strict && !n.Split {
			r.Fail(cells.CodeRequired, &from[0].Source, "%s does not fall into a first and a last name, and both are required", cells.Quote(v))
			r.Advise("Write a first and a last name into the cell.")
		}
		r.Note(&from[0].Source, notes)
		v = part(n)
		if v == "" || !r.fits(&from[0], v) {
			return false
		}
		*at(c) = v
		return true
	}
	return f
}

// fullName is a cell with a full name, and what it was taken apart into. The zero value is none.
type fullName struct {
	from        *source
	field, cell string
	names.Name
	notes cells.Notes
}

// fullName takes a name apart, once for all fields that ask for it.
func (r *rowReader) fullName(s *source, v string) (*names.Name, cells.Notes) {
	if r.full.from == nil || r.full.from.Index != s.Index || r.full.cell != v {
		n, notes := names.Read(v, s.Names)
		r.full = fullName{s, r.Field, v, n, notes}
	}
	return &r.full.Name, r.full.notes
}
