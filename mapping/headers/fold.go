package headers

import (
	"html"
	"net/url"
	"regexp"
	"slices"
	"strings"
	"sync"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"
)

// Fold is a header or word as it is compared: letters and digits only, in lower case and without accents.
func Fold(v string) string {
	if isFolded(v) {
		return v
	}
	known, b := latin(), make([]byte, 0, 64)
	for _, r := range v {
		if int(r) >= len(known) {
			return fold(v)
		}
		b = append(b, known[r]...)
	}
	return string(b)
}

// latin are the characters of European words, each folded: most words hold no others, and one after the other gives the same as all
// at once.
var latin = sync.OnceValue(func() *[0x250]string {
	var folded [0x250]string
	for r := range folded {
		folded[r] = fold(string(rune(r)))
	}
	return &folded
})

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

// isFolded reports whether v is letters and digits of ASCII in lower case, as most words of names nearly are.
func isFolded(v string) bool {
	for i := range len(v) {
		if c := v[i]; (c < 'a' || c > 'z') && (c < '0' || c > '9') {
			return false
		}
	}
	return true
}

// entity finds signs as HTML writes them.
var entity = regexp.MustCompile(`&(?:#[0-9]+|#[xX][0-9a-fA-F]+|[A-Za-z]+[0-9]*);`)

// written is a header as somebody wrote it, where a program put signs of HTML or of addresses of pages into it: Pr&eacute;nom,
// First%20name.
func written(v string) string {
	if strings.IndexByte(v, '&') >= 0 {
		v = entity.ReplaceAllStringFunc(v, html.UnescapeString)
	}
	if strings.IndexByte(v, '%') >= 0 {
		if plain, err := url.PathUnescape(v); err == nil && utf8.ValidString(plain) {
			v = plain
		}
	}
	return v
}

// FoldHeader is fold without the marks of required columns.
func FoldHeader(v string) string {
	v = strings.TrimRight(written(Clean(v)), " *")
	if !strings.HasSuffix(v, ")") {
		return Fold(v)
	}
	for _, l := range languages() {
		for _, mark := range l.required {
			if n := len(v) - len(mark); n > 0 && strings.EqualFold(v[n:], mark) {
				v = v[:n]
			}
		}
	}
	return Fold(v)
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

// Tokens are the words of a header: "EmailOptOut" and "E-mail opt-out" are email, opt and out.
func Tokens(header string) []string {
	var words []string
	var word []rune
	flush := func() {
		if len(word) > 0 {
			words = append(words, Fold(string(word)))
			word = word[:0]
		}
	}
	var last rune
	for _, r := range norm.NFC.String(written(header)) {
		if unicode.IsUpper(r) && unicode.IsLower(last) || !unicode.IsLetter(r) && !unicode.IsDigit(r) && r != '\'' && r != '’' {
			flush()
		}
		if unicode.IsLetter(r) || unicode.IsDigit(r) {
			word = append(word, r)
		}
		last = r
	}
	flush()
	for i := 0; i+1 < len(words); i++ {
		if words[i] == "e" && strings.HasPrefix(words[i+1], "mail") {
			words = slices.Replace(words, i, i+2, "e"+words[i+1])
		}
	}
	return words
}

// Clean trims a cell: space of any kind, and the marks without width that web pages leave behind.
func Clean(v string) string {
	if v == "" || isPlain(v[0]) && isPlain(v[len(v)-1]) {
		return v
	}
	return strings.TrimFunc(v, func(r rune) bool {
		return unicode.IsSpace(r) || r == '\u200b' || r == '\u200e' || r == '\u200f' || r == '\ufeff' || r == 0
	})
}

func isPlain(b byte) bool { return b > ' ' && b < utf8.RuneSelf }
