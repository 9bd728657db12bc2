package sheet

import (
	"errors"
	"io"
	"os"
	"time"

	"crmferry/internal/sheet/csv"
	"crmferry/internal/sheet/rows"
	"crmferry/internal/sheet/xlsx"
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
	layout      Layout
	knownLayout bool // the layout was found before
	src         source
	row         Row
	findings    rows.Findings
	err         error // what ended the sheet

	ahead       []Row // read already, to come next
	indent      int   // the first column with a header
	headerCells int   // of the header's row, empty ones at its end too
	surplus     int   // of a CSV file: empty cells beyond those that nearly all rows have: they end with a delimiter too many
	width       int   // how many cells most rows have
	last        int   // the number of the row before
	released    int   // the number of the last row that looked like one of a footer, but is data

	filled [aroundRows]fullness // of the rows before, by their number in order
	read   int                  // how many came before
	opens  bool                 // the first of them is the heading of rows, and others follow

	sections []string // the texts of headings so far, not many
}

// nextFilled returns the next row that is neither blank nor a line that is drawn, with its cells as they are.
func (r *Reader) nextFilled() (Row, error) {
	if len(r.ahead) > 0 {
		row := r.ahead[0]
		r.ahead = r.ahead[1:]
		return row, nil
	}
	if row, ok := r.readFilled(); ok {
		return row, nil
	}
	return Row{}, r.err
}

// readFilled reads on to the next such row of the source; r.err is why there is none.
func (r *Reader) readFilled() (Row, bool) {
	for r.err == nil {
		if err := r.src.Next(&r.row); err != nil {
			r.err = r.withPlace(err)
		} else if isRule(r.row.Cells) {
			r.reportRows([]Row{r.row}, "rule", "is a line that is drawn, and is left out")
		} else if rows.Filled(r.row.Cells) > 0 {
			return r.row, true
		}
	}
	return Row{}, false
}

// What sheets are made of, and what is reported of them. Callers that read sheets need to import no other package.
type (
	Format       = rows.Format
	Row          = rows.Row
	Error        = rows.Error
	Fact         = rows.Fact
	Finding      = rows.Finding
	FindingCount = rows.FindingCount
	OddText      = rows.OddText
)

// The formats that are read.
const (
	CSV  = rows.CSV
	XLSX = rows.XLSX
)

// closeOnError closes a reader that could not be opened; err is nil for one that could.
func (r *Reader) closeOnError(err error) (*Reader, error) {
	if err != nil {
		err = r.withPlace(err)
		r.Close()
		return nil, err
	}
	return r, nil
}

// withPlace adds the file's name to an error; the end of the sheet stays io.EOF itself.
func (r *Reader) withPlace(err error) error {
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

// Close closes the file. It may be called twice.
func (r *Reader) Close() error {
	if r.src == nil {
		return nil
	}
	err := r.src.Close()
	r.src, r.ahead, r.err = nil, nil, os.ErrClosed
	return err
}

// Layout is how a file is read: all that Open had to find out. A file that is read several times is opened by the layout
// that was found first, so that it cannot be understood in two ways, and is not looked through again. It never changes.
type Layout struct {
	path      string
	format    Format
	sheet     string
	delimiter rune
	headerRow int
	header    []string
	facts     []Fact

	csv  csv.Layout  // of a CSV file
	xlsx xlsx.Layout // of a workbook

	size     int64 // of the file, and when it was written: another one has another layout
	modified time.Time
}

// isEnd reports whether an error is the end of the sheet.
func isEnd(err error) bool { return errors.Is(err, io.EOF) }

// changed is the error for a file that is not the one that its layout was found for.
func changed() error {
	return rows.Errorf(rows.ErrChanged, "the file was changed while it was read")
}
