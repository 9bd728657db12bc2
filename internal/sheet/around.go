package sheet

import (
	"slices"
	"strings"
	"unicode"
)

// A row with one cell between rows that are full is a heading of those below it, or a note; in a sheet in which many rows have
// little, it is a contact of whom little is known. What stands around the row decides, so many rows of it.
const aroundRows = 30

// fullness is how much of a row is filled.
type fullness byte

const (
	single  fullness = iota + 1 // one cell
	partial                     // more, but not full
	full
)

// surroundings are what stands around a row with one cell.
type surroundings struct {
	singles, partials, fulls int
	before, after            fullness // of the rows next to it that have more than a cell; 0 where there is none
	run                      int      // of rows with one cell, the longest
	least                    int      // of full rows below a row with one cell, the fewest
	below                    []string // the cells of the next full row
	texts                    []string // of the other rows with one cell below
}

// count counts the rows of each kind.
func (s *surroundings) count(all []fullness) {
	run, below := 0, 0
	s.least = len(all)
	for i, f := range all {
		switch f {
		case single:
			if run == 0 && s.singles > 0 {
				s.least = min(s.least, below)
			}
			below = 0
			s.singles++
			run++
			s.run = max(s.run, run)
			continue
		case partial:
			s.partials++
		case full:
			s.fulls++
			below++
		}
		run = 0
		if i == len(all)-1 {
			s.least = min(s.least, below)
		}
	}
}

// isLoud reports whether a text is in capitals: more than an abbreviation.
func isLoud(text string) bool {
	letters := 0
	for _, c := range text {
		if unicode.IsLower(c) {
			return false
		}
		if unicode.IsUpper(c) {
			letters++
		}
	}
	return letters > 4
}

// namesGroup reports whether a text begins with what groups of rows are called.
func namesGroup(text string) bool {
	word, _, more := strings.Cut(strings.ToLower(text), " ")
	switch strings.Trim(word, ":.-0123456789") {
	case "region", "regio", "région", "región", "regione", "región:", "team", "group", "groep", "gruppe", "groupe", "grupo", "gruppo", "section", "sectie", "sektion",
		"department", "afdeling", "abteilung", "département", "departamento", "category", "categorie", "kategorie", "catégorie", "categoría", "zone", "area", "district",
		"province", "provincie", "provinz", "provincia", "bezirk", "kanton", "canton", "bundesland", "county", "state", "country", "land", "pays", "país", "paese",
		"branch", "filiaal", "filiale", "standort", "vestiging", "segment", "list", "lijst", "liste", "lista", "batch", "phase", "fase", "status", "page", "pagina", "seite":
		return more || word != strings.Trim(word, "0123456789")
	}
	return false
}

// sharesWord reports whether at least half of the rows with one cell begin with the same long word, and no cell of their column
// in other rows does.
func sharesWord(text string, others []string, next []Row, column int) bool {
	word, _, more := strings.Cut(strings.ToLower(text), " ")
	if !more || len(word) < 4 {
		return false
	}
	begins := func(s string) bool { return strings.HasPrefix(strings.ToLower(s), word+" ") }
	shared := 0
	for _, s := range others {
		if begins(s) {
			shared++
		}
	}
	return shared > 0 && 2*(shared+1) >= len(others)+1 &&
		!slices.ContainsFunc(next, func(row Row) bool { return count(row.Cells) > 1 && begins(cellAt(row.Cells, column)) })
}
