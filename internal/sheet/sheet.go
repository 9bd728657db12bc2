package sheet

import (
	"fmt"
	"slices"
	"strings"

	"crmferry/internal/cell"
	"crmferry/internal/sheet/charset"
	"crmferry/internal/sheet/rows"
	"crmferry/internal/sheet/xlsx"
)

// Open opens a sheet and finds its header: the first row that is not blank, unless it is plain that the table starts
// below it (see place.go). Empty cells at the end of the header are left out. A sheet with a header and no rows opens
// well, and the first Next returns io.EOF; one without any row is rows.ErrEmpty. Every error about the file is a *Error.
func Open(path string, o Options) (*Reader, error) {
	r := &Reader{layout: Layout{path: path}}
	return r.closeOnError(r.find(o))
}

// Format is the format of the file, as its content shows it.
func (r *Reader) Format() Format { return r.layout.format }

// SheetName is the name of the worksheet as the workbook writes it, "" for CSV.
func (r *Reader) SheetName() string { return r.layout.sheet }

// Delimiter stands between the cells of a CSV file; 0 for a workbook.
func (r *Reader) Delimiter() rune { return r.layout.delimiter }

// Header is the row of headers. It must not be changed.
func (r *Reader) Header() []string { return r.layout.header }

// Widths are the widths of a workbook's columns in characters, 0 for those that have none of their own.
func (r *Reader) Widths() []float64 {
	if w, ok := r.src.(*xlsx.Reader); ok {
		return w.Widths()
	}
	return nil
}

// HeaderRow is the number of the header's row.
func (r *Reader) HeaderRow() int { return r.layout.headerRow }

// Layout is how the file is read, to be opened again in the same way.
func (r *Reader) Layout() *Layout { l := r.layout; return &l }

// Findings are the findings up to the row that was read last, by code; they are complete after io.EOF. They must not be
// changed, and are valid until the next call of Next.
func (r *Reader) Findings() []FindingCount { return r.findings.Counts }

// Facts say how the file was understood. They are known after Open, and must not be changed.
func (r *Reader) Facts() []Fact { return r.layout.facts }

// Next returns the next row of data, io.EOF behind the last one, and a *Error for a sheet that cannot be read further;
// then every later call returns the same. Blank rows are not returned, nor are those that are no data: the header once
// more, and what stands below the table. They are told by Findings.
func (r *Reader) Next() (Row, error) {
	for {
		row, err := r.nextFilled()
		if err != nil {
			return Row{}, err
		}
		gap := row.Number > r.last+1
		r.last = row.Number
		if !r.leftOut(row, gap) {
			row.Section = r.isSection(&row, gap)
			return r.fitWidth(row), nil
		}
	}
}

// fitWidth gives a row the length that Row promises, and reports a finding if it had another one.
func (r *Reader) fitWidth(row Row) Row {
	n := rows.Filled(row.Cells)
	if row.LastLine > 0 {
		r.findSwallowed(&row)
	}
	row.Shifted = r.layout.format == CSV && (n > r.headerCells || len(row.Cells) > r.headerCells+r.surplus)
	switch {
	case row.Shifted:
		has := cellCount(max(n, len(row.Cells)-r.surplus))
		r.reportLength("long_row", row, n-1, func() string {
			return fmt.Sprintf("has %s, the header %d: put the cell that has a delimiter in it between quotes; those behind it are one column off", has, r.headerCells)
		})
	case n > len(r.layout.header):
		r.reportLength("no_header", row, n-1, func() string {
			if first := len(r.layout.header); first < n-1 {
				return fmt.Sprintf("columns %s to %s have no header and are not used: give them one", cell.ColumnLetter(first), cell.ColumnLetter(n-1))
			}
			return fmt.Sprintf("column %s has no header and is not used: give it one", cell.ColumnLetter(n-1))
		})
	case r.layout.format == CSV && len(row.Cells) < r.headerCells && !row.Section:
		row.Short = len(row.Cells)
		row.Shifted = row.Short == 1 && partedOtherwise(row.Cells[0], r.headerCells)
		r.reportLength("short_row", row, -1, func() string {
			return fmt.Sprintf("has %s, the header %d: the others are taken as empty. Is a delimiter or a line missing?", cellCount(len(row.Cells)), r.headerCells)
		})
	}
	row.Cells = row.Cells[:max(n, min(len(row.Cells), len(r.layout.header)))]
	for len(row.Cells) < len(r.layout.header) {
		row.Cells = append(row.Cells, "")
	}
	return row
}

// partedOtherwise reports whether the only cell of a row holds as many values as the header has, an e-mail address among them, with
// another delimiter between them: the row was written by another program than the others.
func partedOtherwise(cell string, columns int) bool {
	for _, d := range charset.Delimiters {
		values := strings.Split(cell, string(d))
		if columns > 1 && len(values) == columns && slices.ContainsFunc(values, rows.IsAddress) {
			return true
		}
	}
	return false
}

func (r *Reader) reportLength(code string, row Row, column int, message func() string) {
	r.findings.Add(code, func() Finding {
		return Finding{Row: row.Number, Line: row.Line, Column: column, Text: row.Cells[rows.Filled(row.Cells)-1], Message: message()}
	})
}

func cellCount(n int) string {
	if n == 1 {
		return "1 cell"
	}
	return fmt.Sprintf("%d cells", n)
}
