package words

import (
	"slices"
	"strings"

	"crmferry/mapping/cells"
	"crmferry/mapping/cells/markup"
	"crmferry/mapping/cells/names"
	"crmferry/mapping/headers"
)

// Style is how the lists of a column are written. The zero value is that of one of which nothing is known.
type Style struct {
	Firms bool // the words are names of companies: commas are theirs

	seen   bool
	commas bool            // words have commas of their own: other signs part them
	mixed  bool            // commas part the words of some cells, semicolons those of others
	listed bool            // most cells hold several companies
	known  map[string]bool // folded words that stand alone, or between signs that part them for certain
	quoted []string        // words with commas that some cell has in quotes, in lower case
}

// StyleOf tells how the lists of a column are written by its cells.
func StyleOf(c *cells.ColumnProfile, firms bool) Style {
	s := Style{Firms: firms}
	if c == nil || c.Counted == 0 {
		return s
	}
	s.seen, s.known = true, map[string]bool{}
	signs, several, apart, counted, paired := semicolons, 0, 0, 0, 0 // cells with several words, those that only commas part, those with commas
	if firms {
		signs = firmSigns
	}
	var commas [][]string
	for v, n := range c.Values {
		v = markup.Hide(v)
		s.noteQuoted(v)
		parts := splitBy(nil, v, signs)
		if len(parts) > 1 {
			several += n
			if !firms && haveCommas(parts) {
				paired += n
			}
		}
		if by := commaParts(parts); !firms && by != nil {
			commas, counted = append(commas, by), counted+n
			if len(parts) == 1 {
				apart += n
			}
			continue
		}
		if !firms || len(parts) == 1 {
			s.know(parts)
		}
	}
	s.listed = several > 9 && 2*several > c.Counted
	unknown := 0
	for _, parts := range commas {
		if !s.knows(parts) {
			unknown++
		}
	}
	s.commas = (several > 1 && 2*apart <= several || paired > 0 && paired == several) && 2*unknown > len(commas)
	s.mixed = several > 1 && several >= counted
	return s
}

// haveCommas reports whether all words have a comma of their own, with a space behind it: "Paris, France" and "London, UK".
func haveCommas(words []string) bool {
	return !slices.ContainsFunc(words, func(w string) bool { return strings.Count(w, ", ") != 1 || strings.Count(w, ",") != 1 })
}

// noteQuoted takes down the words with commas that a cell has in quotes.
func (s *Style) noteQuoted(v string) {
	if strings.IndexByte(v, '"') < 0 {
		return
	}
	for _, w := range splitBy(nil, v, anySign) {
		if strings.IndexByte(w, ',') > 0 && !s.isQuoted(w) {
			s.quoted = append(s.quoted, strings.ToLower(w))
		}
	}
}

// isQuoted reports whether some cell has a word in quotes.
func (s *Style) isQuoted(word string) bool { return slices.Contains(s.quoted, strings.ToLower(word)) }

func (s *Style) know(words []string) {
	for _, w := range words {
		s.known[headers.Fold(w)] = true
	}
}

// knows reports whether one of the words stands in other cells as well.
func (s *Style) knows(words []string) bool {
	return slices.ContainsFunc(words, func(w string) bool { return s.known[headers.Fold(w)] })
}

// commaParts are what the commas of words part.
func commaParts(words []string) (parts []string) {
	for _, w := range words {
		if strings.IndexByte(w, ',') < 0 {
			continue
		}
		if by := splitBy(nil, w, anySign); len(by) > 1 {
			parts = append(parts, by...)
		}
	}
	return parts
}

// split appends the words of a cell, and remarks on it where it may hold others.
func (s *Style) split(words []string, v string, n *cells.Notes) []string {
	from := len(words)
	switch {
	case isWord(v):
		return append(words, v)
	case s.Firms:
		return s.splitFirms(words, v, n)
	case !s.commas:
		words = splitBy(words, v, anySign)
		switch {
		case !s.seen || strings.IndexByte(v, ',') < 0 || len(words)-from < 2 || strings.IndexByte(v, '"') >= 0: // quotes show what a word is
		case isNumbers(v) && hasThousands(v):
			n.Doubt(cells.RemarkList, markup.Show(v), "%s was read as several values, and may be one number", cells.Quote(markup.Show(v)))
		case slices.ContainsFunc(s.quoted, func(w string) bool { return strings.Contains(strings.ToLower(v), w) }):
			n.Doubt(cells.RemarkList, markup.Show(v), "%s was taken apart at its commas, though another cell has such words in quotes, as one", cells.Quote(markup.Show(v)))
		case s.mixed && !s.knows(commaParts(splitBy(nil, v, semicolons))):
			n.Doubt(cells.RemarkList, markup.Show(v), "%s was taken apart at its commas, though other cells part words with other signs", cells.Quote(markup.Show(v)))
		}
		return words
	}
	words = splitBy(words, v, semicolons)
	if strings.IndexByte(v, ',') < 0 || strings.IndexByte(v, '"') >= 0 {
		return words
	}
	others := slices.DeleteFunc(slices.Clone(words[from:]), s.isQuoted) // of which nothing shows that their commas are theirs
	if commaParts(others) != nil {
		n.Doubt(cells.RemarkList, markup.Show(v), "the commas of %s were taken for part of its words, because other cells part theirs with other signs", cells.Quote(markup.Show(v)))
	}
	return words
}

// isWord reports whether no sign of a cell can part words or hold them together, whatever its column: nearly all cells of companies
// are such.
func isWord(v string) bool {
	for i := range len(v) {
		switch v[i] {
		case ',', ';', '|', '\n', '\r', '"', ':', '*':
			return false
		}
	}
	return headers.Clean(v) == v && v != ""
}

// splitFirms appends the companies of a cell. Unless other cells or their legal forms show that they are several, those between
// semicolons with a space are taken for several, as people write lists, and anything else for one: R&D;X.
func (s *Style) splitFirms(words []string, v string, n *cells.Notes) []string {
	parts := splitBy(nil, v, firmSigns)
	shown := markup.Show(v)
	switch {
	case len(parts) < 2 || !s.seen || s.listed || s.knows(parts) || !slices.ContainsFunc(parts, func(p string) bool { return !names.LooksCompany(p) }):
		return append(words, parts...)
	case strings.Count(v, "; ") == len(parts)-1:
		n.Doubt(cells.RemarkList, shown, "%s was taken for several names, and may be one", cells.Quote(shown))
		return append(words, parts...)
	}
	one := strings.Join(strings.Fields(v), " ")
	n.Repair(cells.RemarkList, shown, markup.Show(one), "%s was taken for one name, and may be several", cells.Quote(shown))
	return append(words, one)
}

// hasThousands reports whether a cell could be a number with a comma before its thousands.
func hasThousands(v string) bool {
	for i := range len(v) {
		if v[i] == ',' && isThousands(v, i) {
			return true
		}
	}
	return false
}
