package csv

import (
	"bytes"
	"encoding/csv"
	"errors"
	"io"
	"strings"
	"testing"
	"testing/iotest"
	"unicode"

	"github.com/google/go-cmp/cmp"

	"crmferry/internal/sheet/rows"
)

// FuzzCSV holds the scanner against itself with a reader of single bytes, and where both understand the text, against
// encoding/csv.
func FuzzCSV(f *testing.F) {
	for _, s := range []string{"a,b\n1,2\n", "\"x\r\ny\",\"\"\"\"\n", "a\rb\r\r\nc", "\"a\" ,b", "\"never", ",,\n\n,", "\"a\"b", "\xff,\"\n\xfe\"", "a\n\r\nb"} {
		f.Add([]byte(s))
	}
	f.Fuzz(func(t *testing.T, text []byte) {
		list, err := scanAll(bytes.NewReader(text))
		slow, slowErr := scanAll(iotest.OneByteReader(bytes.NewReader(text)))
		if len(list) != len(slow) || (err == nil) != (slowErr == nil) {
			t.Fatalf("%d rows, %v; byte by byte %d rows, %v", len(list), err, len(slow), slowErr)
		}
		line := 0
		for i, row := range list {
			if row.Number != i+1 || row.Line <= line || len(row.Cells) == 0 {
				t.Fatalf("row %d: %+v after line %d", i, row, line)
			}
			line = row.Line
		}
		sniffDialect(text, true, sniffQuote(text))
		sniffDialect(text, false, sniffQuote(text))
		compareCSV(t, text, list, err)
	})
}

// compareCSV compares with encoding/csv, which leaves blank lines out and knows no lone CR.
func compareCSV(t *testing.T, text []byte, list []rows.Row, err error) {
	if err != nil || bytes.Contains(bytes.ReplaceAll(text, []byte("\r\n"), nil), []byte{'\r'}) || bytes.Contains(text, []byte("\" ")) {
		return
	}
	r := csv.NewReader(bytes.NewReader(bytes.TrimRight(text, "\x1a")))
	r.FieldsPerRecord = -1
	want, err := r.ReadAll()
	if err != nil {
		return
	}
	i := 0
	for _, row := range list {
		if len(row.Cells) == 1 && row.Cells[0] == "" && (i == len(want) || len(want[i]) > 1 || want[i][0] != "") {
			continue
		}
		if i == len(want) || strings.Join(row.Cells, "\x00") != strings.Join(want[i], "\x00") {
			t.Fatalf("row %d is %q, not as in %q", row.Number, row.Cells, want)
		}
		i++
	}
}

func scanAll(src io.Reader) (list []rows.Row, err error) {
	s := newScanner(src, ',')
	for {
		var row rows.Row
		if err := s.next(&row); err != nil {
			if errors.Is(err, io.EOF) {
				err = nil
			}
			return list, err
		}
		list = append(list, row)
	}
}

// FuzzRuled reads any text below any line that is drawn: byte by byte it is the same, and no letter and no digit gets lost.
func FuzzRuled(f *testing.F) {
	for _, s := range []string{
		"+----+------+\n| a  | b    |\n+----+------+\n| Jo | x\ny   |\n+----+------+\n2 rows in set\n", " a | b\n---+---\n x+| 1\n y | \n(1 row)\n",
		"| a | b |\n|:--|--:|\n| x\\|y | |\n", "a,b\n---,---\nx,1\n\n(1 rows affected)\n", "a    b\n---- ---\nJosé 1\nlonger than it\n", "┌───┬───┐\n│ a │ b │\n├───┼───┤\n│ x │ 1 │\n└───┴───┘\n",
		"┌────┬──────┐\n│ a  │  b   │\n│text│ int8 │\n├────┼──────┤\n│ x  │  1   │\n│ ·  │  ·   │\n└────┴──────┘\n", "   ┌─a─┬─b─┐\n1. │ x │ 1 │\n   └───┴───┘\n",
	} {
		f.Add([]byte(s))
	}
	f.Fuzz(func(t *testing.T, text []byte) {
		r, _ := findRuled(text)
		if r == nil {
			return
		}
		list, err := scanRuled(bytes.NewReader(text), r)
		slow, slowErr := scanRuled(iotest.OneByteReader(bytes.NewReader(text)), r)
		if diff := cmp.Diff(list, slow); diff != "" || (err == nil) != (slowErr == nil) {
			t.Fatalf("%v; byte by byte %v: %s", err, slowErr, diff)
		}
		var got strings.Builder
		for i, row := range list {
			if row.Number != i+1 {
				t.Fatalf("row %d has the number %d", i+1, row.Number)
			}
			got.WriteString(strings.Join(row.Cells, ""))
		}
		if r.types > 0 || r.numbered != nil {
			return // the types of columns and the numbers of rows are no cells
		}
		if want := words(string(text)); err == nil && len(words(got.String())) != len(want) {
			t.Fatalf("%q became %q", want, words(got.String()))
		}
	})
}

func scanRuled(src io.Reader, r *ruled) (list []rows.Row, err error) {
	s := newScanner(src, r.delimiter)
	for {
		var row rows.Row
		if err := s.ruledRow(&row, r); err != nil {
			if errors.Is(err, io.EOF) {
				err = nil
			}
			return list, err
		}
		list = append(list, row)
	}
}

// words are the letters and digits of a text.
func words(s string) string {
	return strings.Map(func(c rune) rune {
		if unicode.IsLetter(c) || unicode.IsDigit(c) {
			return c
		}
		return -1
	}, s)
}
