package mapping

import (
	"fmt"
	"slices"

	"crmferry/mapping/cells"
	"crmferry/mapping/headers"
	"crmferry/mapping/hint"
	"crmferry/mapping/match/columns"
	"crmferry/mapping/match/sources"
	"crmferry/mapping/remarks"
	"crmferry/mapping/schema"
)

// Convert turns the cells of a row into a contact, where points are the columns of numbers whose point is known to start
// the decimals, and collects everything that is wrong with it. It is safe for concurrent use, and what it returns shares
// nothing with other calls that SetLinks or Merge would change.
func (m *Matching[C]) Convert(cells []string, points ...int) (row Row[C]) {
	m.ConvertInto(&row, cells, points)
	return row
}

// ConvertInto is Convert into the place of a row of which nobody needs the links and the remarks any more: they give their
// memory to the new ones.
func (m *Matching[C]) ConvertInto(row *Row[C], cells []string, points []int) {
	r, ok := m.used.Get().(*schema.Reader)
	if !ok {
		r = &schema.Reader{}
	}
	defer m.used.Put(r)
	*r = r.Renewed(schema.Reader{Book: remarks.Book{Words: m.options.Words, Remarks: row.Remarks[:0]}, Options: &m.options, Plans: &m.plans, Cells: cells, Points: points, Fields: r.Fields[:0], Links: row.Links[:0]})
	*row = Row[C]{}
	c := &row.Contact
	m.convert(r, c)
	if m.required && m.table.empty != nil && m.table.id(c) == "" {
		if row.Empty = m.table.empty(r, c); row.Empty != "" {
			return
		}
	}
	row.More = m.table.long.Split(r, c, m.table.id(c) == "")
	row.Origin = r.Origin(&m.origin, m.originWord)
	row.Fields, row.Problems, row.Cleared = m.fields.Share(r.Fields), r.Problems, r.Cleared
	row.Defaulted, row.Replaced, row.Claims = r.Defaulted, r.Overridden, r.Claims
	row.Links, row.Remarks = r.Noted()
}

func (m *Matching[C]) convert(r *schema.Reader, c *C) {
	m.emptyFillers(r)
	r.Address = sources.First(m.lists, r.Cells)
	m.remarkRefusals(r)
	m.mendNames(r)
	for i := range m.plan {
		f := m.plan[i].field
		r.Field, r.Rules, r.Values = f.Name, &f.Rules, m.plan[i].values
		r.LeaveOutOthers(m.plan[i].addresses)
		if m.options.Clear != "" && m.clear(r, &m.plan[i]) {
			continue
		}
		if (m.asIs(r, &m.plan[i], c) || !m.isCut(r, &m.plan[i]) && f.Read(r, m.plan[i].at(r), c)) && f.Writable {
			r.Fields = append(r.Fields, f.Name)
		}
	}
	m.addSpareNames(r, c)
	m.addSpareLinks(r, c)
	m.refuseForeign(r, c)
	m.doubtStreet(r, c)
	if r.Full.Title != "" {
		m.addTitle(r, c)
	}
	if r.Full.Email != "" {
		m.addNameEmail(r, c)
	}
	m.set.Give(r, c)
	m.findOverridden(r)
	m.addClaims(r, c)
	m.defaults.FillIn(r, c)
	if m.table.finish != nil {
		m.table.finish(r, c)
	}
	m.checkZip(r, c)
	if m.continues(r.Cells) {
		r.Problems = []Problem{{Code: cells.CodeContinuation, Message: continuation}}
	} else if m.table.id(c) == "" {
		m.checkWhole(r, c)
	}
}

// checkZip compares a postal code with the country of its address.
func (m *Matching[C]) checkZip(r *schema.Reader, c *C) {
	if m.zip == nil || r.HasID || len(m.zip.at(r)) == 0 {
		return
	}
	from := &m.zip.at(r)[0]
	r.Field = m.zip.field.Name
	zip, town, country := m.table.zip(c)
	mended, notes := cells.CheckZip(*zip, town, country, from.Seen.Zeroless, from.Seen.Lost, r.Cells)
	*zip = mended
	r.Note(&from.Source, notes)
}

