package sheet

import (
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"crmferry/internal/sheet/rows"
	"crmferry/internal/sheet/xlsx/xlsxtest"
)

// reading is all that a reader says, read to its end.
type reading struct {
	Format    Format
	Sheet     string
	Delimiter rune
	HeaderRow int
	Header    []string
	Facts     []Fact
	Rows      []Row
	Findings  []FindingCount
	Err       string
}

func readingOf(r *Reader) reading {
	defer r.Close()
	x := reading{Format: r.Format(), Sheet: r.SheetName(), Delimiter: r.Delimiter(), HeaderRow: r.HeaderRow(), Header: r.Header(), Facts: r.Facts()}
	for {
		row, err := r.Next()
		if err != nil {
			x.Err = err.Error()
			x.Findings = r.Findings()
			return x
		}
		row.Cells = append([]string(nil), row.Cells...)
		x.Rows = append(x.Rows, row)
	}
}

// layoutFiles are files in which much has to be found out, and some things are odd.
func layoutFiles(t *testing.T) map[string]Options {
	files := map[string]Options{}
	add := func(name, content string, o Options) { files[file(t, name, content)] = o }
	paths, err := filepath.Glob("testdata/text/*.csv")
	if err != nil || len(paths) < 10 {
		t.Fatalf("%d files, %v", len(paths), err)
	}
	for _, path := range paths {
		files[path] = Options{}
	}
	add("told.csv", "a;b\nJos\xe9;2\n", Options{Delimiter: ';', Encoding: "cp1252"})
	add("sep.csv", "sep=|\r\na|b\r\n1|2\r\n", Options{})
	add("utf16.csv", bomLittle+string(utf16Bytes("a\tb\n1\t2\n")), Options{})
	add("mark.csv", "\xEF\xBB\xBF\n\nReport of May\n\nName,Email\nJan,jan@example.com\nJan,jan@example.com\n\nTotal,2\n", Options{})
	add("late.csv", "Name\n"+strings.Repeat("Jan\n", 1<<17)+"Jos\xe9\n", Options{})
	add("broken.csv", "a,b\n1,2\n3,\"x\n", Options{})
	for name, p := range map[string]xlsxtest.Parts{"excel": xlsxtest.ExcelBook(), "google": xlsxtest.GoogleBook(), "numbers": xlsxtest.NumbersBook(), "library": xlsxtest.LibraryBook(),
		"notes": xlsxtest.Tabs(xlsxtest.Tab{Name: "Notes", Rows: []string{"words"}}, xlsxtest.Tab{Name: "Leads", Rows: []string{"My leads", "", "Name|Email|City", "Jan|jan@example.com|Delft", "Ann|ann@example.com|Gouda"}}),
	} {
		add(name+".xlsx", string(p.Bytes(t)), Options{})
	}
	goesOn := []string{"Name|Email|City", "Jan|jan@example.com|Delft", "Ann|ann@example.com|Gouda"}
	add("further.xlsx", string(xlsxtest.Tabs(xlsxtest.Tab{Name: "Leads", Rows: goesOn}, xlsxtest.Tab{Name: "Leads 2", Rows: goesOn}).Bytes(t)), Options{Further: true})
	return files
}

// TestLayout: a file that is opened by its layout reads as it did when that was found, however often.
func TestLayout(t *testing.T) {
	for path, o := range layoutFiles(t) {
		r, err := Open(path, o)
		if err != nil {
			t.Logf("%s: %v", path, err) // there is nothing to open again
			continue
		}
		layout := r.Layout()
		want := readingOf(r)
		for range 2 {
			again, err := layout.Open()
			if err != nil {
				t.Fatalf("%s: %v", path, err)
			}
			if diff := cmp.Diff(want, readingOf(again)); diff != "" {
				t.Errorf("%s: %s", path, diff)
			}
		}
	}
}

// TestLayoutOfAnotherFile: a file that is no longer the same is not read in the way of the one before.
func TestLayoutOfAnotherFile(t *testing.T) {
	sameSize := func(content string) func(path string) error {
		return func(path string) error {
			info, err := os.Stat(path)
			if err != nil {
				return err
			}
			return errors.Join(os.WriteFile(path, []byte(content), 0o600), os.Chtimes(path, time.Time{}, info.ModTime()))
		}
	}
	for name, change := range map[string]func(path string) error{
		"longer":       func(path string) error { return os.WriteFile(path, []byte("a,b\n1,2\n3,4\n"), 0o600) },
		"touched":      func(path string) error { return os.Chtimes(path, time.Time{}, time.Unix(1, 0)) },
		"header":       sameSize("a,c\n1,2\n"),
		"header's row": sameSize("\n\n\n\na,b\n"),
	} {
		path := file(t, "x.csv", "a,b\n1,2\n")
		r, err := Open(path, Options{})
		if err != nil {
			t.Fatal(err)
		}
		r.Close()
		if err := change(path); err != nil {
			t.Fatal(err)
		}
		var e *Error
		if _, err := r.Layout().Open(); !errors.Is(err, rows.ErrChanged) || !errors.As(err, &e) || e.Path != path {
			t.Errorf("%s: %v", name, err)
		}
	}
}
