// Package words takes the cells of lists apart: words that signs part, as their column does.
package words

import (
	"strings"

	"crmferry/mapping/cells"
	"crmferry/mapping/cells/markup"
	"crmferry/mapping/headers"
)

// Splitter says how a cell of a list is taken apart.
type Splitter struct {
	Firms     bool   // the words are names of companies: commas are theirs
	Separator string // what parts the words, "" for anything usual
	Seen      cells.Verdict
}

// Split appends the words of a cell. A list that a program wrote in brackets is read as its values; an entity is no place to
// part words.
func (s *Splitter) Split(words []string, v string) ([]string, cells.Notes) {
	var n cells.Notes
	switch items, ok, form := markup.ReadArray(v, s.Seen.Arrays); {
	case form != "":
		n.FailArray(v, form)
		return words, n
	case ok && len(items) == 0:
		n.Repair(cells.RemarkPlaceholder, v, "", "%s says that there is nothing and was left out", cells.Quote(v))
		return words, n
	case ok:
		n.ReadArray(v, items)
		return s.decode(append(words, items...), len(words)), n
	case markup.Opens(v):
		n.Doubt(cells.RemarkArray, v, "%s may be a list that a program wrote; it was taken as it stands", cells.Quote(v))
	}
	if !s.Seen.Entities || strings.IndexByte(v, '&') < 0 {
		return s.split(words, v), n
	}
	from := len(words)
	words = s.split(words, markup.Hide(v))
	for i := from; i < len(words); i++ {
		words[i] = markup.Show(words[i])
	}
	return s.decode(words, from), n
}

// decode decodes the words from one on.
func (s *Splitter) decode(words []string, from int) []string {
	if s.Seen.Entities {
		for i := from; i < len(words); i++ {
			decoded, _ := markup.Decode(words[i])
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
		return SplitAll(words, v)
	}
	for word := range strings.SplitSeq(v, s.Separator) {
		if word = headers.Clean(word); word != "" {
			words = append(words, word)
		}
	}
	return words
}

// SplitAll appends the words of a cell: separated by , ; or | or new lines, or as exports of Google do by ::: unless they
// are quoted. A quote inside a word is part of it.
func SplitAll(words []string, v string) []string { return splitAt(words, v, ",;|\n\r") }

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

// Quote quotes a word that SplitAll would take apart or change.
func Quote(v string) string {
	if !strings.ContainsAny(v, ",;|\"\n\r") && !strings.Contains(v, ":::") && !strings.HasPrefix(v, "* ") {
		return v
	}
	return `"` + strings.ReplaceAll(v, `"`, `""`) + `"`
}
