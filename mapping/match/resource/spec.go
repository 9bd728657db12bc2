// Package resource is what columns are matched with: a resource of a vendor, and its fields.
package resource

import (
	"fmt"
	"slices"
	"strings"

	"crmferry/internal/cell"
	"crmferry/internal/crm"
	"crmferry/internal/humanize"
	"crmferry/mapping/cells"
	"crmferry/mapping/headers"
	"crmferry/mapping/hint"
)

// Spec is a vendor's resource as columns are matched with it.
type Spec struct {
	Vendor   string // "growcrm"
	Resource string // "contacts"
	Fields   []Field
	Words    hint.Words
}

// CustomOf is the name of the custom field that a name of a field stands for, as its vendor has it.
func CustomOf(name string) (own string, ok bool) {
	if n := len(crm.CustomPrefix); len(name) >= n && strings.EqualFold(name[:n], crm.CustomPrefix) {
		return name[n:], true
	}
	return "", false
}

// Field is what a column is matched with.
type Field struct {
	Name        string // the vendor's own
	Label       string // for people
	Type        string // "text", "email", "yes/no" ...
	Note        string // what a user should know of it
	Writable    bool
	Required    bool   // to create a contact
	Or          string // the field that may be there instead of a required one, "" for none
	Never       bool   // never matched from a header
	CreateOnly  bool   // cannot be changed afterwards
	ID          bool   // the vendor's own id, by which rows are matched
	List        bool   // takes several values and several columns
	Composed    bool   // several columns make up one value
	FirstFilled bool   // of several columns, the first that is not empty is read
	OfItself    bool   // the record is what the field names: a company
	// Undocumented: the vendor does not document what comes of it, and it is written where that is asked for.
	Undocumented bool

	Main   headers.Concept   // what the field itself means
	Takes  []headers.Concept // the headers it is recognised by, best first
	Extra  []string          // further names that the vendor has for it
	Late   []string          // names that may mean it where no other header does and every row has something
	Kind   cell.Kind         // of its values
	Link   string            // the kind of thing it links to, "" if none
	Beside string            // the field that can only be read and names the thing linked to, "" if none does

	// Accepts reports of the cells of a column, of which seen is known, whether the field would take each. Only fields that take
	// certain values have it: for the others it is nil.
	Accepts func(seen cells.Verdict) func(cell string) bool
}

// Title is the label of a field, with its name where that is another.
func (f *Field) Title() string {
	if headers.FoldHeader(f.Label) == headers.FoldHeader(f.Name) {
		return f.Label
	}
	return f.Label + " (" + f.Name + ")"
}

// Hides reports whether the field says that not everybody may see a record.
func (f *Field) Hides() bool { return slices.ContainsFunc(f.Extra, headers.IsHidden) }

// FieldsThat are the fields that headers are taken for and of which something goes.
func (s *Spec) FieldsThat(is func(*Field) bool) (fields []*Field) {
	for i := range s.Fields {
		if f := &s.Fields[i]; f.Writable && !f.Never && is(f) {
			fields = append(fields, f)
		}
	}
	return fields
}

// Named is a field found by a name.
type Named struct {
	Field int
	Rank  int // 0: its name, 1: its label, 2: a further name
	How   string
}

// Find finds a field by its name, label or further names, however they are written. Where there is none, advice says what to
// look at instead.
func (s *Spec) Find(name string) (field int, advice string, ok bool) {
	if hit, ok := s.NameIndex()[headers.FoldHeader(name)]; ok {
		return hit.Field, "", true
	}
	names := make([]string, len(s.Fields))
	for i, f := range s.Fields {
		names[i] = f.Name
	}
	if near := humanize.Nearest(name, names); near != "" {
		return 0, fmt.Sprintf("did you mean %s?", near), false
	}
	return 0, s.Words.Say(hint.Fields, s.ID()), false
}

// codeNoCustom is the refusal of a custom field where the vendor documents none.
const codeNoCustom = "no_custom_fields"

// Lacks says that there is no field of that name. how says who names it.
func (s *Spec) Lacks(name, how string) string {
	if _, custom := CustomOf(name); custom {
		return fmt.Sprintf("%s: %s: %s of %s have no custom fields that are documented: %s cannot be sent", codeNoCustom, how, s.Resource, s.Vendor, name)
	}
	return fmt.Sprintf("%s: %s has no field %q", how, s.Vendor, name)
}

// ID names the resource: growcrm, or rogerroger/notes.
func (s *Spec) ID() string {
	if s.Resource == "contacts" {
		return s.Vendor
	}
	return s.Vendor + "/" + s.Resource
}

// NameIndex finds a field by the folded forms of its name, its label and its further names.
func (s *Spec) NameIndex() map[string]Named {
	index := map[string]Named{}
	add := func(i, rank int, how, name string) {
		if _, ok := index[headers.FoldHeader(name)]; !ok {
			index[headers.FoldHeader(name)] = Named{Field: i, Rank: rank, How: how}
		}
	}
	for i, f := range s.Fields {
		add(i, 0, "name", f.Name)
	}
	for i, f := range s.Fields {
		add(i, 1, "label", f.Label)
	}
	for i, f := range s.Fields {
		for _, name := range f.Extra {
			add(i, 2, "alias", name)
		}
	}
	return index
}

