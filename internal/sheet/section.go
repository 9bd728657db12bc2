package sheet

import (
	"slices"
	"strings"

	"crmferry/internal/sheet/rows"
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
	if (f != full || mayBeFooter(strings.TrimSpace(row.Cells[0]))) && isSubtotal(row.Cells) {
		return true
	}
	defer r.noteFullness(f)
	text := firstText(row.Cells)
	if f != single || r.width < 3 || rows.IsData(text) {
		return false
	}
	if strings.HasSuffix(text, ":") {
		return true
	}
	row.Cells = slices.Clone(row.Cells) // reading ahead overwrites them
	heads := r.headsRows(row, gap)
	if heads && len(r.sections) < aroundRows {
		r.sections = append(r.sections, text)
	}
	return heads
}

// headsRows reports whether what stands around a row with one cell shows that it is the heading of rows, or a note.
func (r *Reader) headsRows(row *Row, gap bool) bool {
	next := r.peek()
	if len(next) == 0 {
		return r.endsSheet(firstText(row.Cells))
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
	if column == r.indent && rows.IsData(cellAt(s.below, column)) || loud || gap || namesGroup(text) || sharesWord(text, append(r.sections, s.texts...), next, column) {
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

// endsSheet reports whether the last row, which has one cell, is a sentence below rows that are full, or says what the sheet is
// of (Stand: 12.03.2026): hardly a name has five words.
func (r *Reader) endsSheet(text string) bool {
	s := r.around(nil)
	return s.before == full && s.fulls > 1 && s.singles <= 1 && r.width > 2 && (len(strings.Fields(text)) >= 5 || isLabelled([]string{text}))
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
