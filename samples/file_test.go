package samples_test

import (
	"bytes"
	"encoding/csv"
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/xuri/excelize/v2"
)

// file is one sample. Cells are strings, or one of the types below.
type file struct {
	name   string   // its ending says whether it is CSV or a workbook
	sheet  string   // of a workbook
	notes  []string // of a workbook: the lines of a second sheet, none without it
	header []string
	rows   [][]any

	delimiter rune // of CSV, a comma if 0
	bom       bool // of CSV: Excel's mark of UTF-8
	crlf      bool // of CSV: line ends of Windows
}

// The kinds of cells that a workbook keeps in a way of their own; CSV holds them as people see them.
type (
	label string // text, whatever it looks like: a phone, an id
	money int    // dollars
	zip   int    // a ZIP code that Excel took for a number
	day   struct{ year, month, day int }
)

func (m money) String() string {
	digits := fmt.Sprint(int(m))
	for i := len(digits) - 3; i > 0; i -= 3 {
		digits = digits[:i] + "," + digits[i:]
	}
	return "$" + digits
}

func (z zip) String() string { return fmt.Sprintf("%05d", int(z)) }

func (d day) time() time.Time {
	return time.Date(d.year, time.Month(d.month), d.day, 0, 0, 0, 0, time.UTC)
}

func (d day) String() string { return d.time().Format(time.DateOnly) }

func (f *file) isWorkbook() bool { return strings.HasSuffix(f.name, ".xlsx") }

// content is the whole file, the same at every call.
func (f *file) content(t *testing.T) []byte {
	t.Helper()
	if f.isWorkbook() {
		return f.workbook(t)
	}
	return f.csv(t)
}

func (f *file) csv(t *testing.T) []byte {
	t.Helper()
	var b bytes.Buffer
	if f.bom {
		b.WriteString("\ufeff")
	}
	w := csv.NewWriter(&b)
	w.UseCRLF = f.crlf
	if f.delimiter != 0 {
		w.Comma = f.delimiter
	}
	records := [][]string{f.header}
	for _, row := range f.rows {
		records = append(records, texts(row))
	}
	if err := w.WriteAll(records); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

func texts(row []any) []string {
	record := make([]string, len(row))
	for i, c := range row {
		record[i] = fmt.Sprint(c)
	}
	return record
}

func (f *file) workbook(t *testing.T) []byte {
	t.Helper()
	x := excelize.NewFile()
	defer x.Close()
	check := func(err error) {
		t.Helper()
		if err != nil {
			t.Fatal(err)
		}
	}
	check(x.SetSheetName("Sheet1", f.sheet))
	f.fill(check, x)
	if len(f.notes) > 0 {
		_, err := x.NewSheet("Notes")
		check(err)
		for i, line := range f.notes {
			check(x.SetCellStr("Notes", fmt.Sprintf("A%d", i+1), line))
		}
		check(x.SetColWidth("Notes", "A", "A", 80))
		check(x.SetSheetDimension("Notes", fmt.Sprintf("A1:A%d", len(f.notes))))
	}
	check(x.SetDocProps(&excelize.DocProperties{Title: f.name, Creator: "crmferry", Description: "Invented people"}))
	b, err := x.WriteToBuffer()
	check(err)
	return b.Bytes()
}

// fill writes header and rows.
func (f *file) fill(check func(error), x *excelize.File) {
	bold, err := x.NewStyle(&excelize.Style{Font: &excelize.Font{Bold: true}, Fill: excelize.Fill{Type: "pattern", Pattern: 1, Color: []string{"DDEBF7"}}})
	check(err)
	check(x.SetSheetRow(f.sheet, "A1", &f.header))
	last, err := excelize.CoordinatesToCellName(len(f.header), 1)
	check(err)
	check(x.SetCellStyle(f.sheet, "A1", last, bold))
	check(x.SetPanes(f.sheet, &excelize.Panes{Freeze: true, YSplit: 1, TopLeftCell: "A2", ActivePane: "bottomLeft"}))
	styles := newStyles(check, x)
	for i, row := range f.rows {
		for j, c := range row {
			at, err := excelize.CoordinatesToCellName(j+1, i+2)
			check(err)
			check(styles.set(x, f.sheet, at, c))
		}
	}
	for j := range f.header {
		name, err := excelize.ColumnNumberToName(j + 1)
		check(err)
		check(x.SetColWidth(f.sheet, name, name, f.width(j)))
	}
	last, err = excelize.CoordinatesToCellName(len(f.header), len(f.rows)+1)
	check(err)
	check(x.SetSheetDimension(f.sheet, "A1:"+last)) // some readers believe it
}

// width is that of a column's widest cell, in characters, within reason.
func (f *file) width(column int) float64 {
	widest := len(f.header[column])
	for _, row := range f.rows {
		if column < len(row) {
			widest = max(widest, len(fmt.Sprint(row[column])))
		}
	}
	return float64(min(max(widest+2, 8), 40))
}

// styles are the number formats of the kinds of cells.
type styles struct{ label, money, zip, day int }

func newStyles(check func(error), x *excelize.File) styles {
	format := func(s excelize.Style) int {
		id, err := x.NewStyle(&s)
		check(err)
		return id
	}
	currency, postal, date := `"$"#,##0`, "00000", "yyyy-mm-dd"
	return styles{
		label: format(excelize.Style{NumFmt: 49}), // text
		money: format(excelize.Style{CustomNumFmt: &currency}),
		zip:   format(excelize.Style{CustomNumFmt: &postal}),
		day:   format(excelize.Style{CustomNumFmt: &date}),
	}
}

func (s styles) set(x *excelize.File, sheet, at string, c any) error {
	value, style := c, 0
	switch c := c.(type) {
	case label:
		value, style = string(c), s.label
	case money:
		value, style = int(c), s.money
	case zip:
		value, style = int(c), s.zip
	case day:
		value, style = c.time(), s.day
	case string:
		if c == "" {
			return nil
		}
	}
	if err := x.SetCellValue(sheet, at, value); err != nil || style == 0 {
		return err
	}
	return x.SetCellStyle(sheet, at, at, style)
}

// cells are all cells of a file as people see them, by sheet. Those of CSV are its lines, byte by byte.
func cells(t *testing.T, f file, content []byte) map[string][][]string {
	t.Helper()
	if !f.isWorkbook() {
		return map[string][][]string{"": {strings.SplitAfter(string(content), "\n")}}
	}
	x, err := excelize.OpenReader(bytes.NewReader(content))
	if err != nil {
		t.Fatal(err)
	}
	defer x.Close()
	all := map[string][][]string{}
	for _, sheet := range x.GetSheetList() {
		if all[sheet], err = x.GetRows(sheet); err != nil {
			t.Fatal(err)
		}
	}
	return all
}
