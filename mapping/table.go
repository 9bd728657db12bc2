package mapping

import (
	"time"

	"crmferry/internal/cell"
	"crmferry/internal/crm"
	"crmferry/mapping/cells"
	"crmferry/mapping/headers"
	"crmferry/mapping/hint"
	"crmferry/mapping/match"
	"crmferry/mapping/people"
)

// Table is all that is known of the fields of one vendor resource. C is the vendor's contact type. A table is not
// changed after it was made and is safe for concurrent use.
type Table[C any] struct {
	Vendor   string // "growcrm"
	Resource string // "contacts"
	Fields   []Field[C]

	id         func(*C) string
	person     func(*C) people.Person
	keys       func(*C) []crm.Key // nil: e-mails, phones and names of person
	dates      func(*C) (created, changed time.Time)
	hasChanged bool                                     // the vendor documents when a contact was last changed
	check      func(c *C, fields crm.Fields) string     // why the row as a whole cannot be sent, "" if it can
	zip        func(c *C) (zip *string, country string) // nil: there is no address with a country
	claim      func(c *C, fields crm.Fields) (field, what string)
}

// Field is one field of a table: how it is found, read, compared, merged and shown.
type Field[C any] struct {
	Info
	main        headers.Concept   // what the field itself means
	takes       []headers.Concept // the headers it is recognised by, best first
	extra       []string          // further names that the vendor has for it
	compose     bool              // several columns make up one value
	firstFilled bool              // of several columns, the first that is not empty is read
	rules       rules

	read    func(r *rowReader, from []source, c *C) bool // false if the cells are empty or broken
	text    func(c *C) string
	kind    cell.Kind            // of most cells of an export
	cell    func(c *C) cell.Cell // the value in an export; nil: as text has it
	equal   func(a, b *C) bool   // the same typed value
	merge   func(into, want *C, replace bool)
	setLink func(c *C, name string, ref crm.Ref)
	ref     func(c *C) crm.Ref                                 // of a link to one thing
	beside  string                                             // the field that can only be read and names the thing linked to, "" if none does
	asIs    func(v string, c *C) bool                          // takes a cell of an own export as it stands; nil: it is read like any other
	recheck func(r *rowReader, s *source, found, want *C) bool // reads what asIs took and found does not have; false if it is broken
	fixed   func(found, want *C) bool                          // the vendor cannot make found what want says; nil: CreateOnly decides
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
		Composed: f.compose, FirstFilled: f.firstFilled, Main: f.main, Takes: f.takes, Extra: f.extra, Kind: f.kind, Link: f.Link, Beside: f.beside}
}

// isID reports whether the field is the vendor's own id.
func (f *Field[C]) isID() bool { return !f.Writable && f.read != nil }

// spec is the table as columns are matched with it. Of fields that take certain values only, accepts reports whether one
// takes the cells of a column.
func (t *Table[C]) spec(words hint.Words, accepts func(*Field[C], cells.Verdict) func(string) bool) *match.Spec {
	s := &match.Spec{Vendor: t.Vendor, Resource: t.Resource, Words: words, Fields: make([]match.Field, len(t.Fields))}
	for i := range t.Fields {
		f := &t.Fields[i]
		s.Fields[i] = f.spec()
		s.Fields[i].Note = f.FullNote(words)
		if f.rules.closed && accepts != nil {
			s.Fields[i].Accepts = func(seen cells.Verdict) func(string) bool { return accepts(f, seen) }
		}
	}
	return s
}
