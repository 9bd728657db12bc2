package markup

import (
	"regexp"
	"slices"
	"strings"
)

// scanner follows the tags and the signs of HTML.
type scanner struct {
	depth int   // elements that are open
	ends  place // what ends behind the last character
	from  int   // where the tag begins that is being read, behind its <; 0 for none
	quote string
	sign  int // where the sign or comment ends that is being read
}

// sign is one as HTML writes it: &amp;.
var sign = regexp.MustCompile(`^&(#?[0-9A-Za-z]{1,31});`)

// within reports whether the place before which so many bytes stand is within a tag, a sign or a comment.
func (s *scanner) within(end int) bool { return s.from > 0 || end < s.sign }

// read takes in the next character, which stands at a place of the text.
func (s *scanner) read(text string, at int, c string) {
	s.ends = character
	switch {
	case at < s.sign: // signs and comments have no parts
	case s.from == 0 && strings.HasPrefix(text[at:], "<!--"):
		if end := strings.Index(text[at:], "-->"); end > 0 {
			s.sign = at + end + len("-->")
		}
	case s.from == 0 && c == "&":
		s.sign = at + len(sign.FindString(text[at:min(at+40, len(text))]))
	case s.from == 0 && c == "<" && opensTag(text[at+1:]):
		s.from = at + 1
	case s.from == 0:
	case s.quote != "":
		if c == s.quote {
			s.quote = ""
		}
	case c == `"` || c == "'":
		s.quote = c
	case c == ">":
		s.tag(text[s.from:at])
		s.from = 0
	}
}

// opensTag reports whether a tag begins, whose < stands before.
func opensTag(rest string) bool {
	rest = strings.TrimPrefix(rest, "/")
	return rest != "" && (rest[0]|0x20 >= 'a' && rest[0]|0x20 <= 'z' || rest[0] == '!')
}

// tag counts a tag, and says what ends with it.
func (s *scanner) tag(inner string) {
	closes := strings.HasPrefix(inner, "/")
	name := strings.ToLower(strings.TrimLeft(inner, "/"))
	if i := strings.IndexFunc(name, func(r rune) bool { return !(r >= 'a' && r <= 'z' || r >= '0' && r <= '9') }); i >= 0 {
		name = name[:i]
	}
	switch {
	case closes:
		s.depth = max(0, s.depth-1)
	case name != "" && !slices.Contains(alone, name) && !strings.HasSuffix(inner, "/"):
		s.depth++
	}
	switch {
	case closes && slices.Contains(blocks, name):
		s.ends = paragraph
	case name == "br" || name == "hr" || closes && slices.Contains(lines, name):
		s.ends = line
	}
}

// Elements of HTML: those that have no end, those that are a paragraph, those that are a line.
var (
	alone  = []string{"area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr"}
	blocks = []string{"p", "div", "ul", "ol", "table", "blockquote", "pre", "section", "article", "h1", "h2", "h3", "h4", "h5", "h6"}
	lines  = []string{"li", "tr", "dt", "dd"}
)
