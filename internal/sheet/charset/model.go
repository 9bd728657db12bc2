package charset

import (
	"embed"
	"math"
	"path"
	"strings"
	"unicode"
)

// words has a file for each language: invented lists of what contact lists are made of, which are names, towns, streets,
// words of headers and notes.
//
//go:embed words
var words embed.FS

// language is what the words of a language are like: how often letters follow each other, and its most usual words.
type language struct {
	name   string
	known  map[string]float64 // words, and how often each is in the list
	total  float64
	counts map[letters]float64 // of one, two and three letters in a row
}

// letters are up to three letters in a row, the last one at the end.
type letters uint64

func inRow(a, b, c rune) letters { return letters(a)<<42 | letters(b)<<21 | letters(c) }

// The marks at the start and the end of a word.
const (
	wordStart = '\x02'
	wordEnd   = '\x03'
	anyLetter = '\x04' // beside one letter: whatever stands before or behind it
)

// loadLanguages counts the words of all languages.
func loadLanguages() []language {
	entries, err := words.ReadDir("words")
	if err != nil {
		panic(err) // they are part of the program
	}
	var list []language
	for _, e := range entries {
		text, err := words.ReadFile(path.Join("words", e.Name()))
		if err != nil {
			panic(err)
		}
		list = append(list, countWords(strings.TrimSuffix(e.Name(), ".txt"), string(text)))
	}
	return list
}

// countWords makes a language of a text in it.
func countWords(name, text string) language {
	l := language{name: name, known: make(map[string]float64, len(text)/8), counts: make(map[letters]float64, len(text))}
	if name == "tr" {
		text += " " + strings.ReplaceAll(text, " i", " İ") // words at the start of which capitals have their dot
	}
	for _, w := range strings.FieldsFunc(small(text), func(r rune) bool { return !isLetter(r) }) {
		l.known[w]++
		l.total++
		a, b := rune(wordStart), rune(wordStart)
		for _, c := range w + string(wordEnd) {
			for _, in := range []letters{0, inRow(0, 0, c), inRow(0, b, anyLetter), inRow(0, b, c), inRow(a, b, anyLetter), inRow(a, b, c)} {
				l.counts[in]++
			}
			a, b = b, c
		}
	}
	return l
}

// How far three letters are believed beside two, and two beside one, that were seen in a row; the share of a language's
// words that are among its usual ones.
const (
	backOff    = 3
	usualShare = 0.2
)

// logWord is the logarithm of how likely a word in small letters is in the language.
func (l *language) logWord(w string) float64 {
	p := 0.0
	a, b := rune(wordStart), rune(wordStart)
	for _, c := range w {
		p += math.Log(l.follows(a, b, c))
		a, b = b, c
	}
	p += math.Log(l.follows(a, b, wordEnd)) + math.Log(1-usualShare)
	if n := l.known[w]; n > 0 {
		p = math.Log(math.Exp(p) + usualShare*n/l.total)
	}
	return p
}

// follows is how likely a letter is behind two others.
func (l *language) follows(a, b, c rune) float64 {
	p := l.counts[inRow(0, 0, c)]/l.counts[0] + rareLetter(c)
	p = (l.counts[inRow(0, b, c)] + backOff*p) / (l.counts[inRow(0, b, anyLetter)] + backOff)
	return (l.counts[inRow(a, b, c)] + backOff*p) / (l.counts[inRow(a, b, anyLetter)] + backOff)
}

// rareLetter is how likely a letter is that a language's list does not have.
func rareLetter(c rune) float64 {
	switch {
	case c < 0x80:
		return 1e-4
	case c >= 0x3000: // there are thousands of these
		return 2e-5
	}
	return 1e-5
}

// logNoise is the logarithm of how likely a word is in no language: a brand, a slip, damage. It bounds what one word can say.
func logNoise(w string) float64 {
	p := math.Log(0.1)
	for _, c := range w {
		switch {
		case c < 0x80:
			p -= 3.4
		case c >= 0x3000:
			p -= 11
		default:
			p -= 8
		}
	}
	return p
}

// isLetter reports whether words are made of a character: not the signs that Unicode counts as letters.
func isLetter(r rune) bool {
	switch {
	case r < 0x80:
		return r >= 'a' && r <= 'z' || r >= 'A' && r <= 'Z'
	case r == 'ª', r == 'º', r == 'µ', r >= 0x2B0 && r < 0x300:
		return false
	}
	return unicode.IsLetter(r) || unicode.IsMark(r)
}