// clear empties a field whose cells say so, if that can be done. It says false if no cell does.
func (m *Matching[C]) clear(r *schema.Reader, p *feed[C]) bool {
	f, marked, other := p.field, (*schema.Source)(nil), (*schema.Source)(nil)
	from := p.at(r)
	for i := range from {
		switch v := r.Plain(&from[i]); v {
		case "":
		case m.options.Clear:
			marked = &from[i]
		default:
			other = &from[i]
		}
	}
	switch {
	case marked == nil || !f.Writable:
		return false
	case other != nil:
		r.Fail(cells.CodeBadValue, &marked.Source, "%s empties %s, and %s fills it", m.options.Clear, f.Name, columns.ColumnWords(other.Ref))
	case f.Required:
		r.Fail(cells.CodeRequired, &marked.Source, "%s would empty %s, which %s requires", m.options.Clear, f.Name, m.table.Vendor)
		r.Advise("Put another value into the cell.")
	case f.NotClearable || f.CreateOnly:
		r.Fail(cells.CodeNotClearable, &marked.Source, "%s would empty %s, and %s documents no way to do that", m.options.Clear, f.Name, m.table.Vendor)
	default:
		r.Fields, r.Cleared = append(r.Fields, f.Name), append(r.Cleared, f.Name)
	}
	return true
}

// checkWhole looks at a row that has no id, so that it may have to make a new contact.
func (m *Matching[C]) checkWhole(r *schema.Reader, c *C) {
	if !m.required {
		return
	}
	for i := range m.table.Fields {
		if f := &m.table.Fields[i]; f.Required && !r.Fields.Has(f.Name) && !r.Fields.Has(f.Or) {
			m.require(r, f)
		}
	}
	if m.table.check == nil || len(r.Problems) > 0 {
		return
	}
	if why := m.table.check(c, r.Fields); why != "" {
		r.Problems = append(r.Problems, Problem{Code: cells.CodeRequired, Message: why, Advice: fillCell})
	}
}

// require reports a required field that the row has nothing for, unless it is said already what is wrong with its cell.
func (m *Matching[C]) require(r *schema.Reader, f *schema.Field[C]) {
	column := ""
	for _, p := range m.plan {
		if p.field == f {
			main := slices.IndexFunc(p.from, func(s schema.Source) bool { return s.Part == f.Main })
			column = p.from[max(main, 0)].Ref
		}
	}
	if slices.ContainsFunc(r.Problems, func(p Problem) bool {
		return p.Field == f.Name || (p.Code == cells.CodeRequired || p.Code == cells.CodeDamaged) && column != "" && p.Column == column
	}) {
		return
	}
	message := fmt.Sprintf("no value for %s, which %s requires", f.Name, m.table.Vendor)
	if column != "" {
		has := "the cell is empty"
		if slices.ContainsFunc(r.Remarks, func(f Remark) bool { return f.Column == column && f.Before != "" && f.After == "" }) {
			has = "nothing is left of the cell"
		}
		message = fmt.Sprintf("%s: %s, and %s requires %s", columns.ColumnWords(column), has, m.table.Vendor, f.Name)
	}
	r.Problems = append(r.Problems, Problem{Code: cells.CodeRequired, Field: f.Name, Column: column, Message: message})
	switch {
	case m.table.companies && f.CreateOnly:
		if say := m.options.Words.Say(hint.OnlyUpdate); say != "" {
			r.Advise("Fill the cell; " + say + ".")
		}
	case f.Main == headers.Email: // one address for all rows would make one contact of them
		r.Advise(fillCell)
	}
}

const fillCell = "Fill the cell."
