package write

import (
	"fmt"
	"io"
	"time"

	"crmferry/internal/cell"
	"crmferry/internal/sheet/rows"
)

// TableColumn is a column of a table.
type TableColumn struct {
	Header string    // unique in a workbook: a repeated one gets a number
	Kind   cell.Kind // of most cells; each Cell has its own
}

// TableOptions say how a table is written.
type TableOptions struct {
	Columns []TableColumn

	// Of a CSV file.
	Delimiter rune // 0: a comma, with Excel a semicolon
	Excel     bool // for opening in Excel: a BOM, CRLF, and date-times that it takes for dates
	Guard     bool // cells that a spreadsheet program would compute get a ' in front, which Reader takes off again

	// Of a workbook.
	Sheet   string    // its name, "": Contacts
	Title   string    // of the document, and the heading of the sheet About
	Subject string    // of the document
	Creator string    // of the document
	Created time.Time // of the document; zero leaves it out
}

// Stats are what a table became.
type Stats struct {
	Rows     int64 // without headers
	Sheets   int   // with rows; 1 for CSV
	CutCells int64 // that were longer than a worksheet's cell may be, and end with a mark
}

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
