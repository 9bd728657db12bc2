package names

import (
	"slices"
	"strings"

	"crmferry/mapping/cells"
	"crmferry/mapping/headers"
)

// Agree reports whether a full name may be that of the person whose first and last name those are, of which either may be empty. A
// name that does not fall into two parts may be anything.
func Agree(full, first, last string) bool {
	n, _ := Read(full, Style{})
	if !n.Split || full == first+" "+last {
		return true
	}
	words := cells.NameWords(n.First + " " + n.Last)
	return hasWords(words, last, 0) && hasWords(words, first, 1)
}

// hasWords reports whether a name has the words of a part of it, or the first so many of them, or initials of the same letter.
func hasWords(words []string, part string, first int) bool {
	for i, w := range strings.FieldsFunc(part, func(r rune) bool { return r == ' ' || r == '-' || r == ',' || r == '.' }) {
		if first > 0 && i >= first {
			break
		}
		if w = headers.Fold(w); w == "" || rolesOf(w)&(title|generation|degree|dotted) != 0 || isParticle(w) {
			continue
		}
		if !slices.ContainsFunc(words, func(o string) bool {
			return o == w || (len(o) == 1 || len(w) == 1) && o[0] == w[0] && first > 0
		}) {
			return false
		}
	}
	return true
}
