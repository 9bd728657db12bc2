package write

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"math"
	"os"
	"strconv"
	"strings"
	"testing"
	"time"
	"unicode/utf8"

	"github.com/google/go-cmp/cmp"
	"github.com/xuri/excelize/v2"

	"crmferry/internal/cell"
	"crmferry/internal/sheet"
)

// exported are the columns of an export, of every kind.
func exported() []TableColumn {
	return []TableColumn{
		{"ID", cell.Identifier}, {"First name", cell.Text}, {"Last name", cell.Text}, {"E-mail", cell.Text}, {"Phone", cell.Identifier},
		{"Organisation", cell.Text}, {"Website", cell.Link}, {"Zip", cell.Identifier}, {"City", cell.Text}, {"Tags", cell.Text}, {"Deals", cell.Number},
		{"Value", cell.Number}, {"Subscribed", cell.Bool}, {"Birthday", cell.Date}, {"Created", cell.DateTime}, {"Description", cell.Text},
	}
}

// exportedRow appends the i-th row of an export.
func exportedRow(cells []cell.Cell, i int) []cell.Cell {
	pick := func(of ...string) string { return of[i%len(of)] }
	first := pick("Anna", "Jan", "Zoë", "Mohammed", "Maria", "Piet", "Łukasz", "Aïsha", "Daan")
	last := pick("Jansen", "de Vries", "'t Hart", "García Márquez", "van den Berg", "O'Brien", "Smith")
	at := time.Date(2026, 3, 14, 9, 26, 53, 0, time.UTC).Add(-time.Duration(i) * 97 * time.Minute)
	note := ""
	if i%4 == 0 {
		note = "Called on Monday: wants an offer for two seats before the end of the quarter.\nCall back in May."
	}
	return append(cells,
		cell.Cell{Kind: cell.Identifier, Text: fmt.Sprint(100200 + i)}, cell.Cell{Text: first}, cell.Cell{Text: last},
		cell.Cell{Text: fmt.Sprintf("%s.%d@example.com", strings.ToLower(pick("anna", "jan", "zoe", "mohammed", "maria")), i)},
		cell.Cell{Kind: cell.Identifier, Text: fmt.Sprintf("+3161234%04d", i%10000)},
		cell.Cell{Text: pick("Voorbeeld B.V.", "Example Holding International N.V.", "", "Acme & Sons <wholesale>")},
		cell.Cell{Kind: cell.Link, Text: pick("https://www.example.com/about?x=1&y=\"2\"", "", "www.example.org")},
		cell.Cell{Kind: cell.Identifier, Text: fmt.Sprintf("%05d", 2134+i%1000)}, cell.Cell{Text: pick("Delft", "Den Haag", "'s-Hertogenbosch")},
		cell.Cell{Text: pick("customer; vip", "lead", "")},
		cell.Cell{Kind: cell.Number, Number: float64(i % 7)}, cell.Cell{Kind: cell.Number, Number: 1250.5 * float64(i%13)},
		cell.Cell{Kind: cell.Bool, Number: float64(i % 2)},
		cell.Cell{Kind: cell.Date, Time: time.Date(1985, 2, 11, 0, 0, 0, 0, time.UTC).AddDate(0, 0, i%9000)},
		cell.Cell{Kind: cell.DateTime, Time: at}, cell.Cell{Text: note})
}

// table is a table of that many
func table(t testing.TB, f sheet.Format, o TableOptions, rows int) ([]byte, Stats) {
	t.Helper()
	var b bytes.Buffer
	stats := writeTable(t, &b, f, o, rows)
	return b.Bytes(), stats
}

