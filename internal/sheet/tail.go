package sheet

import (
	"slices"
	"strings"
)

// maxFooter is how many rows a footer has at most.
const maxFooter = 12

// leftOut reports whether a row is no data: the header once more, or in a footer. The rows of what looks like a footer and
// is none come again from pull.
func (r *Reader) leftOut(row Row, gap bool) bool {
	if r.repeatsHeader(row.Cells) {
		r.reportRows([]Row{row}, "repeated_header", "the row of headers once more; it is left out")
		return true
	}
	if isRowCount(row.Cells) {
		r.reportRows([]Row{row}, "footer", "says how many rows there are, and is left out")
		return true
	}
	if isPageNumber(row.Cells) {
		r.reportRows([]Row{row}, "footer", "is the number of a page, and is left out")
		return true
	}
	if row.Number <= r.released || !r.startsFooter(row.Cells, gap) {
		return false
	}
	return r.readFooter(row)
}

// repeatsHeader reports whether a row is the header again; of a single column it could be a value as well. It is quick:
// every row is asked.
func (r *Reader) repeatsHeader(cells []string) bool {
	if len(r.layout.header) < 2 {
		return false
	}
	for i, name := range r.layout.header {
		if !strings.EqualFold(cellAt(cells, i), name) {
			return false
		}
	}
	return true
}

// startsFooter reports whether a footer may start here: with words that footers have, or with a single cell below a gap.
func (r *Reader) startsFooter(cells []string, gap bool) bool {
	first := slices.IndexFunc(cells, func(c string) bool { return strings.TrimSpace(c) != "" }) // the label of totals may stand beside them
	return mayBeFooter(strings.TrimSpace(cells[first])) && footerWords(cells) || gap && first == r.indent && r.inFooter(cells)
}

// inFooter reports whether a row may be one of a footer, by its width.
func (r *Reader) inFooter(cells []string) bool {
	n := count(cells)
	return n == 1 && r.width > 2 || n <= 2 && r.width > 4 || footerWords(cells)
}

// readFooter reads on to the end of the sheet. If there is more than a footer, all that was read comes again.
func (r *Reader) readFooter(row Row) bool {
	row.Cells = slices.Clone(row.Cells)
	block, known := []Row{row}, footerWords(row.Cells)
	var err error
	for len(block) <= maxFooter {
		if row, err = r.nextFilled(); err != nil {
			break
		}
		row.Cells = slices.Clone(row.Cells)
		block = append(block, row)
		if !r.inFooter(row.Cells) {
			break
		}
		known = known || footerWords(row.Cells)
	}
	if isEnd(err) && known {
		r.reportRows(block, "footer", "stands below the table and is left out")
		return true
	}
	r.ahead = append(block, r.ahead...)
	r.released = block[len(block)-1].Number
	return true
}

func (r *Reader) reportRows(list []Row, code, message string) {
	for _, row := range list {
		r.findings.Add(code, func() Finding {
			return Finding{Row: row.Number, Line: row.Line, Column: -1, Text: firstText(row.Cells), Message: message}
		})
	}
}
