package terminal

import (
	"strings"

	"golang.org/x/text/width"
)

// gap separates the columns of a table.
const gap = "  "

// Table writes rows to stdout, aligned under their header, without lines or colour, so that it can be read, grepped
// and cut. The last column is not padded. Line ends within a cell become spaces.
// On a terminal the last column is wrapped if there is room for it.
func (u *UI) Table(header []string, rows [][]string) {
	u.Rows(append([][]string{header}, rows...))
}

// Rows writes rows as Table does, without a header.
func (u *UI) Rows(all [][]string) {
	columns := 0
	for _, row := range all {
		columns = max(columns, len(row))
	}
	widths := make([]int, columns)
	for _, row := range all {
		for i, cell := range row {
			widths[i] = max(widths[i], Width(flat(cell)))
		}
	}
	var b strings.Builder
	for _, row := range all {
		u.writeRow(&b, row, widths)
	}
	u.Printf("%s", b.String())
}

// leastWrapped is the width below which wrapping the last column would help nobody.
const leastWrapped = 30

func (u *UI) writeRow(b *strings.Builder, row []string, widths []int) {
	var line strings.Builder
	left := 0 // where the last column begins
	for i, cell := range row {
		cell = flat(cell)
		if i == len(widths)-1 {
			room := u.Width - left
			if u.OutTTY && room >= leastWrapped {
				cell = strings.Join(wrap(cell, room), "\n"+strings.Repeat(" ", left))
			}
			line.WriteString(cell)
			break
		}
		line.WriteString(cell + strings.Repeat(" ", widths[i]-Width(cell)) + gap)
		left += widths[i] + len(gap)
	}
	b.WriteString(strings.TrimRight(line.String(), " ") + "\n")
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
	return strings.Join(strings.Fields(clean(s)), " ")
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
