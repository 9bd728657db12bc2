package mapping

import (
	"strings"

	"crmferry/mapping/cells"
	"crmferry/mapping/cells/names"
	"crmferry/mapping/headers"
	"crmferry/mapping/match"
)

// addSpareNames reads the name of a row from the columns that are left aside for others, as far as those are empty: the full name
// beside empty parts, or the parts beside an empty full name. Where both are filled and differ, it says so.
func (m *Matching[C]) addSpareNames(r *rowReader, c *C) {
	var filled, gaps []*feed[C]
	for i := range m.plan {
		switch p := &m.plan[i]; {
		case p.spare == nil || r.cleared.Has(p.field.Name) || r.spareText(p.spare) == "":
		case r.fields.Has(p.field.Name):
			filled = append(filled, p)
		case !r.hasProblem(p.field.Name):
			gaps = append(gaps, p)
		}
	}
	switch {
	case filled == nil && gaps == nil:
	case filled == nil:
		m.fillNames(r, c, gaps)
	case gaps == nil:
		first, last, full := m.namesOf(r, c, filled)
		if !names.Agree(full, first, last) {
			s := &filled[0].spare[0]
			r.name = filled[0].field.Name
			r.repair(cells.RemarkNamesDiffer, s, r.plain(s), r.plain(s), "%s is another name than %s, which was taken", cells.Quote(r.spareText(filled[0].spare)), cells.Quote(m.nameText(c, filled)))
		}
	default:
		m.completeNames(r, c, filled[0], gaps[0])
	}
}

// fillNames reads fields from their spare columns.
func (m *Matching[C]) fillNames(r *rowReader, c *C, gaps []*feed[C]) {
	for _, p := range gaps {
		r.name, r.rules, r.values = p.field.Name, &p.field.rules, p.values
		if !p.field.read(r, p.spare, c) {
			continue
		}
		if !r.fields.Has(p.field.Name) {
			r.fields = append(r.fields, p.field.Name)
		}
		s := &p.spare[0]
		r.repair(cells.RemarkSpareName, s, r.plain(s), p.field.text(c), "%s was taken for the name, because %s is empty", cells.Quote(r.spareText(p.spare)), match.ColumnWords(p.from[len(p.from)-1].Ref))
	}
}

// completeNames reads the part of a name that is empty from the full name, if that goes with the part that is not.
func (m *Matching[C]) completeNames(r *rowReader, c *C, filled, gap *feed[C]) {
	full, has := r.spareText(gap.spare), filled.field.text(c)
	first, last := has, ""
	if filled.field.main == headers.LastName {
		first, last = "", has
	}
	n, _ := names.Read(full, gap.spare[0].Names)
	switch {
	case !n.Split:
	case cells.SameName(full, has): // the part is all of the name
		m.fillNames(r, c, []*feed[C]{filled, gap})
	case names.Agree(full, first, last):
		m.fillNames(r, c, []*feed[C]{gap})
	default:
		r.name = gap.field.Name
		r.repair(cells.RemarkNamesDiffer, &gap.spare[0], full, full, "%s is another name than %s, which was taken", cells.Quote(full), cells.Quote(has))
	}
}

// namesOf are the parts and the whole of a name, whichever of them was taken.
func (m *Matching[C]) namesOf(r *rowReader, c *C, filled []*feed[C]) (first, last, full string) {
	if filled[0].spare[0].Part == headers.FullName {
		for _, p := range filled {
			if p.field.main == headers.FirstName {
				first = p.field.text(c)
			} else {
				last = p.field.text(c)
			}
		}
		return first, last, r.spareText(filled[0].spare)
	}
	for i := range filled[0].spare {
		switch s := &filled[0].spare[i]; s.Part {
		case headers.FirstName:
			first = r.plain(s)
		case headers.LastName:
			last = r.plain(s)
		}
	}
	return first, last, m.nameText(c, filled)
}

// nameText is what fields of a name say together.
func (m *Matching[C]) nameText(c *C, fields []*feed[C]) string {
	var parts []string
	for _, p := range fields {
		parts = append(parts, p.field.text(c))
	}
	return strings.Join(parts, " ")
}

// spareText is what columns say together, of which nothing is reported.
func (r *rowReader) spareText(from []source) string { return r.joinedAs(from, r.plain) }

// hasProblem reports whether it is said already what is wrong with a field.
func (r *rowReader) hasProblem(field string) bool {
	for i := range r.problems {
		if r.problems[i].Field == field {
			return true
		}
	}
	return false
}
