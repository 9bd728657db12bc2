package write

import (
	"fmt"
	"io"
	"time"

	"crmferry/internal/cell"
	"crmferry/internal/sheet/rows"
)

// Table writes rows of typed cells below one header.
type Table interface {
	// Write appends a row of as many cells as there are columns. It keeps nothing of cells.
	Write(cells []cell.Cell) error

	// About sets what the second sheet of a workbook says, line by line: a name and a value, or a heading alone, or
	// nothing for a gap. It is to be called before Close, and does nothing for CSV.
	About(lines [][]string)

	// Close finishes the content. It must be called for the content to be complete, and does not close the io.Writer.
	Close() (Stats, error)

	// Discard frees what a table holds that is not to be finished. After Close it does nothing.
	Discard()
}

// NewTable returns a table of that format. CSV is UTF-8 by RFC 4180. A workbook has its rows in a table with a frozen
// header and filters, goes on in a further sheet where one is full, and has a second sheet About.
func NewTable(w io.Writer, f rows.Format, o TableOptions) (Table, error) {
	switch f {
	case rows.CSV:
		return newCSVTable(w, o)
	case rows.XLSX:
		return newWorkbookTable(w, o)
	}
	return nil, fmt.Errorf("write a table: no such format: %q", f)
}

// csvTable is a table in a CSV file.
type csvTable struct {
	*csvRecords
	o    TableOptions
	rows int64
}

func newCSVTable(w io.Writer, o TableOptions) (*csvTable, error) {
	delimiter := o.Delimiter
	if delimiter == 0 && o.Excel {
		delimiter = ';'
	}
	records, err := newCSVRecords(w, delimiter)
	if err != nil {
		return nil, err
	}
	t := &csvTable{csvRecords: records, o: o}
	if o.Excel {
		t.end = "\r\n"
		if _, err := t.out.WriteString("\uFEFF"); err != nil {
			return nil, err
		}
	}
	for _, c := range o.Columns {
		t.guard(c.Header)
	}
	return t, t.write()
}

// guard adds a cell that a spreadsheet program does not compute.
func (t *csvTable) guard(text string) { t.cell(text, t.o.Guard && cell.NeedsGuard(text)) }

func (t *csvTable) Write(cells []cell.Cell) error {
	if len(cells) != len(t.o.Columns) {
		return fmt.Errorf("write a row: %d cells in %d columns", len(cells), len(t.o.Columns))
	}
	for i := range cells {
		t.guard(csvText(&cells[i], t.o.Excel))
	}
	t.rows++
	return t.write()
}

func (t *csvTable) About([][]string) {}

func (t *csvTable) Discard() {}

func (t *csvTable) Close() (Stats, error) {
	return Stats{Rows: t.rows, Sheets: 1}, t.out.Flush()
}

// csvText is a cell as a CSV file shows it. Excel takes no instant with a T and a Z for a date.
func csvText(c *cell.Cell, excel bool) string {
	if excel && c.Kind == cell.DateTime && !c.Time.IsZero() {
		return c.Time.UTC().Format(time.DateTime)
	}
	if c.Text != "" {
		return c.Text // most are, and a call takes longer
	}
	return c.String()
}
