package sheet

import (
	"bytes"
	"fmt"
	"strings"
	"unicode/utf8"

	"golang.org/x/text/encoding/charmap"
)

// suspect says whether a text in UTF-8 may hold what garbled looks for. It is quick, because it reads every line that
// is not ASCII.
func suspect(text []byte) bool {
	for _, lead := range []byte{0xC2, 0xC3, 0xEF} {
		for rest := text; ; {
			i := bytes.IndexByte(rest, lead)
			if i < 0 || i+1 == len(rest) {
				break
			}
			// C2 80-9F: a control character. C3 82-85 and A2: Â Ã Ä Å â. EF BF: the replacement character and its like.
			if next := rest[i+1]; lead == 0xC2 && next < 0xA0 || lead == 0xC3 && (next <= 0x85 && next >= 0x82 || next == 0xA2) || lead == 0xEF && next == 0xBF {
				return true
			}
			rest = rest[i+1:]
		}
	}
	return false
}

// garbled adds a finding for each cell with characters that were encoded twice (JosÃ© for José), or lost.
func (n *notes) garbled(row *Row) {
	for i, cell := range row.Cells {
		if strings.ContainsFunc(cell, lost) {
			n.find("unreadable_character", func() Finding {
				return Finding{Row: row.Number, Line: row.Line, Column: i, Text: cell,
					Message: "a character was lost before, or the encoding is another one: name it with --encoding, or mend the cell"}
			})
			continue
		}
		if once := decodedOnce(cell); once != cell {
			n.find("double_encoded", func() Finding {
				return Finding{Row: row.Number, Line: row.Line, Column: i, Text: cell,
					Message: fmt.Sprintf("reads like %q, encoded as UTF-8 twice; it is taken as it stands: export it again, or mend it", clip(once, maxFindingText))}
			})
		}
	}
}

// lost is a character that stands for one that could not be read: the replacement character, and those of U+0080 to
// U+009F, which nobody types and Windows-1252 leaves undefined.
func lost(c rune) bool { return c == utf8.RuneError || c >= 0x80 && c < 0xA0 }

// decodedOnce is a text with the characters that were encoded twice as they were meant.
func decodedOnce(s string) string {
	var b strings.Builder
	for s != "" {
		i := strings.IndexAny(s, "ÂÃÄÅâ")
		if i < 0 {
			break
		}
		b.WriteString(s[:i])
		s = s[i:]
		c, n := meant(s)
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

// meant is the character that the first two or three characters of a text are in UTF-8, if these are taken for bytes of
// Windows-1252, and their length; 0 unless it is one of those that people write: European letters and signs of print.
func meant(s string) (rune, int) {
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
