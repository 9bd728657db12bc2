package sheet

import (
	"errors"
	"fmt"
	"os"
	"slices"
	"strings"

	"crmferry/internal/cell"
)

// Format is what kind of file a sheet is in.
type Format string

// The formats that are read and written.
const (
	CSV  Format = "csv"
	XLSX Format = "xlsx"
)

// Options say how a file is read. The zero value decides everything by the file's content.
type Options struct {
	Sheet     string // the worksheet's name, without case; "" for the only visible one with a table. CSV files have none
	Further   bool   // read on in the worksheets that go on where that one is full; the rows' numbers start again in each
	Delimiter rune   // between the cells of a CSV file, an ASCII character; 0 finds it by the content
	Encoding  string // of a CSV file, one of Encodings; "" finds it by the content
}

// Row is one row of a sheet that is not blank.
type Row struct {
	Number int // as Excel shows it: the header of a plain file is 1, blank rows count
	Line   int // of a CSV file: the physical line on which the row starts, from 1; 0 in a workbook

	// Shifted says of a row of a CSV file that it has more cells than the header's row: one holds a delimiter that is
	// not quoted, and the cells behind it are one column off.
	Shifted bool

	// Cells has at least the length of the header: short rows are filled with empty cells, and longer rows keep what
	// stands beyond the header. The slice is valid until the next call of Next, its strings for ever.
	Cells []string

	// Points are the columns of cells that a workbook holds as numbers with decimals: a point starts these, whatever
	// texts beside them do.
	Points []int
}

// source is one kind of file. It yields every row, blank ones too if that is easier.
type source interface {
	// next fills the row, appending to row.Cells[:0]. It returns io.EOF behind the last row.
	next(row *Row) error
	close() error
}

