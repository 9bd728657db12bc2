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

// ArePeople reports whether the cells of a column are names of people, and no jobs: most have a known first name, or some have and none says
// what people do.
func ArePeople(c *cells.ColumnProfile) bool {
	people := c.Share(func(v string) bool {
		words := strings.Fields(v)
		return LooksFullName(v) && slices.ContainsFunc(words, mayBeGiven) && !slices.ContainsFunc(words, isJob)
	})
	job := func(v string) bool { return slices.ContainsFunc(strings.Fields(v), isJob) }
	return people >= 0.5 || people >= 0.2 && c.Share(job) == 0
}
