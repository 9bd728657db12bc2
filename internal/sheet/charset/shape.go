package charset

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// shape splits a piece of text into its words, in small letters, and says how likely the rest of it is, as a logarithm:
// signs where they stand, capitals within words, letters of several alphabets in one word.
func shape(before rune, text string, after rune) (found []string, p float64) {
	runes := []rune(string(before) + text + string(after))
	start := -1
	for i := 1; i < len(runes); i++ {
		switch r := runes[i]; {
		case i < len(runes)-1 && isLetter(r):
			if start < 0 {
				start = i
			}
			continue
		case i < len(runes)-1 && r >= utf8.RuneSelf:
			p += signAt(runes, i)
		}
		if start > 0 {
			word := runes[start:i]
			p += capitals(word) + alphabets(word)
			found = append(found, small(string(word)))
			start = -1
		}
	}
	return found, p
}

// small is a text in small letters. The capital İ stays one: it is Turkish, and its small letter is like everybody's.
func small(text string) string {
	return strings.Map(func(r rune) rune {
		if r == 'İ' {
			return r
		}
		return unicode.ToLower(r)
	}, text)
}

// What signs cost: where they are meant to stand, where they may, where they hardly do, within words, and characters that
// nobody types.
const (
	signMeant  = 6 // D’Angelo, it’s: the letters beside it make no words
	signFits   = -3.5
	signMay    = -6
	signOdd    = -9
	signBeside = -13 // a letter
	signInWord = -13
	signNever  = -18
)

// oddCapital is what a capital costs that hardly stands where it does.
const oddCapital = -7

// signAt judges a sign by what stands before and behind it.
func signAt(text []rune, i int) float64 {
	r, before, after := text[i], text[i-1], text[i+1]
	switch {
	case r == utf8.RuneError, unicode.IsControl(r), unicode.Is(unicode.Co, r), r >= 0x2500 && r < 0x25A0: // lines of boxes
		return signNever
	case isLetter(before) && isLetter(after):
		return signWithin(text, i)
	case isBesideNumber(r, before, after), isBesideWord(r, before, after), r == '’' && shortened(text[i+1:]) && !isLetter(before), paired(text, r):
		return signFits
	case strings.ContainsRune("–—", r) && isLetter(before) == isLetter(after),
		strings.ContainsRune("•·§½€£©®™°×²³ªº", r) && !isLetter(before) && !isLetter(after), r == '\u00a0' && !isLetter(before):
		return signMay
	case strings.ContainsRune("’…\u00a0", r) && isLetter(before):
		return signMay - 1.5
	case isLetter(before) || isLetter(after):
		return signBeside
	}
	return signOdd
}

// isBesideNumber reports whether a sign stands with its number or unit: m², 4ª, Nº, 20°, 3½, €5.
func isBesideNumber(r, before, after rune) bool {
	switch r {
	case '²', '³':
		return before == 'm' || before == 'M'
	case 'ª', 'º':
		return isDigit(before) || strings.ContainsRune("nNmM.", before)
	case '°':
		return isDigit(before) || before == 'n' || before == 'N'
	case '½', '¼', '¾', '€', '£', '‰':
		return isDigit(before) || isDigit(after)
	}
	return false
}

// isBesideWord reports whether a sign stands before, behind or between words where it is meant to: “so, ¿qué, Acme®, Ann – Lee, © 2026.
func isBesideWord(r, before, after rune) bool {
	switch r {
	case '“', '‘', '¿', '¡':
		return !isLetter(before) && isLetter(after)
	case '®', '™':
		return isLetter(before)
	case '–', '—', '·':
		return before == ' ' && after == ' '
	case '©':
		return !isLetter(before) && !isLetter(after)
	}
	return false
}

// shortened reports whether a text begins with what is left of a word behind an apostrophe: ’s-Hertogenbosch, in ’t Veld, ’n’.
func shortened(text []rune) bool {
	return len(text) > 1 && strings.ContainsRune("stnkm", text[0]) && !isLetter(text[1])
}

// paired reports whether a text has both of two quotes that belong together.
func paired(text []rune, r rune) bool {
	for _, pair := range []string{"«»", "„“", "“”", "„”"} {
		if strings.ContainsRune(pair, r) && strings.ContainsAny(string(text), pair[:len(pair)/2]) && strings.ContainsAny(string(text), pair[len(pair)/2:]) {
			return true
		}
	}
	return false
}

// signWithin judges a sign between two letters.
func signWithin(text []rune, i int) float64 {
	r, before, after := text[i], text[i-1], text[i+1]
	switch {
	case r == '’' && (unicode.IsUpper(after) || strings.ContainsRune("stdm", after) && (i+2 >= len(text) || !isLetter(text[i+2]))):
		return signMeant
	case r == '’', r == '·' && before == 'l' && after == 'l':
		return signFits
	case r == '\u00a0' && unicode.IsUpper(after):
		return signMay + 1
	case r == '\u00a0', r == '´', r == '‘', r == '\u00ad':
		return signMay - 1
	}
	return signInWord
}

func isDigit(r rune) bool { return r >= '0' && r <= '9' }

// capitals judges the letters of a word that are not ASCII by whether capitals and small letters stand where they may: not
// renÉ, and hardly MUñOZ, which programs make that know no capital of ñ.
func capitals(word []rune) (p float64) {
	for i, r := range word {
		if r < utf8.RuneSelf {
			continue
		}
		before, after := at(word, i-1), at(word, i+1)
		switch {
		case unicode.IsUpper(r) && (unicode.IsLower(before) || i > 0 && unicode.IsLower(after)):
			p += oddCapital
		case unicode.IsLower(r) && unicode.IsUpper(after) && !unicode.IsUpper(before) && i > 0:
			p += oddCapital
		case unicode.IsLower(r) && (unicode.IsUpper(after) || unicode.IsUpper(before) && unicode.IsUpper(at(word, i-2))):
			p -= 4
		}
	}
	return p
}

func at(word []rune, i int) rune {
	if i < 0 || i >= len(word) {
		return 0
	}
	return word[i]
}

// alphabets judges a word by whether its letters are of one alphabet.
func alphabets(word []rune) (p float64) {
	for i := 1; i < len(word); i++ {
		if isLatin(word[i-1]) != isLatin(word[i]) {
			p -= 8
		}
	}
	return p
}

func isLatin(r rune) bool { return r < 0x250 || r >= 0x1E00 && r < 0x1F00 || unicode.Is(unicode.Mn, r) }
