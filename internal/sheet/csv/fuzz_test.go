package csv

import (
	"bytes"
	"encoding/csv"
	"errors"
	"io"
	"strings"
	"testing"
	"testing/iotest"

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
		sniffDelimiter(text, true)
		sniffDelimiter(text, false)
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
