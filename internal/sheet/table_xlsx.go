package sheet

import (
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strconv"
	"strings"

	"github.com/xuri/excelize/v2"
)

const (
	// measuredRows is how many rows decide how wide the columns are. They wait in memory, no more than measuredText
	// bytes of them.
	measuredRows = 1000
	measuredText = 4 << 20

	// maxSheetText is how much text goes into one worksheet. Its XML, with its tags and escapes, then stays below the
	// 4 GB from which on Excel calls a workbook damaged that was not written in one particular way.
	maxSheetText = 1 << 30

	// unlinkEvery is the number of rows after which the waiting rows' file is looked for, to be unlinked.
	unlinkEvery = 10_000
)

// workbookTable is a table in a workbook. Rows go into a worksheet's XML as they come; all but the last 16 MB of that
// wait in a file, which Close packs into the archive.
type workbookTable struct {
	o       TableOptions
	file    *excelize.File
	dir     string // of the files in which rows wait
	styles  tableStyles
	headers []any
	widths  []float64
	about   [][]string

	held     [][]Cell // the first rows, until the widths are known
	heldText int

	sheet     *excelize.StreamWriter // the one that is being written, nil while rows are held
	sheets    []string               // the names of those with rows
	sheetRows int                    // in the one that is being written, with the header
	sheetText int                    // bytes in it
	rowLimit  int                    // of a worksheet: maxRows, less in a test

	cells  []excelize.Cell // of the row that is being written
	values []any           // the address of each cell; nil where one is empty
	stats  Stats
}

func newWorkbookTable(w io.Writer, o TableOptions) (*workbookTable, error) {
	if o.Sheet == "" {
		o.Sheet = "Contacts"
	}
	if n := len(o.Columns); n == 0 || n > maxColumns {
		return nil, fmt.Errorf("write a table: %d columns, a worksheet has 1 to %d", n, maxColumns)
	}
	// A folder of its own, so that the file in it can be found and unlinked.
	dir, err := os.MkdirTemp(o.TempDir, "crmferry-")
	if err != nil {
		return nil, fmt.Errorf("make a folder for rows that wait: %w", plain(err))
	}
	t := &workbookTable{o: o, file: newWorkbook(w, dir), dir: dir, rowLimit: maxRows}
	if err := t.start(); err != nil {
		t.Discard()
		return nil, err
	}
	return t, nil
}

// start makes the first two sheets, so that they are the first two.
func (t *workbookTable) start() (err error) {
	if err := t.file.SetSheetName(t.file.GetSheetName(0), t.o.Sheet); err != nil {
		return fmt.Errorf("name sheet %q: %w", t.o.Sheet, err)
	}
	if _, err := t.file.NewSheet(aboutSheet); err != nil {
		return err
	}
	if t.styles, err = newTableStyles(t.file); err != nil {
		return err
	}
	n := len(t.o.Columns)
	t.cells, t.values, t.widths = make([]excelize.Cell, n), make([]any, n), make([]float64, n)
	for i, header := range uniqueHeaders(t.o.Columns) {
		t.headers = append(t.headers, excelize.Cell{StyleID: t.styles.header, Value: header})
		t.widths[i] = headerWidth(header)
	}
	return nil
}

// uniqueHeaders numbers repeated headers: Excel repairs, as it calls it, a table in which two columns have the same
// name in any case, or none.
func uniqueHeaders(columns []TableColumn) []string {
	seen := map[string]bool{}
	var headers []string
	for i, c := range columns {
		header := c.Header
		if header == "" {
			header = "Column " + ColumnLetter(i)
		}
		header, _ = cutText(header, 255)
		base := header
		for n := 2; seen[strings.ToLower(header)]; n++ {
			header = base + " " + strconv.Itoa(n)
		}
		seen[strings.ToLower(header)] = true
		headers = append(headers, header)
	}
	return headers
}

