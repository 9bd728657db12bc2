package schema

import (
	"crmferry/mapping/cells"
	"crmferry/mapping/cells/names"
	"crmferry/mapping/headers"
)

// FirstName is the first part of a name. Where the sheet has a full name only, it is split; strict says
// that the vendor requires both parts, so that a name that cannot be split is a problem, else it is all last name.
func FirstName[C any](name string, strict bool, at func(*C) *string) Field[C] {
	f := Composed(name, "First name", headers.FirstName, at, headers.FirstName, headers.FullName)
	return splitting(f, at, func(n *names.Name) string { return n.First }, strict)
}

// LastName is the other part of a name: see FirstName.
func LastName[C any](name, label string, strict bool, at func(*C) *string) Field[C] {
	f := Composed(name, label, headers.LastName, at, headers.Infix, headers.LastName, headers.SecondLast, headers.FullName)
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
	join := f.Read
	f.Read = func(r *Reader, from []Source, c *C) bool {
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
		if v == "" || !r.Fits(&from[0], v) {
			return false
		}
		*at(c) = v
		return true
	}
	return f
}

// FullName is a cell with a full name, and what it was taken apart into. The zero value is none.
type FullName struct {
	From        *Source
	Field, Cell string
	names.Name
	notes cells.Notes
}

// fullName takes a name apart, once for all fields that ask for it.
func (r *Reader) fullName(s *Source, v string) (*names.Name, cells.Notes) {
	if r.Full.From == nil || r.Full.From.Index != s.Index || r.Full.Cell != v {
		n, notes := names.Read(v, s.Names)
		r.Full = FullName{s, r.Field, v, n, notes}
	}
	return &r.Full.Name, r.Full.notes
}

// cutEmail takes the e-mail address off that stands beside a whole name, and keeps it in Full.
func (r *Reader) cutEmail(s *Source, v string) string {
	name, email, notes := names.CutEmail(v)
	if email != "" {
		r.Full = FullName{From: s, Field: r.Field, Cell: v, Name: names.Name{Last: name, Email: email}}
		r.Note(&s.Source, notes)
	}
	return name
}
