package markup

import (
	"regexp"
	"strings"
	"unicode"
	"unicode/utf8"
)

// Coat is what a program put around or in all cells of a column, and what none of them means.
type Coat int8

// The coats. The zero value is none.
const (
	Bare      Coat = iota
	Marked         // a quote mark or a backtick in front or around, which keeps a cell a text: 'Ada
	Escaped        // signs as addresses of pages have them: Ada%20Byron
	EscapedAs      // of these, spaces as forms write them: Ada+Byron
	Doubtful       // one of these in some cells, while others show that no program wrote it
)

// Coats counts the cells of a column by what stands around them.
type Coats struct {
	filled int
	words  int // cells such as 't Hooft, to which their mark belongs
	marked int // with a mark in front that belongs to no word
	quoted int // of these, with one at the end, too
	data   int // of these, numbers, dates and addresses behind it

	escaped int // with %20 or its like, all of which can be read
	spaces  int // of these, with a space so
	plain   int // with what a program that escapes would not have left
	links   int // cells that are addresses of pages, or have a % that is just one
}

// Add takes in a cell without outer space that is not empty, and returns what it would be without its coat.
func (c *Coats) Add(v string) string {
	c.filled++
	if strings.IndexByte(v, ' ') >= 0 {
		c.plain++
	}
	bare := v
	if size := markOf(v); size > 0 {
		switch rest := v[size:]; {
		case isMarkWord(rest):
			c.words++
		case closesWithin(rest):
		case endsInMark(rest):
			c.marked, c.quoted = c.marked+1, c.quoted+1
		default:
			c.marked++
			c.data += count(isDatum(rest))
			bare = Marked.Off(v)
		}
	}
	if strings.IndexByte(v, '%') >= 0 && strings.IndexByte(v, '@') < 0 {
		switch plain, ok := unescape(v); {
		case !ok || isLink(v):
			c.links++
		default:
			c.escaped++
			c.spaces += count(strings.Contains(v, "%20"))
			if plain = strings.TrimSpace(plain); plain != "" {
				bare = plain
			}
		}
	}
	return bare
}

// Settle tells the coats of the columns of a sheet: a mark belongs to no cell where it stands in front of numbers or addresses, in front
// of nearly all cells of several columns, or of all those of one. Of a single escape in a sheet with spaces nobody knows what it is.
func Settle(columns []*Coats) []Coat {
	coats := make([]Coat, len(columns))
	habit, full, most, coated, forms := false, 0, 0, false, true
	escaped, plain := 0, 0
	for _, c := range columns {
		escaped, plain = escaped+c.escaped, plain+c.plain
	}
	lone := escaped == 1 && plain > 0
	for _, c := range columns {
		habit = habit || c.data > 0
		full += count(c.isFull())
		most += count(c.isMost())
		coated = coated || c.isEscaped() && !lone
		forms = forms && c.spaces+c.plain == 0
	}
	forms = forms && coated
	some := false
	for i, c := range columns {
		switch {
		case c.isFull() && (full > 1 || c.marked > 2), c.isMost() && most > 1, habit && c.marked > c.quoted:
			coats[i] = Marked
		case forms && c.links == 0:
			coats[i] = EscapedAs
		case c.isEscaped() && !lone || coated && c.escaped > 0:
			coats[i] = Escaped
		case c.escaped > 0, c.marked > c.quoted:
			coats[i] = Doubtful
		}
		some = some || coats[i] != Bare
	}
	if !some {
		return nil
	}
	return coats
}

func (c *Coats) isFull() bool { return c.marked > 0 && c.marked+c.words == c.filled }

func (c *Coats) isMost() bool { return c.marked > 1 && 2*c.marked > c.filled }

func (c *Coats) isEscaped() bool { return c.escaped > 0 && c.plain+c.links == 0 }

// Off is a cell without the coat of its column.
func (c Coat) Off(v string) string {
	switch size := markOf(v); {
	case v == "" || c == Bare:
	case c == Escaped || c == EscapedAs:
		if strings.IndexByte(v, '@') >= 0 || strings.IndexByte(v, ' ') >= 0 || isLink(v) {
			return v
		}
		plain := v
		if c == EscapedAs {
			plain = v[:1] + strings.ReplaceAll(v[1:], "+", " ") // a phone starts with one
		}
		plain, ok := unescape(plain)
		if plain = strings.TrimSpace(plain); ok && plain != "" {
			return plain
		}
	case c == Marked && size > 0 && size < len(v) && !isMarkWord(v[size:]) && !closesWithin(v[size:]):
		rest := v[size:]
		for size = markOf(rest); size > 0 && size < len(rest) && !isMarkWord(rest[size:]); size = markOf(rest) {
			rest = rest[size:]
		}
		if endsInMark(rest) {
			_, size := utf8.DecodeLastRuneInString(rest)
			rest = rest[:len(rest)-size]
		}
		if rest = strings.TrimSpace(listedMark.ReplaceAllString(rest, "$1")); rest != "" {
			return rest
		}
	}
	return v
}

// listedMark finds the marks of further values of a list: 'VIP; 'Buyer.
var listedMark = regexp.MustCompile("([;|]\\s*)['`´‘’]+")

