package crm

import (
	"cmp"
	"slices"
	"strings"
	"unicode"

	"golang.org/x/text/unicode/norm"
)

// Fold is a name as names are compared: in small letters, and as Compose writes it, on one line.
func Fold(v string) string {
	v = Compose(v)
	if strings.IndexByte(v, '\n') >= 0 {
		v = strings.Join(strings.Fields(v), " ")
	}
	return strings.ToLower(v)
}

// Compose is a text as texts are compared: composed and decomposed letters are the same (NFC), white space of any kind and
// length is one space, line ends are kept, and characters without ink or width do not
// count.
func Compose(v string) string {
	if isComposed(v) {
		return v
	}
	v = lineEnds.Replace(v)
	var b strings.Builder
	b.Grow(len(v))
	space, lines := false, 0
	for _, r := range v {
		switch {
		case r == '\n':
			lines++
		case unicode.IsSpace(r):
			space = true
		case !hasInk(r):
		default:
			if b.Len() > 0 && lines > 0 {
				b.WriteString(strings.Repeat("\n", lines))
			} else if b.Len() > 0 && space {
				b.WriteByte(' ')
			}
			b.WriteRune(r)
			space, lines = false, 0
		}
	}
	return norm.NFC.String(b.String())
}

var lineEnds = strings.NewReplacer("\r\n", "\n", "\r", "\n")

// isComposed reports whether v is printable ASCII without outer space or runs of it, as most names are.
func isComposed(v string) bool {
	last := byte(' ')
	for i := range len(v) {
		c := v[i]
		if c < ' ' || c > '~' || c == ' ' && last == ' ' {
			return false
		}
		last = c
	}
	return last != ' ' || v == ""
}

// hasInk reports whether a character counts where texts are compared. Joiners count: some scripts need them.
func hasInk(r rune) bool {
	switch r {
	case '\u00ad', '\u200b', '\u200e', '\u200f', '\u2060', '\ufeff', '\u202a', '\u202b', '\u202c', '\u202d', '\u202e', '\ufffe', '\uffff':
		return false
	}
	return r >= ' ' && r != 0x7f
}

// Words are the words of a name as a search is asked for them: those in plain letters first, as vendors do not say how their search
// takes accents, and the longest of them first.
func Words(name string) []string {
	words := strings.Fields(name)
	accented := func(word string) int { return min(strings.IndexFunc(word, func(r rune) bool { return r > '~' })+1, 1) }
	slices.SortStableFunc(words, func(a, b string) int {
		return cmp.Or(cmp.Compare(accented(a), accented(b)), cmp.Compare(len(b), len(a)))
	})
	return words
}

// IsPlainWord reports whether any search takes a word: it is not so short as those that searches pass over, and has plain letters
// and digits alone.
func IsPlainWord(word string) bool {
	return len(word) > 2 && !strings.ContainsFunc(word, func(r rune) bool { return r > '~' || !unicode.IsLetter(r) && !unicode.IsDigit(r) })
}
