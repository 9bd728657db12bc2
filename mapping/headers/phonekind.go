package headers

import (
	"slices"
	"strings"
)

// SaysKindOf reports whether one header is of the kinds of what is under another: "Phone 1 - Type" beside "Phone 1 - Value".
func SaysKindOf(kind, value string) bool {
	words := Tokens(kind)
	rest := without(words, func(l *language) []string { return l.kinds })
	if len(rest) == len(words) || len(rest) == 0 {
		return false
	}
	bare := without(Tokens(value), func(l *language) []string { return l.fillers })
	return slices.Equal(without(rest, func(l *language) []string { return l.fillers }), bare)
}

// IsKind reports whether a header says only that it is of kinds: Type.
func IsKind(words []string) bool {
	return len(words) > 0 && len(without(words, func(l *language) []string { return l.kinds })) == 0
}

// IsPhoneKind reports whether a cell is a kind of phone: Mobile, Work, Fax.
func IsPhoneKind(cell string) bool {
	words := Tokens(cell)
	return IsNoCall(cell) || SaysPhone(words) || SaysOnlyWhich(words)
}

// SaysOnlyWhich reports whether a header says only which of several phones or addresses it is of: Home, Work, Direct.
func SaysOnlyWhich(words []string) bool {
	return len(words) > 0 && !slices.ContainsFunc(words, func(word string) bool {
		return !IsQualifier(word) && !anyLanguageHas(word, func(l *language) []string { return l.private })
	})
}

// without leaves out the words of a list, and articles.
func without(words []string, list func(*language) []string) []string {
	return slices.DeleteFunc(slices.Clone(words), func(word string) bool {
		return anyLanguageHas(word, list) || anyLanguageHas(word, func(l *language) []string { return l.articles })
	})
}

// IsNoCall reports whether the kind of a number says that nobody answers there: a fax, a pager.
func IsNoCall(kind string) bool {
	words := Tokens(kind)
	return !SaysPhone(words) && slices.ContainsFunc(words, func(word string) bool {
		return isExclusion(word, WhyFax) || isExclusion(strings.TrimPrefix(strings.TrimPrefix(word, "home"), "work"), WhyFax)
	})
}
