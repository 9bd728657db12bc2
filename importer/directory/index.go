package directory

import (
	"slices"

	"crmferry/internal/crm"
	"crmferry/mapping"
)

// index finds contacts by their keys.
type index[C any] struct {
	table    *mapping.Table[C]
	contacts []C
	byKey    map[crm.Key][]int32
}

func newIndex[C any](t *mapping.Table[C]) *index[C] {
	return &index[C]{table: t, byKey: map[crm.Key][]int32{}}
}

// keysOf are all keys of a contact that the vendor has.
func (x *index[C]) keysOf(c C) []crm.Key {
	keys := x.table.Keys(c)
	if id := x.table.ID(c); id != "" {
		keys = append(keys, crm.Key{ID: id})
	}
	return keys
}

func (x *index[C]) add(c C) {
	n := int32(len(x.contacts))
	x.contacts = append(x.contacts, c)
	for _, k := range x.keysOf(c) {
		x.byKey[k] = append(x.byKey[k], n)
	}
}

// match returns the distinct contacts that carry one of the keys. A name counts only where nothing better finds a record, and
// not of a record that has another number than the row.
func (x *index[C]) match(keys []crm.Key) []C {
	var found []C
	var ids []string
	for _, k := range keys {
		if k.IsName() && len(found) > 0 {
			continue
		}
		for _, n := range x.byKey[k] {
			if k.IsName() && crm.Contradict(keys, x.keysOf(x.contacts[n])) {
				continue
			}
			if id := x.table.ID(x.contacts[n]); !slices.Contains(ids, id) {
				ids = append(ids, id)
				found = append(found, x.contacts[n])
			}
		}
	}
	return found
}