// Reader reads the rows of one sheet. Memory does not grow with the number of rows; only the shared texts of a
// workbook are kept. It is not safe for concurrent use.
type Reader struct {
	path      string
	format    Format
	sheet     string
	delimiter rune
	src       source
	header    []string
	headerRow int
	row       Row
	notes     notes
	err       error // what ended the sheet

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
// well, and the first Next returns io.EOF; one without any row is ErrEmpty. Every error about the file is a *Error.
func Open(path string, o Options) (*Reader, error) {
	r := &Reader{path: path}
	if err := r.open(o); err != nil {
		err = r.place(err)
		r.Close()
		return nil, err
	}
	return r, nil
}

func (r *Reader) open(o Options) error {
	f, err := openFile(r.path)
	if err != nil {
		return err
	}
	if r.format, err = formatOf(f, r.path); err != nil {
		f.Close()
		return err
	}
	if r.format == XLSX {
		err = r.openWorkbook(f, o)
	} else {
		err = r.openText(f, o)
	}
	if err != nil {
		f.Close()
		return err
	}
	return r.readHeader(o)
}

// openFile opens a file that can be read, and says what is wrong otherwise.
func openFile(path string) (*os.File, error) {
	f, err := os.Open(path)
	switch {
	case errors.Is(err, os.ErrNotExist):
		return nil, because(ErrNoFile, "there is no such file")
	case errors.Is(err, os.ErrPermission):
		return nil, because(err, "permission denied")
	case err != nil:
		return nil, err
	}
	info, err := f.Stat()
	if err == nil && info.IsDir() {
		err = because(ErrFolder, "is a folder, not a file")
	} else if err == nil && !info.Mode().IsRegular() {
		// It could be read once only, and an import reads its rows twice.
		err = because(ErrNoFile, "is not a regular file")
	}
	if err != nil {
		f.Close()
		return nil, err
	}
	return f, nil
}

func (r *Reader) openWorkbook(f *os.File, o Options) error {
	if o.Delimiter != 0 {
		return because(ErrOption, "a workbook has no delimiter")
	}
	if o.Encoding != "" {
		return because(ErrOption, "a workbook has no encoding to choose: it is always UTF-8")
	}
	src, name, err := openWorksheet(f, o, &r.notes)
	if err != nil {
		return err
	}
	src.headerRow = func() int { return r.headerRow }
	r.src, r.sheet = src, name
	return nil
}

func (r *Reader) openText(f *os.File, o Options) error {
	if o.Sheet != "" {
		return because(ErrOption, "a CSV file has no sheet %q: it is one sheet without a name", o.Sheet)
	}
	set, err := r.findCharset(f, o.Encoding)
	if err != nil {
		return err
	}
	src, err := openCSV(set.reader(f), f, o.Delimiter, &r.notes)
	if err != nil {
		return err
	}
	src.scan.mostly = o.Encoding == ""
	r.src, r.delimiter = src, rune(src.scan.delimiter)
	return nil
}

func (r *Reader) readHeader(o Options) error {
	row, err := r.locate()
	if isEnd(err) {
		return because(ErrEmpty, "there is no row in it")
	}
	if err != nil {
		return err
	}
	header := row.Cells[:filled(row.Cells)]
	if len(header) == 1 && o.Delimiter != 0 {
		if other := strings.IndexAny(header[0], strings.ReplaceAll(delimiters, string(o.Delimiter), "")); other >= 0 {
			return &Error{Row: row.Number, Line: row.Line, Err: because(ErrDelimiter,
				"the header %q is one column with the delimiter %q, but has %q in it", header[0], o.Delimiter, header[0][other])}
		}
	}
	if len(header) > cell.MaxColumns {
		return &Error{Row: row.Number, Line: row.Line, Err: because(ErrTooBig, "the header has %d columns, and a sheet has at most %d", len(header), cell.MaxColumns)}
	}
	if err := r.allInOne(row); err != nil {
		return err
	}
	header = append(slices.Clone(header), make([]string, r.widest(len(header), len(row.Cells))-len(header))...)
	r.header = header
	r.headerRow, r.last = row.Number, row.Number
	r.headerCells = len(row.Cells)
	r.indent = slices.IndexFunc(header, func(name string) bool { return strings.TrimSpace(name) != "" })
	if w, ok := r.src.(*worksheet); ok {
		w.noteMerged()
	}
	return nil
}

// widest is how many columns have cells in most of the first rows, at least as many as have a header. In a CSV file a cell
// beyond the header's row may be one that a delimiter has shifted there, and makes no column.
func (r *Reader) widest(headers, cells int) int {
	most := 0
	for _, row := range r.ahead {
		most = max(most, filled(row.Cells))
	}
	if r.format == CSV {
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
func (r *Reader) Format() Format { return r.format }

// SheetName is the name of the worksheet as the workbook writes it, "" for CSV.
func (r *Reader) SheetName() string { return r.sheet }

// Delimiter stands between the cells of a CSV file; 0 for a workbook.
func (r *Reader) Delimiter() rune { return r.delimiter }

// Header is the row of headers. It must not be changed.
func (r *Reader) Header() []string { return r.header }

// HeaderRow is the number of the header's row.
func (r *Reader) HeaderRow() int { return r.headerRow }

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
		if err := r.src.next(&r.row); err != nil {
			r.err = r.place(err)
		} else if filled(r.row.Cells) > 0 {
			return r.row, nil
		}
	}
	return Row{}, r.err
}

// shape gives a row the length that Row promises, and tells if it had another one.
func (r *Reader) shape(row Row) Row {
	n := filled(row.Cells)
	row.Shifted = r.format == CSV && n > r.headerCells
	switch {
	case row.Shifted:
		r.tellLength("long_row", row, n-1, func() string {
			return fmt.Sprintf("has %s, the header %d: put the cell that has a delimiter in it between quotes; those behind it are one column off", cellCount(n), r.headerCells)
		})
	case n > len(r.header):
		r.tellLength("no_header", row, n-1, func() string {
			if first := len(r.header); first < n-1 {
				return fmt.Sprintf("columns %s to %s have no header and are not used: give them one", cell.ColumnLetter(first), cell.ColumnLetter(n-1))
			}
			return fmt.Sprintf("column %s has no header and is not used: give it one", cell.ColumnLetter(n-1))
		})
	case r.format == CSV && len(row.Cells) < r.headerCells:
		r.tellLength("short_row", row, -1, func() string {
			return fmt.Sprintf("has %s, the header %d: the others are taken as empty. Is a delimiter or a line missing?", cellCount(len(row.Cells)), r.headerCells)
		})
	}
	row.Cells = row.Cells[:max(n, min(len(row.Cells), len(r.header)))]
	for len(row.Cells) < len(r.header) {
		row.Cells = append(row.Cells, "")
	}
	return row
}

func (r *Reader) tellLength(code string, row Row, column int, message func() string) {
	r.notes.find(code, func() Finding {
		return Finding{Row: row.Number, Line: row.Line, Column: column, Text: row.Cells[filled(row.Cells)-1], Message: message()}
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
	err := r.src.close()
	r.src, r.ahead, r.err = nil, nil, os.ErrClosed
	return err
}

// filled is the number of cells up to the last one that holds more than white space.
func filled(cells []string) int {
	for n := len(cells); n > 0; n-- {
		c := cells[n-1]
		if c != "" && (c[0] > ' ' && c[0] < 0x80 || strings.TrimSpace(c) != "") {
			return n
		}
	}
	return 0
}
