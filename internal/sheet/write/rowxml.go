package write

import (
	"strconv"
	"unicode/utf8"

	"crmferry/internal/cell"
)

// begin starts the next row. Rows have no height of their own but for height points, if that is not 0.
func (s *sheetWriter) begin(height int) {
	s.rows++
	s.row = append(s.row[:0], `<row r="`...)
	s.row = strconv.AppendInt(s.row, int64(s.rows), 10)
	if height > 0 {
		s.row = append(s.row, `" ht="`...)
		s.row = strconv.AppendInt(s.row, int64(height), 10)
		s.row = append(s.row, `" customHeight="1`...)
	}
	s.row = append(s.row, `">`...)
}

// end writes the row.
func (s *sheetWriter) end() error {
	s.row = append(s.row, "</row>"...)
	s.bytes += int64(len(s.row))
	_, err := s.out.Write(s.row)
	return err
}

// open starts a cell of that style, up to its type.
func (s *sheetWriter) open(column, style int) {
	for len(s.columns) <= column {
		s.columns = append(s.columns, cell.ColumnLetter(len(s.columns)))
	}
	s.row = append(s.row, `<c r="`...)
	s.row = append(s.row, s.columns[column]...)
	s.row = strconv.AppendInt(s.row, int64(s.rows), 10)
	if style != 0 {
		s.row = append(s.row, `" s="`...)
		s.row = strconv.AppendInt(s.row, int64(style), 10)
	}
}

func (s *sheetWriter) text(column, style int, text string) {
	s.open(column, style)
	s.row = append(s.row, `" t="inlineStr"><is><t`...)
	if isSpace(text[0]) || isSpace(text[len(text)-1]) {
		s.row = append(s.row, ` xml:space="preserve"`...)
	}
	s.row = append(s.row, '>')
	s.row = appendEscaped(s.row, text)
	s.row = append(s.row, "</t></is></c>"...)
}

func isSpace(c byte) bool { return c == ' ' || c == '\t' || c == '\n' || c == '\r' }

func (s *sheetWriter) number(column, style int, x float64) {
	s.open(column, style)
	s.row = append(s.row, `"><v>`...)
	s.row = strconv.AppendFloat(s.row, x, 'f', -1, 64)
	s.row = append(s.row, "</v></c>"...)
}

// formula writes a formula with the text that it results in.
func (s *sheetWriter) formula(column, style int, formula, text string) {
	s.open(column, style)
	s.row = append(s.row, `" t="str"><f>`...)
	s.row = appendEscaped(s.row, formula)
	s.row = append(s.row, "</f><v>"...)
	s.row = appendEscaped(s.row, text)
	s.row = append(s.row, "</v></c>"...)
}

// appendEscaped appends a text as the content of an element. Characters that XML cannot hold, and a carriage return,
// which its readers change, become _x000D_ and the like; a text that looks like one of those has its first _ escaped
// (ECMA-376 part 1, 22.9.2.19). What is not UTF-8 becomes U+FFFD.
func appendEscaped(dst []byte, text string) []byte {
	from := 0
	for i := 0; i < len(text); {
		c, n := rune(text[i]), 1
		if c >= utf8.RuneSelf {
			c, n = utf8.DecodeRuneInString(text[i:])
		} else if plainByte[c] {
			i++
			continue
		}
		escape := ""
		switch {
		case c == '&':
			escape = "&amp;"
		case c == '<':
			escape = "&lt;"
		case c == '>':
			escape = "&gt;"
		case c == '_' && looksEscaped(text[i:]):
			escape = "_x005F_"
		case c == utf8.RuneError && n == 1:
			escape = "\uFFFD"
		case c < ' ' && c != '\t' && c != '\n', c == 0xFFFE, c == 0xFFFF:
			escape = "_x" + string(hexDigits[c>>12]) + string(hexDigits[c>>8&15]) + string(hexDigits[c>>4&15]) + string(hexDigits[c&15]) + "_"
		}
		if escape != "" {
			dst = append(append(dst, text[from:i]...), escape...)
			from = i + n
		}
		i += n
	}
	return append(dst, text[from:]...)
}

const hexDigits = "0123456789ABCDEF"

// plainByte are the ASCII characters that always stand for themselves.
var plainByte = func() (plain [utf8.RuneSelf]bool) {
	for c := range plain {
		plain[c] = c >= ' ' && c != '&' && c != '<' && c != '>' && c != '_'
	}
	return plain
}()

// looksEscaped reports whether a text starts with something like _x000D_.
func looksEscaped(s string) bool {
	if len(s) < 7 || s[1] != 'x' || s[6] != '_' {
		return false
	}
	_, err := strconv.ParseUint(s[2:6], 16, 16)
	return err == nil
}
