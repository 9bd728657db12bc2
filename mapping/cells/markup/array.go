package markup

import (
	"encoding/json"
	"strconv"
	"strings"
	"unicode/utf8"

	"crmferry/mapping/headers"
)

// Arrays counts the cells of a column by what a program wrote lists as.
type Arrays struct {
	quoted  int // ["VIP","Buyer"] ['VIP'] {VIP,"Big Buyer"} [] {}
	bare    int // [VIP] {VIP}: a list, or a word in brackets
	without int // other cells
}

// Add takes in a cell that is not empty.
func (a *Arrays) Add(v string) {
	switch {
	case !Opens(v):
		a.without++
	case hasQuotedItem(v) || len(v) == 2:
		a.quoted++
	default:
		a.bare++
	}
}

// Are reports whether words in brackets are lists.
func (a *Arrays) Are() bool { return a.quoted > 0 || a.bare > 0 && a.without == 0 }

// Opens reports whether a cell stands in brackets as lists do.
func Opens(v string) bool {
	switch v[0] {
	case '[', '{', '(':
		return len(v) > 1 && v[len(v)-1] == closing(v[0]) && (v[0] != '(' || v == "()" || hasQuotedItem(v))
	case 's', 'f', 'a', 'c', 'l', '"':
		return unwrapArray(v) != v
	}
	return false
}

func closing(open byte) byte {
	if open == '(' {
		return ')'
	}
	return open + 2
}

// hasQuotedItem reports whether a quote opens or closes an item of a list in brackets.
func hasQuotedItem(v string) bool {
	inner := strings.TrimLeft(strings.Trim(unwrapArray(v), "[](){}"), " ub")
	if inner == "" {
		return false
	}
	first, last := inner[0], inner[len(inner)-1]
	return first == '"' || first == '\'' || last == '"' || last == '\'' && len(inner) > 1 && strings.Count(inner, "'")%2 == 0 || strings.Contains(inner, `,"`)
}

// unwrapArray takes off what a program writes around the brackets: set([...]), array([...], dtype=object), c("..."), and the quotes of
// a list that was written as a text. Lists of PHP become some of JSON.
func unwrapArray(v string) string {
	switch {
	case v[0] == '"':
		var text string
		if json.Unmarshal([]byte(v), &text) == nil && text != "" && text[0] != '"' && Opens(text) {
			return text
		}
		return v
	case v[0] == 'a' && phpArray.MatchString(v):
		return phpList(v)
	case v == "set()", v == "frozenset()", v == "character(0)", v == "list()", v == "list(NULL)", v == "c(NA)":
		return "()"
	case !strings.HasSuffix(v, ")"):
		return v
	}
	for _, name := range []string{"set(", "frozenset(", "array(", "c(", "list("} {
		inner, ok := strings.CutPrefix(v, name)
		if !ok || inner == "" {
			continue
		}
		inner = strings.TrimSuffix(inner, ")")
		if at := strings.LastIndex(inner, ", dtype="); at > 0 {
			inner = inner[:at]
		}
		if name != "set(" && name != "frozenset(" && (inner == "" || inner[0] == '\'' || inner[0] == '"' || strings.HasPrefix(inner, "NA,")) { // of PHP and R
			return "(" + inner + ")"
		}
		if inner != "" && strings.IndexByte("[{(", inner[0]) >= 0 && inner[len(inner)-1] == closing(inner[0]) {
			return inner
		}
	}
	return v
}

// isBroken reports whether a cell starts or ends as a list in brackets does, and is none.
func isBroken(v string) bool {
	for _, start := range []string{`["`, `['`, `{"`, `{'`, `[u'`, `('`} {
		if strings.HasPrefix(v, start) {
			return true
		}
	}
	for _, end := range []string{`"]`, `']`, `"}`, `'}`} {
		if strings.HasSuffix(v, end) {
			return true
		}
	}
	return false
}

// ReadArray reads a list that a program wrote into one cell, as JSON, Python or PostgreSQL do. bare says that words in brackets
// without quotes are lists. ok is false for a cell that is no list; form names the form of one that cannot be read.
func ReadArray(v string, bare bool) (items []string, ok bool, form string) {
	if !Opens(v) {
		if strings.IndexByte("[{(", v[0]) >= 0 && isBroken(v) || strings.IndexByte("]}", v[len(v)-1]) >= 0 && isBroken(v) {
			return nil, true, "a list in brackets or quotes that does not end, or does not begin"
		}
		if (strings.HasPrefix(v, "c(") || strings.HasPrefix(v, "list(")) && strings.ContainsAny(v, ",;|") {
			return nil, true, "a list of R that cannot be read"
		}
		return nil, false, ""
	}
	v = unwrapArray(v)
	inner := strings.TrimSpace(v[1 : len(v)-1])
	quoted := hasQuotedItem(v)
	switch {
	case inner == "":
		return nil, true, ""
	case !quoted && !bare && !strings.ContainsAny(inner, ",;|"):
		return nil, false, ""
	case !quoted && strings.ContainsAny(inner, "[]{}"):
		return nil, bare, "a list within a list"
	}
	items, ok = scanArray(inner, v[0])
	if !ok {
		return nil, true, formOf(v)
	}
	return items, true, ""
}

