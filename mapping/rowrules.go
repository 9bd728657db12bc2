package mapping

import (
	"slices"
	"strings"

	"crmferry/internal/crm"
	"crmferry/mapping/cells"
	"crmferry/mapping/headers"
	"crmferry/mapping/match/columns"
	"crmferry/mapping/schema"
)

// emptyFillers empties the cells that the program wrote the sheet with where there was nothing.
func (m *Matching[C]) emptyFillers(r *schema.Reader) {
	if m.fillers == nil && m.nulls == nil && m.coats == nil {
		return
	}
	r.Cells = slices.Clone(r.Cells)
	for i := range m.plan {
		r.Field, r.Values = m.plan[i].field.Name, m.plan[i].values
		for _, s := range slices.Concat(slices.Concat(m.plan[i].addresses...), m.plan[i].from, m.plan[i].spare) {
			if m.coats != nil && s.Index >= 0 && s.Index < len(r.Cells) {
				r.TakeOff(m.coats[s.Index], &s)
			}
			v := r.Plain(&s)
			isNull := v != "" && s.Index < len(m.nulls) && m.nulls[s.Index].Has(v)
			if _, replaced := m.plan[i].values[crm.Fold(v)]; replaced || v == m.options.Clear || v == "" || !isNull && !m.isFiller(m.plan[i].field, v) {
				continue
			}
			if isNull && r.KeepsName(&s, v) {
				continue
			}
			r.Cells[s.Index] = ""
			r.Repair(cells.RemarkPlaceholder, &s.Source, v, "", "%s stands for nothing in a file of this program", cells.Quote(v))
		}
	}
	for i := range min(len(m.Columns), len(r.Cells)) { // columns of no field may say something of others
		if v := headers.Clean(r.Cells[i]); v != "" && m.Columns[i].State != columns.Mapped {
			if m.coats != nil {
				r.Cells[i] = m.coats[i].Off(v)
			}
			if m.nulls != nil && m.nulls[i].Has(v) {
				r.Cells[i] = ""
			}
		}
	}
}

// isFiller reports whether the program that wrote the sheet, or Excel when it saved it again, writes v where there is
// nothing. Odoo's False is one but in a field of yes and no.
func (m *Matching[C]) isFiller(f *schema.Field[C], v string) bool {
	if !slices.ContainsFunc(m.fillers, func(filler string) bool { return strings.EqualFold(filler, v) }) {
		return false
	}
	_, isAnswer := cells.YesNoOf(v)
	return !isAnswer || f.Type != "yes/no"
}

// doubtStreet remarks on a street that seems to be a whole address, in a row that has neither a city nor a postal code.
func (m *Matching[C]) doubtStreet(r *schema.Reader, c *C) {
	var street *feed[C]
	for i := range m.plan {
		switch f := m.plan[i].field; {
		case f.Main != headers.Street && f.Main != headers.City && f.Main != headers.Zip || !r.Fields.Has(f.Name):
		case f.Main == headers.Street:
			street = &m.plan[i]
		default:
			return
		}
	}
	if street == nil {
		return
	}
	if v := street.field.Text(c); cells.HoldsAddress(v) {
		r.Field = street.field.Name
		r.Repair(cells.RemarkAddress, &street.at(r)[0].Source, v, v, "%s seems to be a whole address: the row has neither a city nor a postal code", cells.Quote(v))
	}
}

// remarkRefusals reports the columns by which a person has refused to be mailed or called: no vendor has a field for that, so
// that only the user can see to it.
func (m *Matching[C]) remarkRefusals(r *schema.Reader) {
	for i := range m.consents {
		c := &m.consents[i]
		v := r.Plain(&c.Source)
		if v == "" {
			continue
		}
		yes, ok := cells.YesNoOf(v)
		if ok && yes == c.refusal || !ok && (c.refusal && cells.LooksDate(v) || cells.SaysRefusal(v)) {
			r.Repair(cells.RemarkRefusal, &c.Source.Source, v, v, "%s: the person is not to be mailed or called, and %s has no field that says so", cells.Quote(v), m.table.Vendor)
		}
	}
}

// continues reports whether a row is no record of its own: the program writes further values of the one above beneath it.
func (m *Matching[C]) continues(cells []string) bool {
	for _, i := range m.records {
		if i < len(cells) && headers.Clean(cells[i]) != "" {
			return false
		}
	}
	return len(m.records) > 0
}

const continuation = "the row names no contact: it holds further values of a record above it"

// findOverridden takes down the fields for which the row has another value than Set gives it.
func (m *Matching[C]) findOverridden(r *schema.Reader) {
	for i := range m.unread {
		if p := &m.unread[i]; m.set.Overrides(r, p.field, p.from) {
			r.Overridden = append(r.Overridden, p.field.Name)
		}
	}
}

// addClaims takes down the ids of things that the row names, too.
func (m *Matching[C]) addClaims(r *schema.Reader, c *C) {
	r.Values = nil // those of another field
	for i := range m.named {
		f, from := m.named[i].field, &m.named[i].from[0]
		name, ref := r.Plain(from), f.Ref(c)
		if f.Link == "people" { // several addresses, of which one is enough
			name, _, _ = strings.Cut(name, ";")
		}
		if name = headers.Clean(name); name == "" || ref.ID == "" || !r.Fields.Has(f.Name) {
			continue
		}
		r.Claim(Claim{Link: Link{Field: f.Name, Kind: f.Link, Name: name, Column: from.Ref}, ID: ref.ID})
	}
}

// addSpareLinks reads what a record is on from the column that is left aside for another: alone where that is empty, else beside
// it, so that one that is not known by the first is found by the second, and two that contradict each other are told.
func (m *Matching[C]) addSpareLinks(r *schema.Reader, c *C) {
	for i := range m.plan {
		p := &m.plan[i]
		f := p.field
		if p.spare == nil || f.Link == "" || r.Cleared.Has(f.Name) || slices.ContainsFunc(r.Problems, func(p Problem) bool { return p.Field == f.Name }) {
			continue
		}
		r.Field, r.Rules, r.Values = f.Name, &f.Rules, p.values
		s := &p.spare[0]
		name, ref := r.Plain(s), f.Ref(c)
		switch {
		case name == "":
		case ref == crm.Ref{}:
			if f.Read(r, p.spare, c) {
				r.Fields = append(r.Fields, f.Name)
			}
		case ref.ID != "":
			r.Claim(Claim{Link: Link{Field: f.Name, Kind: f.Link, Name: name, Column: s.Ref}, ID: ref.ID})
		case strings.Contains(ref.Name, "@"):
			r.Links = slices.DeleteFunc(r.Links, func(l Link) bool { return l.Field == f.Name })
			f.Read(r, []schema.Source{schema.NewConstant(p.from[0].Ref, crm.Beside(ref.Name, name), f.Main)}, c)
		}
	}
}

// LeftOut says which condition of the user the cells of a row do not meet, "" if they meet all.
func (m *Matching[C]) LeftOut(cells []string) string {
	for _, c := range m.where {
		if why := c.Unmet(cells); why != "" {
			return why
		}
	}
	return ""
}