func TestTableCSV(t *testing.T) {
	at := time.Date(2026, 3, 14, 10, 26, 53, 500e6, time.FixedZone("", 3600))
	cells := []cell.Cell{
		{Kind: cell.Identifier, Text: "007"}, {Text: "a;b"}, {Text: "line\nend"}, {Kind: cell.Link, Text: "https://example.com"},
		{Kind: cell.Number, Number: 1234567.125}, {Kind: cell.Bool, Number: 1}, {Kind: cell.Bool, Text: "no"}, {Kind: cell.Date, Time: at},
		{Kind: cell.DateTime, Time: at}, {}, {Kind: cell.Date}, {Kind: cell.Number, Number: math.NaN()}, {Text: "=x"},
	}
	for _, tt := range []struct {
		name string
		o    TableOptions
		want string
	}{
		{"plain", TableOptions{Guard: true}, "h\n007,a;b,\"line\nend\",https://example.com,1234567.1250,yes,no,2026-03-14,2026-03-14T09:26:53.5Z,,,,'=x\n"},
		{"Excel", TableOptions{Excel: true}, "\uFEFFh\r\n007;\"a;b\";\"line\nend\";https://example.com;1234567.1250;yes;no;2026-03-14;2026-03-14 09:26:53;;;;=x\r\n"},
		{"Excel with commas", TableOptions{Excel: true, Delimiter: ','}, "\uFEFFh\r\n007,a;b,\"line\nend\",https://example.com,1234567.1250,yes,no,2026-03-14,2026-03-14 09:26:53,,,,=x\r\n"},
	} {
		var b bytes.Buffer
		delimiter := ","
		if tt.o.Excel && tt.o.Delimiter == 0 {
			delimiter = ";"
		}
		for i := range cells {
			tt.o.Columns = append(tt.o.Columns, TableColumn{Header: fmt.Sprint("h", i)})
		}
		x, err := NewTable(&b, sheet.CSV, tt.o)
		if err != nil {
			t.Fatal(err)
		}
		if err := x.Write(cells); err != nil {
			t.Fatal(err)
		}
		x.About(nil)
		stats, err := x.Close()
		if err != nil || stats != (Stats{Rows: 1, Sheets: 1}) {
			t.Errorf("%s: %+v, %v", tt.name, stats, err)
		}
		var header []string
		for _, c := range tt.o.Columns {
			header = append(header, c.Header)
		}
		if got := strings.Replace(b.String(), strings.Join(header, delimiter), "h", 1); got != tt.want {
			t.Errorf("%s: got %q, want %q", tt.name, got, tt.want)
		}
	}
}

// shown is a cell as reading a workbook gives it back: as in a CSV file, but date-times to the second.
func shown(c cell.Cell) string {
	if c.Kind == cell.DateTime {
		return c.Time.UTC().Round(time.Second).Format("2006-01-02T15:04:05")
	}
	return c.String()
}

func TestTableReadsBack(t *testing.T) {
	const rows = 1500 // more than those that are held
	for _, f := range []sheet.Format{sheet.CSV, sheet.XLSX} {
		content, stats := table(t, f, TableOptions{Guard: true}, rows)
		if stats != (Stats{Rows: rows, Sheets: 1}) {
			t.Errorf("%s: %+v", f, stats)
		}
		got, err := readAll(file(t, "x."+string(f), string(content)), sheet.Options{})
		if err != nil || len(got) != rows+1 {
			t.Fatalf("%s: %d rows, %v", f, len(got), err)
		}
		for i, row := range got[1:] {
			for k, c := range exportedRow(nil, i) {
				want := c.String()
				if f == sheet.XLSX {
					want = shown(c)
				}
				if row.Cells[k] != want {
					t.Fatalf("%s: row %d, column %s is %q, want %q", f, i+2, exported()[k].Header, row.Cells[k], want)
				}
			}
		}
	}
}

// TestTableText: any text comes back from a workbook, whatever XML thinks of it.
func TestTableText(t *testing.T) {
	texts := []string{
		" padded ", "a\nb", "\ttab", "a\rb", "\x00\x01\x1f", "_x000D_", "_x005F_x000D_", "_x12", "<a href=\"x\">&amp;</a>",
		"]]>", "😀 é \u2028 \uFFFE \uFFFF", "=1+1", "'=x", "'t Hart", "1-2", "007", "3.1612345678E10", "TRUE", "\xff",
	}
	o := TableOptions{Columns: []TableColumn{{Header: "a\nb & <c>"}, {Header: ""}, {Header: "A\nB & <C>"}}}
	var b bytes.Buffer
	x, err := NewTable(&b, sheet.XLSX, o)
	if err != nil {
		t.Fatal(err)
	}
	for _, s := range texts {
		if err := x.Write([]cell.Cell{{Text: s}, {Kind: cell.Identifier, Text: s}, {Kind: cell.Link, Text: s}}); err != nil {
			t.Fatal(err)
		}
	}
	if _, err := x.Close(); err != nil {
		t.Fatal(err)
	}
	rows, err := readAll(file(t, "x.xlsx", b.String()), sheet.Options{})
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff([]string{"a b & <c>", "Column B", "A B & <C> 2"}, rows[0].Cells); diff != "" {
		t.Error(diff)
	}
	for i, s := range texts {
		s = strings.ToValidUTF8(s, "\uFFFD")
		if diff := cmp.Diff([]string{s, s, s}, rows[i+1].Cells); diff != "" {
			t.Errorf("%q: %s", s, diff)
		}
	}
}

