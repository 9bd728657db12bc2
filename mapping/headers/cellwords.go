package headers

import (
	"strings"
	"sync"
)

// cellWords are the words of all languages that cells are read by.
type cellWords struct {
	months map[string]int
	titles map[string]bool
}

var inCells = sync.OnceValue(func() *cellWords {
	w := &cellWords{months: map[string]int{}, titles: map[string]bool{}}
	for _, l := range languages() {
		for _, title := range l.personTitles {
			w.titles[title] = true
		}
		for i, names := range l.months {
			for name := range strings.SplitSeq(names, "|") {
				w.months[name] = i + 1
			}
		}
	}
	return w
})

// Month is the number of a month by its folded name, whole or cut short; 0 for other words.
func Month(folded string) int { return inCells().months[folded] }

// IsPersonTitle reports whether a word is what stands before a name and is none. It is in lower case, without a point at the
// end.
func IsPersonTitle(word []byte) bool { return inCells().titles[string(word)] }
