package sheet

import (
	"errors"
	"fmt"
	"io"
	"os"
	"slices"
	"strings"

	"crmferry/internal/cell"
	"crmferry/internal/sheet/csv"
	"crmferry/internal/sheet/rows"
	"crmferry/internal/sheet/xlsx"
)

// What sheets are made of, and what is told of them. Whoever reads sheets needs to import no other package than this one.
type (
	Format       = rows.Format
	Row          = rows.Row
	Error        = rows.Error
	Fact         = rows.Fact
	Finding      = rows.Finding
	FindingCount = rows.FindingCount
)

// The formats that are read.
const (
	CSV  = rows.CSV
	XLSX = rows.XLSX
)

// Options say how a file is read. The zero value decides everything by the file's content.
type Options struct {
	Sheet     string // the worksheet's name, without case; "" for the only visible one with a table. CSV files have none
	Further   bool   // read on in the worksheets that go on where that one is full; the rows' numbers start again in each
	Delimiter rune   // between the cells of a CSV file, an ASCII character; 0 finds it by the content
	Encoding  string // of a CSV file, one of Encodings; "" finds it by the content
}

// source is a file of one format. It yields every row, blank ones too if that is easier.
type source interface {
	// Next fills the row, appending to row.Cells[:0]. It returns io.EOF behind the last row.
	Next(row *Row) error
	Close() error
}

// Reader reads the rows of one sheet. Memory does not grow with the number of rows; only the shared texts of a
// workbook are kept. It is not safe for concurrent use.
type Reader struct {
	layout   Layout
	again    bool // the layout was found before
	src      source
	row      Row
	findings rows.Findings
	err      error // what ended the sheet

	ahead       []Row // read already, to come next
	indent      int   // the first column with a header
	headerCells int   // of the header's row, empty ones at its end too
	width       int   // how many cells most rows have
	last        int   // the number of the row before
	alone       Row   // the row before, if it may be the title of rows below
	released    int   // the number of the last row that looked like one of a footer, but is data
}

// Open opens a sheet and finds its header: the first row that is not blank, unless it is plain that the table starts
// below it (see place.go). Empty cells at the end of the header are left out. A sheet with a header and no rows opens
// well, and the first Next returns io.EOF; one without any row is rows.ErrEmpty. Every error about the file is a *Error.
func Open(path string, o Options) (*Reader, error) {
	r := &Reader{layout: Layout{path: path}}
	return r.opened(r.find(o))
}

// opened closes a reader that could not be opened.
func (r *Reader) opened(err error) (*Reader, error) {
	if err != nil {
		err = r.place(err)
		r.Close()
		return nil, err
	}
	return r, nil
}

// place puts the file's name on an error; the end of the sheet stays io.EOF itself.
func (r *Reader) place(err error) error {
	if err == io.EOF {
		return err
	}
	var e *Error
	if !errors.As(err, &e) {
		e = &Error{Err: rows.Plain(err)}
	}
	e.Path = r.layout.path
	if r.layout.sheet != "" {
		e.Sheet = r.layout.sheet
	}
	return e
}

// openFile opens a file that can be read, and says what is wrong otherwise. It notes in the layout which file it is.
func (r *Reader) openFile() (*os.File, error) {
	f, err := os.Open(r.layout.path)
	switch {
	case errors.Is(err, os.ErrNotExist):
		return nil, rows.Errorf(rows.ErrNoFile, "there is no such file")
	case errors.Is(err, os.ErrPermission):
		return nil, rows.Errorf(err, "permission denied")
	case err != nil:
		return nil, err
	}
	info, err := f.Stat()
	if err == nil && info.IsDir() {
		err = rows.Errorf(rows.ErrFolder, "is a folder, not a file")
	} else if err == nil && !info.Mode().IsRegular() {
		// It could be read once only, and an import reads its rows twice.
		err = rows.Errorf(rows.ErrNoFile, "is not a regular file")
	}
	if err != nil {
		f.Close()
		return nil, err
	}
	r.layout.size, r.layout.modified = info.Size(), info.ModTime()
	return f, nil
}

