package mapping

import (
	"fmt"
	"slices"
	"strings"
	"time"

	"crmferry/internal/cell"
	"crmferry/internal/crm"
	"crmferry/mapping/headers"
	"crmferry/mapping/match"
)

// Table is all that is known of the fields of one vendor resource. C is the vendor's contact type. A table is not
// changed after it was made and is safe for concurrent use.
type Table[C any] struct {
	Vendor   string // "growcrm"
	Resource string // "contacts"
	Fields   []Field[C]

	id         func(*C) string
	person     func(*C) person
	keys       func(*C) []crm.Key // nil: e-mails, phones and names of person
	dates      func(*C) (created, changed time.Time)
	hasChanged bool                                     // the vendor documents when a contact was last changed
	check      func(c *C, fields crm.Fields) string     // why the row as a whole cannot be sent, "" if it can
	zip        func(c *C) (zip *string, country string) // nil: there is no address with a country
	claim      func(c *C, fields crm.Fields) (field, what string)
}

// person is what contacts of all vendors are matched by.
type person struct {
	first, last, full string // full wins if set
	emails, phones    []string
}

// Field is one field of a table: how it is found, read, compared, merged and shown.
type Field[C any] struct {
	Info
	main    headers.Concept   // what the field itself means
	takes   []headers.Concept // the headers it is recognised by, best first
	extra   []string          // further names that the vendor has for it
	compose bool              // several columns make up one value
	falls   bool              // of several columns, the first that is not empty is read
	rules   rules

	read    func(r *reading, from []source, c *C) bool // false if the cells are empty or broken
	text    func(c *C) string
	kind    cell.Kind            // of most cells of an export
	cell    func(c *C) cell.Cell // the value in an export; nil: as text has it
	equal   func(a, b *C) bool   // the same typed value
	merge   func(into, want *C, replace bool)
	setLink func(c *C, name string, ref crm.Ref)
	ref     func(c *C) crm.Ref                               // of a link to one thing
	beside  string                                           // the field that can only be read and names the thing linked to, "" if none does
	keep    func(v string, c *C) bool                        // takes a cell of an own export as it stands; nil: it is read like any other
	tidy    func(r *reading, s *source, found, want *C) bool // reads what keep took and found does not have; false if it is broken
	fixed   func(found, want *C) bool                        // the vendor cannot make found what want says; nil: CreateOnly decides
}

// Info lists the fields of the table in its order.
func (t *Table[C]) Info() []Info {
	infos := make([]Info, len(t.Fields))
	for i, f := range t.Fields {
		infos[i] = f.Info
		spec := f.spec()
		infos[i].Aliases = spec.Headers()
	}
	return infos
}

// field returns the field of that name, nil if there is none.
func (t *Table[C]) field(name string) *Field[C] {
	for i := range t.Fields {
		if t.Fields[i].Name == name {
			return &t.Fields[i]
		}
	}
	return nil
}

// ID is the vendor's id of a contact, "" if it has none.
func (t *Table[C]) ID(c C) string { return t.id(&c) }

// MatchKeys returns the keys that a row is matched by: the vendor's id where the row carries one, else its RowKeys. It
// does not keep c.
func (t *Table[C]) MatchKeys(c *C) []crm.Key {
	if id := t.id(c); id != "" {
		return []crm.Key{{ID: id}}
	}
	return t.rowKeys(c)
}

// Keys returns every key that a contact read from the vendor can be found by: its e-mail addresses, and its phones
// together with its name.
func (t *Table[C]) Keys(c C) []crm.Key {
	if t.keys != nil {
		return t.keys(&c)
	}
	p := t.person(&c)
	return p.phoneKeys(p.emailKeys())
}

// RowKeys returns the keys that a row is matched by: its e-mail addresses, else its phones together with its name. A
// row without any can be matched by nothing.
func (t *Table[C]) RowKeys(c C) []crm.Key { return t.rowKeys(&c) }

func (t *Table[C]) rowKeys(c *C) []crm.Key {
	if t.keys != nil {
		return t.keys(c)
	}
	p := t.person(c)
	if keys := p.emailKeys(); len(keys) > 0 {
		return keys
	}
	return p.phoneKeys(nil)
}

func (p person) emailKeys() []crm.Key {
	var keys []crm.Key
	for _, e := range p.emails {
		if k := (crm.Key{Email: strings.ToLower(strings.TrimSpace(e))}); k.Email != "" && !slices.Contains(keys, k) {
			if keys == nil {
				keys = make([]crm.Key, 0, len(p.emails))
			}
			keys = append(keys, k)
		}
	}
	return keys
}

