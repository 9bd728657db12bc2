package sheet

import (
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"testing"
	"testing/iotest"
	"time"

	"github.com/google/go-cmp/cmp"

	"crmferry/internal/cell"
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
		{"CR", "a,b\r1,2\r\r3,\"4\r5\"\r", []Row{header, {Number: 2, Line: 2, Cells: cells{"1", "2"}}, {Number: 4, Line: 4, Cells: cells{"3", "4\r5"}}}},
		{"CR at the very end", "a,b\n1,2\r", []Row{header, {Number: 2, Line: 2, Cells: cells{"1", "2"}}}},
		{"blank rows count", "\na,b\n\n1,2\n,\n \t,\n3,4\n\n\n", []Row{
			{Number: 2, Cells: cells{"a", "b"}}, {Number: 4, Line: 4, Cells: cells{"1", "2"}}, {Number: 7, Line: 7, Cells: cells{"3", "4"}}}},
		{"short and long rows", "a,b\n1\n1,2,3\n1,2,,\n,2\n", []Row{header,
			{Number: 2, Line: 2, Cells: cells{"1", ""}}, {Number: 3, Line: 3, Cells: cells{"1", "2", "3"}, Shifted: true}, {Number: 4, Line: 4, Cells: cells{"1", "2"}}, {Number: 5, Line: 5, Cells: cells{"", "2"}}}},
		{"empty headers at the end", "a,b,,\n1,2,,\n1,2,3,\n", []Row{header, {Number: 2, Line: 2, Cells: cells{"1", "2"}}, {Number: 3, Line: 3, Cells: cells{"1", "2", "3"}}}},
		{"quotes", "a,b\n\"x,y\",\"say \"\"hi\"\"\"\n\"\",\"z\"  \n", []Row{header,
			{Number: 2, Line: 2, Cells: cells{"x,y", `say "hi"`}}, {Number: 3, Line: 3, Cells: cells{"", "z"}}}},
		{"quoted newlines", "a,b\n\"x\r\ny\nz\",2\n3,\"\n\"\n5,6\n", []Row{header,
			{Number: 2, Line: 2, Cells: cells{"x\ny\nz", "2"}}, {Number: 3, Line: 5, Cells: cells{"3", "\n"}}, {Number: 4, Line: 7, Cells: cells{"5", "6"}}}},
		{"quote inside a cell", "a,b\n5\" pipe,x \"y\"\n", []Row{header, {Number: 2, Line: 2, Cells: cells{`5" pipe`, `x "y"`}}}},
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
		{"never closes", "a,b\n1,\"x\ny\n2,3\n", ErrQuote, 2, 2, 2, "opens a cell in line 2 never closes"},
		{"never closes, then quoted cells", "a,b\n1,\"x\n2,\"y\"\n", ErrQuote, 2, 3, 2, "text follows the closing quote of the cell that opened in line 2"},
		{"text behind a quote in a further line", "a,b\n1,\"x\ny\" z\n", ErrQuote, 2, 3, 2, "text follows"},
		{"runaway quote", "a,b\n1,\"" + strings.Repeat("x\n", maxRow), ErrQuote, 2, 2, 2, "opens a cell in line 2 does not close within 4 MB"},
		{"NUL far down", "a,b\n" + strings.Repeat("1,2\n", headSize) + "3,x\x00y\n", ErrDamaged, headSize + 2, headSize + 2, 2, `a NUL byte behind "3,x"`},
		{"NULs at the end", "a,b\n" + strings.Repeat("1,2\n", headSize) + strings.Repeat("\x00", 512), ErrDamaged, headSize + 2, headSize + 2, 1, `a NUL byte behind ""`},
		{"too many columns", strings.Repeat("a,", cell.MaxColumns) + "b\n1\n", ErrTooBig, 1, 1, 0, "16385 columns"},
		{"row too big", "a,b\n" + long + "," + long + "x\n", ErrTooBig, 2, 2, 0, "more than 4 MB"},
		{"Latin-1", "a,b\n1,2\n3,Caf\xe9 Noir\n", ErrEncoding, 3, 3, 2, `byte 0xE9 at the end of "3,Caf\xe9"`},
		{"Latin-1 after a quoted newline", "a,b\n\"x\r\ny\",Caf\xe9\n", ErrEncoding, 2, 3, 2, `0xE9`},
		{"Latin-1 in a quoted cell", "a,b\n1,2\n\"x\",\"\n\n\xe9\"\n", ErrEncoding, 3, 5, 2, `0xE9`},
		{"Latin-1 in the header", "a,Pr\xe9nom\n", ErrEncoding, 1, 1, 2, `0xE9`},
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

// TestDamagedText: no encoding is proposed for a file that is UTF-8 but for a byte.
func TestDamagedText(t *testing.T) {
	const head = "Name,City\nJosé,Zürich\nZoë,Malmö\n"
	tests := []struct {
		name, content, encoding string
		kind                    error
		line, column            int
		text, hint              string
	}{
		{"a byte", head + "Ann,Delft\nRen\xe9,Gouda\n", "", ErrEncoding, 5, 1, `byte 0xE9 at the end of "Ren\xe9"`, "mend that character"},
		{"a byte behind a BOM", bomUTF8 + "Name,City\nAnn,Delft\nRen\xe9,Gouda\n", "", ErrEncoding, 3, 1, `byte 0xE9`, "mend that character"},
		{"as told", head + "Ren\xe9,Gouda\n", "utf-8", ErrEncoding, 4, 1, `byte 0xE9`, "--encoding windows-1252"},
		{"cut off", head + "Ann,Besan\xc3", "", ErrCutOff, 4, 2, `ends inside a character, behind "Ann,Besan"`, "get the file again"},
		{"cut off in a quoted row", head + "\"Ann\",Besan\xe2\x82", "", ErrCutOff, 4, 2, `ends inside a character`, "get the file again"},
		{"a byte in the last row", head + "Ann,Besan\xc3\n", "", ErrEncoding, 4, 2, `byte 0xC3`, "mend that character"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			_, err := readAll(file(t, "x.csv", tt.content), Options{Encoding: tt.encoding})
			var e *Error
			if !errors.As(err, &e) || !errors.Is(err, tt.kind) || e.Line != tt.line || e.Column != tt.column || !strings.Contains(err.Error(), tt.text) {
				t.Errorf("got %v", err)
			}
			if hint := Hint(err); !strings.Contains(hint, tt.hint) || tt.encoding == "" && strings.Contains(hint, "--encoding") {
				t.Errorf("hint: %s", hint)
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
	e := &Error{Path: "leads.csv", Sheet: "Leads", Row: 7, Line: 9, Column: 3, Err: ErrEncoding}
	if got, want := e.Error(), `read "leads.csv", sheet "Leads": row 7, line 9, column C: not UTF-8`; got != want {
		t.Errorf("got %s, want %s", got, want)
	}
}

// TestWindow reads rows that straddle every place of the window's end.
func TestWindow(t *testing.T) {
	var b strings.Builder
	b.WriteString("n,text\r\n")
	for i := range 3000 {
		fmt.Fprintf(&b, "%d,\"%s\r\n\"\"%[1]d\"\r\n", i, strings.Repeat("é", i%97))
	}
	s := newCSVScanner(iotest.OneByteReader(strings.NewReader(b.String())), ',')
	var row Row
	for i := -1; i < 3000; i++ {
		if err := s.next(&row); err != nil {
			t.Fatal(err)
		}
		want := []string{"n", "text"}
		if i >= 0 {
			want = []string{strconv.Itoa(i), strings.Repeat("é", i%97) + "\n\"" + strconv.Itoa(i)}
		}
		if line := max(1, 2*i+2); !cmp.Equal(want, row.Cells) || row.Number != i+2 || row.Line != line {
			t.Fatalf("row %d: number %d, line %d, cells %q", i, row.Number, row.Line, row.Cells)
		}
	}
	if err := s.next(&row); err != io.EOF {
		t.Error(err)
	}
}

// TestLongLines reads lines of which each cell could make the scanner look through all of the rest.
func TestLongLines(t *testing.T) {
	const cells = 50_000
	for _, cell := range []string{` "x"y`, ` "x`, `"x"y`, ` "" x`, `    `, `x"`} {
		s := newCSVScanner(strings.NewReader(strings.Repeat(cell+",", cells-1)+cell+"\n"), ',')
		var row Row
		start := time.Now()
		if err := s.next(&row); err != nil || len(row.Cells) != cells || row.Cells[1] != cell && cell[0] == ' ' {
			t.Errorf("%s: %d cells, %v", cell, len(row.Cells), err)
		}
		if took := time.Since(start); took > 3*time.Second {
			t.Errorf("%s: reads %d cells in %s", cell, cells, took)
		}
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

func TestLineEndFact(t *testing.T) {
	for text, want := range map[string]string{
		"a,b\r\n1,\"x\ny\"\r\n2,\"\"\"z\"\"\n\"\r\n": "", // as Google ends lines of a cell
		"a,b\r\n1,2\n3,4\r\n":                        "mixed",
		"a,b\r1,2\r":                                 "CR",
		"a,b\n1,\"x\ry\"\n":                          "",
		"a,b\n5\" pipe,\"x\r\ny\"\n3,4\n":            "", // a quote that opens no cell
		"a,5\" pipe\n\"x\",y\r\n":                    "mixed",
	} {
		var n notes
		lineEndFact([]byte(text), ',', &n)
		got := ""
		for _, f := range n.facts {
			got += f.Value
		}
		if got != want {
			t.Errorf("%q: %q, want %q", text, got, want)
		}
	}
}
