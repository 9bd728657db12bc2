package terminal

import (
	"bytes"
	"fmt"
	"strings"
	"unicode"
	"unicode/utf8"
)

// What others wrote (cells, headers, names of files, vendors' messages) could move the cursor, turn text round, or begin
// a line that looks like one of ours. All that is shown passes through here.

// Line is a text on one line that does nothing but be read: line ends are spaces, and what commands a terminal or turns
// text round is U+FFFD, as is what is no UTF-8.
func Line(s string) string {
	return strings.Map(func(r rune) rune {
		switch {
		case endsLine(r):
			return ' '
		case commands(r):
			return utf8.RuneError
		}
		return r
	}, strings.ReplaceAll(s, "\r\n", "\n"))
}

// block is a text of several lines, each as Line has it.
func block(s string) string {
	return strings.Map(func(r rune) rune {
		if r != '\n' && (endsLine(r) || commands(r)) {
			return utf8.RuneError
		}
		return r
	}, s)
}

// endsLine reports whether a terminal, or who reads what it shows, may go on to the next line behind r.
func endsLine(r rune) bool { return r == '\n' || r == '\u0085' || r == '\u2028' || r == '\u2029' }

// commands reports whether r is a control character, of which a tab does no harm, or changes the direction of text.
func commands(r rune) bool {
	return unicode.IsControl(r) && r != '\t' || unicode.Is(unicode.Bidi_Control, r)
}

// escaped is JSON whose texts hold such characters as escapes only; what it says is the same.
func escaped(json []byte) []byte {
	if bytes.IndexFunc(json, hidden) < 0 {
		return json
	}
	var b bytes.Buffer
	for _, r := range string(json) {
		if hidden(r) {
			fmt.Fprintf(&b, `\u%04x`, r)
		} else {
			b.WriteRune(r)
		}
	}
	return b.Bytes()
}

// hidden reports whether r, which stands in JSON, is to be escaped: line ends there are none but between values.
func hidden(r rune) bool { return r != '\n' && (endsLine(r) || commands(r)) }
