package schema

import (
	"crmferry/internal/cell"
	"crmferry/internal/crm"
	"crmferry/mapping/headers"
	"crmferry/mapping/match/resource"
)

// Field is one field of a table: how it is found, read, compared, merged and shown.
type Field[C any] struct {
	Info
	Main        headers.Concept   // what the field itself means
	takes       []headers.Concept // the headers it is recognised by, best first
	extra       []string          // further names that the vendor has for it
	late        []string          // see resource.Field.Late
	compose     bool              // several columns make up one value
	ofItself    bool              // the record is what the field names: a company
	firstFilled bool              // of several columns, the first that is not empty is read
	Rules       rules

	Read     func(r *Reader, from []Source, c *C) bool // false if the cells are empty or broken
	Text     func(c *C) string
	Kind     cell.Kind            // of most cells of an export
	Cell     func(c *C) cell.Cell // the value in an export; nil: as text has it
	Equal    func(a, b *C) bool   // the same typed value
	Merge    func(into, want *C, replace bool)
	SetLinks func(c *C, refs map[string]crm.Ref)             // by folded name
	Ref      func(c *C) crm.Ref                              // of a link to one thing
	AsIs     func(v string, c *C) bool                       // takes a cell of an own export as it stands; nil: it is read like any other
	Recheck  func(r *Reader, s *Source, found, want *C) bool // reads what asIs took and found does not have; false if it is broken
	Fixed    func(found, want *C) bool                       // the vendor cannot make found what want says; nil: CreateOnly decides
}

// Spec is the field as columns are matched with it.
func (f *Field[C]) Spec() resource.Field {
	return resource.Field{Name: f.Name, Label: f.Label, Type: f.Type, Note: f.Note, Writable: f.Writable, Required: f.Required, Or: f.Or, Never: f.Never, CreateOnly: f.CreateOnly, ID: f.IsID(), List: f.List,
		Composed: f.compose, FirstFilled: f.firstFilled, OfItself: f.ofItself, Undocumented: f.Undocumented, Main: f.Main, Takes: f.takes, Extra: f.extra, Late: f.late, Kind: f.Kind, Link: f.Link, Beside: f.Beside}
}

// IsID reports whether the field is the vendor's own id.
func (f *Field[C]) IsID() bool { return !f.Writable && f.Read != nil }

// IsFixed reports whether want asks for what an update cannot do. What was not read is never known to differ.
func (f *Field[C]) IsFixed(found, want *C) bool {
	if f.Fixed != nil {
		return f.Fixed(found, want)
	}
	return f.CreateOnly && !f.WriteOnly && f.Text(found) != "" && !f.Equal(found, want)
}

// Export is the value as a cell.
func (f *Field[C]) Export(c *C) cell.Cell {
	if f.Cell != nil {
		return f.Cell(c)
	}
	return cell.NewText(f.Kind, f.Text(c))
}
