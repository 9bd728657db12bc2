package write

import (
	"fmt"
	"io"
	"unicode/utf16"

	"github.com/xuri/excelize/v2"

	"crmferry/internal/cell"
	"crmferry/internal/sheet/rows"
)

// textFormat is the number of the format "@" in every workbook.
const textFormat = 49

// workbookWriter writes a workbook of one sheet.
type workbookWriter struct {
	archive *archive
	name    string
	style   int
	sheet   *sheetWriter // nil before the first row
}

func newWorkbookWriter(w io.Writer, o TextOptions) (*workbookWriter, error) {
	x := &workbookWriter{archive: newArchive(w), name: o.Sheet}
	f := x.archive.file
	first := f.GetSheetName(0)
	if x.name == "" {
		x.name = first
	}
	if err := f.SetSheetName(first, x.name); err != nil {
		return nil, fmt.Errorf("name sheet %q: %w", x.name, err)
	}
	err := f.SetDocProps(&excelize.DocProperties{Description: o.Description})
	if err != nil {
		return nil, err
	}
	x.style, err = f.NewStyle(&excelize.Style{NumFmt: textFormat})
	return x, err
}

// start writes the first row.
func (x *workbookWriter) start(cells []string) error {
	// Readers that trust the dimension would see one cell of a streamed sheet.
	if err := x.archive.file.SetSheetDimension(x.name, ""); err != nil {
		return err
	}
	frame, err := x.archive.file.NewStreamWriter(x.name)
	if err != nil {
		return err
	}
	if len(cells) > 0 {
		// What is typed into an empty cell later stays text too.
		if err := frame.SetColStyle(1, len(cells), x.style); err != nil {
			return err
		}
	}
	var header []any
	for _, c := range cells {
		header = append(header, excelize.Cell{StyleID: x.style, Value: c})
	}
	x.sheet, err = x.archive.newSheet(frame, header, excelize.RowOpts{})
	return err
}

// Write refuses a row that a worksheet cannot hold, rather than to cut it.
func (x *workbookWriter) Write(cells []string) error {
	row := 1
	if x.sheet != nil {
		row = x.sheet.rows + 1
	}
	if row > cell.MaxRows {
		return rows.Errorf(rows.ErrTooBig, "a worksheet holds no more than %d rows", cell.MaxRows)
	}
	if len(cells) > cell.MaxColumns {
		return rows.Errorf(rows.ErrTooBig, "a worksheet holds no more than %d columns", cell.MaxColumns)
	}
	for i, c := range cells {
		if len(c) > cell.MaxUnits && units(c) > cell.MaxUnits {
			return rows.Errorf(rows.ErrTooBig, "cell %s%d has more than the %d characters that a worksheet's cell holds", cell.ColumnLetter(i), row, cell.MaxUnits)
		}
	}
	if x.sheet == nil {
		return x.start(cells)
	}
	x.sheet.begin(0)
	for i, c := range cells {
		if c != "" {
			x.sheet.text(i, x.style, c)
		}
	}
	return x.sheet.end()
}

// units is the length of a text as Excel counts it.
func units(s string) (n int) {
	for _, r := range s {
		n += utf16.RuneLen(r)
	}
	return n
}

func (x *workbookWriter) Close() error {
	defer x.archive.discard()
	if x.sheet == nil {
		if err := x.start(nil); err != nil {
			return err
		}
	}
	if err := x.sheet.close(); err != nil {
		return err
	}
	return x.archive.close()
}
