package markup

import (
	"html"
	"strings"
	"unicode"
	"unicode/utf8"
)

// entity is what a text has at an &.
type entity struct {
	size   int    // of it in the text, with its semicolon
	means  string // "" for one that means nothing
	closed bool   // it has a semicolon
	space  bool   // it stands for a space or for a sign of markup: a text about markup may mention it
}

// entityAt reads the entity that a text starts with: &amp; &#39; &#x27; &eacute; doubly escaped &amp;eacute; and, where no
// letter follows, &eacute without its semicolon. ok is false for an & that is just one, as in AT&T; Shell.
func entityAt(v string) (e entity, ok bool) {
	name := entityName(v[1:])
	if name == "" {
		return e, false
	}
	e.size = 1 + len(name)
	if e.closed = strings.HasPrefix(v[e.size:], ";"); e.closed {
		e.size++
	}
	if name == "amp" && e.closed { // escaped once more
		if inner, ok := entityAt("&" + v[e.size:]); ok && inner.closed && inner.means != "" {
			inner.size += e.size - 1
			return inner, true
		}
	}
	e.means, e.space = entityMeans(name)
	switch {
	case name[0] == '#' && !e.closed && (e.means <= " " || name[1]|0x20 == 'x'):
		return entity{}, false
	case name[0] == '#' || e.means != "" && (e.closed || isOldName(name) && !continues(v[e.size:])):
		return e, true
	case e.closed && e.means == "" && len(name) > 2 && strings.ToLower(name) == name: // written like one
		return e, true
	}
	return entity{}, false
}

// entityName is the name of an entity, as far as its form goes.
func entityName(v string) string {
	number, isNumber := strings.CutPrefix(v, "#")
	switch {
	case !isNumber:
		name := v[:len(v)-len(strings.TrimLeft(v, letters+"0123456789"))]
		if name == "" || name[0] <= '9' {
			return ""
		}
		return name
	case len(number) > 1 && number[0]|0x20 == 'x':
		v = v[:len(v)-len(strings.TrimLeft(number[1:], "0123456789abcdefABCDEF"))]
	default:
		v = v[:len(v)-len(strings.TrimLeft(number, "0123456789"))]
	}
	if v == "#" || v[len(v)-1]|0x20 == 'x' {
		return ""
	}
	return v
}

const letters = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ"

// entityMeans is the character of an entity that people write in texts: a letter, or a sign of print. HTML has many more, such
// as &it; and &Sc;, that are no entities in the name of a company.
func entityMeans(name string) (means string, space bool) {
	means = html.UnescapeString("&" + name + ";")
	r, size := utf8.DecodeRuneInString(means)
	switch {
	case size != len(means) || r == utf8.RuneError || r == '&' && name != "amp" && name[0] != '#':
		return "", false
	case name[0] == '#':
		if !unicode.IsPrint(r) && !unicode.IsSpace(r) && r != '\u00ad' {
			return "", false
		}
	case unicode.IsLetter(r):
		if len(name) < 3 || name == "ENG" || name == "eng" || r > 0x45f || r >= 0x250 && r < 0x370 {
			return "", false
		}
	case !isSignName(name):
		return "", false
	}
	return means, unicode.IsSpace(r) || r == '<' || r == '>'
}

// isSignName reports whether an entity stands for a sign that texts have.
func isSignName(name string) bool {
	switch name {
	case "amp", "AMP", "lt", "LT", "gt", "GT", "quot", "QUOT", "apos", "nbsp", "iexcl", "cent", "pound", "curren", "yen", "euro", "brvbar", "sect",
		"uml", "copy", "COPY", "laquo", "raquo", "shy", "reg", "REG", "macr", "deg", "plusmn", "sup1", "sup2", "sup3", "acute", "para", "middot",
		"cedil", "frac12", "frac14", "frac34", "iquest", "times", "divide", "circ", "tilde", "ensp", "emsp", "thinsp", "ndash", "mdash", "lsquo",
		"rsquo", "sbquo", "ldquo", "rdquo", "bdquo", "dagger", "Dagger", "bull", "hellip", "permil", "prime", "lsaquo", "rsaquo", "trade", "rarr",
		"larr", "excl", "num", "dollar", "percnt", "lpar", "rpar", "ast", "plus", "comma", "period", "sol", "colon", "semi", "equals", "quest",
		"commat", "lsqb", "rsqb", "lowbar", "grave", "vert", "Tab", "NewLine", "hyphen", "minus", "check", "zwnj", "zwj", "lrm", "rlm":
		return true
	}
	return false
}

