package write

import (
	"io"

	"crmferry/internal/cell"
)

// Writer writes the rows of a CSV file, the header first. Every cell is text: nothing becomes a number, a date or a
// formula, and what a spreadsheet program would compute gets a ' in front, which Reader takes off again.
type Writer interface {
	// Write appends a row. It keeps nothing of cells.
	Write(cells []string) error
	// Close finishes the content. It must be called for the content to be complete, and does not close the io.Writer.
	Close() error
}

// TextOptions are those of a Writer.
type TextOptions struct {
	Delimiter rune // between the cells; 0: a comma
	Mark      bool // a byte order mark stands in front, by which spreadsheet programs know UTF-8
}

// NewWriter returns a writer of CSV in UTF-8, with LF at the end of each row.
func NewWriter(w io.Writer, o TextOptions) (Writer, error) {
	records, err := newCSVRecords(w, o.Delimiter)
	if err != nil {
		return nil, err
	}
	if o.Mark {
		records.out.WriteString("\uFEFF") // what goes wrong shows when it ends
	}
	return &csvWriter{records}, nil
}

type csvWriter struct{ *csvRecords }

func (c *csvWriter) Write(cells []string) error {
	for _, text := range cells {
		c.cell(text, cell.NeedsGuard(text))
	}
	return c.write()
}

func (c *csvWriter) Close() error { return c.out.Flush() }
