package mapping

import (
	"crmferry/internal/crm"
	"crmferry/mapping/headers"
	"crmferry/mapping/people"
	"crmferry/mapping/schema"
)

// ID is the vendor's id of a contact, "" if it has none.
func (t *Table[C]) ID(c C) string { return t.id(&c) }

// MatchKeys returns the keys that a row is matched by: the vendor's id where the row carries one, else its RowKeys. It
// does not keep c.
func (t *Table[C]) MatchKeys(c *C) []crm.Key {
	if id := t.id(c); id != "" {
		return []crm.Key{{ID: id}}
	}
	return t.rowKeys(c)
}

// Keys returns every key that a contact read from the vendor can be found by: its e-mail addresses, and its phones
// together with its name.
func (t *Table[C]) Keys(c C) []crm.Key {
	if t.keys != nil {
		return t.keys(&c)
	}
	p := t.person(&c)
	return p.PhoneKeys(p.EmailKeys())
}

// RowKeys returns the keys that a row is matched by: its e-mail addresses, else its phones together with its name. A
// row without any can be matched by nothing.
func (t *Table[C]) RowKeys(c C) []crm.Key { return t.rowKeys(&c) }

func (t *Table[C]) rowKeys(c *C) []crm.Key {
	if t.keys != nil {
		return t.keys(c)
	}
	p := t.person(c)
	if keys := p.EmailKeys(); len(keys) > 0 {
		return keys
	}
	return p.PhoneKeys(nil)
}

// companyKeys are the keys of a company: the number that its users gave it, e-mail addresses of its own, its name.
func companyKeys(number, name string, emails ...string) []crm.Key {
	var keys []crm.Key
	if number = crm.Fold(number); number != "" {
		keys = append(keys, crm.Key{Number: number})
	}
	keys = append(keys, people.Person{Emails: emails}.EmailKeys()...)
	if name = crm.Fold(name); name != "" {
		keys = append(keys, crm.Key{Name: name})
	}
	return keys
}

// companyName is the field of a company's name. Names by which companies are found alike are the same.
func companyName[C any](name string, at func(*C) *string) schema.Field[C] {
	f := schema.Text(name, "Company", headers.Company, at).Named(headers.Company, headers.Customer).OfItself().NoClear()
	same := func(a, b *C) bool { return crm.Fold(*at(a)) == crm.Fold(*at(b)) }
	f.Equal = same
	f.Merge = func(into, want *C, _ bool) {
		if !same(into, want) {
			*at(into) = *at(want)
		}
	}
	return f
}
