package mapping

import (
	"fmt"
	"iter"
	"slices"

	"crmferry/internal/crm"
	"crmferry/mapping/cells"
	"crmferry/mapping/schema"
)

// Merged is a contact found, overlaid by what a row wants.
type Merged[C any] struct {
	Contact C
	Changed crm.Fields // what differs from the contact found and can be written
	Fixed   []Problem  // what differs and the vendor cannot change
	Bad     []Problem  // what differs and breaks a rule; there is nothing else then
}

// Merge overlays found with the fields set of want. Single values replace; lists are added to, unless the field is in
// replace. Fields that cannot be read back always count as changed.
func (t *Table[C]) Merge(found, want C, set, replace crm.Fields) Merged[C] {
	m := Merged[C]{Contact: found}
	for f := range t.fieldsOf(set) {
		if !f.Writable {
			continue
		}
		if f.IsFixed(&found, &want) {
			m.Fixed = append(m.Fixed, Problem{Code: cells.CodeNotUpdatable, Field: f.Name, Message: fmt.Sprintf(
				"%s cannot be changed through the API of %s: it is %q, the row says %q", f.Name, t.Vendor, f.Text(&found), f.Text(&want))})
			continue
		}
		if f.CreateOnly {
			continue
		}
		f.Merge(&m.Contact, &want, replace.Has(f.Name))
		if f.WriteOnly || !f.Equal(&found, &m.Contact) {
			m.Changed = append(m.Changed, f.Name)
		}
	}
	return m
}

// fieldsOf are the fields of some names, in the order of the table.
func (t *Table[C]) fieldsOf(names crm.Fields) iter.Seq[*schema.Field[C]] {
	return func(yield func(*schema.Field[C]) bool) {
		left := len(names)
		for i := range t.Fields {
			if f := &t.Fields[i]; names.Has(f.Name) {
				if left--; !yield(f) {
					return
				}
			}
		}
		for i := 0; i < len(names) && left > 0 && t.customs != nil; i++ {
			if f := t.custom(names[i]); f != nil && !yield(f) {
				return
			}
		}
	}
}

// Same returns those of fields in which two contacts differ, by typed value.
func (t *Table[C]) Same(a, b C, fields crm.Fields) []string {
	var differ []string
	for _, name := range fields {
		if f := t.field(name); f != nil && !f.Equal(&a, &b) {
			differ = append(differ, name)
		}
	}
	return differ
}

// Pick returns a contact that has what c has in some fields, and nothing else.
func (t *Table[C]) Pick(c C, fields crm.Fields) C { return t.Put(*new(C), c, fields) }

// Put returns a contact that has what another has in some fields, whatever the vendor lets be written.
func (t *Table[C]) Put(into, from C, fields crm.Fields) C {
	for _, name := range fields {
		if f := t.field(name); f != nil && f.Merge != nil {
			f.Merge(&into, &from, true)
		}
	}
	return into
}

// Defaults are the fields that Default fills where a row has nothing for them.
func (m *Matching[C]) Defaults() crm.Fields { return m.defaults.Fields }

// Said are the things that Set and Default give rows: by name, and by id.
func (m *Matching[C]) Said() ([]Link, []Claim) {
	return slices.Concat(m.set.Links, m.defaults.Links), slices.Concat(m.set.Claims, m.defaults.Claims)
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
