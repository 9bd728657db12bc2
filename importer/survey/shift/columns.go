package shift

import (
	"fmt"
	"slices"
	"strings"
	"unicode"

	"crmferry/mapping/cells"
	"crmferry/mapping/cells/names"
	"crmferry/mapping/headers"
	"crmferry/mapping/match/columns"
)

// The codes of findings that are about whole columns.
const (
	codeApart      = "sorted_apart"
	codeTurned     = "turned_columns"
	codeCurrencies = "several_currencies"
)

// Doubt is what is odd of a whole column.
type Doubt struct {
	Code    string
	Column  int
	Cell    string // that shows it, "" for none
	Message string // for people
}

// Columns are the doubts that the first rows of a sheet show of its columns; mails are those of e-mail addresses.
func Columns(p *cells.Profile, list []columns.Column, mails []bool) (found []Doubt) {
	if p == nil {
		return nil
	}
	add := func(code string, column int, cell, message string) {
		found = append(found, Doubt{code, column, cell, message})
	}
	for i, isMail := range mails {
		if !isMail {
			continue
		}
		if cell, n := sortedApart(p.Head, i); n > 0 {
			add(codeApart, i, cell, fmt.Sprintf("the name in it stands in another row, as in %d of the first %d rows, and in none beside it: was a column sorted without the others?", n, len(p.Head)))
		}
	}
	first, last := columnOf(list, headers.FirstName), columnOf(list, headers.LastName)
	if cell := turned(p.Head, first, last); cell != "" {
		add(codeTurned, last, cell, fmt.Sprintf("is a first name, as many cells of the column are, and %s has hardly one: are the two headers exchanged?", columns.ColumnWords(list[first].Ref(list))))
	}
	for i, c := range list {
		if c.State != columns.Mapped || meant(c.Header) != headers.Price {
			continue
		}
		if all := currencies(p.Column(i)); len(all) > 1 {
			add(codeCurrencies, i, "", fmt.Sprintf("its amounts are in %s, of which only the numbers are taken", strings.Join(all, ", ")))
		}
	}
	return found
}

// meant is the concept that a header says by itself.
func meant(header string) headers.Concept {
	word, _ := headers.Find(headers.FoldHeader(header))
	return word.Concept
}

// columnOf is the only column that is mapped and means a concept, -1 without one.
func columnOf(list []columns.Column, c headers.Concept) int {
	is := func(col columns.Column) bool { return col.State == columns.Mapped && meant(col.Header) == c }
	i := slices.IndexFunc(list, is)
	if i < 0 || slices.ContainsFunc(list[i+1:], is) {
		return -1
	}
	return i
}

// fewRows shows nothing of a column.
const fewRows = 3

// sortedApart counts the addresses whose names stand in other rows, where hardly one has that of its own: ada.byron@ beside Ben Bly. It
// shows the first. One that several rows have, as that of an assistant, counts once.
func sortedApart(rows [][]string, mail int) (cell string, n int) {
	var words [][]string
	for _, row := range rows {
		words = append(words, nameWords(strings.Join(slices.Delete(slices.Clone(row), min(mail, len(row)), min(mail+1, len(row))), " ")))
	}
	own, seen := 0, map[string]bool{}
	for i, row := range rows {
		if mail >= len(row) || seen[row[mail]] {
			continue
		}
		seen[row[mail]] = true
		box, _, _ := strings.Cut(row[mail], "@")
		in := nameWords(box)
		has := func(w string) func(string) bool { return func(o string) bool { return o == w } }
		switch {
		case len(in) < 2:
		case slices.ContainsFunc(in, func(w string) bool { return slices.ContainsFunc(words[i], has(w)) }):
			own++
		case slices.ContainsFunc(words, func(of []string) bool {
			return !slices.ContainsFunc(in, func(w string) bool { return !slices.ContainsFunc(of, has(w)) })
		}):
			if n++; n == 1 {
				cell = row[mail]
			}
		}
	}
	if n < fewRows || 10*own > n {
		return "", 0
	}
	return cell, n
}

// nameWords are the words of letters of a text, folded, that are no initials.
func nameWords(v string) (list []string) {
	for w := range strings.FieldsFuncSeq(v, func(r rune) bool { return !unicode.IsLetter(r) }) {
		if w = headers.Fold(w); len(w) > 2 {
			list = append(list, w)
		}
	}
	return list
}

// turned is a cell of last names that is a first one, where a third of the rows shows that the columns are exchanged, and none that they are not.
func turned(rows [][]string, first, last int) (cell string) {
	n := 0
	for _, row := range rows {
		if min(first, last) < 0 || max(first, last) >= len(row) || row[first] == "" || row[last] == "" {
			continue
		}
		switch one, other := names.ShowOrder(row[first], row[last]); {
		case one:
			return ""
		case other:
			if n++; n == 1 {
				cell = row[last]
			}
		}
	}
	if n < fewRows || 3*n < len(rows) {
		return ""
	}
	return cell
}

// currencies are those of the amounts of a column.
func currencies(c *cells.ColumnProfile) (list []string) {
	if c == nil {
		return nil
	}
	add := func(name string) {
		if !slices.Contains(list, name) {
			list = append(list, name)
		}
	}
	signs := map[string]string{"€": "EUR", "£": "GBP", "$": "USD", "EUR": "EUR", "GBP": "GBP", "USD": "USD", "CHF": "CHF"}
	for v := range c.Values {
		for sign, name := range signs {
			if strings.Contains(v, sign) {
				add(name)
			}
		}
	}
	slices.Sort(list)
	return list
}
