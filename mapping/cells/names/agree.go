package names

import (
	"slices"
	"strings"
	"unicode"

	"crmferry/mapping/cells"
	"crmferry/mapping/cells/names/lexicon"
	"crmferry/mapping/headers"
)

// Columns is the name of a row that stands twice: as a whole and as its parts.
type Columns struct {
	First, Last, Full string
	Whole             bool // the whole name is what is read, its parts are spare; else it is spare
	Style             Style
}

// Add takes in the cell of a column.
func (n *Columns) Add(part headers.Concept, v string) {
	switch part {
	case headers.FullName:
		n.Full = v
	case headers.FirstName, headers.MiddleName:
		n.First = joinParts(n.First, v)
	case headers.LastName, headers.SecondLast, headers.Infix:
		n.Last = joinParts(n.Last, v)
	}
}

// Taken is what is read of the name.
func (n *Columns) Taken() string {
	if n.Whole {
		return n.Full
	}
	return joinParts(n.First, n.Last)
}

// Other is what is spare of the name.
func (n *Columns) Other() string {
	if n.Whole {
		return joinParts(n.First, n.Last)
	}
	return n.Full
}

// Spare says what of a name is to be taken from the spare columns, because it is empty or, of a whole name in one of the columns of its
// parts, not split; and whether both are filled and are two names.
func (n *Columns) Spare() (first, last, differ bool) {
	switch {
	case n.Other() == "", saysNothing(n.Other()):
		return false, false, false
	case n.Taken() == "":
		return true, true, false
	case !agree(n.Full, n.First, n.Last):
		return false, false, true
	case n.Whole, n.First != "" && n.Last != "":
		return false, false, false
	}
	if whole, _ := Read(n.Full, n.Style); !whole.Split {
		return false, false, false
	}
	same := cells.SameName(n.Full, n.Taken())
	return same || n.First == "", same || n.Last == "", false
}

// saysNothing reports whether a program made a name of two that it had not: null null.
func saysNothing(v string) bool {
	return !slices.ContainsFunc(strings.Fields(strings.ToLower(v)), func(w string) bool {
		return !slices.Contains([]string{"null", "undefined", "none", "nan", "nil"}, w)
	})
}

// Differ reports whether in most rows the full name in one column is not that of the first and last names in others; -1 is no column.
func Differ(rows [][]string, full, first, last int) bool {
	compared, other := 0, 0
	for _, row := range rows {
		if max(full, first, last) >= len(row) || min(first, last) < 0 || row[full] == "" || row[first] == "" || row[last] == "" {
			continue
		}
		compared++
		if !agree(row[full], row[first], row[last]) {
			other++
		}
	}
	return other > 1 && 2*other > compared
}

// Repeats reports whether most names in one column end in those of another, and some have a company in front: Acme, Ann Lee.
func Repeats(rows [][]string, whole, name int) bool {
	compared, behind, equal := 0, 0, 0
	for _, row := range rows {
		if max(whole, name) >= len(row) || row[whole] == "" || row[name] == "" {
			continue
		}
		compared++
		if row[whole] == row[name] {
			equal++
		} else if before, ok := strings.CutSuffix(row[whole], row[name]); ok && strings.HasSuffix(strings.TrimSpace(before), ",") {
			behind++
		}
	}
	return behind > 0 && 2*(behind+equal) > compared
}

// agree reports whether a full name may be that of the person whose first and last name those are, of which either may be empty. A
// name that does not fall into two parts may be anything.
func agree(full, first, last string) bool {
	n, _ := Read(full, Style{})
	if !n.Split || full == first+" "+last {
		return true
	}
	words := cells.NameWords(n.First + " " + n.Last)
	return hasWords(words, last, 0) && hasWords(words, first, 1)
}

// hasWords reports whether a name has the words of a part of it, or the first so many of them, or initials of the same letter.
func hasWords(words []string, part string, first int) bool {
	for i, w := range strings.FieldsFunc(part, func(r rune) bool { return r == ' ' || r == '-' || r == ',' || r == '.' }) {
		if first > 0 && i >= first {
			break
		}
		if w = headers.Fold(w); w == "" || lexicon.RolesOf(w)&(lexicon.Title|lexicon.Generation|lexicon.Degree|lexicon.Dotted) != 0 || isParticle(w) {
			continue
		}
		if !slices.ContainsFunc(words, func(o string) bool {
			return o == w || (len(o) == 1 || len(w) == 1) && o[0] == w[0] && first > 0
		}) {
			return false
		}
	}
	return true
}

// InAddress reports whether an e-mail address has a name as one of the words before its @: jan.null@example.com.
func InAddress(name, address string) bool {
	box, _, ok := strings.Cut(address, "@")
	if !ok {
		return false
	}
	words := strings.FieldsFunc(box, func(r rune) bool { return !unicode.IsLetter(r) })
	return len(words) > 1 && slices.ContainsFunc(words, func(w string) bool { return cells.SameWord(w, name) })
}
