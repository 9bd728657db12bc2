package schema

import (
	"slices"

	"crmferry/internal/crm"
)

// Origin is where a row comes from: the id that it has there, and a word for the program.
type Origin struct {
	ID   string `json:",omitzero"`
	Word string `json:",omitzero"`
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
