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
	return splitting(f, at, func(r *rowReader, s *source, v string) string {
		first, _, ok := names.SplitName(v, s.Spanish)
		if !ok && strict {
			r.fail(cells.CodeRequired, s, "%s does not fall into a first and a last name, and both are required", cells.Quote(v))
			r.advise("Write a first and a last name into the cell.")
		}
		return first
	})
}

func lastName[C any](name, label string, strict bool, at func(*C) *string) Field[C] {
	f := composed(name, label, headers.LastName, at, headers.Infix, headers.LastName, headers.FullName)
	return splitting(f, at, func(r *rowReader, s *source, v string) string {
		first, last, ok := names.SplitName(v, s.Spanish)
		if !ok && !strict {
			return v
		}
		r.note(s, names.CheckSplit(v, first, last, s.Spanish))
		return last
	})
}

// splitting reads a column of full names by split, other columns as before.
func splitting[C any](f Field[C], at func(*C) *string, split func(*rowReader, *source, string) string) Field[C] {
	join := f.read
	f.read = func(r *rowReader, from []source, c *C) bool {
		if len(from) != 1 || from[0].Part != headers.FullName {
			return join(r, from, c)
		}
		v := r.cell(&from[0])
		if v == "" {
			return false
		}
		bare, off := names.BareName(v)
		part := split(r, &from[0], bare)
		r.note(&from[0], names.CheckName(bare))
		if part == "" || !r.fits(&from[0], part) {
			return false
		}
		if off != "" {
			r.repair(cells.RemarkComment, &from[0], v, bare, "%s was read without %s", cells.Quote(v), cells.Quote(off))
		}
		if word, rest := names.CutTitle(bare); word != "" && part != bare && r.title.from == nil {
			r.title = title{&from[0], r.name, bare, word, rest}
		}
		*at(c) = part
		return true
	}
	return f
}
