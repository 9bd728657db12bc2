package terminal

import (
	"strings"

	"golang.org/x/text/width"
)

// gap separates the columns of a table.
const gap = "  "

// Table writes rows to stdout, aligned under their header, without lines or colour, so that it can be read, grepped
// and cut. The last column is not padded. Line ends within a cell become spaces.
func (u *UI) Table(header []string, rows [][]string) {
	all := append([][]string{header}, rows...)
	widths := make([]int, len(header))
	for _, row := range all {
		for i, cell := range row[:min(len(row), len(widths))] {
			widths[i] = max(widths[i], Width(flat(cell)))
		}
	}
	var b strings.Builder
	for _, row := range all {
		var line strings.Builder
		for i, cell := range row[:min(len(row), len(widths))] {
			if i > 0 {
				line.WriteString(gap)
			}
			cell = flat(cell)
			line.WriteString(cell)
			if i < len(widths)-1 {
				line.WriteString(strings.Repeat(" ", widths[i]-Width(cell)))
			}
		}
		b.WriteString(strings.TrimRight(line.String(), " ") + "\n")
	}
	u.Printf("%s", b.String())
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
