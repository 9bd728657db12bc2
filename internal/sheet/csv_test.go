package sheet

import (
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"crmferry/internal/cell"
	"crmferry/internal/sheet/charset"
	"crmferry/internal/sheet/rows"
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
		{"plain", "a,b\n1,2\n3,4\n", []Row{header, {Number: 2, Line: 2, Cells: cells{"1", "2"}}, {Number: 3, Line: 3, Cells: cells{"3", "4"}}}},
		{"no newline at the end", "a,b\n1,2", []Row{header, {Number: 2, Line: 2, Cells: cells{"1", "2"}}}},
		{"BOM", "\uFEFFa,b\n1,2\n", []Row{header, {Number: 2, Line: 2, Cells: cells{"1", "2"}}}},
		{"BOM before a quote", "\uFEFF\"a\",b\n1,2\n", []Row{header, {Number: 2, Line: 2, Cells: cells{"1", "2"}}}},
		{"CRLF", "a,b\r\n1,2\r\n", []Row{header, {Number: 2, Line: 2, Cells: cells{"1", "2"}}}},
		{"CR", "a,b\r1,2\r\r3,\"4\r5\"\r", []Row{header, {Number: 2, Line: 2, Cells: cells{"1", "2"}}, {Number: 4, Line: 4, LastLine: 5, Cells: cells{"3", "4\r5"}}}},
		{"CR at the very end", "a,b\n1,2\r", []Row{header, {Number: 2, Line: 2, Cells: cells{"1", "2"}}}},
		{"blank rows count", "\na,b\n\n1,2\n,\n \t,\n3,4\n\n\n", []Row{
			{Number: 2, Cells: cells{"a", "b"}}, {Number: 4, Line: 4, Cells: cells{"1", "2"}}, {Number: 7, Line: 7, Cells: cells{"3", "4"}}}},
		{"short and long rows", "a,b\n1\n1,2,3\n1,2,,\n,2\n", []Row{header,
			{Number: 2, Line: 2, Short: 1, Cells: cells{"1", ""}}, {Number: 3, Line: 3, Cells: cells{"1", "2", "3"}, Shifted: true}, {Number: 4, Line: 4, Cells: cells{"1", "2"}, Shifted: true}, {Number: 5, Line: 5, Cells: cells{"", "2"}}}},
		{"a delimiter too many in every row", "a,b\n1,2,\n3,4,\n", []Row{header,
			{Number: 2, Line: 2, Cells: cells{"1", "2"}}, {Number: 3, Line: 3, Cells: cells{"3", "4"}}}},
		{"a delimiter too many in the only row", "a,b\n1,2,\n", []Row{header, {Number: 2, Line: 2, Cells: cells{"1", "2"}, Shifted: true}}},
		{"empty headers at the end", "a,b,,\n1,2,,\n1,2,3,\n", []Row{header, {Number: 2, Line: 2, Cells: cells{"1", "2"}}, {Number: 3, Line: 3, Cells: cells{"1", "2", "3"}}}},
		{"quotes", "a,b\n\"x,y\",\"say \"\"hi\"\"\"\n\"\",\"z\"  \n", []Row{header,
			{Number: 2, Line: 2, Cells: cells{"x,y", `say "hi"`}}, {Number: 3, Line: 3, Cells: cells{"", "z"}}}},
		{"quoted newlines", "a,b\n\"x\r\ny\nz\",2\n3,\"\n\"\n5,6\n", []Row{header,
			{Number: 2, Line: 2, LastLine: 4, Cells: cells{"x\ny\nz", "2"}}, {Number: 3, Line: 5, LastLine: 6, Cells: cells{"3", "\n"}}, {Number: 4, Line: 7, Cells: cells{"5", "6"}}}},
		{"quote inside a cell", "a,b\n5\" pipe,x \"y\"\n", []Row{header, {Number: 2, Line: 2, Cells: cells{`5" pipe`, `x "y"`}}}},
		{"two lone quotes", "a,b,c\n\"x,1@example.com,2\ny,2@example.com,3\n4\",3@example.com,\n", []Row{{Number: 1, Cells: cells{"a", "b", "c"}},
			{Number: 2, Line: 2, LastLine: 4, Swallows: 1, Cells: cells{"x,1@example.com,2\ny,2@example.com,3\n4", "3@example.com", ""}}}},
		{"a quote that never closes", "a,b\n1,\"x\n2,y\n", []Row{header, {Number: 2, Line: 2, Unclosed: 2, Cells: cells{"1", `"x`}}, {Number: 3, Line: 3, Cells: cells{"2", "y"}}}},
		{"a quote that closes in another cell", "a,b\n1,\"x\n2,\"y\"\n", []Row{header, {Number: 2, Line: 2, Unclosed: 2, Cells: cells{"1", `"x`}}, {Number: 3, Line: 3, Cells: cells{"2", "y"}}}},
		{"a quote in the last line", "a,b\n1,\"x", []Row{header, {Number: 2, Line: 2, Unclosed: 2, Cells: cells{"1", `"x`}}}},
		{"a comma within names", "a, b;c\nx, y;1\n", []Row{{Number: 1, Cells: cells{"a, b", "c"}}, {Number: 2, Line: 2, Cells: cells{"x, y", "1"}}}},
		{"lines with delimiters that are no rows", "a,b\nx,\"1\n2, y\"\n", []Row{header, {Number: 2, Line: 2, LastLine: 3, Cells: cells{"x", "1\n2, y"}}}},
		{"header only", "a,b\n", []Row{header}},
		{"sep", "sep=;\r\na;b\n1;2,5\n", []Row{header, {Number: 2, Line: 3, Cells: cells{"1", "2,5"}}}},
		{"spaces before quotes", "\"a\", \"b\"\n\"1\",  \"x, \"\"y\"\"\" \n2, \"z\n3, \"Acme\" B.V.\n 4 , 5\n", []Row{header, {Number: 2, Line: 2, Cells: cells{"1", `x, "y"`}},
			{Number: 3, Line: 3, Cells: cells{"2", ` "z`}}, {Number: 4, Line: 4, Cells: cells{"3", ` "Acme" B.V.`}}, {Number: 5, Line: 5, Cells: cells{" 4 ", " 5"}}}},
		{"DOS end of file", "a,b\r\n1,2\r\n\x1a\x1a", []Row{header, {Number: 2, Line: 2, Cells: cells{"1", "2"}}}},
		{"sep in quotes", "\"SEP=|\"\na|b\n1|2\n", []Row{header, {Number: 2, Line: 3, Cells: cells{"1", "2"}}}},
		{"sep is a word", "sep=ab,b\n1,2\n", []Row{{Number: 1, Cells: cells{"sep=ab", "b"}}, {Number: 2, Line: 2, Cells: cells{"1", "2"}}}},
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

func TestCSVErrors(t *testing.T) {
	long := strings.Repeat("x", maxRow/2)
	tests := []struct {
		name, content     string
		kind              error
		row, line, column int
		text              string
	}{
		{"never closes", "a,b\n1,\"x\ny\n2,3\n", rows.ErrQuote, 2, 2, 2, "opens a cell in line 2 never closes"},
		{"text behind a quote in a further line", "a,b\n1,\"x\ny\" z\n", rows.ErrQuote, 2, 3, 2, "text follows"},
		{"runaway quote", "a,b\n1,\"" + strings.Repeat("x\n", maxRow), rows.ErrQuote, 2, 2, 2, "opens a cell in line 2 does not close within 4 MB"},
		{"NUL far down", "a,b\n" + strings.Repeat("1,2\n", headSize) + "3,x\x00y\n", rows.ErrDamaged, headSize + 2, headSize + 2, 2, `a NUL byte behind "3,x"`},
		{"NULs at the end", "a,b\n" + strings.Repeat("1,2\n", headSize) + strings.Repeat("\x00", 512), rows.ErrDamaged, headSize + 2, headSize + 2, 1, `a NUL byte behind ""`},
		{"too many columns", strings.Repeat("a,", cell.MaxColumns) + "b\n1\n", rows.ErrTooBig, 1, 1, 0, "16385 columns"},
		{"row too big", "a,b\n" + long + "," + long + "x\n", rows.ErrTooBig, 2, 2, 0, "more than 4 MB"},
		{"Latin-1", "a,b\n1,2\n3,Caf\xe9 Noir\n", rows.ErrEncoding, 3, 3, 2, `byte 0xE9 at the end of "3,Caf\xe9"`},
		{"Latin-1 after a quoted newline", "a,b\n\"x\r\ny\",Caf\xe9\n", rows.ErrEncoding, 2, 3, 2, `0xE9`},
		{"Latin-1 in a quoted cell", "a,b\n1,2\n\"x\",\"\n\n\xe9\"\n", rows.ErrEncoding, 3, 5, 2, `0xE9`},
		{"Latin-1 in the header", "a,Pr\xe9nom\n", rows.ErrEncoding, 1, 1, 2, `0xE9`},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			path := file(t, "x.csv", tt.content)
			_, err := readAll(path, Options{Encoding: "utf-8"})
			var e *Error
			if !errors.As(err, &e) || !errors.Is(err, tt.kind) || !strings.Contains(err.Error(), tt.text) {
				t.Fatalf("got %v", err)
			}
			if e.Row != tt.row || e.Line != tt.line || e.Column != tt.column || e.Path != path {
				t.Errorf("row %d, line %d, column %d: %v", e.Row, e.Line, e.Column, err)
			}
		})
	}
}

