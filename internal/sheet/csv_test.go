package sheet

import (
	"errors"
	"io"
	"os"
	"path/filepath"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// file writes a file and returns its path.
func file(t testing.TB, name, content string) string {
	t.Helper()
	path := filepath.Join(t.TempDir(), name)
	if err := os.WriteFile(path, []byte(content), 0o600); err != nil {
		t.Fatal(err)
	}
	return path
}

// readAll opens a file and reads it to its end: the header comes as the first row.
func readAll(path string, o Options) ([]Row, error) {
	r, err := Open(path, o)
	if err != nil {
		return nil, err
	}
	defer r.Close()
	rows := []Row{{Number: r.HeaderRow(), Cells: r.Header()}}
	for {
		row, err := r.Next()
		if errors.Is(err, io.EOF) {
			return rows, nil
		}
		if err != nil {
			return rows, err
		}
		row.Cells = append([]string(nil), row.Cells...)
		rows = append(rows, row)
	}
}

func TestCSV(t *testing.T) {
	type cells = []string
	header := Row{Number: 1, Cells: cells{"a", "b"}}
	tests := []struct {
		name, content string
		want          []Row
	}{
		{"plain", "a,b\n1,2\n3,4\n", []Row{header, {2, 2, cells{"1", "2"}}, {3, 3, cells{"3", "4"}}}},
		{"no newline at the end", "a,b\n1,2", []Row{header, {2, 2, cells{"1", "2"}}}},
		{"BOM", "\uFEFFa,b\n1,2\n", []Row{header, {2, 2, cells{"1", "2"}}}},
		{"BOM before a quote", "\uFEFF\"a\",b\n1,2\n", []Row{header, {2, 2, cells{"1", "2"}}}},
		{"CRLF", "a,b\r\n1,2\r\n", []Row{header, {2, 2, cells{"1", "2"}}}},
		{"CR", "a,b\r1,2\r\r3,\"4\r5\"\r", []Row{header, {2, 2, cells{"1", "2"}}, {4, 4, cells{"3", "4\r5"}}}},
		{"CR at the very end", "a,b\n1,2\r", []Row{header, {2, 2, cells{"1", "2"}}}},
		{"blank rows count", "\na,b\n\n1,2\n,\n \t,\n3,4\n\n\n", []Row{
			{Number: 2, Cells: cells{"a", "b"}}, {4, 4, cells{"1", "2"}}, {7, 7, cells{"3", "4"}}}},
		{"short and long rows", "a,b\n1\n1,2,3\n1,2,,\n,2\n", []Row{header,
			{2, 2, cells{"1", ""}}, {3, 3, cells{"1", "2", "3"}}, {4, 4, cells{"1", "2"}}, {5, 5, cells{"", "2"}}}},
		{"empty headers at the end", "a,b,,\n1,2,,\n1,2,3,\n", []Row{header, {2, 2, cells{"1", "2"}}, {3, 3, cells{"1", "2", "3"}}}},
		{"quotes", "a,b\n\"x,y\",\"say \"\"hi\"\"\"\n\"\",\"z\"  \n", []Row{header,
			{2, 2, cells{"x,y", `say "hi"`}}, {3, 3, cells{"", "z"}}}},
		{"quoted newlines", "a,b\n\"x\r\ny\nz\",2\n3,\"\n\"\n5,6\n", []Row{header,
			{2, 2, cells{"x\ny\nz", "2"}}, {3, 5, cells{"3", "\n"}}, {4, 7, cells{"5", "6"}}}},
		{"quote inside a cell", "a,b\n5\" pipe,x \"y\"\n", []Row{header, {2, 2, cells{`5" pipe`, `x "y"`}}}},
		{"header only", "a,b\n", []Row{header}},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			got, err := readAll(file(t, "x.csv", tt.content), Options{})
			if err != nil {
				t.Fatal(err)
			}
			if diff := cmp.Diff(tt.want, got); diff != "" {
				t.Error(diff)
			}
		})
	}
}
