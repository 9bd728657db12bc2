package mapping

import (
	"strings"
	"unicode"

	"golang.org/x/text/unicode/norm"
)

// fold is a header or word as it is compared: letters and digits only, in lower case and without accents.
func fold(v string) string {
	var b strings.Builder
	b.Grow(len(v))
	for _, r := range norm.NFKD.String(v) {
		switch {
		case r == 'ß':
			b.WriteString("ss")
		case r == 'ø' || r == 'Ø':
			b.WriteByte('o')
		case unicode.IsLetter(r) || unicode.IsDigit(r):
			b.WriteRune(unicode.ToLower(r))
		}
	}
	return b.String()
}

// foldHeader is fold without the marks of required columns.
func foldHeader(v string) string {
	v = strings.TrimRight(clean(v), " *")
	for _, mark := range []string{"(required)", "(verplicht)", "(Pflichtfeld)", "(obligatoire)", "(obligatorio)"} {
		if n := len(v) - len(mark); n > 0 && strings.EqualFold(v[n:], mark) {
			v = v[:n]
		}
	}
	return fold(v)
}

// numbered splits a folded header into its pattern, with # for its number, and that number: "email2value" is
// "email#value" and 2. ok is false unless there is exactly one number, from 1 to 99.
func numbered(folded string) (pattern string, n int, ok bool) {
	start := strings.IndexFunc(folded, unicode.IsDigit)
	if start < 0 {
		return "", 0, false
	}
	end := start
	for end < len(folded) && folded[end] >= '0' && folded[end] <= '9' {
		n = n*10 + int(folded[end]-'0')
		end++
		if n > 99 {
			return "", 0, false
		}
	}
	rest := folded[end:]
	if n == 0 || strings.ContainsFunc(rest, unicode.IsDigit) {
		return "", 0, false
	}
	return folded[:start] + "#" + rest, n, true
}
