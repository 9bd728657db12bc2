package mapping

import (
	"strings"

	"crmferry/mapping/headers"
)

// named is a link and the column that names the thing linked to.
type named[C any] struct {
	field *Field[C]
	from  source
}

// namedLinks finds the columns that name the things whose ids stand in others. What --map or --set says is believed.
func (w *matcher[C]) namedLinks() []named[C] {
	var list []named[C]
	for _, p := range w.m.plan {
		f := p.field
		if f.beside == "" || w.m.constants.fields.Has(f.Name) {
			continue
		}
		for i := range w.m.Columns {
			about := w.meaning[i].field
			if _, said := w.explicit[i]; !said && about >= 0 && w.t.Fields[about].Name == f.beside && w.won[i] == nil {
				list = append(list, named[C]{f, w.sourceOf(i, headers.None)})
			}
		}
	}
	return list
}

// claim takes down the ids of things that the row names, too.
func (m *Matching[C]) claim(r *reading, c *C) {
	r.values = nil // those of another field
	for i := range m.named {
		f, from := m.named[i].field, &m.named[i].from
		name, ref := r.plain(from), f.ref(c)
		if f.Link == "people" { // several addresses, of which one is enough
			name, _, _ = strings.Cut(name, ";")
		}
		if name = headers.Clean(name); name == "" || ref.ID == "" || !r.fields.Has(f.Name) {
			continue
		}
		r.claims = append(r.claims, Claim{Link{f.Name, f.Link, name}, ref.ID, from.ref})
	}
}
