// Package words takes the cells of lists apart: words that signs part, as their column does.
package words

import (
	"slices"
	"strings"

	"crmferry/mapping/cells"
	"crmferry/mapping/cells/markup"
	"crmferry/mapping/headers"
)

// Splitter says how a cell of a list is taken apart.
type Splitter struct {
	Style     Style
	Separator string // what parts the words, "" for anything usual
	Seen      cells.Verdict
}

// Split appends the words of a cell. A list that a program wrote in brackets is read as its values; an entity is no place to
// part words.
func (s *Splitter) Split(words []string, v string) ([]string, cells.Notes) {
	from := len(words)
	words, n := s.read(words, v)
	doubtOther(words[from:], &n)
	return words, n
}

func (s *Splitter) read(words []string, v string) ([]string, cells.Notes) {
	var n cells.Notes
	items := bulleted(v)
	if len(items) == 1 && strings.ContainsAny(items[0], anySign) {
		v, items = items[0], nil // - VIP, gold
	}
	if items != nil {
		n.ReadArray(v, items)
		return s.decode(append(words, items...), len(words)), n
	}
	if !s.Style.Firms && areHashed(v) {
		n.Repair(cells.RemarkArray, v, strings.Join(strings.Fields(v), "; "), "%s was read as several hashtags", cells.Quote(v))
		return append(words, strings.Fields(v)...), n
	}
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
		return s.split(words, v, &n), n
	}
	from := len(words)
	words = s.split(words, markup.Hide(v), &n)
	for i := from; i < len(words); i++ {
		words[i] = markup.Show(words[i])
	}
	return s.decode(words, from), n
}

// bulleted are the words of a cell whose lines all start with a bullet, as those of YAML and of notes do; nil for other cells.
func bulleted(v string) (items []string) {
	for line := range strings.Lines(v) {
		item, rest, ok := strings.Cut(strings.TrimSpace(line), " ")
		if item == "" {
			continue
		}
		if rest = headers.Clean(rest); !ok || rest == "" || !isBullet(item) {
			return nil
		}
		items = append(items, rest)
	}
	return items
}

func isBullet(v string) bool {
	switch v {
	case "-", "–", "•", "·", "◦", "▪", "●":
		return true
	}
	return false
}

// areHashed reports whether a cell is several hashtags, which spaces part: #vip #buyer.
func areHashed(v string) bool {
	if v[0] != '#' || strings.ContainsAny(v, anySign) {
		return false
	}
	list := strings.Fields(v)
	return len(list) > 1 && !slices.ContainsFunc(list, func(w string) bool { return len(w) < 2 || w[0] != '#' })
}

// doubtOther remarks on the first word that is an address, and hardly what the list is of, and refuses one that is lost.
func doubtOther(words []string, n *cells.Notes) {
	for _, w := range words {
		if w != "" && cells.IsLostObject(w) {
			n.FailLost(w)
			return
		}
		if strings.IndexByte(w, '.') > 0 && (cells.LooksURL(w) || cells.LooksLinkedIn(w) || cells.LooksEmail(w)) {
			n.Doubt(cells.RemarkOddWord, w, "%s is an address, and hardly belongs into this list; it was taken as it stands", cells.Quote(w))
			return
		}
	}
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

func (s *Splitter) split(words []string, v string, n *cells.Notes) []string {
	if s.Separator == "" || s.Style.Firms {
		return s.Style.split(words, v, n)
	}
	if !strings.Contains(v, s.Separator) && commaParts([]string{v}) != nil {
		n.Doubt(cells.RemarkList, markup.Show(v), "%s was taken for one value, and may be several: the program it comes from parts them with other signs", cells.Quote(markup.Show(v)))
	}
	for word := range strings.SplitSeq(v, s.Separator) {
		if word = headers.Clean(word); word != "" {
			words = append(words, word)
		}
	}
	return words
}

// SplitAll appends the words of a cell as exports write it: separated by , ; or | or new lines, or as exports of Google do by ::: unless
// they are quoted. A quote inside a word is part of it.
func SplitAll(words []string, v string) []string {
	return (&scanner{text: v, signs: anySign, plain: true}).split(words)
}

// Quote quotes a word that SplitAll, or a Splitter, would take apart or change.
func Quote(v string) string {
	if !strings.ContainsAny(v, ",;|\"\n\r") && !strings.Contains(v, ":::") && !strings.HasPrefix(v, "* ") && !isUnbalanced(v) && (v == "" || bulleted(v) == nil && !areHashed(v)) {
		return v
	}
	return `"` + strings.ReplaceAll(v, `"`, `""`) + `"`
}
