package rogerroger

import (
	"slices"

	"crmferry/internal/crm"
)

// kind is what people are looked up by.
type kind int

const (
	byEmail kind = iota
	byPhone
)

func kindOf(k crm.Key) kind {
	if k.Phone != "" {
		return byPhone
	}
	return byEmail
}

// values are the keys as the vendor is asked for them: addresses in lower case, numbers in E.164.
func (k kind) values(keys []crm.Key) []string {
	var out []string
	for _, key := range keys {
		v := key.Email
		if k == byPhone {
			v = "+" + key.Phone
		}
		if v != "" && v != "+" && !slices.Contains(out, v) {
			out = append(out, v)
		}
	}
	return out
}

// of returns what p carries, each as it is stored and as the vendor would be asked for it.
func (k kind) of(p Person) (stored, asked []string) {
	if k == byEmail {
		for _, e := range p.EmailAddresses {
			stored, asked = append(stored, e), append(asked, crm.Fold(e))
		}
		return stored, asked
	}
	for _, n := range p.PhoneNumbers {
		stored, asked = append(stored, n.Number), append(asked, "+"+crm.Digits(n.Number))
	}
	return stored, asked
}

// carriers returns those who carry one of the values.
func carriers(list []Person, values []string, k kind) []Person {
	var out []Person
	for _, p := range list {
		if carries(p, values, k) {
			out = append(out, p)
		}
	}
	return out
}

func carries(p Person, values []string, k kind) bool {
	_, have := k.of(p)
	return slices.ContainsFunc(have, func(h string) bool {
		return slices.ContainsFunc(values, func(v string) bool { return k.same(h, v) })
	})
}

// same compares two values as asked for. Numbers that end alike may be one number with and without its country code.
func (k kind) same(a, b string) bool {
	const tail = 8
	if k == byPhone && len(a) > tail && len(b) > tail {
		return a[len(a)-tail:] == b[len(b)-tail:]
	}
	return a == b
}
