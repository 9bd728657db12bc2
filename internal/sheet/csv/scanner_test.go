package csv

import (
	"fmt"
	"io"
	"strconv"
	"strings"
	"testing"
	"testing/iotest"
	"time"

	"github.com/google/go-cmp/cmp"

	"crmferry/internal/sheet/rows"
)

// TestWindow reads rows that straddle every place of the window's end.
func TestWindow(t *testing.T) {
	var b strings.Builder
	b.WriteString("n,text\r\n")
	for i := range 3000 {
		fmt.Fprintf(&b, "%d,\"%s\r\n\"\"%[1]d\"\r\n", i, strings.Repeat("é", i%97))
	}
	s := newScanner(iotest.OneByteReader(strings.NewReader(b.String())), ',')
	var row rows.Row
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
		s := newScanner(strings.NewReader(strings.Repeat(cell+",", cells-1)+cell+"\n"), ',')
		var row rows.Row
		start := time.Now()
		if err := s.next(&row); err != nil || len(row.Cells) != cells || row.Cells[1] != cell && cell[0] == ' ' {
			t.Errorf("%s: %d cells, %v", cell, len(row.Cells), err)
		}
		if took := time.Since(start); took > 3*time.Second {
			t.Errorf("%s: reads %d cells in %s", cell, cells, took)
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
		got := ""
		for _, f := range lineEndFact([]byte(text), ',') {
			got += f.Value
		}
		if got != want {
			t.Errorf("%q: %q, want %q", text, got, want)
		}
	}
}
