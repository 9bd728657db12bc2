package write

import (
	"bytes"
	"errors"
	"io"
	"math/rand/v2"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/xuri/excelize/v2"

	"crmferry/internal/cell"
	"crmferry/internal/sheet"
	"crmferry/internal/sheet/rows"
)

// ownWriter writes rows as those of the user in a workbook.
type ownWriter struct {
	out  io.Writer
	book *Book
	grid *Grid
}

func (w *ownWriter) Write(cells []string) (err error) {
	if w.grid == nil {
		if w.book, err = NewBook(w.out, BookOptions{First: "Rejects"}); err != nil {
			return err
		}
		var theirs []GridColumn
		for _, c := range cells {
			theirs = append(theirs, Column(c, 0))
		}
		w.grid, err = w.book.OwnGrid("Rejects", []GridColumn{Column("crmferry_row", 9)}, theirs)
		return err
	}
	row := []any{1}
	for _, c := range cells {
		row = append(row, Own{Text: c})
	}
	return w.grid.Write(row...)
}

func (w *ownWriter) Close() error {
	if err := w.grid.Finish(); err != nil {
		return err
	}
	return w.book.Close(Properties{})
}

// newWriter writes rows in a format.
func newWriter(w io.Writer, f sheet.Format, delimiter rune) (Writer, error) {
	if f == sheet.XLSX {
		return &ownWriter{out: w}, nil
	}
	return NewWriter(w, TextOptions{Delimiter: delimiter})
}

