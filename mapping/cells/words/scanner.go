package words

import (
	"strings"

	"crmferry/mapping/headers"
)

// What parts words: in most lists, in those whose words have commas, and between the names of companies.
const (
	anySign    = ",;|\n\r"
	semicolons = ";|\n\r"
	firmSigns  = ";\n\r"
)

// scanner takes a cell apart, in one pass.
type scanner struct {
	text   string
	signs  string      // that part words
	closes map[int]int // where the bracket that opens at a byte closes: nothing between the two parts words; nil for an own export
	plain  bool        // the comma of a number parts words
	at     int
}

// splitBy appends the words of what people write: signs between brackets part nothing, and the comma of 1,000 does not.
func splitBy(words []string, v, signs string) []string {
	s := scanner{text: v, signs: signs, closes: brackets(v), plain: isNumbers(v)}
	return s.split(words)
}

func (s *scanner) split(words []string) []string {
	for s.at < len(s.text) {
		word, quoted := s.next()
		word = headers.Clean(word)
		if own, ok := strings.CutPrefix(word, "* "); ok && !quoted {
			// Google marks its own groups with a star; those two say nothing about a contact.
			if word = headers.Clean(own); word == "myContacts" || word == "starred" {
				continue
			}
		}
		if word != "" {
			words = append(words, word)
		}
	}
	return words
}

// next reads a word and the sign behind it.
func (s *scanner) next() (word string, quoted bool) {
	start := s.at
	for start < len(s.text) && (s.text[start] == ' ' || s.text[start] == '\t') {
		start++
	}
	if strings.HasPrefix(s.text[start:], `"`) {
		if inner, rest, ok := cutQuoted(s.text[start+1:]); ok {
			behind := len(s.text) - len(rest)
			return inner + s.text[behind:s.end(behind)], true
		}
	}
	start = s.at
	return s.text[start:s.end(start)], false
}

// end is where a word ends; what comes next stands behind the sign there.
func (s *scanner) end(from int) int {
	for i := from; i < len(s.text); i++ {
		c := s.text[i]
		if close, ok := s.closes[i]; ok {
			i = close
			continue
		}
		switch {
		case c == ':' && strings.HasPrefix(s.text[i:], ":::"):
			s.at = i + len(":::")
			return i
		case strings.IndexByte(s.signs, c) >= 0 && (c != ',' || s.plain || !isThousands(s.text, i)):
			s.at = i + 1
			return i
		}
	}
	s.at = len(s.text)
	return s.at
}

// cutQuoted splits v at its closing quote; two quotes stand for one.
func cutQuoted(v string) (inner, rest string, ok bool) {
	for i := 0; i < len(v); i++ {
		if v[i] != '"' {
			continue
		}
		if i+1 < len(v) && v[i+1] == '"' {
			i++
			continue
		}
		return strings.ReplaceAll(v[:i], `""`, `"`), v[i+1:], true
	}
	return "", v, false
}

// brackets finds where those close that open in a cell.
func brackets(v string) map[int]int {
	if strings.IndexByte(v, '(') < 0 && strings.IndexByte(v, '[') < 0 && strings.IndexByte(v, '{') < 0 {
		return nil
	}
	closes := map[int]int{}
	var open []int
	for i := range len(v) {
		switch c := v[i]; c {
		case '(', '[', '{':
			open = append(open, i)
		case ')', ']', '}':
			if last := len(open) - 1; last >= 0 && isPair(v[open[last]], c) {
				closes[open[last]] = i
				open = open[:last]
			}
		}
	}
	return closes
}

func isPair(open, close byte) bool {
	return open == '(' && close == ')' || open == '[' && close == ']' || open == '{' && close == '}'
}

// isUnbalanced reports whether a word has brackets of which not every one opens and closes within it.
func isUnbalanced(v string) bool {
	return strings.ContainsAny(v, "()[]{}") && 2*len(brackets(v)) != strings.Count(v, "(")+strings.Count(v, ")")+strings.Count(v, "[")+strings.Count(v, "]")+strings.Count(v, "{")+strings.Count(v, "}")
}

// isThousands reports whether the comma at a byte stands before three digits of a number: 1,000.
func isThousands(v string, at int) bool {
	before, behind := 0, 0
	for i := at - 1; i >= 0 && isDigit(v[i]); i-- {
		if before++; before > 3 {
			return false
		}
	}
	for i := at + 1; i < len(v) && isDigit(v[i]); i++ {
		if behind++; behind > 3 {
			return false
		}
	}
	return before > 0 && behind == 3
}

// isNumbers reports whether a cell is digits and commas: 100,200 may be one number or two.
func isNumbers(v string) bool { return strings.Trim(v, "0123456789, ;|") == "" }

func isDigit(c byte) bool { return c >= '0' && c <= '9' }
