package write

import (
	"fmt"
	"io"
	"os"
	"path/filepath"
	"runtime"
	"slices"
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
			plainWorkbook(b, exported(), rows, func(i int) []cell.Cell { return exportedRow(nil, i) })
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

// BenchmarkWorkbook writes workbooks of a million rows of 15 columns into files, beside a plain StreamWriter with SaveAs, in turn. What
// the process has taken from the system is that after the first of ours.
//
//	go test ./internal/sheet/write -run '^$' -bench Workbook -benchtime 3x -timeout 30m
func BenchmarkWorkbook(b *testing.B) {
	const rows, columns = 1_000_000, 15
	var some [10_000][]cell.Cell
	for i := range some {
		some[i] = exportedRow(nil, i)[:columns]
	}
	row := func(i int) []cell.Cell { return some[i%len(some)] }
	var m runtime.MemStats
	var ratios []float64
	for b.Loop() {
		start := time.Now()
		ourWorkbook(b, exported()[:columns], rows, row)
		ours := time.Since(start)
		if len(ratios) == 0 {
			runtime.ReadMemStats(&m)
		}
		start = time.Now()
		plainWorkbook(b, exported()[:columns], rows, row)
		ratios = append(ratios, ours.Seconds()/time.Since(start).Seconds())
	}
	slices.Sort(ratios)
	b.ReportMetric(ratios[len(ratios)/2], "of-excelize")
	b.ReportMetric(float64(m.Sys-m.HeapReleased)/(1<<20), "MiB")
}

func ourWorkbook(b *testing.B, columns []TableColumn, rows int, row func(i int) []cell.Cell) {
	file, err := os.Create(filepath.Join(b.TempDir(), "ours.xlsx"))
	if err != nil {
		b.Fatal(err)
	}
	defer file.Close()
	x, err := NewTable(file, sheet.XLSX, TableOptions{Guard: true, Columns: columns})
	if err != nil {
		b.Fatal(err)
	}
	defer x.Discard()
	for i := range rows {
		if err := x.Write(row(i)); err != nil {
			b.Fatal(err)
		}
	}
	if _, err := x.Close(); err != nil {
		b.Fatal(err)
	}
}

// plainWorkbook writes the same cells, styles and dates with a plain StreamWriter and SaveAs.
func plainWorkbook(b *testing.B, columns []TableColumn, rows int, row func(i int) []cell.Cell) {
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
	for _, c := range columns {
		headers = append(headers, excelize.Cell{StyleID: styles.header, Value: c.Header})
	}
	if err := s.SetRow("A1", headers); err != nil {
		b.Fatal(err)
	}
	values := make([]any, len(headers))
	for i := range rows {
		for k, c := range row(i) {
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
