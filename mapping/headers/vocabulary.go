package headers

import (
	"iter"
	"maps"
	"strings"
	"sync"
)

// Word is what a header was found to mean. The least rank is the best header of its concept.
type Word struct {
	Concept Concept
	Rank    int
	Scope   Scope
	Number  int // of the address that it is part of, where several are numbered; 0 for none
}

// Vocabulary lists the headers that mean a concept, best first, in all languages; # is a number. Headers that only contain
// such words mean something else: "Email Opt Out", "Spouse Email", "Agent Email", "Company Phone", "Phone 1 - Label", "Email
// Count". Status and Rating are not guessed to be a stage, and ids of other systems (Record ID, relatienummer) are no
// concept at all.
func Vocabulary(c Concept) (list []string) {
	for word := range wordsOf(c) {
		list = append(list, word)
	}
	return list
}

// wordsOf yields the headers of a concept, best first, and the scope of each.
func wordsOf(c Concept) iter.Seq2[string, Scope] {
	return func(yield func(string, Scope) bool) {
		for g := range groupCount {
			for _, l := range languages() {
				for _, w := range l.words {
					if w.concept != c || w.group != g {
						continue
					}
					for _, header := range w.headers {
						if !yield(header, g.scope()) {
							return
						}
					}
				}
			}
		}
	}
}

// index finds what folded headers mean. Ranks leave room for the numbers of numbered headers.
var index = sync.OnceValue(func() map[string]Word {
	found := map[string]Word{}
	for c := None + 1; c < ConceptCount; c++ {
		rank := 0
		for word, scope := range wordsOf(c) {
			rank += 100
			folded := FoldHeader(strings.ReplaceAll(word, "#", "１")) // a digit that survives folding and then is the number
			if pattern, _, ok := numbered(folded); ok && strings.Contains(word, "#") {
				folded = pattern
			}
			if _, ok := found[folded]; !ok {
				found[folded] = Word{Concept: c, Rank: rank, Scope: scope}
			}
		}
	}
	return found
})

// All yields the folded headers that mean something.
func All() iter.Seq2[string, Word] { return maps.All(index()) }

// Find is what a folded header means, with its number if it has one.
func Find(folded string) (Word, bool) {
	found, ok := index()[folded]
	if pattern, n, isNumbered := numbered(folded); !ok && isNumbered {
		found, ok = index()[pattern]
		found.Rank += n
		if IsAddressPart(found.Concept) {
			found.Number = n
		}
	}
	return found, ok
}

// lastRank is that of headers which are no word of the vocabulary.
const lastRank = 1 << 20

// Recognise is what a header means as people write it: as forms ask for it ("Your full name") and as one of several words
// for the same thing ("Postcode/ZIP"), too, or as parts of a name or an address ("Name (First)"); both parts of a name ("Nachname,
// Vorname") are a full name. The folded header may be without what the header starts with.
func Recognise(header, folded string) (Word, bool) {
	if found, ok := Find(folded); ok {
		return found, true
	}
	header = written(header)
	if found, ok := readProperty(header); ok {
		return found, true
	}
	words := Tokens(header)
	if len(words) > 1 && isYour(words[0]) {
		return Find(strings.Join(words[1:], ""))
	}
	if namesBothParts(header) {
		return Word{Concept: FullName, Rank: lastRank}, true
	}
	if found, ok := readNested(header); ok {
		return found, true
	}
	if found, ok := readScoped(words); ok {
		return found, true
	}
	if found, ok := readNumbered(words); ok {
		return found, true
	}
	if found, ok := readJoined(words); ok {
		return found, true
	}
	var all Word
	for k, word := range strings.Split(header, "/") {
		found, ok := Find(FoldHeader(word))
		if !ok || k > 0 && (found.Concept != all.Concept || found.Scope != all.Scope) {
			return Word{}, false
		}
		all = found
	}
	return all, true
}

// Spelled is a folded header of a concept as people write it.
func Spelled(c Concept, folded string) string {
	for word := range wordsOf(c) {
		if FoldHeader(word) == folded {
			return word
		}
	}
	return folded
}

// LieOnSide reports whether most of the cells of a first column are headers: those of a name or an e-mail address among them.
func LieOnSide(cells []string) bool {
	seen := map[Concept]bool{}
	for _, name := range cells {
		if hit, ok := Recognise(name, FoldHeader(name)); ok {
			seen[hit.Concept] = true
		}
	}
	named := seen[FirstName] || seen[LastName] || seen[FullName] || seen[Name] || seen[Email]
	return named && len(seen) >= 3 && 2*len(seen) >= len(cells)
}
