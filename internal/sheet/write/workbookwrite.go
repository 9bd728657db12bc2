package write

import (
	"fmt"
	"io"
	"strconv"
	"strings"
	"unicode/utf8"

	"github.com/xuri/excelize/v2"

	"crmferry/internal/cell"
	"crmferry/internal/sheet/rows"
)

const (
	// measuredRows is how many rows decide how wide the columns are. They wait in memory, no more than measuredText
	// bytes of them.
	measuredRows = 1000
	measuredText = 4 << 20

	// maxSheetBytes is how much XML goes into one worksheet: Excel calls a workbook damaged in which a part of more than
	// 4 GB was written as a stream.
	maxSheetBytes = 4e9
)

func newWorkbookTable(w io.Writer, o TableOptions) (*workbookTable, error) {
	if o.Sheet == "" {
		o.Sheet = "Contacts"
	}
	if n := len(o.Columns); n == 0 || n > cell.MaxColumns {
		return nil, fmt.Errorf("write a table: %d columns, a worksheet has 1 to %d", n, cell.MaxColumns)
	}
	if strings.EqualFold(o.Sheet, rows.AboutSheet) {
		return nil, fmt.Errorf("name sheet %q: the second one has that name", o.Sheet)
	}
	a := newArchive(w)
	t := &workbookTable{o: o, archive: a, file: a.file, rowLimit: cell.MaxRows}
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
	if _, err := t.file.NewSheet(rows.AboutSheet); err != nil {
		return err
	}
	if t.styles, err = newTableStyles(t.file); err != nil {
		return err
	}
	t.widths = make([]float64, len(t.o.Columns))
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
		header := strings.Join(strings.Fields(c.Header), " ") // a line end would have to be written otherwise in the table
		if header == "" {
			header = "Column " + cell.ColumnLetter(i)
		}
		header, _ = cutText(header, 255, cell.CutMark)
		base := header
		for n := 2; seen[strings.ToLower(header)]; n++ {
			header = base + " " + strconv.Itoa(n)
		}
		seen[strings.ToLower(header)] = true
		headers = append(headers, header)
	}
	return headers
}

func (t *workbookTable) Write(cells []cell.Cell) error {
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
	t.held = append(t.held, append([]cell.Cell(nil), cells...))
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
func (t *workbookTable) writeRow(cells []cell.Cell) error {
	if t.sheet.rows == t.rowLimit || t.sheet.bytes > maxSheetBytes {
		if err := t.nextSheet(); err != nil {
			return err
		}
	}
	height := 0
	for i := range cells {
		if strings.IndexByte(cells[i].Text, '\n') >= 0 {
			height = rowHeight // else a note of twenty lines would make a row that fills the screen
		}
	}
	t.sheet.begin(height)
	for i := range cells {
		t.writeCell(i, &cells[i])
	}
	return t.sheet.end()
}

func (t *workbookTable) nextSheet() error {
	if err := t.finishSheet(); err != nil {
		return err
	}
	number := fmt.Sprintf(" %d", len(t.sheets)+1)
	name := t.o.Sheet
	for units(name)+len(number) > excelize.MaxSheetNameLength {
		_, last := utf8.DecodeLastRuneInString(name)
		name = name[:len(name)-last]
	}
	name += number
	if _, err := t.file.NewSheet(name); err != nil {
		return fmt.Errorf("add sheet %q: %w", name, err)
	}
	return t.startSheet(name)
}

// finishSheet makes the rows of the sheet a table.
func (t *workbookTable) finishSheet() error {
	last := cell.ColumnLetter(len(t.headers)-1) + strconv.Itoa(max(t.sheet.rows, 2))
	err := t.sheet.frame.AddTable(&excelize.Table{Range: "A1:" + last, Name: tableName(t.o.Sheet, len(t.sheets)), StyleName: "TableStyleMedium2"})
	if err != nil {
		return err
	}
	return t.sheet.close()
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
	return t.stats, t.archive.close()
}

// Discard may find nothing to free: Close has done it.
func (t *workbookTable) Discard() {
	t.held = nil
	t.archive.discard()
}
