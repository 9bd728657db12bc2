package headers

import (
	"strings"
	"sync"

	"golang.org/x/text/language/display"
)

// cellWords are the words of all languages that cells are read by.
type cellWords struct {
	months                                map[string]int
	answers                               map[string]bool // true for yes
	absent, errors                        map[string]bool
	salutations, stages, refused, nothing map[string]bool
	towns                                 map[string]bool
	nothingBegins                         [maxNothing + 1]uint32 // by length: a bit for every first letter of a word in nothing
}

// maxNothing is the length of the longest word that says that nothing is known.
const maxNothing = 16

var inCells = sync.OnceValue(func() *cellWords {
	w := &cellWords{months: map[string]int{}, answers: map[string]bool{}}
	for _, l := range languages() {
		for i, names := range l.months {
			for name := range strings.SplitSeq(names, "|") {
				w.months[name] = i + 1
			}
		}
		for _, word := range l.no {
			w.answers[word] = false
		}
		for _, word := range l.yes {
			w.answers[word] = true
		}
		for _, word := range l.nothing {
			w.nothingBegins[len(word)] |= 1 << (word[0] - 'a')
		}
	}
	w.absent = inAll(func(l *language) []string { return l.absent })
	w.errors = inAll(func(l *language) []string { return l.errors })
	w.salutations = inAll(func(l *language) []string { return l.salutations })
	w.stages = inAll(func(l *language) []string { return l.stages })
	w.refused = inAll(func(l *language) []string { return l.refused })
	w.towns = inAll(func(l *language) []string { return l.towns })
	w.nothing = inAll(func(l *language) []string { return l.nothing })
	return w
})

// inAll is the set of the words that all languages have in a list.
func inAll(list func(*language) []string) map[string]bool {
	words := map[string]bool{}
	for _, l := range languages() {
		for _, word := range list(l) {
			words[word] = true
		}
	}
	return words
}

// Month is the number of a month by its folded name, whole or cut short; 0 for other words.
func Month(folded string) int { return inCells().months[folded] }

// Answer is what a word in lower case says, yes or no; ok is false for any other word.
func Answer(word []byte) (yes, ok bool) {
	yes, ok = inCells().answers[string(word)]
	return yes, ok
}

// BeginsNothing reports whether any words of a length and with a first letter in lower case say that nothing is known. Nearly
// every cell is asked, so that most need no closer look.
func BeginsNothing(first byte, length int) bool {
	return length <= maxNothing && first >= 'a' && first <= 'z' && inCells().nothingBegins[length]&(1<<(first-'a')) != 0
}

// IsNothing reports whether words in lower case say that nothing is known.
func IsNothing(words []byte) bool { return inCells().nothing[string(words)] }

// IsAbsent reports whether an abbreviation in lower case says that there is nothing: n/a.
func IsAbsent(word []byte) bool { return inCells().absent[string(word)] }

// IsError reports whether a cell is what Excel shows in place of a value.
func IsError(cell string) bool { return inCells().errors[cell] }

// IsSalutation reports whether a folded cell is what stands before a name.
func IsSalutation(folded string) bool { return inCells().salutations[folded] }

// IsStage reports whether a folded cell is a usual name of how far somebody is on the way to a sale.
func IsStage(folded string) bool { return inCells().stages[folded] }

// IsTownOfFour reports whether a folded cell is a large town of a country whose postal codes have four digits, as of Switzerland, Austria
// and Belgium.
func IsTownOfFour(folded string) bool { return inCells().towns[folded] }

// IsRefused reports whether a folded cell is a word by which a person has refused to be mailed or called.
func IsRefused(folded string) bool { return inCells().refused[folded] }

// CountryNamers name countries, in one language each.
func CountryNamers() (namers []display.Namer) {
	for _, l := range languages() {
		namers = append(namers, l.countries())
	}
	return namers
}