// isOldName reports whether an entity is one that old programs write without its semicolon.
func isOldName(name string) bool {
	switch name {
	case "amp", "quot", "nbsp", "apos":
		return true
	}
	for _, end := range []string{"acute", "grave", "circ", "uml", "tilde", "cedil", "ring", "lig"} {
		if len(name) > len(end) && strings.HasSuffix(name, end) {
			return true
		}
	}
	return false
}

// continues reports whether what follows a name belongs to a word or to the address of a page: ?a=1&amp=2.
func continues(v string) bool {
	return v != "" && (v[0] == '=' || v[0] == '_' || isAlphanumeric(v[0]) || v[0] >= utf8.RuneSelf)
}

// Entities is what the cells of a column have of entities.
type Entities struct {
	Cells  int // with one that means something
	Signs  int // cells in which one stands for something else than a space or markup
	Simple int // cells with an & that is just one
}

// Add takes in a cell with an &.
func (e *Entities) Add(v string) {
	found, sign, simple := false, false, false
	eachEntity(v, func(_ string, is entity, ok bool) {
		found = found || ok && is.means != ""
		sign = sign || ok && is.means != "" && !is.space
		simple = simple || !ok
	})
	e.Cells += count(found)
	e.Signs += count(sign)
	e.Simple += count(simple)
}

func count(is bool) int {
	if is {
		return 1
	}
	return 0
}

// eachEntity calls do for every & of a text, with what stands between the last one and it.
func eachEntity(v string, do func(before string, e entity, ok bool)) (rest string) {
	start := 0
	for {
		at := strings.IndexByte(v[start:], '&')
		if at < 0 {
			return v[start:]
		}
		before := v[start : start+at]
		start += at
		e, ok := entityAt(v[start:])
		if !ok {
			e.size = 1
		}
		do(before, e, ok)
		start += e.size
	}
}

// Decode is a text with its entities as what they mean; left are those that mean nothing.
func Decode(v string) (decoded, left string) {
	var b strings.Builder
	at := 0
	rest := eachEntity(v, func(before string, e entity, ok bool) {
		at += len(before)
		b.WriteString(before)
		as := v[at : at+e.size]
		if ok && e.means != "" {
			b.WriteString(e.means)
		} else {
			b.WriteString(as)
			if ok {
				left = as
			}
		}
		at += e.size
	})
	b.WriteString(rest)
	return b.String(), left
}

// hidden stands in the place of the semicolon of an entity while a list is taken apart.
const hidden = '\x01'

// Hide takes the semicolons of entities out of the way.
func Hide(v string) string {
	b, at := []byte(v), 0
	eachEntity(v, func(before string, e entity, ok bool) {
		at += len(before) + e.size
		if ok {
			for i := at - e.size; i < at; i++ { // two, where it is doubly escaped
				if b[i] == ';' {
					b[i] = hidden
				}
			}
		}
	})
	return string(b)
}

// Show puts the semicolons back.
func Show(v string) string { return strings.ReplaceAll(v, string(hidden), ";") }

// IsMarkup reports whether a text is HTML.
func IsMarkup(v string) bool {
	for {
		_, after, ok := strings.Cut(v, "<")
		if !ok {
			return false
		}
		tag := strings.TrimPrefix(after, "/")
		if end := strings.IndexByte(tag, '>'); end > 0 && tag[0]|0x20 >= 'a' && tag[0]|0x20 <= 'z' && !strings.Contains(tag[:end], "@") {
			return true
		}
		v = after
	}
}

func isAlphanumeric(c byte) bool { return c >= '0' && c <= '9' || c|0x20 >= 'a' && c|0x20 <= 'z' }