// Doubt reports whether a cell of a doubtful column seems to have a coat.
func (c Coat) Doubt(v string) bool {
	if c != Doubtful || v == "" {
		return false
	}
	if size := markOf(v); size > 0 && size < len(v) {
		return v[size]|0x20 >= 'a' && v[size]|0x20 <= 'z' && !isMarkWord(v[size:]) && !endsInMark(v) && !closesWithin(v[size:])
	}
	plain, ok := unescape(v)
	at := strings.IndexByte(v, '%')
	return ok && plain != v && !isLink(v) && strings.IndexByte(v, '@') < 0 && at > 0 && v[at-1]|0x20 >= 'a' && v[at-1]|0x20 <= 'z'
}

// markOf is the size of the mark that a text starts with, 0 for none.
func markOf(v string) int {
	if v == "" || v[0] < utf8.RuneSelf && v[0] != '\'' && v[0] != '`' {
		return 0
	}
	if r, size := utf8.DecodeRuneInString(v); isMark(r) {
		return size
	}
	return 0
}

func isMark(r rune) bool { return strings.ContainsRune("'`´‘’′", r) }

func endsInMark(v string) bool {
	r, _ := utf8.DecodeLastRuneInString(v)
	return isMark(r)
}

// isMarkWord reports whether a mark stands for letters that are left out, as in 't Hooft, 's-Hertogenbosch and '70s.
func isMarkWord(rest string) bool {
	end := strings.IndexFunc(rest, func(r rune) bool { return !unicode.IsLetter(r) })
	if end < 0 {
		end = len(rest)
	}
	switch strings.ToLower(rest[:end]) {
	case "t", "s", "n", "m", "k", "d", "r", "em", "tis", "twas", "cause", "til", "till", "bout", "round", "ello", "un":
		return true
	case "":
		digits := len(rest) - len(strings.TrimLeft(rest, "0123456789"))
		return digits == 2
	}
	return false
}

// closesWithin reports whether a mark within a text ends what one in front of it begins: 'Hello' he said.
func closesWithin(rest string) bool {
	for i, r := range rest {
		if isMark(r) {
			after, _ := utf8.DecodeRuneInString(rest[i+utf8.RuneLen(r):])
			if after != utf8.RuneError && i > 0 && !unicode.IsLetter(after) && !isMark(after) {
				return true
			}
		}
	}
	return false
}

// isDatum reports whether a text is a number, a date or an e-mail address, in front of which a mark stands for nothing.
func isDatum(v string) bool {
	if at := strings.IndexByte(v, '@'); at > 0 && strings.IndexByte(v[at:], '.') > 1 && !strings.ContainsAny(v, " ") {
		return true
	}
	digits := 0
	for i := range len(v) {
		switch c := v[i]; {
		case c >= '0' && c <= '9':
			digits++
		case strings.IndexByte("+-/.,: ()", c) < 0:
			return false
		}
	}
	return digits > 3
}

// isLink reports whether a text is the address of a page, which has such signs of its own.
func isLink(v string) bool {
	slash := strings.IndexByte(v, '/')
	return strings.Contains(v, "://") || strings.HasPrefix(strings.ToLower(v), "www.") || slash > 0 && strings.IndexByte(v[:slash], '.') > 0
}

// unescape reads a text with %20 and its like. ok is false where a % is just one.
func unescape(v string) (plain string, ok bool) {
	for range 2 { // some programs escape twice
		if strings.IndexByte(v, '%') < 0 {
			break
		}
		once, ok := unescapeOnce(v)
		if !ok {
			return v, plain != ""
		}
		v, plain = once, once
	}
	return v, true
}

func unescapeOnce(v string) (string, bool) {
	b, old := make([]byte, 0, len(v)), false
	for i := 0; i < len(v); i++ {
		if v[i] != '%' {
			b = append(b, v[i])
			continue
		}
		if i+2 >= len(v) || unhex(v[i+1]) < 0 || unhex(v[i+2]) < 0 {
			return v, false
		}
		c := byte(unhex(v[i+1])<<4 | unhex(v[i+2]))
		if isAlphanumeric(c) || c < ' ' && c != '\n' && c != '\r' && c != '\t' || c == 0x7f {
			return v, false // no program escapes these
		}
		old = old || c >= utf8.RuneSelf && i > 0 && v[i-1]|0x20 >= 'a' && v[i-1]|0x20 <= 'z'
		b = append(b, c)
		i += 2
	}
	if utf8.Valid(b) {
		return string(b), true
	}
	return latin(b, old)
}

// latin reads bytes that are no UTF-8 as older programs wrote them: M%FCnchen. beside says that one stands behind a letter.
func latin(b []byte, beside bool) (string, bool) {
	var text strings.Builder
	for _, c := range b {
		if c >= utf8.RuneSelf && (c < 0xc0 || c == 0xd7 || c == 0xf7) {
			return "", false
		}
		text.WriteRune(rune(c))
	}
	return text.String(), beside
}

func unhex(c byte) int {
	switch {
	case c >= '0' && c <= '9':
		return int(c - '0')
	case c|0x20 >= 'a' && c|0x20 <= 'f':
		return int(c|0x20-'a') + 10
	}
	return -1
}
