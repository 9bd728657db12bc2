package sheet

import (
	"errors"
	"io"
	"os"
	"strings"
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

	// Cells has at least the length of the header: short rows are filled with empty cells, and longer rows keep what
	// stands beyond the header. The slice is valid until the next call of Next, its strings for ever.
	Cells []string
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
}

// Open opens a sheet and reads its header: the first row that is not blank. Empty cells at the end of the header are
// left out. A sheet with a header and no rows opens well, and the first Next returns io.EOF; one without any row is
// ErrEmpty. Every error about the file is a *Error.
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
	r.src, r.delimiter = src, rune(src.scan.delimiter)
	return nil
}

func (r *Reader) readHeader(o Options) error {
	row, err := r.Next()
	if errors.Is(err, io.EOF) {
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
	r.header = append([]string(nil), header...)
	r.headerRow = row.Number
	return nil
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

// Next returns the next row that is not blank, io.EOF behind the last one, and a *Error for a sheet that cannot be
// read further; then every later call returns the same.
func (r *Reader) Next() (Row, error) {
	for r.err == nil {
		if err := r.src.next(&r.row); err != nil {
			r.err = r.place(err)
			break
		}
		n := filled(r.row.Cells)
		if n == 0 {
			continue
		}
		r.row.Cells = r.row.Cells[:max(n, min(len(r.row.Cells), len(r.header)))]
		for len(r.row.Cells) < len(r.header) {
			r.row.Cells = append(r.row.Cells, "")
		}
		return r.row, nil
	}
	return Row{}, r.err
}

// Close closes the file. It may be called twice.
func (r *Reader) Close() error {
	if r.src == nil {
		return nil
	}
	err := r.src.close()
	r.src = nil
	if r.err == nil {
		r.err = os.ErrClosed
	}
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
