package cells

import (
	"strings"

	"crmferry/mapping/cells/markup"
	"crmferry/mapping/headers"
)

// IsPlaceholder reports whether a cell is what people write where there is nothing to write.
func IsPlaceholder(v string) bool { return isDash(v) || isNothing(v) }

// isDash reports whether a cell is a placeholder that is no word in any language.
func isDash(v string) bool {
	if len(v) > 9 {
		return false
	}
	switch v[0] {
	case '-', '.', '?', '/', '_', '*', "–"[0]:
		return strings.Trim(v, "-.?/_*–—") == ""
	case 'n', 'N', 'k', 'K':
		var b [9]byte
		return headers.IsAbsent(appendLower(b[:0], v))
	}
	return false
}

// isNothing reports whether a cell says in a word that nothing is known.
func isNothing(v string) bool {
	if len(v) < 3 || len(v) > 16 {
		return false
	}
	if v[0] == '(' || v[0] == '[' || v[0] == '<' || v[0] == '-' {
		v = strings.Trim(v, "()[]<>-")
	}
	if v == "" || !headers.BeginsNothing(v[0]|0x20, len(v)) {
		return false
	}
	var b [16]byte
	return headers.IsNothing(appendLower(b[:0], v))
}

// IsSound reports whether a cell needs no mending, unless its column has no days and it looks like one. Nearly all cells are
// sound.
func IsSound(v string) bool {
	return isTyped(v) && v[0] != '#' && v[0] != '=' && v[len(v)-1] != ')' && strings.IndexByte(v, '\\') < 0 && !IsLostObject(v) && !IsPlaceholder(v) && !isDateOfCode(v) && !markup.MayBeWritten(v)
}

// withoutControls is v without the control characters that other programs leave in cells. FileMaker writes a line end of a
// cell as a vertical tab.
func withoutControls(v string) string {
	return strings.Map(func(c rune) rune {
		switch {
		case c == '\v' || c == '\f':
			return '\n'
		case c >= 0x1c && c <= 0x1f: // they part things
			return ' '
		case c < ' ' && c != '\n' && c != '\r' && c != '\t':
			return -1
		}
		return c
	}, v)
}

// withoutMarks is v with plain spaces in place of others, and without characters of no width. Joiners are kept: some scripts
// need them.
func withoutMarks(v string) string {
	return headers.Clean(strings.Map(func(c rune) rune {
		switch c {
		case '\u00a0', '\u2007', '\u202f':
			return ' '
		case '\u00ad', '\u200b', '\u200e', '\u200f', '\u2060', '\ufeff', '\u202a', '\u202b', '\u202c', '\u202d', '\u202e':
			return -1
		}
		return c
	}, v))
}

// isFormulaError reports whether a cell is what Excel shows in place of a value, or of a column that was too narrow.
func isFormulaError(v string) bool {
	if len(v) > 2 && strings.Trim(v, "#") == "" {
		return true
	}
	return headers.IsError(strings.NewReplacer("¡", "", "¿", "").Replace(v)) // marks of Spanish
}

// IsLostObject reports whether a cell, or a word of one, is what programs write for a value that is no text, in JavaScript,
// Perl, .NET and R.
func IsLostObject(v string) bool {
	switch v[0] {
	case '[':
		return strings.Trim(strings.ReplaceAll(v, "[object Object]", ""), ",; ") == ""
	case 'A', 'H':
		return strings.HasSuffix(v, ")") && (strings.HasPrefix(v, "ARRAY(0x") || strings.HasPrefix(v, "HASH(0x"))
	case 'S':
		return strings.HasPrefix(v, "System.Collections.Generic.") || v == "System.String[]" || v == "System.Object[]"
	case '<':
		return strings.HasPrefix(v, "<environment")
	}
	return false
}

// isDateOfCode reports whether a cell is what Excel makes of codes such as 1-12 and MAR1: 1-Dec, 12-jan, Mar-01, 01. Dez.
func isDateOfCode(v string) bool {
	if len(v) > 8 { // as most cells are
		return false
	}
	left, right, ok := strings.Cut(strings.TrimSuffix(v, "."), "-")
	if !ok {
		if left, right, ok = strings.Cut(v, ". "); !ok || !IsDigits(left) {
			return false
		}
	}
	if IsDigits(left) && len(left) <= 2 {
		return isShortMonth(right)
	}
	return len(right) == 2 && IsDigits(right) && isShortMonth(left)
}

// isDayAndMonth reports whether a cell is a day without a year: 1-12 or 12/1.
func isDayAndMonth(v string) bool {
	first, rest, _ := cutNumber(v, 2)
	if rest == "" || rest[0] != '-' && rest[0] != '/' {
		return false
	}
	second, rest, ok := cutNumber(rest[1:], 2)
	return ok && rest == "" && first >= 1 && second >= 1 && max(first, second) <= 31 && min(first, second) <= 12
}

// isISODay reports whether a cell starts like 2026-12-01.
func isISODay(v string) bool {
	return len(v) >= 10 && v[4] == '-' && v[7] == '-' && IsDigits(v[:4]) && IsDigits(v[5:7]) && IsDigits(v[8:10])
}

// isShortMonth reports whether a word is a month as Excel shortens it.
func isShortMonth(v string) bool { return len(v) <= 5 && monthOf(strings.TrimSuffix(v, ".")) > 0 }
