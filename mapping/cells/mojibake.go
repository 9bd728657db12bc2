package cells

import (
	"strings"
	"unicode/utf8"

	"golang.org/x/text/encoding/charmap"
)

// isLost is a character that stands for one that could not be read: the replacement character, and those of U+0080 to
// U+009F, which nobody types and Windows-1252 leaves undefined.
func isLost(c rune) bool { return c == utf8.RuneError || c >= 0x80 && c < 0xA0 }

// decodeOnce is a text with the characters that were encoded twice as they were meant.
func decodeOnce(s string) string {
	var b strings.Builder
	for s != "" {
		i := strings.IndexAny(s, "ÂÃÄÅâ")
		if i < 0 {
			break
		}
		b.WriteString(s[:i])
		s = s[i:]
		c, n := firstMeant(s)
		if n == 0 {
			_, n = utf8.DecodeRuneInString(s)
			b.WriteString(s[:n])
		} else {
			b.WriteRune(c)
		}
		s = s[n:]
	}
	return b.String() + s
}

// firstMeant is the character that the first two or three characters of a text are in UTF-8, if these are taken for bytes
// of Windows-1252, and their length; 0 unless it is one of those that people write: European letters and signs of print.
func firstMeant(s string) (rune, int) {
	var utf [utf8.UTFMax]byte
	size := 0
	for n, c := range s {
		if size > 0 && utf8.FullRune(utf[:size]) || size == utf8.UTFMax {
			got, length := utf8.DecodeRune(utf[:size])
			return european(got, length, size, n)
		}
		b, ok := charmap.Windows1252.EncodeRune(c)
		if !ok {
			return 0, 0
		}
		utf[size] = b
		size++
	}
	got, length := utf8.DecodeRune(utf[:size])
	return european(got, length, size, len(s))
}

func european(c rune, length, size, n int) (rune, int) {
	if length == size && (c >= 0xA0 && c < 0x180 || c >= 0x2010 && c < 0x2130) {
		return c, n
	}
	return 0, 0
}
