package sheet

import (
	"archive/zip"
	"compress/flate"
	"fmt"
	"io"
	"strconv"
	"unicode/utf16"

	"github.com/xuri/excelize/v2"
)

// What a worksheet holds at most (Excel specifications and limits).
const (
	maxRows      = 1048576
	maxCellUnits = 32767 // UTF-16 units in a cell
)

// deflateLevel packs half as tight as it could, in a third of the time.
const deflateLevel = flate.BestSpeed

// textFormat is the number of the format "@" in every workbook.
const textFormat = 49

// workbookWriter writes a workbook of one sheet.
type workbookWriter struct {
	file   *excelize.File
	stream *excelize.StreamWriter
	style  int
	rows   int
	values []any
}

// newWorkbook returns an empty workbook that writes itself to w, whatever its Write is given: the archive goes there as
// it is made, where excelize would hold all of it in memory. Rows of its stream writers wait in tempDir.
func newWorkbook(w io.Writer, tempDir string) *excelize.File {
	f := excelize.NewFile(excelize.Options{TmpDir: tempDir})
	f.SetZipWriter(func(io.Writer) excelize.ZipWriter {
		z := zip.NewWriter(w)
		z.RegisterCompressor(zip.Deflate, func(w io.Writer) (io.WriteCloser, error) { return flate.NewWriter(w, deflateLevel) })
		return z
	})
	return f
}

func newWorkbookWriter(w io.Writer, sheetName string) (*workbookWriter, error) {
	f := newWorkbook(w, "")
	x := &workbookWriter{file: f}
	if err := x.start(sheetName); err != nil {
		f.Close()
		return nil, err
	}
	return x, nil
}

func (x *workbookWriter) start(name string) (err error) {
	const first = "Sheet1"
	if name == "" {
		name = first
	}
	if err := x.file.SetSheetName(first, name); err != nil {
		return fmt.Errorf("name sheet %q: %w", name, err)
	}
	if x.style, err = x.file.NewStyle(&excelize.Style{NumFmt: textFormat}); err != nil {
		return err
	}
	// Readers that trust the dimension would see one cell of a streamed sheet.
	if err = x.file.SetSheetDimension(name, ""); err != nil {
		return err
	}
	x.stream, err = x.file.NewStreamWriter(name)
	return err
}

// Write refuses a row that a worksheet cannot hold, rather than to cut it.
func (x *workbookWriter) Write(cells []string) error {
	if x.rows == maxRows {
		return because(ErrTooBig, "a worksheet holds no more than %d rows", maxRows)
	}
	if len(cells) > maxColumns {
		return because(ErrTooBig, "a worksheet holds no more than %d columns", maxColumns)
	}
	if x.rows == 0 && len(cells) > 0 {
		// What is typed into an empty cell later stays text too.
		if err := x.stream.SetColStyle(1, len(cells), x.style); err != nil {
			return err
		}
	}
	x.rows++
	x.values = x.values[:0]
	for i, c := range cells {
		if len(c) > maxCellUnits && units(c) > maxCellUnits {
			return because(ErrTooBig, "cell %s%d has more than the %d characters that a worksheet's cell holds", ColumnLetter(i), x.rows, maxCellUnits)
		}
		x.values = append(x.values, x.value(c))
	}
	return x.stream.SetRow("A"+strconv.Itoa(x.rows), x.values)
}

func (x *workbookWriter) value(cell string) any {
	if cell == "" {
		return nil
	}
	return excelize.Cell{StyleID: x.style, Value: cell}
}

// units is the length of a text as Excel counts it.
func units(s string) (n int) {
	for _, r := range s {
		n += utf16.RuneLen(r)
	}
	return n
}

func (x *workbookWriter) Close() error {
	defer x.file.Close()
	if err := x.stream.Flush(); err != nil {
		return err
	}
	return x.file.Write(io.Discard)
}
