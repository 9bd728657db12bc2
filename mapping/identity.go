package mapping

import (
	"slices"
	"strings"

	"crmferry/internal/crm"
	"crmferry/mapping/people"
)

// HasPeople reports whether the records of the table are people or companies, who have addresses, phones and names of their own.
func (t *Table[C]) HasPeople() bool { return t.keys == nil || t.companies }

// Held counts what a row has of e-mail, phone and name.
func (t *Table[C]) Held(row *C) int { return t.Likeness(row, new(C)).Held }

// Likeness compares a row with a contact: see people.Compare.
func (t *Table[C]) Likeness(row, contact *C) people.Likeness {
	return people.Compare(t.person(row), t.person(contact))
}

// Without returns a contact without what it has in some fields: what Default put there says nothing of a person.
func (t *Table[C]) Without(c C, fields crm.Fields) C {
	for _, name := range fields {
		if f := t.field(name); f != nil {
			f.Merge(&c, new(C), true)
		}
	}
	return c
}

// Phones are the numbers of a contact.
func (t *Table[C]) Phones(c *C) []string { return people.Filled(t.person(c).Phones) }

// Known is what a contact can be asked for by. What is not a person goes by whom it belongs to.
func (t *Table[C]) Known(c *C) people.Known {
	k := people.Known{Person: t.person(c), IDs: []string{t.id(c)}}
	if t.keys == nil {
		return k
	}
	for _, key := range t.keys(c) {
		if key.Of != "" {
			k.Emails, k.IDs = append(k.Emails, key.Of), append(k.IDs, key.Of)
		}
		k.IDs = append(k.IDs, key.Number)
	}
	return k
}

// Describe names a contact by what people know it by: "Ann Bee, ann@example.com, +31612345678"; "" if it has none of that.
func (t *Table[C]) Describe(c *C) string {
	return t.person(c).Describe()
}

// Name is the name of a contact; "" if it has none.
func (t *Table[C]) Name(c *C) string { return t.person(c).Name() }

// KnownBy reports whether a contact is the one of a key as reports show it: an address, a phone with a name, or the id.
func (t *Table[C]) KnownBy(c *C, key string) bool {
	if strings.TrimSpace(key) == t.id(c) || slices.ContainsFunc(t.Keys(*c), func(k crm.Key) bool { return crm.Fold(k.String()) == crm.Fold(key) }) {
		return true
	}
	return t.person(c).KnownBy(key)
}