// written writes rows and returns the content.
func written(t testing.TB, f sheet.Format, delimiter rune, rows [][]string) []byte {
	t.Helper()
	var b bytes.Buffer
	w, err := newWriter(&b, f, delimiter)
	if err != nil {
		t.Fatal(err)
	}
	for _, row := range rows {
		if err := w.Write(row); err != nil {
			t.Fatal(err)
		}
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

// awkward is a sheet of cells that suffer elsewhere.
func awkward() [][]string {
	return [][]string{
		{"phone", "zip", "note"},
		{"+31612345678", "02134", "line\nbreak"},
		{"=1+1", "1-2", `say "hi", or; not`},
		{"3.1612345678E10", " padded ", "_x000D_ _x005F_ <&>'"},
		{"😀 é", "", "\ttab"},
		{"", "", "last"},
	}
}

func TestWriteAndRead(t *testing.T) {
	for _, tt := range []struct {
		format    sheet.Format
		delimiter rune
	}{{sheet.CSV, 0}, {sheet.CSV, ';'}, {sheet.CSV, '\t'}, {sheet.CSV, '|'}, {sheet.XLSX, 0}} {
		path := file(t, "x."+string(tt.format), string(written(t, tt.format, tt.delimiter, awkward())))
		rows, err := readAll(path, sheet.Options{})
		if err != nil {
			t.Fatal(err)
		}
		var got [][]string
		for _, row := range rows {
			if tt.format == sheet.XLSX {
				row.Cells = row.Cells[1:]
			}
			got = append(got, row.Cells)
		}
		if diff := cmp.Diff(awkward(), got); diff != "" {
			t.Errorf("%s %q: %s", tt.format, tt.delimiter, diff)
		}
	}
}

func TestWriteCSVBytes(t *testing.T) {
	got := string(written(t, sheet.CSV, ';', [][]string{{"a", "b"}, {"x;y", "1\n2"}}))
	if want := "a;b\n\"x;y\";\"1\n2\"\n"; got != want {
		t.Errorf("got %q, want %q", got, want)
	}
}

// TestWrittenWorkbook looks at a written workbook with another reader: every cell is text, and nothing declares a size.
func TestWrittenWorkbook(t *testing.T) {
	f, err := excelize.OpenReader(bytes.NewReader(written(t, sheet.XLSX, 0, awkward())))
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	if got := f.GetSheetList(); !cmp.Equal(got, []string{"Rejects"}) {
		t.Errorf("sheets %q", got)
	}
	rows, err := f.GetRows("Rejects")
	if err != nil || len(rows) != 6 || rows[1][1] != "+31612345678" {
		t.Errorf("%q, %v", rows, err)
	}
	for _, cell := range []string{"B2", "C2", "C5"} {
		id, err := f.GetCellStyle("Rejects", cell)
		if err != nil {
			t.Fatal(err)
		}
		if style, err := f.GetStyle(id); err != nil || style.NumFmt != textFormat {
			t.Errorf("%s: %+v, %v", cell, style, err)
		}
	}
	if dimension, err := f.GetSheetDimension("Rejects"); err != nil || dimension != "" {
		t.Errorf("dimension %q, %v", dimension, err)
	}
}

func TestWriterLimits(t *testing.T) {
	if _, err := NewBook(&bytes.Buffer{}, BookOptions{First: "a/b"}); err == nil {
		t.Error("a sheet name that Excel refuses")
	}
	w := &ownWriter{out: &bytes.Buffer{}}
	if err := w.Write([]string{"a", "b"}); err != nil {
		t.Fatal(err)
	}
	defer w.Close()
	if err := w.Write([]string{strings.Repeat("é", cell.MaxUnits)}); err != nil {
		t.Error(err)
	}
	if err := (&ownWriter{}).Write(make([]string, cell.MaxColumns)); !errors.Is(err, rows.ErrTooBig) {
		t.Error(err)
	}
}

// failing is a disk that is full.
type failing struct{}

func (failing) Write([]byte) (int, error) { return 0, os.ErrPermission }

func TestWriterFails(t *testing.T) {
	for _, f := range []sheet.Format{sheet.CSV, sheet.XLSX} {
		w, err := newWriter(failing{}, f, 0)
		if err != nil {
			t.Fatal(err)
		}
		w.Write([]string{"a"})
		if err := w.Close(); !errors.Is(err, os.ErrPermission) {
			t.Errorf("%s: %v", f, err)
		}
	}
}

// TestCSVRoundTrip writes random sheets and reads them back.
func TestCSVRoundTrip(t *testing.T) {
	const delimiters = ",;\t|"
	alphabet := []string{"a", "B", "é", "😀", " ", ",", ";", "\t", "|", "\"", "\n", "\r", "\r\n", "''", "0"}
	random := rand.New(rand.NewPCG(1, 2))
	path := filepath.Join(t.TempDir(), "x.csv")
	for range 500 {
		columns := 1 + random.IntN(5)
		delimiter := rune(delimiters[random.IntN(len(delimiters))])
		var list, want [][]string
		for range 1 + random.IntN(20) {
			row, cleaned := make([]string, columns), make([]string, columns)
			for i := range row {
				for range random.IntN(6) {
					row[i] += alphabet[random.IntN(len(alphabet))]
				}
				if len(list) == 0 || i == 0 {
					row[i] = "h" + row[i] + "x" // no blank rows, and no header that ends early
				}
				cleaned[i] = strings.ReplaceAll(row[i], "\r\n", "\n")
			}
			list, want = append(list, row), append(want, cleaned)
		}
		if err := os.WriteFile(path, written(t, sheet.CSV, delimiter, list), 0o600); err != nil {
			t.Fatal(err)
		}
		read, err := readAll(path, sheet.Options{Delimiter: delimiter})
		if errors.Is(err, rows.ErrDelimiter) {
			continue // a header of one column with other delimiters in it
		}
		if err != nil {
			t.Fatal(err)
		}
		var got [][]string
		for _, row := range read {
			got = append(got, row.Cells)
		}
		if diff := cmp.Diff(want, got); diff != "" {
			t.Fatalf("delimiter %q: %s", delimiter, diff)
		}
	}
}

// TestOwnTextCut: a user's text that a cell cannot hold ends with the mark by which an import refuses it, and stops nothing.
func TestOwnTextCut(t *testing.T) {
	full := strings.Repeat("é", cell.MaxUnits)
	path := file(t, "x.xlsx", string(written(t, sheet.XLSX, 0, [][]string{{"A", "B", "C"}, {strings.Repeat("😀", cell.MaxUnits/2+1), full, full + "x"}})))
	got, err := readAll(path, sheet.Options{})
	if err != nil || len(got) != 2 {
		t.Fatal(len(got), err)
	}
	if row := got[1].Cells; !strings.HasSuffix(row[1], "😀"+cell.CutMark) || row[2] != full || !strings.HasSuffix(row[3], "é"+cell.CutMark) {
		t.Errorf("of %d, %d and %d bytes", len(row[1]), len(row[2]), len(row[3]))
	}
}
