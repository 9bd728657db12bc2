package sheet

import (
	"encoding/csv"
	"fmt"
	"io"
)

// Writer writes the rows of one sheet, the header first. Every cell is text: nothing becomes a number, a date or a
// formula.
type Writer interface {
	// Write appends a row. It keeps nothing of cells.
	Write(cells []string) error
	// Close finishes the content. It must be called for the content to be complete, and does not close the io.Writer.
	Close() error
}

// NewWriter returns a writer of that format. CSV is UTF-8 without BOM, with LF at the end of each row and the delimiter
// given (0: a comma); a workbook has one sheet of that name ("": Sheet1), of which all but the last 16 MB wait on disk
// until Close.
func NewWriter(w io.Writer, f Format, delimiter rune, sheetName string) (Writer, error) {
	switch f {
	case CSV:
		c := csv.NewWriter(w)
		if delimiter != 0 {
			c.Comma = delimiter
		}
		return &csvWriter{w: c}, nil
	case XLSX:
		return newWorkbookWriter(w, sheetName)
	}
	return nil, fmt.Errorf("write a sheet: no such format: %q", f)
}

type csvWriter struct {
	w      *csv.Writer
	record []string
}

// Write gives those cells a ' that reading would else rob of one.
func (c *csvWriter) Write(cells []string) error {
	c.record = c.record[:0]
	for _, cell := range cells {
		if guarded(cell) {
			cell = "'" + cell
		}
		c.record = append(c.record, cell)
	}
	return c.w.Write(c.record)
}

func (c *csvWriter) Close() error {
	c.w.Flush()
	return c.w.Error()
}
