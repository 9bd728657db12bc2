package headers

import (
	"slices"
	"strings"
)

// MayBeNumber reports whether a folded header that names a company stands above its numbers as often: an account has both.
func MayBeNumber(folded string) bool { return folded == "account" }

// WithoutFirm is a header, folded, without the words that say that it is of a company: "phone" of "Company phone". ok is false where
// it has none, says nothing else, or is a header by itself, as "Company name" is.
func WithoutFirm(header string) (bare string, ok bool) {
	if _, known := Find(FoldHeader(header)); known {
		return "", false
	}
	words := Tokens(header)
	rest := slices.DeleteFunc(slices.Clone(words), func(word string) bool { return isExclusion(word, WhyFirm) })
	return strings.Join(rest, ""), len(rest) > 0 && len(rest) < len(words)
}
