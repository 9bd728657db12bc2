package mapping

import (
	"slices"

	"crmferry/internal/crm"
	"crmferry/mapping/remarks"
)

// Defaults are the fields that Default fills where a row has nothing for them.
func (m *Matching[C]) Defaults() crm.Fields { return m.defaults.fields }

// addConstants gives the row what Set says.
func (m *Matching[C]) addConstants(r *rowReader, c *C) {
	for _, name := range m.set.fields {
		m.table.field(name).merge(c, &m.set.contact, false)
		if !r.fields.Has(name) {
			r.fields = append(r.fields, name)
		}
	}
	for _, l := range m.set.links {
		if !slices.Contains(r.links, l) {
			r.links = append(r.links, l)
		}
	}
	for i := range m.unread {
		if p := &m.unread[i]; m.replaces(r, p) {
			r.overridden = append(r.overridden, p.field.Name)
		}
	}
}

// replaces reports whether the cells of a field that Set gives its value say something else.
func (m *Matching[C]) replaces(r *rowReader, p *feed[C]) bool {
	if r.joinedAs(p.from, r.plain) == "" {
		return false
	}
	var said C
	apart := rowReader{Book: remarks.Book{Field: p.field.Name, Words: r.Words}, o: r.o, plans: r.plans, cells: r.cells, points: r.points, rules: &p.field.rules}
	if p.field.read(&apart, p.from, &said) {
		return !p.field.equal(&said, &m.set.contact)
	}
	return len(apart.Problems) > 0
}

// addDefaults gives the row what Default says of fields for which it has nothing.
func (m *Matching[C]) addDefaults(r *rowReader, c *C) {
	for _, name := range m.defaults.fields {
		if r.fields.Has(name) {
			continue
		}
		m.table.field(name).merge(c, &m.defaults.contact, false)
		r.fields, r.defaulted = append(r.fields, name), append(r.defaulted, name)
		for _, l := range m.defaults.links {
			if l.Field == name {
				r.links = append(r.links, l)
			}
		}
	}
}

// Unfilled are those of fields that a contact found has nothing in, as far as its vendor lets that be seen: a default
// never takes the place of what the CRM has.
func (t *Table[C]) Unfilled(found C, fields crm.Fields) crm.Fields {
	var unfilled crm.Fields
	for _, name := range fields {
		if f := t.field(name); f != nil && !f.WriteOnly && f.text(&found) == "" {
			unfilled = append(unfilled, name)
		}
	}
	return unfilled
}
