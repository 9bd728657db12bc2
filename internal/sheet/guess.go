package sheet

import (
	"io"
	"strings"
	"unicode"
	"unicode/utf8"
)

// evidence is what the bytes that are not ASCII tell about the encoding of a text that is not UTF-8.
type evidence struct {
	multi, bad int        // characters of UTF-8, and bytes that belong to none
	words      []sighting // where the latter stand, maxWords at most
}

// maxWords is how many bytes that are not UTF-8 are judged, and maxPlaced of how many the line is known. Enough is seen
// when there was one and as many characters in all.
const (
	maxWords      = 1000
	maxPlaced     = 20
	enoughNotUTF8 = 10 * maxWords
)

// gather reads as much of a text as it takes to judge it.
func gather(src io.Reader) (evidence, error) {
	var e evidence
	var lines lineCounter
	err := eachBlock(src, func(block []byte) bool {
		e.block(block, &lines)
		lines.add(block)
		return e.bad == 0 || e.multi+e.bad < enoughNotUTF8
	})
	return e, err
}

func (e *evidence) block(block []byte, lines *lineCounter) {
	for i := notASCII(block); i < len(block); i += notASCII(block[i:]) {
		c, n := utf8.DecodeRune(block[i:])
		if c != utf8.RuneError || n > 1 {
			e.multi++
			i += n
			continue
		}
		e.bad++
		if len(e.words) < maxWords {
			w := sighting{text: cellAround(block, i)}
			if len(e.words) < maxPlaced {
				w.line = lines.at(block, i)
			}
			e.words = append(e.words, w)
		}
		i++
	}
}

// guessCharset is the encoding in which the words look most like words, and one that shows it. Windows-1252 needs no
// more than a draw: most files that are not UTF-8 are in it. It is ErrEncoding if they look like words in none.
func guessCharset(e evidence, head []byte) (charset, sighting, error) {
	all := charsets()
	best, bestScore := all[windows1252Set], 0
	for _, i := range []int{windows1252Set, macRomanSet, cp850Set, windows1250Set} {
		score := 0
		for _, w := range e.words {
			score += plausible(all[i].text(w.text), i == windows1250Set)
		}
		if i == windows1250Set && central(all[i].text(head)) {
			score += len(e.words)
		}
		if i == windows1252Set || score > bestScore {
			best, bestScore = all[i], score
		}
	}
	if bestScore < -len(e.words) {
		return best, e.words[0], &Error{Line: e.words[0].line, Err: because(ErrEncoding,
			"line %d is not UTF-8, and what else it is in cannot be told: %s", e.words[0].line, bytesAsText(e.words[0].text))}
	}
	for _, w := range e.words[:min(len(e.words), maxPlaced)] {
		if plausible(best.text(w.text), best.name == all[windows1250Set].name) > 0 {
			return best, w, nil
		}
	}
	return best, e.words[0], nil
}

// central says whether the beginning of a text has headers, or addresses, of the languages that Windows-1250 is for.
// Their letters alone do not tell: Dvořák is as good a word as Dvoøák.
func central(head string) bool {
	const headers = " jméno příjmení ulice město psč imię nazwisko miasto ulica keresztnév vezetéknév név cégnév település" +
		" meno priezvisko mesto prezime priimek nume prenume oraș "
	for _, word := range strings.FieldsFunc(strings.ToLower(head), func(c rune) bool { return !unicode.IsLetter(c) }) {
		if len(word) > 2 && strings.Contains(headers, " "+word+" ") {
			return true
		}
	}
	for _, country := range []string{".cz", ".pl", ".hu", ".sk", ".si", ".hr", ".ro"} {
		if _, after, ok := strings.Cut(head, country); ok && (after == "" || strings.ContainsAny(after[:1], delimiters+"\"\r\n /")) {
			return true
		}
	}
	return false
}

// Letters that names and words have in the west of Europe, and in its middle.
const (
	westLetters   = "áàâäãåæçéèêëíìîïñóòôöõøœßúùûüýÿšž"
	middleLetters = "áàâäąăćčçďéèęëěíîïĺľłńňóôöőŕřśšşßťţúüůűýźžż"
)

// plausible says how much a text looks like words: 2 for each letter that is not ASCII and stands where it may, less
// for signs inside words, and for characters that nobody types.
func plausible(s string, middle bool) int {
	letters := westLetters
	if middle {
		letters = middleLetters
	}
	score := 0
	text := []rune(" " + s + " ")
	for i := 1; i < len(text)-1; i++ {
		if text[i] >= utf8.RuneSelf {
			score += plausibleRune(text[i-1], text[i], text[i+1], letters)
		}
	}
	return score
}

func plausibleRune(before, c, after rune, letters string) int {
	starts, ends := !unicode.IsLetter(before), !unicode.IsLetter(after)
	switch {
	case unicode.IsControl(c), c == utf8.RuneError:
		return -5
	case before >= utf8.RuneSelf && after >= utf8.RuneSelf:
		return -2 // three in a row: the text is in another alphabet
	case unicode.IsLetter(c) && starts && ends:
		return 0
	case unicode.IsUpper(c) && unicode.IsLower(before), unicode.IsLower(c) && unicode.IsUpper(before) && unicode.IsUpper(after):
		return -2
	case unicode.IsLetter(c) && strings.ContainsRune(letters, unicode.ToLower(c)):
		return 2
	case unicode.IsLetter(c):
		return -1
	}
	return plausibleSign(c, starts, ends)
}

// plausibleSign judges a sign by where it stands: at the start of a word (or in a gap), at its end, or inside it.
func plausibleSign(c rune, starts, ends bool) int {
	switch {
	case starts && ends:
		return 0
	case !starts && !ends && c == '’', starts && strings.ContainsRune("‘“„«", c), ends && strings.ContainsRune("’”»…", c):
		return 2
	case !starts && !ends:
		return -2
	case strings.ContainsRune("\u00a0–®™¿¡", c):
		return 0
	}
	return -1
}