// TestDamagedText: a text that ends within a character is cut off, and one that is told to be UTF-8 must be.
func TestDamagedText(t *testing.T) {
	const head = "Name,City\nJosé,Zürich\nZoë,Malmö\n"
	tests := []struct {
		name, content, encoding string
		kind                    error
		line, column            int
		text                    string
	}{
		{"as told", head + "Ren\xe9,Gouda\n", "utf-8", rows.ErrEncoding, 4, 1, `byte 0xE9`},
		{"cut off", head + "Ann,Besan\xc3", "", rows.ErrCutOff, 4, 2, `ends inside a character, behind "Ann,Besan"`},
		{"cut off in a quoted row", head + "\"Ann\",Besan\xe2\x82", "", rows.ErrCutOff, 4, 2, `ends inside a character`},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			_, err := readAll(file(t, "x.csv", tt.content), Options{Encoding: tt.encoding})
			var e *Error
			if !errors.As(err, &e) || !errors.Is(err, tt.kind) || e.Line != tt.line || e.Column != tt.column || !strings.Contains(err.Error(), tt.text) {
				t.Errorf("got %v", err)
			}
			if kind := rows.KindOf(err); kind != tt.kind {
				t.Errorf("kind: %v", kind)
			}
		})
	}
}

// TestOddText: rows that are not in the encoding of the others are read as what they are, where they show it, and refuse
// no file.
func TestOddText(t *testing.T) {
	const head = "Name,City\nJosé,Zürich\nZoë,Malmö\n"
	tests := []struct {
		name, content string
		row           int
		cell          string
		column        int
		certain       bool
		reads         string
	}{
		{"a byte", head + "Ann,Delft\nRen\xe9,Gouda\n", 5, "René", 0, true, `"Ren\xe9" reads "René" in Windows-1252`},
		{"behind a mark", charset.BOM + "Name,City\nAnn,Delft\nRen\xe9,Gouda\n", 3, "René", 0, true, `"René" in Windows-1252`},
		{"half a character", head + "Ann,Besan\xc3\nAnn,Delft\n", 4, "", 1, false, `"Besan\xc3" reads `},
		{"quoted, over lines", head + "Ann,\"Delft\nGra\xdfe 1, M\xfcnchen\"\n", 4, "Delft\nGraße 1, München", 1, true, `"Gra\xdfe" reads "Graße"`},
		{"most is not UTF-8", "Name,City\nJosé,Zürich\n" + strings.Repeat("Zo\xeb,Malm\xf6\nN\xfa\xf1ez,Gar\xe7\xe3o\n", 5), 3, "Zoë", 0, true, `"Zo\xeb" reads "Zoë"`},
		{"a Polish half", "Name,City\nPaweł,Łódź\n" + strings.Repeat("Wi\x9cniewski,Krak\xf3w\n", 5), 3, "Wiśniewski", 0, true, `in Windows-1250`},
		{"lone CRs", strings.ReplaceAll(head+"Ann,Delft\nRen\xe9,Gouda\n", "\n", "\r"), 5, "René", 0, true, `"René"`},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			list, err := readAll(file(t, "x.csv", tt.content), Options{})
			if err != nil {
				t.Fatal(err)
			}
			for i, row := range list {
				if row.Number < tt.row && len(row.Odd) > 0 {
					t.Errorf("row %d: %+v", i, row)
				}
				if row.Number != tt.row {
					continue
				}
				if len(row.Odd) == 0 || row.Odd[0].Column != tt.column || row.Odd[0].Certain != tt.certain || !strings.Contains(row.Odd[0].Reads, tt.reads) {
					t.Errorf("odd: %+v", row.Odd)
				}
				if got := row.Cells[tt.column]; tt.certain && got != tt.cell {
					t.Errorf("cell: %q", got)
				}
			}
		})
	}
}