func (t *workbookTable) Write(cells []Cell) error {
	if len(cells) != len(t.o.Columns) {
		return fmt.Errorf("write a row: %d cells in %d columns", len(cells), len(t.o.Columns))
	}
	t.stats.Rows++
	if t.sheet != nil {
		return t.writeRow(cells)
	}
	for i := range cells {
		t.widths[i] = max(t.widths[i], cellWidth(&cells[i]))
		t.heldText += len(cells[i].Text)
	}
	t.held = append(t.held, append([]Cell(nil), cells...))
	if len(t.held) == measuredRows || t.heldText > measuredText {
		return t.release()
	}
	return nil
}

// release writes the rows that were held.
func (t *workbookTable) release() error {
	if err := t.startSheet(t.o.Sheet); err != nil {
		return err
	}
	for _, cells := range t.held {
		if err := t.writeRow(cells); err != nil {
			return err
		}
	}
	t.held = nil
	return nil
}

// writeRow writes a row, in a further sheet if this one is full.
func (t *workbookTable) writeRow(cells []Cell) error {
	if t.sheetRows == t.rowLimit || t.sheetText > maxSheetText {
		if err := t.nextSheet(); err != nil {
			return err
		}
	}
	lines := false
	for i := range cells {
		t.values[i] = nil
		if t.set(&t.cells[i], &cells[i]) {
			t.values[i] = &t.cells[i]
		}
		t.sheetText += len(cells[i].Text)
		lines = lines || strings.IndexByte(cells[i].Text, '\n') >= 0
	}
	t.sheetRows++
	if t.sheetRows%unlinkEvery == 0 {
		t.unlink()
	}
	at := "A" + strconv.Itoa(t.sheetRows)
	if lines {
		// Else a note of twenty lines would make a row that fills the screen.
		return t.sheet.SetRow(at, t.values, excelize.RowOpts{Height: rowHeight})
	}
	return t.sheet.SetRow(at, t.values)
}

// unlink takes the name off the file in which rows wait, where the system allows that for an open file: then nothing
// of the contacts is left on the disk, however the program ends.
func (t *workbookTable) unlink() {
	paths, _ := filepath.Glob(filepath.Join(t.dir, "*"))
	for _, path := range paths {
		os.Remove(path) // Windows refuses; Discard does it there
	}
}

func (t *workbookTable) nextSheet() error {
	if err := t.finishSheet(); err != nil {
		return err
	}
	name := fmt.Sprintf("%s %d", t.o.Sheet, len(t.sheets)+1)
	if _, err := t.file.NewSheet(name); err != nil {
		return fmt.Errorf("add sheet %q: %w", name, err)
	}
	return t.startSheet(name)
}

// finishSheet makes the rows of the sheet a table.
func (t *workbookTable) finishSheet() error {
	last := ColumnLetter(len(t.headers)-1) + strconv.Itoa(max(t.sheetRows, 2))
	if err := t.drawLines(t.sheets[len(t.sheets)-1], "A2:"+last); err != nil {
		return err
	}
	err := t.sheet.AddTable(&excelize.Table{Range: "A1:" + last, Name: tableName(t.o.Sheet, len(t.sheets)), StyleName: "TableStyleMedium2"})
	if err != nil {
		return err
	}
	return t.sheet.Flush()
}

// tableName is the name of the table in the n-th sheet. Letters alone are safe: "Q1" would be a cell.
func tableName(sheet string, n int) string {
	name := strings.Map(func(r rune) rune {
		if r >= 'a' && r <= 'z' || r >= 'A' && r <= 'Z' {
			return r
		}
		return '_'
	}, sheet)
	if n > 1 {
		name += "_" + strconv.Itoa(n)
	}
	return "Table_" + name
}

func (t *workbookTable) About(lines [][]string) { t.about = lines }

func (t *workbookTable) Close() (Stats, error) {
	defer t.Discard()
	if t.sheet == nil {
		if err := t.release(); err != nil {
			return t.stats, err
		}
	}
	if err := t.finishSheet(); err != nil {
		return t.stats, err
	}
	t.stats.Sheets = len(t.sheets)
	if err := t.writeAbout(); err != nil {
		return t.stats, err
	}
	return t.stats, t.file.Write(io.Discard) // the archive goes where newWorkbook sends it
}

// Discard may find nothing to free: Close has done it.
func (t *workbookTable) Discard() {
	t.held = nil
	t.file.Close()
	os.RemoveAll(t.dir)
}
