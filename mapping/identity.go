package mapping

import (
	"slices"
	"strings"

	"crmferry/internal/crm"
	"crmferry/mapping/cells"
)

// Ids are numbers that another account may have given to somebody else. Whether a row and a contact are one person shows
// in what people are known by: e-mail addresses, phones and names.

// Likeness says how far a row and a contact are one person. It counts kinds: e-mail, phone, name.
type Likeness struct {
	Held   int // kinds that the row has
	Shared int // of those, kinds that the contact has too
	Equal  int // of those, kinds that say the same
}

// Contradicts reports whether the row says enough to know its person by, and none of it is the contact's.
func (l Likeness) Contradicts() bool { return l.Held >= 2 && l.Equal == 0 }

// Comparable reports whether both say enough to be compared.
func (l Likeness) Comparable() bool { return l.Shared >= 2 }

// HasPeople reports whether the records of the table are people, who have addresses, phones and names of their own.
func (t *Table[C]) HasPeople() bool { return t.keys == nil }

// Held counts what a row has of e-mail, phone and name.
func (t *Table[C]) Held(row *C) int { return t.Likeness(row, new(C)).Held }

// Likeness compares a row with a contact. Addresses are compared without case, phones by their digits, with or without the
// code of the country, names without case, accents, marks and order; of a name, the parts that the row has.
func (t *Table[C]) Likeness(row, contact *C) Likeness {
	r, c := t.person(row), t.person(contact)
	var l Likeness
	l.compare(r.emails, c.emails, cells.SameEmail)
	l.compare(r.phones, c.phones, cells.LikePhone)
	mine, others := r.namesLike(c)
	l.compare([]string{mine}, []string{others}, cells.SameName)
	return l
}

// compare counts a kind.
func (l *Likeness) compare(row, contact []string, same func(a, b string) bool) {
	row, contact = filled(row), filled(contact)
	if len(row) == 0 {
		return
	}
	l.Held++
	if len(contact) == 0 {
		return
	}
	l.Shared++
	if slices.ContainsFunc(row, func(v string) bool { return slices.ContainsFunc(contact, func(w string) bool { return same(v, w) }) }) {
		l.Equal++
	}
}

func filled(values []string) []string {
	return slices.DeleteFunc(slices.Clone(values), func(v string) bool { return strings.TrimSpace(v) == "" })
}

// name is the whole name.
func (p person) name() string {
	if strings.TrimSpace(p.full) != "" {
		return strings.TrimSpace(p.full)
	}
	return strings.TrimSpace(p.first + " " + p.last)
}

// namesLike returns the names of two people as they are compared: of the other's, what corresponds to the parts that p has.
func (p person) namesLike(other person) (mine, others string) {
	if p.full == "" && other.full == "" && other.name() != "" {
		if p.first == "" {
			other.first = ""
		}
		if p.last == "" {
			other.last = ""
		}
	}
	return p.name(), other.name()
}

// Without returns a contact without what it has in some fields: what Default put there says nothing of a person.
func (t *Table[C]) Without(c C, fields crm.Fields) C {
	for _, name := range fields {
		if f := t.field(name); f != nil {
			f.merge(&c, new(C), true)
		}
	}
	return c
}

// Phones are the numbers of a contact.
func (t *Table[C]) Phones(c *C) []string { return filled(t.person(c).phones) }

// Describe names a contact by what people know it by: "Ann Bee, ann@example.com, +31612345678"; "" if it has none of that.
func (t *Table[C]) Describe(c *C) string {
	p := t.person(c)
	first := func(values []string) []string { return values[:min(len(values), 1)] }
	return strings.Join(slices.Concat(filled([]string{p.name()}), first(filled(p.emails)), first(filled(p.phones))), ", ")
}

// KnownBy reports whether a contact is the one of a key as reports show it: an address, a phone with a name, or the id.
func (t *Table[C]) KnownBy(c *C, key string) bool {
	key = strings.TrimSpace(key)
	if key == t.id(c) || slices.ContainsFunc(t.Keys(*c), func(k crm.Key) bool { return strings.EqualFold(k.String(), key) }) {
		return true
	}
	p := t.person(c)
	if slices.ContainsFunc(p.emails, func(e string) bool { return cells.SameEmail(e, key) }) {
		return true
	}
	number, name, _ := strings.Cut(key, " ")
	return slices.ContainsFunc(p.phones, func(v string) bool { return cells.LikePhone(v, number) }) && cells.SameName(name, p.name())
}