// TestErrorStays reads on after an error.
func TestErrorStays(t *testing.T) {
	r, err := Open(file(t, "x.csv", "a,b\n1,\"x\ny\" z\n3,4\n"), Options{})
	if err != nil {
		t.Fatal(err)
	}
	defer r.Close()
	_, first := r.Next()
	if _, again := r.Next(); first == nil || again != first {
		t.Errorf("%v, then %v", first, again)
	}
}

func TestErrorText(t *testing.T) {
	e := &Error{Path: "leads.csv", Sheet: "Leads", Row: 7, Line: 9, Column: 3, Err: rows.ErrEncoding}
	if got, want := e.Error(), `read "leads.csv", sheet "Leads": row 7, line 9, column C: not UTF-8`; got != want {
		t.Errorf("got %s, want %s", got, want)
	}
}

// TestStrayQuotes reads cells whose quotes were not doubled. No cell beside them changes.
func TestStrayQuotes(t *testing.T) {
	tests := []struct{ cell, want string }{
		{`"Jan "de Man" Jansen"`, `Jan "de Man" Jansen`},
		{`"Jan \"de Man\" Jansen"`, `Jan "de Man" Jansen`},
		{`"Acme" B.V.`, `"Acme" B.V.`},
		{`"Acme, Inc" B.V.`, `"Acme, Inc" B.V.`},
		{`"5" pipe"`, `5" pipe`},
		{`"a"b"  `, `a"b`},
	}
	for _, tt := range tests {
		for _, format := range []string{"id,name,city\n1,%s,Delft\n2,x,\"y\"\n", "name,id\n%s,1\n2,Delft\n", "id,name\nDelft,%s\n1,2"} {
			r, err := Open(file(t, "x.csv", fmt.Sprintf(format, tt.cell)), Options{})
			if err != nil {
				t.Fatal(err)
			}
			row, err := r.Next()
			if got := strings.Join(row.Cells, "¦"); err != nil || !strings.Contains("¦"+got+"¦", "¦"+tt.want+"¦") || len(row.Cells) != len(r.Header()) {
				t.Errorf("%s reads %q, %v", tt.cell, got, err)
			}
			if _, err := r.Next(); err != nil {
				t.Error(err)
			}
			if f := r.Findings(); len(f) != 1 || f[0].Code != "stray_quote" || f[0].Count != 1 || f[0].First[0].Text != tt.want || f[0].First[0].Row != 2 {
				t.Errorf("%s: %+v", tt.cell, f)
			}
			r.Close()
		}
	}
}
