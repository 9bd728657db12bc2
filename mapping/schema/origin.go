package schema

import (
	"slices"
	"strings"

	"crmferry/internal/crm"
	"crmferry/mapping/cells"
	"crmferry/mapping/headers"
	"crmferry/mapping/match/sources"
)

// Origin is where a row comes from: the id that it has there, and a word for the program.
type Origin struct {
	ID   string `json:",omitzero"`
	Word string `json:",omitzero"`
}

// Origin reads where a row comes from: the id is in a cell, and word stands for the program, "" for none that is to be kept. A cell
// that holds no id, or a damaged one, is left out, with a remark: the row is one without an origin.
func (r *Reader) Origin(s *sources.Source, word string) Origin {
	if word == "" || s.Index >= len(r.Cells) {
		return Origin{}
	}
	v := headers.Clean(r.Cells[s.Index])
	if v == "" {
		return Origin{}
	}
	r.Field = "" // it may be none's: a record that is there keeps what it has
	id, notes := (&cells.Mending{Nature: cells.Codes}).Mend(v)
	if id != "" {
		id, notes = cells.ReadCode(v, s.Seen.Floats, 0)
	}
	if id != "" && strings.Trim(id, "0") == "" {
		r.Repair(cells.RemarkLeftOut, s, v, "", "%s is no id; it is not kept", cells.Quote(v))
		return Origin{}
	}
	for _, f := range notes.Faults {
		r.Repair(cells.RemarkLeftOut, s, v, "", "%s; it is not kept", f.Text)
	}
	notes.Faults = nil
	r.Note(s, notes)
	if id == "" {
		return Origin{}
	}
	return Origin{ID: id, Word: word}
}

// KeepsOrigin is where a new record keeps its Origin: in two free texts, of which the vendor does not document that they are for
// that.
type KeepsOrigin[C any] struct {
	IDField, WordField string
	At                 func(*C) (id, word *string)
}

// Keep puts an origin into a new record, where its fields have nothing, and returns the fields that it sets then.
func (k *KeepsOrigin[C]) Keep(c *C, fields crm.Fields, o Origin) crm.Fields {
	if k == nil || o.ID == "" {
		return fields
	}
	id, word := k.At(c)
	keep := func(name string, to *string, value string) {
		if *to == "" && !fields.Has(name) {
			*to, fields = value, append(slices.Clone(fields), name)
		}
	}
	keep(k.IDField, id, o.ID)
	keep(k.WordField, word, o.Word)
	return fields
}
