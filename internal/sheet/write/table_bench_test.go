package write

import (
	"fmt"
	"io"
	"path/filepath"
	"runtime"
	"strconv"
	"testing"
	"time"

	"github.com/xuri/excelize/v2"

	"crmferry/internal/cell"
	"crmferry/internal/sheet"
)

// BenchmarkTable writes contacts of sixteen columns into each format.
func BenchmarkTable(b *testing.B) {
	const rows = 20_000
	for _, f := range []sheet.Format{sheet.CSV, sheet.XLSX} {
		b.Run(string(f), func(b *testing.B) {
			for b.Loop() {
				writeTable(b, io.Discard, f, TableOptions{Guard: true}, rows)
			}
			perRow(b, rows)
		})
	}
	b.Run("excelize", func(b *testing.B) {
		for b.Loop() {
			plainWorkbook(b, rows)
		}
		perRow(b, rows)
	})
}

// writeTable writes a table of that many
func writeTable(t testing.TB, w io.Writer, f sheet.Format, o TableOptions, rows int) Stats {
	t.Helper()
	o.Columns = exported()
	x, err := NewTable(w, f, o)
	if err != nil {
		t.Fatal(err)
	}
	defer x.Discard()
	var cells []cell.Cell
	for i := range rows {
		cells = exportedRow(cells[:0], i)
		if err := x.Write(cells); err != nil {
			t.Fatal(err)
		}
	}
	x.About([][]string{{"What", "every contact"}, {"From", "https://crm.example.com"}, {}, {"Completeness"}, {"Contacts", fmt.Sprint(rows)}})
	stats, err := x.Close()
	if err != nil {
		t.Fatal(err)
	}
	return stats
}

// BenchmarkTableMemory writes a million contacts, and reports what the process has taken from the system by then.
func BenchmarkTableMemory(b *testing.B) {
	const rows = 1_100_000 // more than one worksheet holds
	for _, f := range []sheet.Format{sheet.CSV, sheet.XLSX} {
		b.Run(string(f), func(b *testing.B) {
			var m runtime.MemStats
			for b.Loop() {
				writeTable(b, io.Discard, f, TableOptions{Guard: true}, rows)
				runtime.ReadMemStats(&m)
			}
			b.ReportMetric(float64(m.Sys-m.HeapReleased)/(1<<20), "MB")
			perRow(b, rows)
		})
	}
}

// plainWorkbook writes the same cells, styles and dates with a plain StreamWriter and SaveAs.
func plainWorkbook(b *testing.B, rows int) {
	f := excelize.NewFile()
	defer f.Close()
	styles, err := newTableStyles(f)
	if err != nil {
		b.Fatal(err)
	}
	s, err := f.NewStreamWriter("Sheet1")
	if err != nil {
		b.Fatal(err)
	}
	var headers []any
	for _, c := range exported() {
		headers = append(headers, excelize.Cell{StyleID: styles.header, Value: c.Header})
	}
	if err := s.SetRow("A1", headers); err != nil {
		b.Fatal(err)
	}
	var cells []cell.Cell
	values := make([]any, len(headers))
	for i := range rows {
		cells = exportedRow(cells[:0], i)
		for k, c := range cells {
			values[k] = plainCell(&styles, &c)
		}
		if err := s.SetRow("A"+strconv.Itoa(i+2), values); err != nil {
			b.Fatal(err)
		}
	}
	if err := s.Flush(); err != nil {
		b.Fatal(err)
	}
	if err := f.SaveAs(filepath.Join(b.TempDir(), "x.xlsx")); err != nil {
		b.Fatal(err)
	}
}

func plainCell(styles *tableStyles, c *cell.Cell) any {
	x := excelize.Cell{StyleID: styles.kind(c.Kind), Value: c.Text}
	switch c.Kind {
	case cell.Number:
		x.Value = c.Number
	case cell.Date:
		x.Value = c.Time
	case cell.DateTime:
		x.Value = c.Time.In(time.UTC)
	case cell.Bool:
		x.Value = c.String()
	case cell.Link:
		x.Formula, _ = linkFormula(c.Text)
	}
	if x.Value == "" {
		return nil
	}
	return x
}

func perRow(b *testing.B, rows int) {
	b.ReportMetric(float64(b.Elapsed().Nanoseconds())/float64(b.N)/float64(rows), "ns/row")
}
