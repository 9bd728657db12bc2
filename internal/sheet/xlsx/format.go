package xlsx

import (
	"strconv"
	"strings"
	"unicode/utf8"
)

// numberFormat is what a cell's number format says about how its number is meant.
type numberFormat struct {
	date    bool // it shows day, month or year
	time    bool // it shows hours, minutes or seconds
	elapsed bool // the hours go on beyond 24
	percent bool // it shows hundredths
	mask    mask // of a format that shows more than the digits of a number; else nil

	sections []section // of a format that says several, of which the number decides; else none

	code string // as the workbook has it, "" for one that is built in
	id   int    // of that
}

// section is a part of a format, for the numbers that its condition holds for.
type section struct {
	numberFormat
	condition string // such as >=1000, "" for the usual one of its place
}

// parseFormat reads the code of a custom format.
func parseFormat(code string) numberFormat {
	if strings.EqualFold(code, "General") {
		return numberFormat{}
	}
	var sections []section
	for _, part := range splitSections(code) {
		t := tokensOf(part)
		if len(sections) > 0 && strings.Contains(t.codes, "@") || len(sections) == 3 {
			break // it is for texts
		}
		sections = append(sections, section{t.format(), t.condition})
	}
	f := sections[0].numberFormat
	if len(sections) > 1 {
		f.sections = sections
	}
	return f
}

// splitSections cuts a code at its semicolons, not at those that are quoted, escaped or in brackets.
func splitSections(code string) (parts []string) {
	from, closing := 0, byte(0)
	for i := 0; i < len(code); i++ {
		switch c := code[i]; {
		case closing != 0:
			if c == closing {
				closing = 0
			}
		case c == '"':
			closing = '"'
		case c == '[':
			closing = ']'
		case c == '\\', c == '_', c == '*':
			i++
		case c == ';':
			parts, from = append(parts, code[from:i]), i+1
		}
	}
	return append(parts, code[from:])
}

// sectionFor is the section that shows a number. One that is negative has a minus, whatever its section makes of it: it is
// no phone, and its first section says as much of it.
func (f numberFormat) sectionFor(value string) numberFormat {
	x, err := strconv.ParseFloat(value, 64)
	if err != nil || x < 0 {
		return f.sections[0].numberFormat
	}
	last := len(f.sections) - 1
	for i, s := range f.sections {
		switch {
		case s.condition != "" && s.holds(x),
			s.condition == "" && i == last,
			s.condition == "" && i == 0 && (x > 0 || last == 1):
			return s.numberFormat
		}
	}
	return f.sections[0].numberFormat
}

// holds reports whether the section's condition is true of a number.
func (s section) holds(x float64) bool {
	operator := s.condition[:len(s.condition)-len(strings.TrimLeft(s.condition, "<>="))]
	limit, err := strconv.ParseFloat(s.condition[len(operator):], 64)
	if err != nil {
		return false
	}
	switch operator {
	case "<":
		return x < limit
	case "<=":
		return x <= limit
	case ">":
		return x > limit
	case ">=":
		return x >= limit
	case "=":
		return x == limit
	case "<>":
		return x != limit
	}
	return false
}

// formatTokens are the pieces of a section.
type formatTokens struct {
	codes     string // what formats: all that is neither quoted nor escaped
	mask      mask   // the places of digits and what stands between them
	condition string
	elapsed   bool
}

// tokensOf reads a section. Widths, fills, colours and languages are left out.
func tokensOf(code string) (t formatTokens) {
	var codes strings.Builder
	for i := 0; i < len(code); i++ {
		switch c := code[i]; c {
		case '"':
			text, _, _ := strings.Cut(code[i+1:], `"`)
			t.mask = t.mask.literal(text)
			i += len(text) + 1
		case '\\':
			if i++; i < len(code) {
				_, n := utf8.DecodeRuneInString(code[i:])
				t.mask, i = t.mask.literal(code[i:i+n]), i+n-1
			}
		case '_', '*':
			i++
		case '[':
			in, _, closed := strings.Cut(code[i+1:], "]")
			if closed {
				t.bracket(in)
			}
			i += len(in) + 1
		default:
			codes.WriteByte(c)
			t.mask = t.mask.code(c)
		}
	}
	t.codes = codes.String()
	return t
}

// bracket reads what stands in brackets: hours that go on, a condition, or the sign of a currency.
func (t *formatTokens) bracket(in string) {
	switch lower := strings.ToLower(in); {
	case lower == "":
	case strings.Trim(lower, lower[:1]) == "" && strings.Contains("hms", lower[:1]):
		t.elapsed = true
	case strings.ContainsAny(in[:1], "<>="):
		t.condition = in
	case in[0] == '$':
		text, _, _ := strings.Cut(in[1:], "-")
		t.mask = t.mask.literal(text)
	}
}

// format is what the section says.
func (t *formatTokens) format() numberFormat {
	f := numberFormat{time: t.elapsed, elapsed: t.elapsed}
	lower := strings.ReplaceAll(strings.ToLower(t.codes), "general", "0")
	month := false
	if !strings.ContainsAny(lower, "#0?@") || strings.Contains(lower, "s.0") || strings.ContainsAny(lower, "yd") {
		for _, c := range lower {
			switch c {
			case 'y', 'd':
				f.date = true
			case 'h', 's':
				f.time = true
			case 'm':
				month = true
			}
		}
		// m is minutes beside hours or seconds, else the month.
		f.date = f.date || month && !f.time
	}
	if !f.date && !f.time {
		f.percent = strings.Contains(lower, "%")
		if t.mask.shows(lower) {
			f.mask = t.mask
		}
	}
	return f
}
