package names

import (
	"slices"
	"strings"

	"crmferry/mapping/cells"
)

// LooksInfix reports whether a cell is particles that stand between a first and a last name.
func LooksInfix(v string) bool {
	words := strings.Fields(v)
	return len(words) <= 3 && !slices.ContainsFunc(words, func(w string) bool { return !isParticle(strings.ToLower(w)) })
}

// LooksFullName reports whether a cell is two to five words that each could be part of a person's name.
func LooksFullName(v string) bool {
	words := strings.Fields(v)
	words = words[titleEnd(words, ""):]
	if len(words) < 2 || len(words) > 5 || !cells.IsWords(v) || isCompany(v) || isCouple(v) {
		return false
	}
	return !slices.ContainsFunc(words, func(w string) bool {
		return !isCapitalised(w) && !isParticle(w)
	})
}

// LooksCompany reports whether a cell ends in a legal form, and no person stands before a bar in front of it: "Ada Byron | Acme BV".
func LooksCompany(v string) bool {
	person, _, beside := strings.Cut(v, " | ")
	return isCompany(v) && (!beside || isCompany(person))
}
