package cells

import (
	"strings"

	"crmferry/mapping/headers"
)

// YesNoOf reads yes and no; ok is false for anything else.
func YesNoOf(v string) (yes, ok bool) {
	if v == "yes" || v == "no" { // as exports write them
		return v == "yes", true
	}
	if len(v) > 16 {
		return false, false
	}
	var b [16]byte
	word := AppendLower(b[:0], v)
	if !isTyped(v) {
		word = []byte(headers.Fold(v))
	}
	return headers.Answer(word)
}

// Splitter says how a cell of a list is taken apart.
type Splitter struct {
	Firms     bool   // the words are names of companies: commas are theirs
	Separator string // what parts the words, "" for anything usual
	Seen      Verdict
}

// Split appends the words of a cell. A list that a program wrote in brackets is read as its values; an entity is no place to
// part words.
func (s *Splitter) Split(words []string, v string) ([]string, Notes) {
	var n Notes
	switch items, ok, form := ReadArray(v, s.Seen.Arrays); {
	case form != "":
		n.failArray(v, form)
		return words, n
	case ok && len(items) == 0:
		n.leaveOut(v, v)
		return words, n
	case ok:
		n.readArray(v, items)
		return s.decode(append(words, items...), len(words)), n
	case opens(v):
		n.Doubt(RemarkArray, v, "%s may be a list that a program wrote; it was taken as it stands", Quote(v))
	}
	if !s.Seen.Entities || strings.IndexByte(v, '&') < 0 {
		return s.split(words, v), n
	}
	from := len(words)
	words = s.split(words, hideEntities(v))
	for i := from; i < len(words); i++ {
		words[i] = showEntities(words[i])
	}
	return s.decode(words, from), n
}

// decode decodes the words from one on.
func (s *Splitter) decode(words []string, from int) []string {
	if s.Seen.Entities {
		for i := from; i < len(words); i++ {
			decoded, _ := decodeEntities(words[i])
			words[i] = headers.Clean(decoded)
		}
	}
	return words
}

func (s *Splitter) split(words []string, v string) []string {
	switch {
	case s.Firms:
		return splitAt(words, v, ";\n\r")
	case s.Separator == "":
		return SplitTags(words, v)
	}
	for word := range strings.SplitSeq(v, s.Separator) {
		if word = headers.Clean(word); word != "" {
			words = append(words, word)
		}
	}
	return words
}

// SplitTags appends the words of a cell: separated by , ; or | or new lines, or as exports of Google do by ::: unless they
// are quoted. A quote inside a word is part of it.
func SplitTags(words []string, v string) []string { return splitAt(words, v, ",;|\n\r") }

func splitAt(words []string, v, separators string) []string {
	for v != "" {
		var word string
		var quoted bool
		word, quoted, v = nextTag(v, separators)
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

// nextTag cuts the first word off v.
func nextTag(v, separators string) (word string, quoted bool, rest string) {
	start := strings.TrimLeft(v, " \t")
	if strings.HasPrefix(start, `"`) {
		if inner, after, ok := cutQuoted(start[1:]); ok {
			end, width := tagEnd(after, separators)
			return inner + after[:end], true, after[end+width:]
		}
	}
	end, width := tagEnd(v, separators)
	return v[:end], false, v[end+width:]
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

// tagEnd finds the next separator and its width.
func tagEnd(v, separators string) (end, width int) {
	end = strings.IndexAny(v, separators)
	if i := strings.Index(v, ":::"); i >= 0 && (end < 0 || i < end) {
		return i, 3
	}
	if end < 0 {
		return len(v), 0
	}
	return end, 1
}

// QuoteTag quotes a word that splitTags would take apart or change.
func QuoteTag(v string) string {
	if !strings.ContainsAny(v, ",;|\"\n\r") && !strings.Contains(v, ":::") && !strings.HasPrefix(v, "* ") {
		return v
	}
	return `"` + strings.ReplaceAll(v, `"`, `""`) + `"`
}

// ReadYesNo reads yes and no.
func ReadYesNo(v string) (bool, Notes) {
	var n Notes
	yes, ok := YesNoOf(v)
	if !ok {
		n.failClosed(CodeBadValue, v, "%s is neither yes nor no", Quote(v))
	}
	return yes, n
}
