package cells

import (
	"math"
	"strconv"
	"strings"
	"unicode"
)

// ParseNumber reads $1,250,000 and 450k and € 1.250.000,50. What decimal ("comma" or "point") leaves open is read by the
// look of the number: of two kinds of separators the last one starts the decimals; a single separator followed by
// exactly three digits, as in 1.000 or 1,000, separates thousands. err says what is wrong, "" if nothing is.
func ParseNumber(v, decimal string) (n float64, err string) {
	body, factor := trimNumber(v)
	body, negative := strings.CutPrefix(body, "-")
	if !negative {
		body = strings.TrimPrefix(body, "+")
	}
	if body == "" || body[0] == '-' || body[0] == '+' || !IsDigits(body[len(body)-1:]) || strings.Trim(body, "0123456789.,eE+-") != "" {
		return 0, "is not a number"
	}
	if strings.ContainsAny(body, ".,") && !IsScientific(body) {
		plain, ok := plainNumber(body, decimal, factor != 1)
		if !ok {
			return 0, "is not a number"
		}
		body = plain
	}
	n, parseErr := strconv.ParseFloat(body, 64)
	n *= factor
	if parseErr != nil || math.IsInf(n, 0) || math.IsNaN(n) {
		return 0, "is not a number"
	}
	if negative {
		n = -n
	}
	return n, ""
}

// trimNumber removes currencies, space and the apostrophes of Swiss numbers, and turns a final k or M into a factor.
func trimNumber(v string) (string, float64) {
	if strings.Trim(v, "0123456789.,") == "" {
		return v, 1
	}
	v = strings.Map(func(r rune) rune {
		if unicode.IsSpace(r) || unicode.Is(unicode.Sc, r) || r == '\'' || r == '’' {
			return -1
		}
		return r
	}, v)
	for _, code := range []string{"USD", "EUR", "GBP", "CHF"} {
		v = strings.TrimSuffix(strings.TrimPrefix(v, code), code)
	}
	v = strings.TrimSuffix(strings.TrimSuffix(v, ",-"), ".-") // € 450.000,-
	body := strings.TrimRight(v, "kKmMlnio")
	switch v[len(body):] {
	case "k", "K":
		return body, 1e3
	case "m", "M", "mln", "mio", "Mio":
		return body, 1e6
	}
	return v, 1
}

// plainNumber takes the thousands separators out and makes the decimal separator a point.
func plainNumber(v, decimal string, scaled bool) (string, bool) {
	point := decimalSign(v, decimal, scaled)
	whole, fraction := v, ""
	if point != 0 {
		i := strings.LastIndexByte(v, point)
		if i >= 0 {
			whole, fraction = v[:i], v[i+1:]
		}
	}
	if !IsDigits(fraction) {
		return "", false
	}
	groups := strings.FieldsFunc(whole, func(r rune) bool { return r == '.' || r == ',' })
	kinds := strings.Trim(whole, "0123456789")
	if strings.ContainsRune(kinds, '.') && strings.ContainsRune(kinds, ',') {
		return "", false
	}
	for i, g := range groups {
		if !IsDigits(g) || i > 0 && len(g) != 3 || i == 0 && len(groups) > 1 && len(g) > 3 {
			return "", false
		}
	}
	if strings.Count(whole, ".")+strings.Count(whole, ",") != max(len(groups)-1, 0) {
		return "", false
	}
	plain := strings.Join(groups, "")
	if fraction != "" {
		plain += "." + fraction
	}
	return plain, plain != ""
}

// decimalSign is the character that starts the decimals of v, 0 if it has none.
func decimalSign(v, decimal string, scaled bool) byte {
	switch decimal {
	case "comma":
		return ','
	case "point":
		return '.'
	}
	dot, comma := strings.LastIndexByte(v, '.'), strings.LastIndexByte(v, ',')
	i := max(dot, comma)
	if _, settled := markOf(v, scaled); !settled || min(dot, comma) < 0 && strings.Count(v, v[i:i+1]) > 1 {
		return 0
	}
	return v[i]
}

// Plainly writes a number without exponent and grouping.
func Plainly(n float64) string { return strconv.FormatFloat(n, 'f', -1, 64) }

// markOf reports whether a comma starts the decimals of a number, else a point; settled is false for 1.000 and 1,000.
func markOf(body string, scaled bool) (comma, settled bool) {
	dot, last := strings.LastIndexByte(body, '.'), strings.LastIndexByte(body, ',')
	if dot >= 0 && last >= 0 {
		return last > dot, true // the last one starts the decimals
	}
	at := max(dot, last)
	if strings.Count(body, body[at:at+1]) > 1 {
		return dot >= 0, true // several separate thousands, so that the other one starts the decimals
	}
	// 1.250M is a million and a quarter, and 0.500 a half: no thousands there.
	if len(body)-at-1 == 3 && at >= 1 && at <= 3 && body[0] != '0' && !scaled {
		return false, false
	}
	return last >= 0, true
}

// cutNumber takes up to so many digits off v.
func cutNumber(v string, most int) (n int, rest string, ok bool) {
	i := 0
	for ; i < len(v) && i < most && v[i] >= '0' && v[i] <= '9'; i++ {
		n = n*10 + int(v[i]-'0')
	}
	return n, v[i:], i > 0
}

// ReadNumber reads what ParseNumber reads.
func ReadNumber(v, decimal string) (float64, Notes) {
	var notes Notes
	n, err := ParseNumber(v, decimal)
	if err != "" {
		notes.Fail(CodeBadNumber, "%s %s", Quote(v), err)
	}
	return n, notes
}