// readHeader finds the header, or reads it where the layout says. told is the delimiter that was asked for.
func (r *Reader) readHeader(told rune) error {
	row, err := r.locate()
	if isEnd(err) {
		return rows.Errorf(rows.ErrEmpty, "there is no row in it")
	}
	if err != nil {
		return err
	}
	header := row.Cells[:rows.Filled(row.Cells)]
	if len(header) == 1 && told != 0 {
		if other := strings.IndexAny(header[0], strings.ReplaceAll(csv.Delimiters, string(told), "")); other >= 0 {
			return &Error{Row: row.Number, Line: row.Line, Err: rows.Errorf(rows.ErrDelimiter,
				"the header %q is one column with the delimiter %q, but has %q in it", header[0], told, header[0][other])}
		}
	}
	if len(header) > cell.MaxColumns {
		return &Error{Row: row.Number, Line: row.Line, Err: rows.Errorf(rows.ErrTooBig, "the header has %d columns, and a sheet has at most %d", len(header), cell.MaxColumns)}
	}
	if err := r.allInOne(row); err != nil {
		return err
	}
	header = append(slices.Clone(header), make([]string, r.widest(len(header), len(row.Cells))-len(header))...)
	if r.again && !slices.Equal(header, r.layout.header) {
		return changed()
	}
	r.layout.header, r.layout.headerRow, r.last = header, row.Number, row.Number
	r.headerCells = len(row.Cells)
	r.indent = slices.IndexFunc(header, func(name string) bool { return strings.TrimSpace(name) != "" })
	if w, ok := r.src.(*xlsx.Reader); ok {
		w.HeaderAt(row.Number)
	}
	return nil
}

// widest is how many columns have cells in most of the first rows, at least as many as have a header. In a CSV file a cell
// beyond the header's row may be one that a delimiter has shifted there, and makes no column.
func (r *Reader) widest(headers, cells int) int {
	most := 0
	for _, row := range r.ahead {
		most = max(most, rows.Filled(row.Cells))
	}
	if r.layout.format == CSV {
		most = min(most, cells)
	}
	for i := most; i > headers; i-- {
		n := 0
		for _, row := range r.ahead {
			if strings.TrimSpace(cellAt(row.Cells, i-1)) != "" {
				n++
			}
		}
		if n > 1 && 2*n > len(r.ahead) {
			return i
		}
	}
	return headers
}

// Format is the format of the file, as its content shows it.
func (r *Reader) Format() Format { return r.layout.format }

// SheetName is the name of the worksheet as the workbook writes it, "" for CSV.
func (r *Reader) SheetName() string { return r.layout.sheet }

// Delimiter stands between the cells of a CSV file; 0 for a workbook.
func (r *Reader) Delimiter() rune { return r.layout.delimiter }

// Header is the row of headers. It must not be changed.
func (r *Reader) Header() []string { return r.layout.header }

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
		row, err := r.pull()
		if err != nil {
			return Row{}, err
		}
		gap := row.Number > r.last+1
		r.last = row.Number
		if !r.leftOut(row, gap) {
			return r.shape(row), nil
		}
	}
}

// pull returns the next row that is not blank, with its cells as they stand.
func (r *Reader) pull() (Row, error) {
	if len(r.ahead) > 0 {
		row := r.ahead[0]
		r.ahead = r.ahead[1:]
		return row, nil
	}
	for r.err == nil {
		if err := r.src.Next(&r.row); err != nil {
			r.err = r.place(err)
		} else if rows.Filled(r.row.Cells) > 0 {
			return r.row, nil
		}
	}
	return Row{}, r.err
}

// shape gives a row the length that Row promises, and tells if it had another one.
func (r *Reader) shape(row Row) Row {
	n := rows.Filled(row.Cells)
	row.Shifted = r.layout.format == CSV && n > r.headerCells
	switch {
	case row.Shifted:
		r.tellLength("long_row", row, n-1, func() string {
			return fmt.Sprintf("has %s, the header %d: put the cell that has a delimiter in it between quotes; those behind it are one column off", cellCount(n), r.headerCells)
		})
	case n > len(r.layout.header):
		r.tellLength("no_header", row, n-1, func() string {
			if first := len(r.layout.header); first < n-1 {
				return fmt.Sprintf("columns %s to %s have no header and are not used: give them one", cell.ColumnLetter(first), cell.ColumnLetter(n-1))
			}
			return fmt.Sprintf("column %s has no header and is not used: give it one", cell.ColumnLetter(n-1))
		})
	case r.layout.format == CSV && len(row.Cells) < r.headerCells:
		r.tellLength("short_row", row, -1, func() string {
			return fmt.Sprintf("has %s, the header %d: the others are taken as empty. Is a delimiter or a line missing?", cellCount(len(row.Cells)), r.headerCells)
		})
	}
	row.Cells = row.Cells[:max(n, min(len(row.Cells), len(r.layout.header)))]
	for len(row.Cells) < len(r.layout.header) {
		row.Cells = append(row.Cells, "")
	}
	return row
}

func (r *Reader) tellLength(code string, row Row, column int, message func() string) {
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

// Close closes the file. It may be called twice.
func (r *Reader) Close() error {
	if r.src == nil {
		return nil
	}
	err := r.src.Close()
	r.src, r.ahead, r.err = nil, nil, os.ErrClosed
	return err
}
