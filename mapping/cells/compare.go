package cells

import (
	"slices"
	"strings"
	"unicode"

	"crmferry/internal/crm"
	"crmferry/mapping/headers"
)

// SameText reports whether two texts for people say the same.
func SameText(a, b string) bool { return a == b || PlainText(a) == PlainText(b) }

// PlainText is a text as it is compared.
func PlainText(v string) string { return crm.Compose(v) }

// SameWord reports whether two words or names say the same, in letters of either case.
func SameWord(a, b string) bool { return a == b || crm.Fold(a) == crm.Fold(b) }

// SameEmail reports whether two e-mail addresses are the same, in letters of either case.
func SameEmail(a, b string) bool {
	return SameWord(a, b)
}

// SamePhone reports whether two phone numbers have the same digits.
func SamePhone(a, b string) bool {
	return a == b || crm.Digits(a) == crm.Digits(b) && (crm.Digits(a) != "" || SameText(a, b))
}

// Unique drops later values that have the key of an earlier one.
func Unique(values []string, key func(string) string) []string {
	if len(values) < 2 {
		return values
	}
	kept, known := values[:0], make(map[string]bool, len(values))
	for _, v := range values {
		if k := key(v); !known[k] {
			kept, known[k] = append(kept, v), true
		}
	}
	return kept
}

// PhoneKey is what two phone numbers have in common that are the same.
func PhoneKey(v string) string {
	if digits := crm.Digits(v); digits != "" {
		return digits
	}
	return PlainText(v)
}

// SameName reports whether two names have the same words, in any order.
func SameName(a, b string) bool {
	words := NameWords(a)
	return a == b || words != nil && slices.Equal(words, NameWords(b))
}

// NameWords are the words of a name, folded, in an order of their own.
func NameWords(name string) []string {
	var words []string
	for word := range strings.FieldsFuncSeq(name, func(r rune) bool { return unicode.IsSpace(r) || r == '-' || r == ',' }) {
		if word = headers.Fold(word); word != "" {
			words = append(words, word)
		}
	}
	slices.Sort(words)
	return words
}

// LikePhone compares numbers of which one may lack the code of its country, or have a zero in its place.
func LikePhone(a, b string) bool {
	short, long := strings.TrimLeft(crm.Digits(a), "0"), strings.TrimLeft(crm.Digits(b), "0")
	if len(short) > len(long) {
		short, long = long, short
	}
	const fewest, longestCode = 7, 3
	switch {
	case short == long:
		return short != "" || SameText(a, b)
	case len(short) < fewest || len(long)-len(short) > longestCode:
		return false
	}
	return strings.HasSuffix(long, short)
}
