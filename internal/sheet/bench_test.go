package sheet

import (
	"fmt"
	"io"
	"os"
	"runtime"
	"strings"
	"testing"

	"github.com/xuri/excelize/v2"

	"encoding/csv"
)

// contactsCSV writes a CSV file of that many contacts.
func contactsCSV(b *testing.B, rows int) string {
	var s strings.Builder
	s.WriteString("first_name,last_name,email,phone,company,city,notes\n")
	for i := range rows {
		fmt.Fprintf(&s, "Jan,Jansen %d,jan.jansen.%[1]d@example.com,+31612345678,\"Voorbeeld, B.V.\",Delft,plain words of a note\n", i)
	}
	return file(b, "x.csv", s.String())
}

// read reads a sheet to its end.
func read(b *testing.B, path string, rows int) {
	r, err := Open(path, Options{})
	if err != nil {
		b.Fatal(err)
	}
	defer r.Close()
	n := 0
	for {
		if _, err := r.Next(); err != nil {
			if err != io.EOF || n != rows {
				b.Fatalf("%d rows, %v", n, err)
			}
			return
		}
		n++
	}
}

func perRow(b *testing.B, rows int) {
	b.ReportMetric(float64(b.Elapsed().Nanoseconds())/float64(b.N)/float64(rows), "ns/row")
}

func BenchmarkCSV(b *testing.B) {
	const rows = 100_000
	path := contactsCSV(b, rows)
	b.Run("sheet", func(b *testing.B) {
		for b.Loop() {
			read(b, path, rows)
		}
		perRow(b, rows)
	})
	b.Run("encoding_csv", func(b *testing.B) {
		for b.Loop() {
			f, err := os.Open(path)
			if err != nil {
				b.Fatal(err)
			}
			r := csv.NewReader(f)
			r.ReuseRecord = true
			for {
				if _, err := r.Read(); err != nil {
					break
				}
			}
			f.Close()
		}
		perRow(b, rows)
	})
}

// contactsXLSX writes a workbook of that many contacts, with the texts in the cells or shared.
func contactsXLSX(b *testing.B, rows int, shared bool) string {
	return workbookFile(b, func(f *excelize.File) error {
		set := func(cell string, values []any) error { return f.SetSheetRow("Sheet1", cell, &values) }
		finish := func() error { return nil }
		if !shared {
			s, err := f.NewStreamWriter("Sheet1")
			if err != nil {
				return err
			}
			set = func(cell string, values []any) error { return s.SetRow(cell, values) }
			finish = s.Flush
		}
		for i := range rows + 1 {
			values := []any{"Jan", fmt.Sprint("Jansen ", i), fmt.Sprintf("jan.jansen.%d@example.com", i), 31612345678, "Voorbeeld B.V.", "Delft", 1.5, "plain words of a note"}
			if err := set(fmt.Sprint("A", i+1), values); err != nil {
				return err
			}
		}
		return finish()
	})
}

// BenchmarkXLSX reads a workbook, and says how many times as long excelize's iterator takes, which tells neither types
// nor dates.
func BenchmarkXLSX(b *testing.B) {
	const rows = 100_000
	for name, shared := range map[string]bool{"inline": false, "shared": true} {
		path := contactsXLSX(b, rows, shared)
		ours := 0.0
		b.Run(name+"/sheet", func(b *testing.B) {
			for b.Loop() {
				read(b, path, rows)
			}
			perRow(b, rows)
			ours = float64(b.Elapsed()) / float64(b.N)
		})
		b.Run(name+"/excelize", func(b *testing.B) {
			for b.Loop() {
				readExcelize(b, path)
			}
			perRow(b, rows)
			if ours > 0 {
				b.ReportMetric(float64(b.Elapsed())/float64(b.N)/ours, "times-sheet")
			}
		})
	}
}

// readExcelize reads the first sheet by excelize's iterator.
func readExcelize(b *testing.B, path string) {
	f, err := excelize.OpenFile(path)
	if err != nil {
		b.Fatal(err)
	}
	defer f.Close()
	r, err := f.Rows("Sheet1")
	if err != nil {
		b.Fatal(err)
	}
	defer r.Close()
	for r.Next() {
		if _, err := r.Columns(); err != nil {
			b.Fatal(err)
		}
	}
}

// BenchmarkMemory reads a million rows of CSV and reports what the heap holds at most on the way.
func BenchmarkMemory(b *testing.B) {
	const rows = 1_000_000
	path := contactsCSV(b, rows)
	runtime.GC()
	for b.Loop() {
		r, err := Open(path, Options{})
		if err != nil {
			b.Fatal(err)
		}
		var peak uint64
		var m runtime.MemStats
		for n := 0; ; n++ {
			if _, err := r.Next(); err != nil {
				break
			}
			if n%100_000 == 0 {
				runtime.ReadMemStats(&m)
				peak = max(peak, m.HeapAlloc)
			}
		}
		r.Close()
		b.ReportMetric(float64(peak)/(1<<20), "MB-heap")
	}
	perRow(b, rows)
}
