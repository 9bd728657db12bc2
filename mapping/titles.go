package mapping

import (
	"slices"
	"strings"

	"crmferry/mapping/cells"
	"crmferry/mapping/headers"
	"crmferry/mapping/schema"
)

// addTitle gives the title of a full name to the field of salutations, if the vendor has one and the row has nothing else
// for it, and reports what became of it.
func (m *Matching[C]) addTitle(r *schema.Reader, c *C) {
	t := r.Full
	said := ""
	if f := m.titles; f != nil && !r.Fields.Has(f.Name) && !m.set.Fields.Has(f.Name) {
		r.Field, r.Rules, r.Values = f.Name, &f.Rules, nil
		if f.Read(r, []schema.Source{schema.NewConstant("", t.Title, f.Main)}, c) {
			r.Fields = append(r.Fields, f.Name)
			said = ", which " + f.Name + " takes"
		}
	}
	r.Field = t.Field
	r.Repair(cells.RemarkTitle, &t.From.Source, t.Cell, strings.TrimSpace(t.First+" "+t.Last), "%s was read without its title %s%s", cells.Quote(t.Cell), cells.Quote(t.Title), said)
}

// addNameEmail takes the e-mail address that stands beside a full name, in a row that has no other.
func (m *Matching[C]) addNameEmail(r *schema.Reader, c *C) {
	t := r.Full
	i := slices.IndexFunc(m.table.Fields, func(f schema.Field[C]) bool { return f.Main == headers.Email && f.Writable })
	if i < 0 {
		return
	}
	f := &m.table.Fields[i]
	if r.Fields.Has(f.Name) || m.set.Fields.Has(f.Name) {
		return
	}
	r.Field, r.Rules, r.Values = f.Name, &f.Rules, nil
	if f.Read(r, []schema.Source{schema.NewConstant("", t.Email, f.Main)}, c) {
		r.Fields = append(r.Fields, f.Name)
		r.Repair(cells.RemarkWrapped, &t.From.Source, t.Cell, t.Email, "%s was taken for %s, because the row has no other", cells.Quote(t.Email), f.Name)
	}
}
