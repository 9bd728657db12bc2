package columns

import (
	"fmt"
	"strings"

	"crmferry/internal/cell"
	"crmferry/internal/humanize"
	"crmferry/mapping/headers"
)

// Set is the columns of a sheet, to find one by what people call it.
type Set struct {
	Columns []Column
	Folded  []string // their headers
	Lead    int      // how many in front are of crmferry itself
}

// Find finds columns by their header, or one by its letter after a #. letters are those that the sheet does not have, "" for a header.
// lettersFirst takes #C for a letter whatever the headers are.
func (s *Set) Find(name string, lettersFirst bool) (found []int, letters string) {
	name = Column{Header: name}.Title()
	letters, marked := strings.CutPrefix(name, "#")
	at, ok := cell.ColumnIndex(letters)
	at, ok = at+s.Lead, marked && ok && at < len(s.Columns)-s.Lead
	if ok && lettersFirst {
		return []int{at}, ""
	}
	for i, c := range s.Columns {
		if c.Title() == name {
			found = append(found, i)
		}
	}
	switch {
	case len(found) > 0:
		return found, ""
	case ok:
		return []int{at}, ""
	case marked:
		return nil, letters
	}
	if folded := headers.FoldHeader(name); folded != "" {
		for i := range s.Folded {
			if s.Folded[i] == folded {
				found = append(found, i)
			}
		}
	}
	return found, ""
}

// Last is the letter of the last column.
func (s *Set) Last() string { return cell.ColumnLetter(len(s.Columns) - 1 - s.Lead) }

// Nearest says which header a name may be meant for.
func (s *Set) Nearest(name string) string {
	var known []string
	for _, c := range s.Columns {
		if h := c.Title(); h != "" {
			known = append(known, h)
		}
	}
	if near := humanize.Nearest(Column{Header: name}.Title(), known); near != "" {
		return fmt.Sprintf("did you mean %q?", near)
	}
	if len(known) > 8 {
		known = append(known[:8:8], "...")
	}
	return "its columns are " + strings.Join(known, ", ")
}

// QuoteAll lists words in quotes.
func QuoteAll(words []string) string {
	quoted := make([]string, len(words))
	for i, word := range words {
		quoted[i] = fmt.Sprintf("%q", word)
	}
	return strings.Join(quoted, ", ")
}
