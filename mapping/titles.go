package mapping

import (
	"strings"

	"crmferry/mapping/cells"
)

// addTitle gives the title of a full name to the field of salutations, if the vendor has one and the row has nothing else
// for it, and reports what became of it.
func (m *Matching[C]) addTitle(r *rowReader, c *C) {
	t := r.full
	said := ""
	if f := m.titles; f != nil && !r.fields.Has(f.Name) && !m.set.fields.Has(f.Name) {
		r.Field, r.rules, r.values = f.Name, &f.rules, nil
		if f.read(r, []source{newConstant("", t.Title, f.main)}, c) {
			r.fields = append(r.fields, f.Name)
			said = ", which " + f.Name + " takes"
		}
	}
	r.Field = t.field
	r.Repair(cells.RemarkTitle, &t.from.Source, t.cell, strings.TrimSpace(t.First+" "+t.Last), "%s was read without its title %s%s", cells.Quote(t.cell), cells.Quote(t.Title), said)
}
