package mapping

import (
	"slices"

	"crmferry/mapping/cells"
	"crmferry/mapping/cells/names"
	"crmferry/mapping/headers"
	"crmferry/mapping/match/columns"
	"crmferry/mapping/schema"
)

// addSpareNames reads the name of a row from the columns that are left aside for others, as far as those are empty: the full name beside
// empty parts, or the parts beside an empty full name. Where both are filled and differ, it says so.
func (m *Matching[C]) addSpareNames(r *schema.Reader, c *C) {
	var n names.Columns
	var spare []*feed[C]
	for i := range m.plan {
		p := &m.plan[i]
		if p.spare == nil || p.field.Link != "" {
			continue
		}
		if r.Cleared.Has(p.field.Name) {
			return
		}
		spare = append(spare, p)
		addNameCells(r, &n, p.from)
		addNameCells(r, &n, p.spare)
	}
	if spare == nil {
		return
	}
	s := &spare[0].spare[0]
	n.Whole, n.Style = spare[0].from[0].Part == headers.FullName, s.Names
	first, last, differ := n.Spare()
	for _, p := range spare {
		if p.field.Main == headers.FirstName && first || p.field.Main != headers.FirstName && last {
			m.readSpare(r, c, p)
		}
	}
	if differ {
		r.Field = spare[0].field.Name
		r.Repair(cells.RemarkNamesDiffer, &s.Source, r.Plain(s), r.Plain(s), "%s is another name than %s, which was taken", cells.Quote(n.Other()), cells.Quote(n.Taken()))
	}
}

// addNameCells takes down what the columns of a name say.
func addNameCells(r *schema.Reader, n *names.Columns, from []schema.Source) {
	for i := range from {
		n.Add(from[i].Part, r.Plain(&from[i]))
	}
}

// readSpare reads a field from its spare columns.
func (m *Matching[C]) readSpare(r *schema.Reader, c *C, p *feed[C]) {
	s := &p.spare[0]
	r.Field, r.Rules, r.Values = p.field.Name, &p.field.Rules, p.values
	if !p.field.Read(r, p.spare, c) {
		return
	}
	if !r.Fields.Has(p.field.Name) {
		r.Fields = append(r.Fields, p.field.Name)
	}
	r.Repair(cells.RemarkSpareName, &s.Source, r.Plain(s), p.field.Text(c), "%s was taken for the name, because %s is empty", cells.Quote(r.JoinedAs(p.spare, r.Plain)), columns.ColumnWords(p.from[len(p.from)-1].Ref))
}

// nameCell is a column that holds a part of names, and the field that it feeds.
type nameCell[C any] struct {
	from *schema.Source
	feed *feed[C]
}

// findNameCells finds the columns that hold the parts of names.
func (m *Matching[C]) findNameCells() {
	for i := range m.plan {
		for k := range m.plan[i].from {
			s := &m.plan[i].from[k]
			at := slices.Index([]headers.Concept{names.First: headers.FirstName, names.Middle: headers.MiddleName, names.Infix: headers.Infix, names.Last: headers.LastName, names.SecondLast: headers.SecondLast, names.Suffix: headers.NameSuffix}, s.Part)
			if at >= 0 && s.Index >= 0 && m.nameCells[at].from == nil && !m.own {
				m.nameCells[at] = nameCell[C]{s, &m.plan[i]}
			}
		}
	}
}

// mendNames puts right what stands in the wrong column of a name, or in two.
func (m *Matching[C]) mendNames(r *schema.Reader) {
	var n names.Cells
	for at, c := range m.nameCells {
		if c.from == nil {
			continue
		}
		r.Values = c.feed.values
		if n.Parts[at] = r.Plain(c.from); n.Parts[at] != "" && n.Parts[at] == m.options.Clear {
			return
		}
		n.Joined = n.Joined || c.feed.field.Main == headers.FullName
		n.Beside = n.Beside || c.feed.spare != nil && r.JoinedAs(c.feed.spare, r.Plain) != ""
	}
	if n.IsPlain() {
		return
	}
	before := n.Parts
	n.Mend()
	cells := r.Cells
	for at, c := range m.nameCells {
		if c.from == nil {
			continue
		}
		r.Field = c.feed.field.Name
		r.Note(&c.from.Source, n.Notes[at])
		if n.Parts[at] != before[at] {
			if &cells[0] == &r.Cells[0] {
				r.Cells = slices.Clone(cells)
			}
			r.Cells[c.from.Index] = n.Parts[at]
		}
	}
	if n.Titles != "" {
		c := m.nameCells[names.First]
		r.Full = schema.FullName{From: c.from, Field: c.feed.field.Name, Cell: before[names.First], Name: names.Name{First: n.Parts[names.First], Title: n.Titles}}
	}
}
