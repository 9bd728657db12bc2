package people

import (
	"slices"
	"strings"

	"crmferry/internal/crm"
	"crmferry/mapping/cells"
)

// Person is what contacts of all vendors are matched by.
type Person struct {
	First, Last, Full string // full wins if set
	Emails, Phones    []string
	Others            []string // texts that a record is known by beside, in an order of its table: a title, a company; "" for none
}

// EmailKeys are the keys by the e-mail addresses, each once.
func (p Person) EmailKeys() []crm.Key {
	var keys []crm.Key
	for _, e := range p.Emails {
		if k := (crm.Key{Email: crm.Fold(e)}); k.Email != "" && !slices.Contains(keys, k) {
			if keys == nil {
				keys = make([]crm.Key, 0, len(p.Emails))
			}
			keys = append(keys, k)
		}
	}
	return keys
}

// PhoneKeys adds to keys those by phone and name together, each once; none without a name.
func (p Person) PhoneKeys(keys []crm.Key) []crm.Key {
	name := crm.Fold(p.Name())
	if name == "" {
		return keys
	}
	for _, n := range p.Phones {
		if k := (crm.Key{Phone: crm.Digits(n), Name: name}); k.Phone != "" && !slices.Contains(keys, k) {
			keys = append(keys, k)
		}
	}
	return keys
}

// Likeness says how far a row and a contact are one person. It counts kinds: e-mail, phone, name, and each of the other texts.
type Likeness struct {
	Held   int // kinds that the row has
	Shared int // of those, kinds that the contact has too
	Equal  int // of those, kinds that say the same
}

// Contradicts reports whether the row says enough to know its person by, and none of it is the contact's.
func (l Likeness) Contradicts() bool { return l.Held >= 2 && l.Equal == 0 }

// Comparable reports whether both say enough to be compared.
func (l Likeness) Comparable() bool { return l.Shared >= 2 }

// Compare compares what a row says of a person with what a contact says. Addresses are compared without case, phones by their
// digits, with or without the code of the country, names without case, accents, marks and order; of a name, the parts that the
// row has.
func Compare(row, contact Person) Likeness {
	var l Likeness
	l.count(row.Emails, contact.Emails, cells.SameEmail)
	l.count(row.Phones, contact.Phones, cells.LikePhone)
	mine, others := row.namesLike(contact)
	l.count([]string{mine}, []string{others}, cells.SameName)
	for i := range min(len(row.Others), len(contact.Others)) {
		l.count(row.Others[i:i+1], contact.Others[i:i+1], sameText)
	}
	return l
}

// sameText reports whether two texts have most of their words in common: one may be an edit of the other.
func sameText(a, b string) bool {
	mine, others := words(a), words(b)
	common := 0
	for w := range mine {
		if others[w] {
			common++
		}
	}
	return 2*common > max(len(mine), len(others))
}

func words(text string) map[string]bool {
	set := map[string]bool{}
	for w := range strings.FieldsSeq(crm.Fold(text)) {
		set[w] = true
	}
	return set
}

// count counts a kind.
func (l *Likeness) count(row, contact []string, same func(a, b string) bool) {
	row, contact = Filled(row), Filled(contact)
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

// Filled returns those of the values that say something.
func Filled(values []string) []string {
	return slices.DeleteFunc(slices.Clone(values), func(v string) bool { return strings.TrimSpace(v) == "" })
}

// Name is the whole name.
func (p Person) Name() string {
	if strings.TrimSpace(p.Full) != "" {
		return strings.TrimSpace(p.Full)
	}
	return strings.TrimSpace(p.First + " " + p.Last)
}

// namesLike returns the names of two people as they are compared: of the other's, what corresponds to the parts that p has.
func (p Person) namesLike(other Person) (mine, others string) {
	if p.Full == "" && other.Full == "" && other.Name() != "" {
		if p.First == "" {
			other.First = ""
		}
		if p.Last == "" {
			other.Last = ""
		}
	}
	return p.Name(), other.Name()
}

// Describe names a person by what people know it by: "Ann Bee, ann@example.com, +31612345678"; "" if nothing is known.
func (p Person) Describe() string {
	first := func(values []string) []string { return values[:min(len(values), 1)] }
	return strings.Join(slices.Concat(Filled([]string{p.Name()}), first(Filled(p.Emails)), first(Filled(p.Phones)), shortened(Filled(p.Others))), ", ")
}

// shortened are texts as a message has room for them.
func shortened(texts []string) []string {
	const most = 60
	for i, text := range texts {
		text = strings.Join(strings.Fields(text), " ")
		if runes := []rune(text); len(runes) > most {
			text = string(runes[:most-1]) + "…"
		}
		texts[i] = text
	}
	return texts
}

// KnownBy reports whether a key as reports show it, an address or a phone with a name, is one of the person's.
func (p Person) KnownBy(key string) bool {
	if slices.ContainsFunc(p.Emails, func(e string) bool { return cells.SameEmail(e, key) }) {
		return true
	}
	number, name, _ := strings.Cut(key, " ")
	return slices.ContainsFunc(p.Phones, func(v string) bool { return cells.LikePhone(v, number) }) && cells.SameName(name, p.Name())
}