// TestTableCells looks at cells with another reader: what type they have, and how they look.
func TestTableCells(t *testing.T) {
	long := "https://example.com/" + strings.Repeat("x", 250)
	at := time.Date(2026, 3, 14, 9, 26, 53, 0, time.UTC)
	for _, tt := range []struct {
		cell                 cell.Cell
		raw, formula, format string
	}{
		{cell.Cell{Kind: cell.Number, Number: -1.5}, "-1.5", "", ""},
		{cell.Cell{Kind: cell.Number, Number: 1.125}, "1.125", "", ""},
		{cell.Cell{Kind: cell.Number, Number: 1e15}, "1000000000000000", "", ""},
		{cell.Cell{Kind: cell.Identifier, Text: "+31612345678"}, "+31612345678", "", "@"},
		{cell.Cell{Kind: cell.Bool, Number: 1}, "yes", "", ""},
		{cell.Cell{Kind: cell.Date, Time: at}, "46095", "", "yyyy-mm-dd"},
		{cell.Cell{Kind: cell.DateTime, Time: at}, "46095.393668981", "", "yyyy-mm-dd hh:mm"},
		{cell.Cell{Kind: cell.DateTime, Time: at.In(time.FixedZone("", 7200))}, "46095.393668981", "", "yyyy-mm-dd hh:mm"},
		{cell.Cell{Kind: cell.Date, Time: time.Date(1900, 2, 28, 0, 0, 0, 0, time.UTC)}, "1900-02-28", "", ""},
		{cell.Cell{Kind: cell.Date, Time: time.Date(1900, 3, 1, 0, 0, 0, 0, time.UTC)}, "61", "", "yyyy-mm-dd"},
		{cell.Cell{Kind: cell.Date, Time: time.Date(10000, 1, 1, 0, 0, 0, 0, time.UTC)}, "10000-01-01", "", ""},
		{cell.Cell{Kind: cell.Link, Text: `https://example.com/"x"`}, `https://example.com/"x"`, `HYPERLINK("https://example.com/""x""","https://example.com/""x""")`, ""},
		{cell.Cell{Kind: cell.Link, Text: "www.example.com"}, "www.example.com", `HYPERLINK("https://www.example.com","www.example.com")`, ""},
		{cell.Cell{Kind: cell.Link, Text: "javascript:alert(1)"}, "javascript:alert(1)", "", ""},
		{cell.Cell{Kind: cell.Link, Text: "file://server/x"}, "file://server/x", "", ""},
		{cell.Cell{Kind: cell.Link, Text: "https://example.com/a b"}, "https://example.com/a b", "", ""},
		{cell.Cell{Kind: cell.Link, Text: long}, long, "", ""},
		{cell.Cell{}, "", "", ""},
	} {
		f := oneCell(t, tt.cell)
		raw, err := f.GetCellValue("Contacts", "A2", excelize.Options{RawCellValue: true})
		if err != nil {
			t.Fatal(err)
		}
		if x, err := strconv.ParseFloat(raw, 64); err == nil && tt.cell.Kind == cell.DateTime {
			raw = strconv.FormatFloat(x, 'f', 9, 64)
		}
		formula, _ := f.GetCellFormula("Contacts", "A2")
		id, _ := f.GetCellStyle("Contacts", "A2")
		style, err := f.GetStyle(id)
		if err != nil {
			t.Fatal(err)
		}
		format := ""
		if style.CustomNumFmt != nil {
			format = *style.CustomNumFmt
		} else if style.NumFmt == textFormat {
			format = "@"
		}
		if raw != tt.raw || formula != tt.formula || format != tt.format {
			t.Errorf("%+v: %q, formula %q, format %q", tt.cell, raw, formula, format)
		}
		f.Close()
	}
}

