package terminal

import (
	"strings"
	"unicode"

	"golang.org/x/text/width"
)

// gap separates the columns of a table.
const gap = "  "

// Table writes rows to stdout, aligned under their header, without lines or colour, so that it can be read, grepped
// and cut. The last column is not padded. Line ends within a cell become spaces.
// On a terminal the last column is wrapped; where there is no room for it, its longer cells stand below their rows.
func (u *UI) Table(header []string, rows [][]string) {
	u.Rows(append([][]string{header}, rows...))
}

// Rows writes rows as Table does, without a header.
func (u *UI) Rows(all [][]string) {
	var b strings.Builder
	widths := columnWidths(all)
	for _, row := range all {
		u.writeRow(&b, row, widths)
	}
	u.Text(b.String())
}

// columnWidths are the widths of the widest cell of each column.
func columnWidths(rows [][]string) []int {
	var widths []int
	for _, row := range rows {
		for i, cell := range row {
			if i == len(widths) {
				widths = append(widths, 0)
			}
			widths[i] = max(widths[i], Width(flat(cell)))
		}
	}
	return widths
}

// Room is how wide a column of a table may be, so that the table and a word of its last column fit on the terminal; 0
// if any width does.
func (u *UI) Room(rows [][]string, column int) int {
	const word = 10
	if !u.OutTTY || u.Width == 0 {
		return 0
	}
	room := u.Width - word
	widths := columnWidths(rows)
	for i, w := range widths[:len(widths)-1] {
		if i != column {
			room -= w
		}
		room -= len(gap)
	}
	return max(room, word)
}

// leastWrapped is the width below which wrapping the last column would help nobody.
const leastWrapped = 30

// below is what the cells of the last column start with that stand below their rows.
const below = "\n    "

func (u *UI) writeRow(b *strings.Builder, row []string, widths []int) {
	var line strings.Builder
	left := 0 // where the last column begins
	for i, cell := range row {
		cell = flat(cell)
		if i == len(widths)-1 {
			b.WriteString(strings.TrimRight(u.withLast(line.String(), cell, left), " ") + "\n")
			return
		}
		line.WriteString(cell + strings.Repeat(" ", widths[i]-Width(cell)) + gap)
		left += widths[i] + len(gap)
	}
	b.WriteString(strings.TrimRight(line.String(), " ") + "\n")
}

// withLast adds to a line, which is so many columns wide, the cell of the last column.
func (u *UI) withLast(line, cell string, left int) string {
	room := u.Width - left
	switch {
	case cell == "" || !u.OutTTY || u.Width == 0 || Width(cell) <= room:
		return line + cell
	case room >= leastWrapped:
		return line + strings.Join(wrap(cell, room), "\n"+strings.Repeat(" ", left))
	}
	return strings.TrimRight(line, " ") + below + strings.Join(wrap(cell, u.Width-Width(below)), below)
}

// wrap breaks a text between words into lines of at most so many columns; a longer word has a line of its own.
func wrap(s string, columns int) []string {
	var lines []string
	line := ""
	for _, word := range strings.Fields(s) {
		switch {
		case line == "":
			line = word
		case Width(line)+1+Width(word) <= columns:
			line += " " + word
		default:
			lines = append(lines, line)
			line = word
		}
	}
	return append(lines, line)
}

// flat is a cell on one line.
func flat(s string) string {
	return strings.Join(strings.Fields(Line(s)), " ")
}

// Width is the number of terminal columns that s takes: 2 for wide East Asian characters, 0 for combining marks.
func Width(s string) int {
	n := 0
	for _, r := range s {
		switch width.LookupRune(r).Kind() {
		case width.EastAsianWide, width.EastAsianFullwidth:
			n += 2
		default:
			if !isMark(r) {
				n++
			}
		}
	}
	return n
}

func isMark(r rune) bool { return unicode.In(r, unicode.Mn, unicode.Me, unicode.Cf) }
