package sheet

import (
	"slices"
	"strings"

	"crmferry/internal/sheet/rows"
)

// findSwallowed looks in a row of several lines for a cell that reads like further rows of the table: read without its quotes,
// each line has as many cells as the header, and in some column all that is filled is an address, a phone or a date, or
// there are several such lines.
func (r *Reader) findSwallowed(row *Row) {
	for i, cell := range row.Cells {
		if !strings.ContainsAny(cell, lineEnds) {
			continue
		}
		if lines := r.unquoted(row.Cells, i); lines != nil && (r.readLikeRows(lines) || r.standWhole(lines)) {
			row.Swallows = i + 1
			return
		}
	}
}

// lineEnds are the characters that end a line within a cell.
const lineEnds = "\n\r"

// unquoted are the cells of each line of a row whose cell i was not quoted; nil if one has not as many as the header.
func (r *Reader) unquoted(cells []string, i int) [][]string {
	delimiter := string(r.layout.delimiter)
	parts := strings.Split(strings.ReplaceAll(cells[i], "\r", "\n"), "\n") // some files know lone CRs only
	lines := make([][]string, len(parts))
	for k, part := range parts {
		lines[k] = strings.Split(part, delimiter)
	}
	last := len(lines) - 1
	lines[0] = slices.Concat(cells[:i], lines[0])
	lines[last] = slices.Concat(lines[last], cells[i+1:])
	for _, line := range lines {
		if len(line) < r.headerCells || len(line) > r.headerCells+r.surplus {
			return nil
		}
	}
	return lines
}

// readLikeRows reports whether some column of the lines holds addresses, phones or dates and nothing else.
func (r *Reader) readLikeRows(lines [][]string) bool {
	for column := range r.headerCells {
		filled, fit := 0, 0
		for _, line := range lines {
			cell := strings.TrimSpace(line[column])
			if cell == "" {
				continue
			}
			filled++
			if rows.IsAddress(cell) || rows.IsNumeric(cell) && digits(cell) >= 6 {
				fit++
			}
		}
		if fit > 1 && fit == filled {
			return true
		}
	}
	return false
}

// standWhole reports whether several lines between the first and the last are rows as programs write them, without spaces
// beside their delimiters: whoever writes "Kade 1, bus 2" puts some.
func (r *Reader) standWhole(lines [][]string) bool {
	if len(lines) < 4 || r.headerCells < 3 {
		return false
	}
	for _, line := range lines[1 : len(lines)-1] {
		if !slices.ContainsFunc(line, func(c string) bool { return c != "" }) || slices.ContainsFunc(line, func(c string) bool { return strings.TrimSpace(c) != c }) {
			return false
		}
	}
	return true
}
