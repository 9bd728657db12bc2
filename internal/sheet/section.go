package sheet

import (
	"slices"
	"strings"
	"unicode"

	"crmferry/internal/sheet/rows"
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

// fullnessOf tells how much of a row is filled. It is quick: every row is asked.
func (r *Reader) fullnessOf(cells []string) fullness {
	least := max(3, (r.width+2)/3)
	if r.width == 3 {
		least = 2
	}
	n := 0
	for _, c := range cells {
		if c == "" || c[0] == ' ' && strings.TrimSpace(c) == "" {
			continue
		}
		if n++; n >= least {
			return full
		}
	}
	if n == 1 {
		return single
	}
	return partial
}

// noteFullness remembers how much of a row was filled.
func (r *Reader) noteFullness(f fullness) {
	r.filled[r.read%aroundRows] = f
	r.read++
}

// isSection reports whether a row stands between others for no contact: a heading, a note, a subtotal.
func (r *Reader) isSection(row *Row, gap bool) bool {
	if r.width < 2 {
		return false
	}
	f := r.fullnessOf(row.Cells)
	defer r.noteFullness(f)
	if f == full && !mayBeFooter(strings.TrimSpace(row.Cells[0])) {
		return false
	}
	if isSubtotal(row.Cells) {
		return true
	}
	text := firstText(row.Cells)
	if f != single || r.width < 3 || rows.IsData(text) {
		return false
	}
	if strings.HasSuffix(text, ":") {
		return true
	}
	row.Cells = slices.Clone(row.Cells) // reading ahead overwrites them
	return r.headsRows(row, gap)
}

// headsRows reports whether what stands around a row with one cell shows that it is the heading of rows, or a note.
func (r *Reader) headsRows(row *Row, gap bool) bool {
	next := r.peek()
	if len(next) == 0 {
		return false
	}
	if r.repeatsHeader(next[0].Cells) {
		return true
	}
	s := r.around(next)
	column := slices.IndexFunc(row.Cells, func(c string) bool { return strings.TrimSpace(c) != "" })
	text := firstText(row.Cells)
	loud := isLoud(text) && !isLoud(cellAt(s.below, column))
	if s.after != full || s.before != full && s.before != 0 || s.run > 2 || 10*s.partials > s.fulls || s.singles > s.fulls {
		return false
	}
	idAbove := column == r.indent+1 && rows.IsData(cellAt(s.below, r.indent))
	if column != r.indent && !idAbove && !loud {
		return false // further values of the row above may stand there
	}
	if column == r.indent && rows.IsData(cellAt(s.below, column)) || loud || gap || namesGroup(text) || sharesWord(text, s.texts, next, column) {
		return true
	}
	if r.read == 0 && s.singles > 1 && s.least > 1 {
		r.opens = true // the first row is one, and several rows stand below each
	}
	if r.opens {
		return true
	}
	return s.fulls >= 3 && s.singles <= max(1, s.fulls/5)
}

// surroundings are what stands around a row with one cell.
type surroundings struct {
	singles, partials, fulls int
	before, after            fullness // of the rows next to it that have more than a cell; 0 where there is none
	run                      int      // of rows with one cell, the longest
	least                    int      // of full rows below a row with one cell, the fewest
	below                    []string // the cells of the next full row
	texts                    []string // of the other rows with one cell below
}

// around looks at the rows before and those that come next.
func (r *Reader) around(next []Row) (s surroundings) {
	var all []fullness
	for i := max(0, r.read-aroundRows); i < r.read; i++ {
		all = append(all, r.filled[i%aroundRows])
		if f := all[len(all)-1]; f != single {
			s.before = f
		}
	}
	all = append(all, single)
	for _, row := range next {
		f := r.fullnessOf(row.Cells)
		if r.repeatsHeader(row.Cells) || isSubtotal(row.Cells) {
			continue
		}
		all = append(all, f)
		switch {
		case f == single && rows.IsData(firstText(row.Cells)):
			all[len(all)-1] = partial // a contact of whom only an address is known
		case f == single:
			s.texts = append(s.texts, firstText(row.Cells))
			continue
		case s.below == nil && f == full:
			s.below = row.Cells
		}
		if s.after == 0 {
			s.after = f
		}
	}
	s.count(all)
	return s
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

// peek reads rows ahead; they come with the next calls of nextFilled.
func (r *Reader) peek() []Row {
	size := 0
	for _, row := range r.ahead {
		size += len(strings.Join(row.Cells, ""))
	}
	for len(r.ahead) < aroundRows && size < topBytes && r.err == nil {
		row, ok := r.readFilled()
		if !ok {
			break
		}
		row.Cells = slices.Clone(row.Cells)
		size += len(strings.Join(row.Cells, ""))
		r.ahead = append(r.ahead, row)
	}
	return r.ahead[:min(len(r.ahead), aroundRows)]
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

// isSubtotal reports whether a row sums up those above it: a word for that at the start or the end of its first cell, and beside
// it nothing but amounts.
func isSubtotal(cells []string) bool {
	if isTotals(cells) {
		return true
	}
	text := strings.TrimRight(strings.ToLower(firstText(cells)), " :=")
	amounts, only := amountsBehindLabel(cells)
	if !only {
		return false
	}
	if isTotalsLabel(text) {
		return true
	}
	first, _, _ := strings.Cut(text, " ")
	last := text[strings.LastIndexByte(text, ' ')+1:]
	switch first {
	case "subtotal", "subtotaal", "sous-total", "zwischensumme", "tussentotaal", "subtotale", "sub-total", "sub-totaal", "teilsumme":
		return true
	}
	return amounts > 0 && first != text && (isTotalsLabel(first) || isTotalsLabel(last) || last == "ergebnis")
}

// amountsBehindLabel counts the cells behind the first one, and reports whether all of them are amounts: numbers that are no phones.
func amountsBehindLabel(cells []string) (amounts int, only bool) {
	first := slices.IndexFunc(cells, func(c string) bool { return strings.TrimSpace(c) != "" })
	for _, c := range cells[first+1:] {
		if c = strings.TrimSpace(c); c == "" {
			continue
		}
		if !rows.IsNumeric(c) || c[0] == '+' || len(c) > 1 && c[0] == '0' && c[1] >= '0' && c[1] <= '9' || digits(c) > 9 {
			return 0, false
		}
		amounts++
	}
	return amounts, true
}