func (p person) phoneKeys(keys []crm.Key) []crm.Key {
	name := p.full
	if strings.TrimSpace(name) == "" {
		name = p.first + " " + p.last
	}
	name = strings.ToLower(strings.Join(strings.Fields(name), " "))
	if name == "" {
		return keys
	}
	for _, n := range p.phones {
		if k := (crm.Key{Phone: crm.Digits(n), Name: name}); k.Phone != "" && !slices.Contains(keys, k) {
			keys = append(keys, k)
		}
	}
	return keys
}

// Claim names what a row wants and only one contact can have, and the field that says so; "" for nothing: "the account
// owner of client 12".
func (t *Table[C]) Claim(c *C, fields crm.Fields) (field, what string) {
	if t.claim == nil {
		return "", ""
	}
	return t.claim(c, fields)
}

// SetLink puts the resolved ref in place of a name in a field of links. It never changes memory shared with a copy of c.
func (t *Table[C]) SetLink(c *C, field, name string, ref crm.Ref) {
	if f := t.field(field); f != nil && f.setLink != nil {
		f.setLink(c, name, ref)
	}
}

// Link is the thing that a field links to; the zero value if it links to none, or to several.
func (t *Table[C]) Link(c C, field string) crm.Ref {
	if f := t.field(field); f != nil && f.ref != nil {
		return f.ref(&c)
	}
	return crm.Ref{}
}

// Merged is a contact found, overlaid by what a row wants.
type Merged[C any] struct {
	Contact C
	Changed crm.Fields // what differs from the contact found and can be written
	Fixed   []Problem  // what differs and the vendor cannot change
	Bad     []Problem  // what differs and breaks a rule; there is nothing else then
}

// CodeNotUpdatable: the field differs from the contact found, and the vendor's API cannot change it.
const CodeNotUpdatable = "not_updatable"

// Merge overlays found with the fields set of want. Single values replace; lists are added to, unless the field is in
// replace. Fields that cannot be read back always count as changed.
func (t *Table[C]) Merge(found, want C, set, replace crm.Fields) Merged[C] {
	m := Merged[C]{Contact: found}
	for i := range t.Fields {
		f := &t.Fields[i]
		if !f.Writable || !set.Has(f.Name) {
			continue
		}
		if f.isFixed(&found, &want) {
			m.Fixed = append(m.Fixed, Problem{Code: CodeNotUpdatable, Field: f.Name, Message: fmt.Sprintf(
				"%s cannot be changed through the API of %s: it is %q, the row says %q", f.Name, t.Vendor, f.text(&found), f.text(&want))})
			continue
		}
		if f.CreateOnly {
			continue
		}
		f.merge(&m.Contact, &want, replace.Has(f.Name))
		if f.WriteOnly || !f.equal(&found, &m.Contact) {
			m.Changed = append(m.Changed, f.Name)
		}
	}
	return m
}

// isFixed says whether want asks for what an update cannot do. What was not read is never known to differ.
func (f *Field[C]) isFixed(found, want *C) bool {
	if f.fixed != nil {
		return f.fixed(found, want)
	}
	return f.CreateOnly && !f.WriteOnly && f.text(found) != "" && !f.equal(found, want)
}

// Same returns those of fields in which two contacts differ, by typed value.
func (t *Table[C]) Same(a, b C, fields crm.Fields) []string {
	var differ []string
	for _, name := range fields {
		if f := t.field(name); f != nil && !f.equal(&a, &b) {
			differ = append(differ, name)
		}
	}
	return differ
}

// Text is the value of a field as a cell, "" if it is empty or there is no such field.
func (t *Table[C]) Text(c C, field string) string {
	if f := t.field(field); f != nil {
		return f.text(&c)
	}
	return ""
}

// spec is the field as columns are matched with it.
func (f *Field[C]) spec() match.Field {
	return match.Field{Name: f.Name, Label: f.Label, Type: f.Type, Note: f.Note, Writable: f.Writable, Required: f.Required, Never: f.Never, ID: f.isID(), List: f.List,
		Composed: f.compose, Falls: f.falls, Main: f.main, Takes: f.takes, Extra: f.extra, Kind: f.kind, Link: f.Link, Beside: f.beside}
}
