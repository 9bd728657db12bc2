package mapping

import (
	"encoding/json"
	"fmt"

	"crmferry/internal/crm"
	"crmferry/mapping/headers"
	"crmferry/mapping/hint"
	"crmferry/mapping/match/columns"
	"crmferry/mapping/match/sources"
	"crmferry/mapping/schema"
)

// Saved is what has to be kept of a Matching beside the rows that it has converted, so that another process can merge them.
type Saved struct {
	Columns   []columns.Column          `json:",omitzero"`
	SourceRow int                       // as Matching has it
	Program   string                    `json:",omitzero"`
	Own       bool                      `json:",omitzero"` // the sheet is an export of this resource
	Options   ConvertOptions            `json:",omitzero"`
	Defaults  crm.Fields                `json:",omitzero"`
	From      map[string]sources.Source `json:",omitzero"` // of an own export: what the fields are read from
}

// Save is what Restore needs.
func (m *Matching[C]) Save() Saved {
	s := Saved{Columns: m.Columns, SourceRow: m.SourceRow, Program: m.Program, Own: m.own, Options: m.options, Defaults: m.defaults.Fields}
	if !m.own {
		return s
	}
	s.From = map[string]sources.Source{}
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
	m.options.Words, m.defaults.Fields = words, s.Defaults
	for i := range t.Fields {
		if from, ok := s.From[t.Fields[i].Name]; ok {
			m.plan = append(m.plan, feed[C]{field: &t.Fields[i], from: []schema.Source{schema.NewSource(from)}})
		}
	}
	return m
}

// Image is what a contact has in some fields, as JSON; without fields, all of the contact. FromImage reads it.
func (t *Table[C]) Image(c C, fields crm.Fields) json.RawMessage {
	if fields != nil {
		c = t.Pick(c, fields)
	}
	raw, err := json.Marshal(c)
	if err != nil {
		panic(err) // no contact holds what JSON cannot
	}
	return raw
}

// FromImage is the contact of an Image; one without anything for none.
func (t *Table[C]) FromImage(image json.RawMessage) (c C, err error) {
	if len(image) == 0 {
		return c, nil
	}
	if err := json.Unmarshal(image, &c); err != nil {
		return c, fmt.Errorf("read what a contact was: %w", err)
	}
	return c, nil
}