// formOf names what stands in brackets and is no list of words.
func formOf(v string) string {
	switch {
	case v[0] == '{' && strings.Contains(v, ":"):
		return "an object of JSON"
	case v[0] == '[' && strings.HasPrefix(strings.TrimLeft(v[1:], " "), "{"):
		return "a list of objects"
	case strings.ContainsAny(v[1:len(v)-1], "[{"):
		return "a list within a list"
	}
	return "a list that is broken"
}

// scanArray takes the inside of a list apart: words, in quotes or not, with commas between them; numpy writes spaces between
// those in quotes.
func scanArray(v string, open byte) (items []string, ok bool) {
	for {
		v = strings.TrimLeft(v, " \t\r\n")
		if v == "" {
			return items, true // Python ends some lists with a comma
		}
		item, rest, ok := scanItem(v)
		if !ok {
			return nil, false
		}
		if item != "" && !(open == '(' && item == "NA" && v[0] == 'N') { // of R
			items = append(items, item)
		}
		rest = strings.TrimLeft(rest, " \t\r\n")
		switch {
		case rest == "":
			return items, true
		case rest[0] == ',':
			rest = rest[1:]
		case open == '{' || rest[0] != '"' && rest[0] != '\'':
			return nil, false
		}
		v = rest
	}
}

// scanItem reads the first item of a list, "" for one that is nothing.
func scanItem(v string) (item, rest string, ok bool) {
	if len(v) > 1 && (v[0] == 'u' || v[0] == 'b') && v[1] == '\'' {
		v = v[1:]
	}
	if v[0] == '"' || v[0] == '\'' {
		return scanQuoted(v)
	}
	end := strings.IndexByte(v, ',')
	if end < 0 {
		end = len(v)
	}
	item = headers.Clean(v[:end])
	switch item {
	case "null", "NULL", "None", "nan", "NaN":
		item = ""
	}
	return item, v[end:], !strings.ContainsAny(item, `[]{}"`)
}

// scanQuoted reads an item in quotes, with the escapes of JSON and Python, and the doubled quotes of CSV.
func scanQuoted(v string) (item, rest string, ok bool) {
	quote := v[0]
	var b strings.Builder
	for i := 1; i < len(v); i++ {
		switch c := v[i]; {
		case c == quote && i+1 < len(v) && v[i+1] == quote && i > 1:
			b.WriteByte(c)
			i++
		case c == quote:
			return headers.Clean(b.String()), v[i+1:], true
		case c != '\\':
			b.WriteByte(c)
		default:
			r, size, ok := escaped(v[i:])
			if !ok {
				return "", v, false
			}
			b.WriteRune(r)
			i += size - 1
		}
	}
	return "", v, false
}

// escaped reads a character behind a backslash, and its length; two of them may make one, as in JSON.
func escaped(v string) (r rune, size int, ok bool) {
	if len(v) < 2 {
		return 0, 0, false
	}
	switch c := v[1]; c {
	case 'n', 't', 'r', 'b', 'f':
		return ' ', 2, true
	case 'u', 'x', 'U':
		digits := map[byte]int{'x': 2, 'u': 4, 'U': 8}[c]
		if len(v) < 2+digits {
			return 0, 0, false
		}
		n, err := strconv.ParseUint(v[2:2+digits], 16, 32)
		if err != nil {
			return 0, 0, false
		}
		if n >= 0xd800 && n < 0xdc00 && len(v) >= 12 && v[6:8] == `\u` {
			low, err := strconv.ParseUint(v[8:12], 16, 32)
			if err == nil && low >= 0xdc00 && low < 0xe000 {
				return rune((n-0xd800)<<10 + low - 0xdc00 + 0x10000), 12, true
			}
		}
		return rune(n), 2 + digits, utf8.ValidRune(rune(n))
	}
	r, size = utf8.DecodeRuneInString(v[1:])
	return r, 1 + size, r != utf8.RuneError
}
