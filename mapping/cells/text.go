package cells

import (
	"strings"
	"unicode/utf8"
)

// IsScientific reports whether a cell is a number such as 3.16123E+10.
func IsScientific(v string) bool {
	mantissa, exponent, ok := strings.Cut(strings.ToUpper(strings.TrimSpace(v)), "E")
	return ok && mantissa != "" && exponent != "" &&
		strings.Trim(mantissa, "0123456789.,+-") == "" && strings.Trim(exponent, "0123456789+-") == ""
}

// HasLetters reports whether a cell has letters.
func HasLetters(v string) bool {
	return strings.ContainsFunc(v, func(r rune) bool { return r|0x20 >= 'a' && r|0x20 <= 'z' || r > 0x2ff })
}

// PlainDashes is a cell with a hyphen for each of the dashes that programs make of it, and that pages have so that no line breaks there.
func PlainDashes(v string) string {
	return strings.Map(func(r rune) rune {
		if r >= '\u2010' && r <= '\u2015' || r == '\u2212' {
			return '-'
		}
		return r
	}, v)
}

// IsDigits reports whether a cell is digits and nothing else.
func IsDigits(v string) bool {
	for i := range len(v) {
		if v[i] < '0' || v[i] > '9' {
			return false
		}
	}
	return true
}

// CountDigits counts the digits of a cell.
func CountDigits(v string) int {
	n := 0
	for i := range len(v) {
		if v[i] >= '0' && v[i] <= '9' {
			n++
		}
	}
	return n
}

// inList reports whether a list of folded words, parted by |, has a word.
func inList(list, word string) bool {
	for w := range strings.SplitSeq(list, "|") {
		if strings.TrimSpace(w) == word {
			return true
		}
	}
	return false
}

// IsAlphanumeric reports whether a byte is a digit or a letter of ASCII.
func IsAlphanumeric(c byte) bool { return c >= '0' && c <= '9' || c|0x20 >= 'a' && c|0x20 <= 'z' }

// appendLower appends v in lower case, as far as it is ASCII.
func appendLower(b []byte, v string) []byte {
	for i := range len(v) {
		c := v[i]
		if c >= 'A' && c <= 'Z' {
			c |= 0x20
		}
		b = append(b, c)
	}
	return b
}

// isTyped reports whether a cell has letters and signs of ASCII only, and neither line ends nor other control characters.
func isTyped(v string) bool {
	for i := range len(v) {
		if v[i] < ' ' || v[i] >= utf8.RuneSelf {
			return false
		}
	}
	return true
}

// TrimFraction removes the .0 of a number that was a float once.
func TrimFraction(v string) string {
	if whole, ok := strings.CutSuffix(v, ".0"); ok && strings.Trim(whole, "+0123456789") == "" {
		return whole
	}
	return v
}

// CutComment removes remarks in parentheses, such as (mobiel), but not an area code or (0).
func CutComment(v string) (number, remark string) {
	for {
		open := strings.IndexByte(v, '(')
		end := strings.IndexByte(v, ')')
		if open < 0 || end < open || strings.ContainsAny(v[open:end], "0123456789") || !HasLetters(v[open:end]) {
			return strings.TrimSpace(v), remark
		}
		remark += v[open : end+1]
		v = v[:open] + v[end+1:]
	}
}
