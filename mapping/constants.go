package mapping

import (
	"slices"

	"crmferry/internal/crm"
	"crmferry/mapping/remarks"
	"crmferry/mapping/schema"
)

// Defaults are the fields that Default fills where a row has nothing for them.
func (m *Matching[C]) Defaults() crm.Fields { return m.defaults.fields }

// Said are the things that Set and Default give rows: by name, and by id.
func (m *Matching[C]) Said() ([]Link, []Claim) {
	return slices.Concat(m.set.links, m.defaults.links), slices.Concat(m.set.claims, m.defaults.claims)
}

// addConstants gives the row what Set says.
func (m *Matching[C]) addConstants(r *schema.Reader, c *C) {
	for _, name := range m.set.fields {
		m.table.field(name).Merge(c, &m.set.contact, false)
		if !r.Fields.Has(name) {
			r.Fields = append(r.Fields, name)
		}
	}
	for _, l := range m.set.links {
		if !slices.ContainsFunc(r.Links, func(o Link) bool { return o.Field == l.Field && o.Kind == l.Kind && o.Name == l.Name }) {
			r.Links = append(r.Links, l)
		}
	}
	r.Claims = append(r.Claims, m.set.claims...)
	for i := range m.unread {
		if p := &m.unread[i]; m.replaces(r, p) {
			r.Overridden = append(r.Overridden, p.field.Name)
		}
	}
}

// replaces reports whether the cells of a field that Set gives its value say something else.
func (m *Matching[C]) replaces(r *schema.Reader, p *feed[C]) bool {
	if r.JoinedAs(p.from, r.Plain) == "" {
		return false
	}
	var said C
	apart := schema.Reader{Book: remarks.Book{Field: p.field.Name, Words: r.Words}, Options: r.Options, Plans: r.Plans, Cells: r.Cells, Points: r.Points, Rules: &p.field.Rules}
	if p.field.Read(&apart, p.from, &said) {
		return !p.field.Equal(&said, &m.set.contact)
	}
	return len(apart.Problems) > 0
}

// addDefaults gives the row what Default says of fields for which it has nothing.
func (m *Matching[C]) addDefaults(r *schema.Reader, c *C) {
	for _, name := range m.defaults.fields {
		if r.Fields.Has(name) {
			continue
		}
		m.table.field(name).Merge(c, &m.defaults.contact, false)
		r.Fields, r.Defaulted = append(r.Fields, name), append(r.Defaulted, name)
		links, claims := schema.OfField(name, m.defaults.links, m.defaults.claims)
		r.Links, r.Claims = append(r.Links, links...), append(r.Claims, claims...)
	}
}

// Unfilled are those of fields that a contact found has nothing in, as far as its vendor lets that be seen: a default
// never takes the place of what the CRM has.
func (t *Table[C]) Unfilled(found C, fields crm.Fields) crm.Fields {
	var unfilled crm.Fields
	for _, name := range fields {
		if f := t.field(name); f != nil && !f.WriteOnly && f.Text(&found) == "" {
			unfilled = append(unfilled, name)
		}
	}
	return unfilled
}
