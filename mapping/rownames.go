package mapping

import (
	"slices"

	"crmferry/mapping/cells"
	"crmferry/mapping/cells/names"
	"crmferry/mapping/headers"
	"crmferry/mapping/match"
)

// addSpareNames reads the name of a row from the columns that are left aside for others, as far as those are empty: the full name beside
// empty parts, or the parts beside an empty full name. Where both are filled and differ, it says so.
func (m *Matching[C]) addSpareNames(r *rowReader, c *C) {
	var n names.Columns
	var spare []*feed[C]
	for i := range m.plan {
		p := &m.plan[i]
		if p.spare == nil {
			continue
		}
		if r.cleared.Has(p.field.Name) {
			return
		}
		spare = append(spare, p)
		r.addNameCells(&n, p.from)
		r.addNameCells(&n, p.spare)
	}
	if spare == nil {
		return
	}
	s := &spare[0].spare[0]
	n.Whole, n.Style = spare[0].from[0].Part == headers.FullName, s.Names
	first, last, differ := n.Spare()
	for _, p := range spare {
		if p.field.main == headers.FirstName && first || p.field.main != headers.FirstName && last {
			m.readSpare(r, c, p)
		}
	}
	if differ {
		r.Field = spare[0].field.Name
		r.Repair(cells.RemarkNamesDiffer, &s.Source, r.plain(s), r.plain(s), "%s is another name than %s, which was taken", cells.Quote(n.Other()), cells.Quote(n.Taken()))
	}
}

// addNameCells takes down what the columns of a name say.
func (r *rowReader) addNameCells(n *names.Columns, from []source) {
	for i := range from {
		n.Add(from[i].Part, r.plain(&from[i]))
	}
}

// readSpare reads a field from its spare columns.
func (m *Matching[C]) readSpare(r *rowReader, c *C, p *feed[C]) {
	s := &p.spare[0]
	r.Field, r.rules, r.values = p.field.Name, &p.field.rules, p.values
	if !p.field.read(r, p.spare, c) {
		return
	}
	if !r.fields.Has(p.field.Name) {
		r.fields = append(r.fields, p.field.Name)
	}
	r.Repair(cells.RemarkSpareName, &s.Source, r.plain(s), p.field.text(c), "%s was taken for the name, because %s is empty", cells.Quote(r.joinedAs(p.spare, r.plain)), match.ColumnWords(p.from[len(p.from)-1].Ref))
}

// nameCell is a column that holds a part of names, and the field that it feeds.
type nameCell[C any] struct {
	from *source
	feed *feed[C]
}

// findNameCells finds the columns that hold the parts of names.
func (m *Matching[C]) findNameCells() {
	for i := range m.plan {
		for k := range m.plan[i].from {
			s := &m.plan[i].from[k]
			at := slices.Index([]headers.Concept{names.First: headers.FirstName, names.Middle: headers.MiddleName, names.Infix: headers.Infix, names.Last: headers.LastName}, s.Part)
			if at >= 0 && s.Index >= 0 && m.nameCells[at].from == nil && !m.own {
				m.nameCells[at] = nameCell[C]{s, &m.plan[i]}
			}
		}
	}
}

// mendNames puts right what stands in the wrong column of a name, or in two.
func (m *Matching[C]) mendNames(r *rowReader) {
	var n names.Cells
	for at, c := range m.nameCells {
		if c.from == nil {
			continue
		}
		r.values = c.feed.values
		if n.Parts[at] = r.plain(c.from); n.Parts[at] != "" && n.Parts[at] == m.options.Clear {
			return
		}
		n.Joined = n.Joined || c.feed.field.main == headers.FullName
		n.Beside = n.Beside || c.feed.spare != nil && r.joinedAs(c.feed.spare, r.plain) != ""
	}
	if n.IsPlain() {
		return
	}
	before := n.Parts
	n.Mend()
	cells := r.cells
	for at, c := range m.nameCells {
		if c.from == nil {
			continue
		}
		r.Field = c.feed.field.Name
		r.Note(&c.from.Source, n.Notes[at])
		if n.Parts[at] != before[at] {
			if &cells[0] == &r.cells[0] {
				r.cells = slices.Clone(cells)
			}
			r.cells[c.from.Index] = n.Parts[at]
		}
	}
	if n.Titles != "" {
		c := m.nameCells[names.First]
		r.full = fullName{from: c.from, field: c.feed.field.Name, cell: before[names.First], Name: names.Name{First: n.Parts[names.First], Title: n.Titles}}
	}
}
