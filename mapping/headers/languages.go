package headers

import (
	"slices"
	"sync"
)

// languages are those that headers are recognised in, the commonest first. A further one is a file and its name here.
var languages = sync.OnceValue(func() []*language {
	return []*language{english(), dutch(), german(), french(), spanish(), italian(), portuguese(), polish(), czech(), swedish(), danish(), russian(), japanese(), chinese()}
})

// anyLanguageHas reports whether the list of any language has a word.
func anyLanguageHas(word string, list func(*language) []string) bool {
	return slices.ContainsFunc(languages(), func(l *language) bool { return slices.Contains(list(l), word) })
}

// Hidden are the words of all languages for what not everybody may see, each once: Private, Vertraulich.
func Hidden() (all []string) {
	for _, l := range languages() {
		for _, word := range l.hidden {
			if !slices.ContainsFunc(all, func(other string) bool { return Fold(other) == Fold(word) }) {
				all = append(all, word)
			}
		}
	}
	return all
}

// IsHidden reports whether a cell is such a word.
func IsHidden(cell string) bool {
	return slices.ContainsFunc(Hidden(), func(word string) bool { return Fold(word) == Fold(cell) })
}

// IsVisibility reports whether a cell says who may see something: private, or public.
func IsVisibility(cell string) bool { return IsHidden(cell) || Fold(cell) == "public" }

// languagesIn gives the languages of a header row, by words that each belong to one of them.
func languagesIn(folded []string) []*language {
	return languagesOf(folded, func(l *language) []string { return l.signs })
}

// localTo gives the languages of a folded header that means a field in those only, none for a header that means it in all.
func localTo(folded string) []*language {
	return languagesOf([]string{folded}, func(l *language) []string { return l.localMeanings })
}

func languagesOf(folded []string, list func(*language) []string) (found []*language) {
	for _, l := range languages() {
		if slices.ContainsFunc(folded, func(f string) bool { return slices.Contains(list(l), f) }) {
			found = append(found, l)
		}
	}
	return found
}

// HaveTwoLastNames reports whether the headers are of a language whose people have two last names.
func HaveTwoLastNames(folded []string) bool {
	return slices.ContainsFunc(languagesIn(folded), func(l *language) bool { return l.twoLastNames })
}

// Regions are the countries whose languages the headers are in.
func Regions(folded []string) (regions []string) {
	for _, l := range languagesIn(folded) {
		regions = append(regions, l.regions...)
	}
	return regions
}

// IsForeign reports whether a folded header is a word of other languages only than the header row: "Land" is a country in
// Dutch and German only.
func IsForeign(header string, folded []string) bool {
	of := localTo(header)
	if len(of) == 0 {
		return false // most are none: the row is not looked at for each of its columns
	}
	row := languagesIn(folded)
	return len(row) > 0 && !slices.ContainsFunc(of, func(l *language) bool { return slices.Contains(row, l) })
}
