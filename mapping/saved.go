package mapping

import (
	"crmferry/internal/crm"
	"crmferry/mapping/headers"
	"crmferry/mapping/hint"
	"crmferry/mapping/match"
)

// Saved is what has to be kept of a Matching beside the rows that it has converted, so that another process can merge them.
type Saved struct {
	Columns   []match.Column          `json:",omitzero"`
	SourceRow int                     // as Matching has it
	Program   string                  `json:",omitzero"`
	Own       bool                    `json:",omitzero"` // the sheet is an export of this resource
	Options   ConvertOptions          `json:",omitzero"`
	Defaults  crm.Fields              `json:",omitzero"`
	From      map[string]match.Source `json:",omitzero"` // of an own export: what the fields are read from
}

// Save is what Restore needs.
func (m *Matching[C]) Save() Saved {
	s := Saved{Columns: m.Columns, SourceRow: m.SourceRow, Program: m.Program, Own: m.own, Options: m.options, Defaults: m.defaults.fields}
	if !m.own {
		return s
	}
	s.From = map[string]match.Source{}
	for _, f := range m.plan {
		from := f.from[0].Source
		from.Part = headers.None // its number is another in another version
		s.From[f.field.Name] = from
	}
	return s
}

// Restore returns a Matching that merges rows as the saved one does. It converts none.
func (t *Table[C]) Restore(s Saved, words hint.Words) *Matching[C] {
	m := &Matching[C]{table: t, Columns: s.Columns, SourceRow: s.SourceRow, Program: s.Program, own: s.Own, options: s.Options}
	m.options.Words, m.defaults.fields = words, s.Defaults
	for i := range t.Fields {
		if from, ok := s.From[t.Fields[i].Name]; ok {
			m.plan = append(m.plan, feed[C]{field: &t.Fields[i], from: []source{newSource(from)}})
		}
	}
	return m
}
