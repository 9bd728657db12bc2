package write

import (
	"bytes"
	"strings"
	"testing"

	"crmferry/internal/cell"
	"crmferry/internal/sheet"
)

// FuzzGuard writes a text in all ways that are read back, into a row whose other cells hold it apart.
func FuzzGuard(f *testing.F) {
	for _, s := range []string{"'t Hart", "'=x", "=1+1", "''''@", "+31612345678", "'+31612345678", "-5", "'-5", "a\"b;c,d\ne\rf", " '= ", "\t", "'\r"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, text string) {
		text = strings.NewReplacer("\r\n", "\n", "\x00", "").Replace(strings.ToValidUTF8(text, "?"))
		if len(text) > cell.MaxUnits || strings.HasPrefix(text, "\uFEFF") {
			return
		}
		for _, o := range []TableOptions{{Guard: true}, {Guard: true, Excel: true}, {Guard: true, Delimiter: '\t'}} {
			o.Columns = []TableColumn{{Header: "a"}, {Header: "b"}, {Header: "c"}}
			var b bytes.Buffer
			x, err := NewTable(&b, sheet.CSV, o)
			if err != nil {
				t.Fatal(err)
			}
			if err := x.Write([]cell.Cell{{Text: "x"}, {Text: text}, {Text: text, Kind: cell.Identifier}}); err != nil {
				t.Fatal(err)
			}
			if _, err := x.Close(); err != nil {
				t.Fatal(err)
			}
			if got := secondRow(t, b.Bytes()); got[1] != text || got[2] != text {
				t.Fatalf("%+v: %q comes back as %q", o, text, got)
			}
		}
		if got := secondRow(t, written(t, sheet.CSV, 0, [][]string{{"a", "b", "c"}, {"x", text, text}})); got[1] != text || got[2] != text {
			t.Fatalf("%q comes back from rejects as %q", text, got)
		}
	})
}

func secondRow(t *testing.T, content []byte) []string {
	t.Helper()
	rows, err := readAll(file(t, "x.csv", string(content)), sheet.Options{})
	if err != nil || len(rows) != 2 {
		t.Fatalf("%d rows of %q: %v", len(rows), content, err)
	}
	return rows[1].Cells
}

// TestRaw: without a guard cells are as they are, and reading takes one ' from those that look guarded.
func TestRaw(t *testing.T) {
	var b bytes.Buffer
	x, err := NewTable(&b, sheet.CSV, TableOptions{Columns: []TableColumn{{Header: "a"}, {Header: "b"}}})
	if err != nil {
		t.Fatal(err)
	}
	x.Write([]cell.Cell{{Text: "=1"}, {Text: "'=1"}})
	if _, err := x.Close(); err != nil || b.String() != "a,b\n=1,'=1\n" {
		t.Errorf("%q, %v", b.String(), err)
	}
	if got := secondRow(t, b.Bytes()); got[0] != "=1" || got[1] != "=1" {
		t.Errorf("%q", got)
	}
}
