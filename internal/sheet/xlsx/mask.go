package xlsx

import (
	"strings"
	"unicode"
)

// mask is what a format shows of a whole number: digits in their places, and what stands between them.
type mask []maskPart

// maskPart is the place of a digit, or a text.
type maskPart struct {
	place byte // '0' for one that is filled with a zero, '#' for one that is not; 0 for a text
	text  string
}

// literal appends a text that is shown as it stands.
func (m mask) literal(text string) mask {
	if text == "" {
		return m
	}
	return append(m, maskPart{text: text})
}

// code appends a character of a format that is neither quoted nor escaped. The letters of General, which is a number's
// digits, count as the place of its first one.
func (m mask) code(c byte) mask {
	switch c {
	case '0', '#':
		return append(m, maskPart{place: c})
	case '?', 'G', 'g':
		return append(m, maskPart{place: '#'})
	case ' ', '+', '-', '(', ')', '\'':
		return append(m, maskPart{text: string(c)})
	}
	return m
}

// bounds are the first place of a digit and the last one, and how many digits the mask shows at least.
func (m mask) bounds() (first, last, least int) {
	first, last = -1, -1
	for i, p := range m {
		switch {
		case p.place == 0:
			continue
		case p.place == '0', least > 0:
			least++
		}
		if last = i; first < 0 {
			first = i
		}
	}
	return first, last, least
}

// shows reports whether a format shows more of a phone, a zip or an id than the number's own digits: a zero, a plus, or what
// stands between digits. An amount has a point, a thousands separator, a currency or a unit, and is a number. codes are what
// formats in it, in lower case.
func (m mask) shows(codes string) bool {
	first, last, least := m.bounds()
	if first < 0 || strings.Trim(codes, "0#? +-()'/") != "" || isFraction(codes) {
		return false
	}
	before, between, after := m[:first].texts(), m[first:last].texts(), m[last:].texts()
	all := before + between + after
	switch {
	case strings.ContainsFunc(all, func(r rune) bool { return unicode.Is(unicode.Sc, r) }):
		return false
	case hasLetter(after):
		return least >= 5
	case hasLetter(before + between):
		return least >= 2 || strings.HasSuffix(before, "-") || strings.HasSuffix(before, "/")
	case least >= 2, strings.ContainsAny(all, "0123456789"), strings.Contains(before, "+"):
		return true
	}
	return strings.TrimFunc(between, unicode.IsSpace) != ""
}

// isFraction reports whether a format shows a fraction: 0/0.
func isFraction(codes string) bool {
	before, _, ok := strings.Cut(codes, "/")
	return ok && strings.ContainsAny(before, "0#?")
}

func hasLetter(s string) bool { return strings.ContainsFunc(s, unicode.IsLetter) }

// texts are all texts of the mask.
func (m mask) texts() string {
	var b strings.Builder
	for _, p := range m {
		b.WriteString(p.text)
	}
	return b.String()
}

// fill writes digits into the mask from the right. Digits that find no place stand in front of the first one.
func (m mask) fill(digits string) string {
	_, _, least := m.bounds()
	if len(digits) < least {
		digits = strings.Repeat("0", least-len(digits)) + digits
	}
	places := 0
	for _, p := range m {
		if p.place != 0 {
			places++
		}
	}
	var b strings.Builder
	for _, p := range m {
		if p.place == 0 {
			b.WriteString(p.text)
			continue
		}
		if n := len(digits) - places + 1; n > 0 {
			b.WriteString(digits[:n])
			digits = digits[n:]
		}
		places--
	}
	return strings.TrimSpace(b.String())
}
