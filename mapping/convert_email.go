package mapping

import (
	"slices"
	"strings"
	"unicode"
)

// parseEmail reads a cell of a field that holds one address. Beyond unwrapping, an address is never rewritten.
func parseEmail(r *reading, s *source, v string) (string, bool) {
	if isEmail(v) {
		return v, r.fits(s, v)
	}
	list, ok := parseEmails(r, s, v, nil)
	if len(list) > 1 {
		r.fail(CodeBadEmail, s, "%s holds %d addresses, the field takes one", quote(v), len(list))
		return "", false
	}
	return strings.Join(list, ""), ok
}

// parseEmails appends the addresses in a cell to list.
func parseEmails(r *reading, s *source, v string, list []string) ([]string, bool) {
	if isEmail(v) {
		return append(list, v), r.fits(s, v)
	}
	found := splitEmails(v)
	if !slices.ContainsFunc(found, isEmail) {
		r.fail(CodeBadEmail, s, "%s is not an e-mail address", quote(v))
		return list, false
	}
	good := true
	for _, e := range found {
		if !isEmail(e) {
			r.fail(CodeBadEmail, s, "%s: %s is not an e-mail address", quote(v), quote(e))
			good = false
			continue
		}
		good = r.fits(s, e) && good
		list = append(list, e)
	}
	return list, good
}

// splitEmails takes the addresses of a cell apart: "Name <a@example.com>; mailto:b@example.com".
func splitEmails(v string) []string {
	if strings.ContainsRune(v, '<') {
		return unwrapEmails(v)
	}
	var list []string
	remark := false
	for e := range strings.FieldsFuncSeq(v, func(r rune) bool { return unicode.IsSpace(r) || strings.ContainsRune(",;|", r) }) {
		switch open := strings.HasPrefix(e, "("); { // a remark, as in "jan@example.com (work)"
		case remark || open:
			remark = !strings.HasSuffix(e, ")")
		case e != ":::" && e != "/":
			list = append(list, trimScheme(e))
		}
	}
	return list
}

// unwrapEmails returns what stands between angle brackets.
func unwrapEmails(v string) []string {
	var list []string
	for {
		_, rest, ok := strings.Cut(v, "<")
		if !ok {
			return list
		}
		inner, after, _ := strings.Cut(rest, ">")
		list = append(list, trimScheme(strings.TrimSpace(inner)))
		v = after
	}
}

func trimScheme(v string) string {
	if len(v) > 7 && strings.EqualFold(v[:7], "mailto:") {
		return v[7:]
	}
	return v
}

// isEmail follows the pattern of HTML's <input type=email>, and asks for a dot in the domain, no two dots in a row and
// the lengths of RFC 5321. Letters beyond ASCII are taken in domains only.
func isEmail(v string) bool {
	at := strings.LastIndexByte(v, '@')
	if at < 1 || at > 64 || len(v) > 254 {
		return false
	}
	local, domain := v[:at], v[at+1:]
	for i := range len(local) {
		c := local[i]
		if c == '.' && (i == 0 || i == len(local)-1 || local[i-1] == '.') {
			return false
		}
		if !isAlphanumeric(c) && strings.IndexByte(".!#$%&'*+/=?^_`{|}~-", c) < 0 {
			return false
		}
	}
	return isDomain(domain)
}

func isDomain(v string) bool {
	label, labels := 0, 1 // bytes of the present label, number of labels
	var last rune = '.'
	for _, c := range v {
		switch {
		case c == '.':
			if label == 0 || last == '-' {
				return false
			}
			label, labels = -1, labels+1
		case c == '-':
			if label == 0 {
				return false
			}
		case c < 0x80 && !isAlphanumeric(byte(c)), c >= 0x80 && !unicode.IsLetter(c) && !unicode.IsDigit(c) && !unicode.IsMark(c):
			return false
		}
		label++
		if label > 63 {
			return false
		}
		last = c
	}
	return labels > 1 && label > 0 && last != '-'
}

func isAlphanumeric(c byte) bool { return c >= '0' && c <= '9' || c|0x20 >= 'a' && c|0x20 <= 'z' }