// NamesIn is the NameIndex for a header, with the names that may mean a field where no other column does: every row has
// something there that is no salutation, and given, which have values of their own, lack the field. Of companies, "Company phone" is
// their phone.
func (s *Spec) NamesIn(header []string, p *cells.Profile, given ...[]string) map[string]Named {
	index := s.NameIndex()
	for i := range s.Fields {
		f := &s.Fields[i]
		means := func(h string) bool { hit, ok := index[headers.FoldHeader(h)]; return ok && hit.Field == i }
		if f.Late == nil || p == nil || slices.Contains(slices.Concat(given...), f.Name) || slices.ContainsFunc(header, means) {
			continue
		}
		for at, h := range header {
			isLate := slices.ContainsFunc(f.Late, func(name string) bool { return headers.FoldHeader(name) == headers.FoldHeader(h) })
			if filled, _ := p.Filled(at); isLate && filled > 0 && filled == p.Rows && p.Column(at).Share(cells.LooksSalutation) < 0.1 {
				index[headers.FoldHeader(h)] = Named{Field: i, Rank: 2, How: "alias"}
			}
		}
	}
	if slices.ContainsFunc(s.Fields, func(f Field) bool { return f.OfItself }) {
		for _, h := range header {
			folded := headers.FoldHeader(h)
			if _, known := index[folded]; known {
				continue
			}
			if i := s.fieldOfFirm(index, h); i >= 0 {
				index[folded] = Named{Field: i, Rank: 3, How: "alias"}
			}
		}
	}
	return index
}

// fieldOfFirm is the field of a header that says of what is imported that it is a company's, -1 for none. An address for a
// person, beside whose names it stands, is none of the company.
func (s *Spec) fieldOfFirm(index map[string]Named, header string) int {
	bare, ok := headers.WithoutFirm(header)
	if !ok {
		return -1
	}
	i := -1
	if found, ok := headers.Find(bare); ok {
		i = s.FieldOf(found.Concept)
		if i >= 0 && (s.Fields[i].Main != found.Concept || found.Concept == headers.Email && s.HasNameParts()) {
			return -1
		}
	} else if hit, ok := index[bare]; ok && s.Fields[hit.Field].Type == "text" {
		i = hit.Field
	}
	if i < 0 || !s.Fields[i].Writable || s.Fields[i].Never {
		return -1
	}
	return i
}

// HasNameParts reports whether the vendor has first and last names.
func (s *Spec) HasNameParts() bool {
	return slices.ContainsFunc(s.Fields, func(f Field) bool { return f.Main == headers.FirstName })
}

// FieldOf is the field that a concept is best put into, -1 if the vendor has none.
func (s *Spec) FieldOf(c headers.Concept) int {
	writable := func(f *Field) bool { return f.Writable && !f.Never && c != headers.None }
	if i := slices.IndexFunc(s.Fields, func(f Field) bool { return writable(&f) && f.Main == c }); i >= 0 {
		return i
	}
	return slices.IndexFunc(s.Fields, func(f Field) bool { return writable(&f) && slices.Contains(f.Takes, c) })
}

// FieldNames are the fields that a concept is put into, "" if the vendor has none: those of both halves for a full name.
func (s *Spec) FieldNames(c headers.Concept) string {
	if c == headers.FullName && s.HasNameParts() {
		return s.FieldNames(headers.FirstName) + "," + s.FieldNames(headers.LastName)
	}
	if f := s.FieldOf(c); f >= 0 {
		return s.Fields[f].Name
	}
	return ""
}

// Field returns the field of that name, nil if there is none.
func (s *Spec) Field(name string) *Field {
	for i := range s.Fields {
		if s.Fields[i].Name == name {
			return &s.Fields[i]
		}
	}
	return nil
}

// Ways are a required field and the one that may be there in its place; behind that, a word where it is undocumented.
func (s *Spec) Ways(field string) []string {
	facts := []string{field}
	if or := s.Field(s.Field(field).Or); or != nil {
		facts = append(facts, or.Name)
		if or.Undocumented {
			facts = append(facts, "undocumented")
		}
	}
	return facts
}

// Headers are the headers, beside name and label, that the field is recognised by: those of what it is before those of
// what it is made from, and last those that mean it only beside certain other columns.
func (f *Field) Headers() []string {
	if f.Never || !f.Writable {
		return nil
	}
	list := slices.Clone(f.Extra)
	concepts := slices.Clone(f.Takes)
	if i := slices.Index(concepts, f.Main); i > 0 {
		concepts = slices.Insert(slices.Delete(concepts, i, i+1), 0, f.Main)
	}
	for _, c := range concepts {
		if c != headers.None {
			list = append(list, headers.Vocabulary(c)...)
		}
	}
	for _, c := range concepts {
		switch c {
		case headers.FullName:
			list = append(list, headers.Vocabulary(headers.Name)...)
		case headers.FirstName:
			list = append(list, headers.Vocabulary(headers.Nombre)...)
		case headers.Job, headers.Salutation:
			list = append(list, headers.Vocabulary(headers.Title)...)
		}
	}
	return list
}

// SomeHeaders shows the first few headers that would do.
func (f *Field) SomeHeaders() string {
	shown := []string{fmt.Sprintf("%q", f.Label)}
	for _, h := range f.Headers() {
		if len(shown) < 5 && !strings.ContainsAny(h, "#._") && headers.FoldHeader(h) != headers.FoldHeader(f.Label) {
			shown = append(shown, fmt.Sprintf("%q", h))
		}
	}
	return strings.Join(shown, ", ")
}
