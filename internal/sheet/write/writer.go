package write

import (
	"fmt"
	"io"

	"crmferry/internal/cell"
	"crmferry/internal/sheet/rows"
)

// Writer writes the rows of one sheet, the header first. Every cell is text: nothing becomes a number, a date or a
// formula, and what a spreadsheet program would compute in a CSV file gets a ' in front, which Reader takes off again.
type Writer interface {
	// Write appends a row. It keeps nothing of cells.
	Write(cells []string) error
	// Close finishes the content. It must be called for the content to be complete, and does not close the io.Writer.
	Close() error
}

// TextOptions are those of a Writer.
type TextOptions struct {
	Delimiter   rune   // of CSV; 0: a comma
	Sheet       string // the name of the only sheet of a workbook; "": Sheet1
	Description string // of a workbook
}

// NewWriter returns a writer of that format. CSV is UTF-8 without BOM, with LF at the end of each row; a
// workbook has one sheet.
func NewWriter(w io.Writer, f rows.Format, o TextOptions) (Writer, error) {
	switch f {
	case rows.CSV:
		records, err := newCSVRecords(w, o.Delimiter)
		if err != nil {
			return nil, err
		}
		return &csvWriter{records}, nil
	case rows.XLSX:
		return newWorkbookWriter(w, o)
	}
	return nil, fmt.Errorf("write a sheet: no such format: %q", f)
}

type csvWriter struct{ *csvRecords }

func (c *csvWriter) Write(cells []string) error {
	for _, text := range cells {
		c.cell(text, cell.NeedsGuard(text))
	}
	return c.write()
}

func (c *csvWriter) Close() error { return c.out.Flush() }
