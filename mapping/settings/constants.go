package settings

import (
	"slices"

	"crmferry/internal/crm"
	"crmferry/mapping/remarks"
	"crmferry/mapping/schema"
)

// Constants are values for all rows, converted.
type Constants[C any] struct {
	Fields crm.Fields // that have a value
	Links  []schema.Link
	Claims []schema.Claim // the ids among them

	contact C
	fields  []*schema.Field[C] // those of Fields
}

// add takes over the value of a field, as it was read.
func (s *Constants[C]) add(f *schema.Field[C], said *C, r *schema.Reader) {
	f.Merge(&s.contact, said, false) // a list that is named again gets both
	if !s.Fields.Has(f.Name) {
		s.Fields, s.fields = append(s.Fields, f.Name), append(s.fields, f)
	}
	links, claims := schema.Placeless(r.Links, r.Claims)
	s.Links, s.Claims = append(s.Links, links...), append(s.Claims, claims...)
}

// Give gives a row all of the values.
func (s *Constants[C]) Give(r *schema.Reader, c *C) {
	for _, f := range s.fields {
		f.Merge(c, &s.contact, false)
		if !r.Fields.Has(f.Name) {
			r.Fields = append(r.Fields, f.Name)
		}
	}
	for _, l := range s.Links {
		if !slices.ContainsFunc(r.Links, func(o schema.Link) bool { return o.Field == l.Field && o.Kind == l.Kind && o.Name == l.Name }) {
			r.Links = append(r.Links, l)
		}
	}
	r.Claims = append(r.Claims, s.Claims...)
}

// Overrides reports whether the cells of a field, which Give gives its value, say something else.
func (s *Constants[C]) Overrides(r *schema.Reader, f *schema.Field[C], from []schema.Source) bool {
	if r.JoinedAs(from, r.Plain) == "" {
		return false
	}
	var said C
	apart := schema.Reader{Book: remarks.Book{Field: f.Name, Words: r.Words}, Options: r.Options, Plans: r.Plans, Cells: r.Cells, Points: r.Points, Rules: &f.Rules}
	if f.Read(&apart, from, &said) {
		return !f.Equal(&said, &s.contact)
	}
	return len(apart.Problems) > 0
}

// FillIn gives a row the values of the fields for which it has nothing.
func (s *Constants[C]) FillIn(r *schema.Reader, c *C) {
	for _, f := range s.fields {
		if r.Fields.Has(f.Name) {
			continue
		}
		f.Merge(c, &s.contact, false)
		r.Fields, r.Defaulted = append(r.Fields, f.Name), append(r.Defaulted, f.Name)
		links, claims := schema.OfField(f.Name, s.Links, s.Claims)
		r.Links, r.Claims = append(r.Links, links...), append(r.Claims, claims...)
	}
}
