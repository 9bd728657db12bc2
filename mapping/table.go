package mapping

import (
	"time"

	"crmferry/internal/crm"
	"crmferry/mapping/cells"
	"crmferry/mapping/hint"
	"crmferry/mapping/match/resource"
	"crmferry/mapping/people"
	"crmferry/mapping/schema"
)

// Table is all that is known of the fields of one vendor resource. C is the vendor's contact type. A table is not
// changed after it was made and is safe for concurrent use.
type Table[C any] struct {
	Vendor   string // "growcrm"
	Resource string // "contacts"
	Fields   []schema.Field[C]

	id         func(*C) string
	person     func(*C) people.Person
	keys       func(*C) []crm.Key // nil: e-mails, phones and names of person
	companies  bool               // records are companies, which go by their names
	dates      func(*C) (created, changed time.Time)
	hasChanged bool                                           // the vendor documents when a contact was last changed
	check      func(c *C, fields crm.Fields) string           // why the row as a whole cannot be sent, "" if it can
	zip        func(c *C) (zip *string, town, country string) // nil: there is no address with a country
	claim      func(c *C, fields crm.Fields) (field, what string)
	ofOthers   bool                                // its records belong to others, as notes do to people
	finish     func(r *schema.Reader, c *C)        // completes a row whose fields were read; nil: there is nothing to complete
	empty      func(r *schema.Reader, c *C) string // why there is nothing to do with a row, as it says nothing; nil: each says something
	long       *schema.LongText[C]                 // nil: no text of a record is split
	customs    *customs[C]                         // nil where the vendor documents no custom fields
	origin     *schema.KeepsOrigin[C]              // nil: a record does not keep where it comes from
	unread     string                              // says what an update may empty because it cannot be read, "" for nothing
}

// OfOthers reports whether the records of the table belong to others, as notes do to people.
func (t *Table[C]) OfOthers() bool { return t.ofOthers }

// Unread says what an update may empty because the vendor does not let it be read, "" for nothing.
func (t *Table[C]) Unread() string { return t.unread }

// Info lists the fields of the table in its order, and behind them one that stands for all custom fields.
func (t *Table[C]) Info() []Info {
	infos := make([]Info, len(t.Fields))
	for i, f := range t.Fields {
		infos[i] = f.Info
		infos[i].KeepsOrigin = t.origin != nil && f.Name == t.origin.IDField
		spec := f.Spec()
		infos[i].Aliases = spec.Headers()
	}
	if t.customs != nil {
		any := schema.CustomInfo("NAME")
		any.Note = "of the account, by the name that the vendor has for it: which there are, and of what types, is not documented, so that each is sent as a text"
		infos = append(infos, any)
	}
	return infos
}

// field returns the field of that name, nil if there is none.
func (t *Table[C]) field(name string) *schema.Field[C] {
	for i := range t.Fields {
		if t.Fields[i].Name == name {
			return &t.Fields[i]
		}
	}
	return t.custom(name)
}

// Claim names what a row wants and only one contact can have, and the field that says so; "" for nothing: "the account
// owner of client 12".
func (t *Table[C]) Claim(c *C, fields crm.Fields) (field, what string) {
	if t.claim == nil {
		return "", ""
	}
	return t.claim(c, fields)
}

// Noun is what one of the things of the table is called: "client".
func (t *Table[C]) Noun() string { return resource.Noun(t.Resource) }

// SetLinks puts resolved refs, by their folded names, in place of the names in a field of links. It never changes memory shared
// with a copy of c.
func (t *Table[C]) SetLinks(c *C, field string, refs map[string]crm.Ref) {
	if f := t.field(field); f != nil && f.SetLinks != nil {
		f.SetLinks(c, refs)
	}
}

// Link is the thing that a field links to; the zero value if it links to none, or to several.
func (t *Table[C]) Link(c C, field string) crm.Ref {
	if f := t.field(field); f != nil && f.Ref != nil {
		return f.Ref(&c)
	}
	return crm.Ref{}
}

// Text is the value of a field as a cell, "" if it is empty or there is no such field.
func (t *Table[C]) Text(c C, field string) string {
	if f := t.field(field); f != nil {
		return f.Text(&c)
	}
	return ""
}

// Spec is the table as its exports are recognised by, elsewhere.
func (t *Table[C]) Spec() *resource.Spec { return t.spec(nil, nil) }

// spec is the table as columns are matched with it. Of fields that take certain values only, accepts reports whether one
// takes the cells of a column.
func (t *Table[C]) spec(words hint.Words, accepts func(*schema.Field[C], cells.Verdict) func(string) bool) *resource.Spec {
	s := &resource.Spec{Vendor: t.Vendor, Resource: t.Resource, Words: words, Fields: make([]resource.Field, len(t.Fields))}
	for i := range t.Fields {
		f := &t.Fields[i]
		s.Fields[i] = f.Spec()
		s.Fields[i].Note = f.FullNote(words)
		if f.Rules.Closed && accepts != nil {
			s.Fields[i].Accepts = func(seen cells.Verdict) func(string) bool { return accepts(f, seen) }
		}
	}
	return s
}
