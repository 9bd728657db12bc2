package planfile

import (
	"strings"
	"unicode/utf8"

	"golang.org/x/text/encoding/charmap"
	"golang.org/x/text/unicode/norm"

	"crmferry/internal/cell"
)

// mostText is how many bytes of a value a file shows: a worksheet's cell holds a little more.
const mostText = cell.MaxUnits - 67

const cutMark = "…"

// shown is a value as a file shows it: what no sheet can hold is replaced, and one that is too long is cut.
func shown(value string) string {
	if len(value) > mostText {
		end := mostText
		for !utf8.RuneStart(value[end]) {
			end--
		}
		value = value[:end] + cutMark
	}
	if isPlain(value) {
		return value
	}
	return strings.Map(func(c rune) rune {
		if c < ' ' && c != '\t' && c != '\n' || c == 0xFFFE || c == 0xFFFF {
			return utf8.RuneError
		}
		return c
	}, withoutCR(value))
}

// isPlain reports whether a value has printable characters of ASCII only, as most have.
func isPlain(value string) bool {
	for i := range len(value) {
		if c := value[i]; c < ' ' || c > '~' {
			return false
		}
	}
	return true
}

func withoutCR(value string) string {
	return strings.ReplaceAll(strings.ReplaceAll(value, "\r\n", "\n"), "\r", "\n")
}

// fold is a text without what programs change when they save it: white space around it, line ends, and what guards a cell
// of a CSV file from being computed.
func fold(text string) string {
	text = strings.TrimSpace(text)
	for cell.Guarded(text) {
		text = text[1:]
	}
	if strings.Contains(text, "\r") {
		text = withoutCR(text)
	}
	return text
}

// narrowed are the forms that a text may have after a program saved it in Windows-1252, as Excel does unless it is told
// otherwise: what is not in it becomes a ?, or the letter that looks like it. Excel counts some characters as two.
func narrowed(text string) []string {
	if isPlain(text) {
		return nil
	}
	return []string{narrow(text, false, false), narrow(text, true, false), narrow(text, false, true), narrow(text, true, true)}
}

// narrow replaces what is not in Windows-1252. double counts as Excel does, alike keeps letters that look like others.
func narrow(text string, double, alike bool) string {
	var b strings.Builder
	for _, c := range text {
		base := baseLetter(c)
		_, known := charmap.Windows1252.EncodeRune(c)
		switch {
		case known:
			b.WriteRune(c)
		case alike && base != 0:
			b.WriteByte(base)
		case double && c > 0xFFFF:
			b.WriteString("??")
		default:
			b.WriteByte('?')
		}
	}
	return b.String()
}

// baseLetter is the letter of ASCII that a letter is made of, 0 for none.
func baseLetter(c rune) byte {
	if i := strings.IndexRune("ŁłĐđĦħŦŧı", c); i >= 0 {
		return "LlDdHhTti"[utf8.RuneCountInString("ŁłĐđĦħŦŧı"[:i])]
	}
	if first := norm.NFD.String(string(c))[0]; first < utf8.RuneSelf {
		return first
	}
	return 0
}
