package headers

import (
	"slices"
	"strings"
)

// AmongWords is the concept that words say among others that say nothing more, none if they say more or nothing.
func AmongWords(words []string) Concept {
	var core strings.Builder
	reach := None // what every word says by itself
	for i, word := range words {
		if IsIdle(word) {
			continue
		}
		core.WriteString(word)
		if i > 0 && anyLanguageHas(word, func(l *language) []string { return l.behindNames }) || IsQualifier(word) || isDigit(word) {
			continue
		}
		hit, ok := findNumbered(word)
		if !ok || hit.Concept != Email && hit.Concept != Phone || reach != None && reach != hit.Concept {
			reach = ConceptCount // of which there is none
			continue
		}
		reach = hit.Concept
	}
	hit, ok := Find(core.String())
	switch {
	case ok && slices.Contains([]Concept{Name, Nombre, Title, Customer, Company, FullName}, hit.Concept), ok && IsAddressPart(hit.Concept) && hit.Scope != AnyScope:
		return None
	case ok:
		return hit.Concept
	case reach == ConceptCount:
		return None
	}
	return reach
}

// findNumbered finds a word, or what it is a number of: Telefoonnr.
func findNumbered(word string) (Word, bool) {
	hit, ok := Find(word)
	for _, l := range languages() {
		for _, end := range l.numberEndings {
			if !ok {
				hit, ok = Find(strings.TrimSuffix(word, end))
			}
		}
	}
	return hit, ok
}

func isDigit(word string) bool { return len(word) == 1 && word[0] >= '0' && word[0] <= '9' }