// oneCell writes a workbook with one cell below its header and opens it.
func oneCell(t *testing.T, c cell.Cell) *excelize.File {
	t.Helper()
	var b bytes.Buffer
	x, err := NewTable(&b, sheet.XLSX, TableOptions{Columns: []TableColumn{{Header: "a"}}})
	if err != nil {
		t.Fatal(err)
	}
	if err := x.Write([]cell.Cell{c}); err != nil {
		t.Fatal(err)
	}
	if _, err := x.Close(); err != nil {
		t.Fatal(err)
	}
	f, err := excelize.OpenReader(&b)
	if err != nil {
		t.Fatal(err)
	}
	return f
}

func TestCutText(t *testing.T) {
	for _, tt := range []struct {
		text string
		cut  bool
	}{
		{strings.Repeat("a", cell.MaxUnits), false},
		{strings.Repeat("é", cell.MaxUnits), false},
		{strings.Repeat("a", cell.MaxUnits+1), true},
		{strings.Repeat("😀", cell.MaxUnits/2), false},
		{strings.Repeat("😀", cell.MaxUnits/2+1), true},
	} {
		got, cut := cutText(tt.text, cell.MaxUnits, cell.CutMark)
		if cut != tt.cut || cut != strings.HasSuffix(got, cell.CutMark) || units(got) > cell.MaxUnits || !utf8.ValidString(got) ||
			cut && units(got) < cell.MaxUnits-1 || !cut && got != tt.text {
			t.Errorf("%.4s of %d: cut %v to %d", tt.text, units(tt.text), cut, units(got))
		}
	}
	f := oneCell(t, cell.Cell{Text: strings.Repeat("a", cell.MaxUnits+1)})
	defer f.Close()
	rows, err := f.GetRows("About")
	if err != nil || !strings.Contains(fmt.Sprint(rows), "Cut texts") {
		t.Errorf("%q, %v", rows, err)
	}
}

func TestTableFails(t *testing.T) {
	columns := exported()
	for name, try := range map[string]func() error{
		"format": func() error { _, err := NewTable(io.Discard, "ods", TableOptions{Columns: columns}); return err },
		"sheet name": func() error {
			_, err := NewTable(io.Discard, sheet.XLSX, TableOptions{Columns: columns, Sheet: "a/b"})
			return err
		},
		"same name": func() error {
			_, err := NewTable(io.Discard, sheet.XLSX, TableOptions{Columns: columns, Sheet: "about"})
			return err
		},
		"no columns": func() error { _, err := NewTable(io.Discard, sheet.XLSX, TableOptions{}); return err },
		"delimiter":  func() error { _, err := NewTable(io.Discard, sheet.CSV, TableOptions{Delimiter: '"'}); return err },
		"delimiter of two bytes": func() error {
			_, err := NewTable(io.Discard, sheet.CSV, TableOptions{Delimiter: '§'})
			return err
		},
	} {
		if try() == nil {
			t.Errorf("%s: no error", name)
		}
	}
	for _, f := range []sheet.Format{sheet.CSV, sheet.XLSX} {
		x, err := NewTable(io.Discard, f, TableOptions{Columns: columns})
		if err != nil {
			t.Fatal(err)
		}
		if err := x.Write(make([]cell.Cell, 3)); err == nil {
			t.Errorf("%s: a row of three cells", f)
		}
		x.Discard()
		x.Discard()
	}
}

// TestTableDiskFull: an error of the writer comes to light, at the latest on Close.
func TestTableDiskFull(t *testing.T) {
	for _, f := range []sheet.Format{sheet.CSV, sheet.XLSX} {
		for _, rows := range []int{0, 1, 20_000} {
			x, err := NewTable(failing{}, f, TableOptions{Columns: exported()})
			if err != nil {
				t.Fatal(err)
			}
			row := exportedRow(nil, 1)
			for i := 0; i < rows && err == nil; i++ {
				err = x.Write(row)
			}
			if err == nil {
				_, err = x.Close()
			}
			if !errors.Is(err, os.ErrPermission) {
				t.Errorf("%s, %d rows: %v", f, rows, err)
			}
			x.Discard()
		}
	}
}

// TestTableSame: the same cells make the same file.
func TestTableSame(t *testing.T) {
	o := TableOptions{Title: "Contacts", Created: time.Date(2026, 3, 14, 9, 26, 53, 0, time.UTC)}
	first, _ := table(t, sheet.XLSX, o, 50)
	for range 5 {
		if again, _ := table(t, sheet.XLSX, o, 50); !bytes.Equal(first, again) {
			t.Fatal("two files of the same cells differ")
		}
	}
}
