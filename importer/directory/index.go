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

// match returns the distinct contacts that carry one of the keys. Of those that bear a name, which several may, one that
// something better finds is the one.
func (x *index[C]) match(keys []crm.Key) []C {
	var found []C
	var ids []string
	for _, k := range keys {
		list := x.byKey[k]
		if k.IsName() && slices.ContainsFunc(list, func(n int32) bool { return slices.Contains(ids, x.table.ID(x.contacts[n])) }) {
			continue
		}
		for _, n := range list {
			if k.IsName() && crm.Contradict(keys, x.keysOf(x.contacts[n])) {
				continue // it has another number than the row
			}
			if id := x.table.ID(x.contacts[n]); !slices.Contains(ids, id) {
				ids = append(ids, id)
				found = append(found, x.contacts[n])
			}
		}
	}
	return found
}
