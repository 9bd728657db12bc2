package planfile_test

import (
	"encoding/csv"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/xuri/excelize/v2"
	"golang.org/x/text/encoding"
	"golang.org/x/text/encoding/charmap"
	"golang.org/x/text/encoding/unicode"

	"crmferry/importer/planfile"
)

// planRows are the rows of the sheet Plan as a program saves them as CSV: texts as they are, sorted from the last to the
// first, with two rows refused and a column of one's own.
func planRows(t testing.TB) [][]string {
	t.Helper()
	f, err := excelize.OpenFile(write(t, "x.xlsx", results()))
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	rows, err := f.GetRows("Plan")
	if err != nil {
		t.Fatal(err)
	}
	rows[2][1], rows[1][1] = "FALSCH", "x"
	for i := range rows {
		rows[i] = append(rows[i], "mine; really, \"mine\"")
	}
	rows[0][len(rows[0])-1] = "note"
	slices.Reverse(rows[1:])
	return rows
}

const twoRefused = "2 4 6; 2 refused, 0 missing"

// encodeCSV is a CSV file as Excel writes it.
func encodeCSV(t testing.TB, rows [][]string, delimiter rune, e encoding.Encoding) string {
	t.Helper()
	var b strings.Builder
	w := csv.NewWriter(&b)
	w.Comma, w.UseCRLF = delimiter, true
	if err := w.WriteAll(rows); err != nil {
		t.Fatal(err)
	}
	text := b.String()
	if e != nil {
		var err error
		if text, err = e.NewEncoder().String(text); err != nil {
			t.Fatal(err)
		}
	}
	path := filepath.Join(t.TempDir(), "saved.csv")
	if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
	return path
}

// narrowed has the texts as Excel saves them where Windows-1252 is usual, with a name for Łukasz.
func narrowed(rows [][]string, name string) [][]string {
	for _, row := range rows {
		for i, c := range row {
			row[i] = strings.NewReplacer("Łukasz", name, "山田", "??").Replace(c)
		}
	}
	return rows
}

func TestSavedAsCSV(t *testing.T) {
	for _, tt := range []struct {
		name      string
		delimiter rune
		encoding  encoding.Encoding
		rows      [][]string
		want      string
	}{
		{"CSV", ',', nil, planRows(t), twoRefused},
		{"CSV UTF-8", ';', unicode.UTF8BOM, planRows(t), twoRefused},
		{"Unicode text", '\t', unicode.UTF16(unicode.LittleEndian, unicode.UseBOM), planRows(t), twoRefused},
		{"Windows-1252", ';', charmap.Windows1252, narrowed(planRows(t), "?ukasz"), twoRefused},
		{"Windows-1252, letters alike", ';', charmap.Windows1252, narrowed(planRows(t), "Lukasz"), twoRefused},
		{"Windows-1252, another name", ';', charmap.Windows1252, narrowed(planRows(t), "Markus"), `row 6, line 6, column D: "key" was changed: the plan says "+31612345678 Łukasz" (and 1 more cell)`},
	} {
		if tt.encoding == charmap.Windows1252 {
			tt.rows[1][len(tt.rows[1])-1] = "café" // so that it cannot be UTF-8
		}
		if got := verdict(encodeCSV(t, tt.rows, tt.delimiter, tt.encoding), results()); !strings.HasSuffix(got, tt.want) {
			t.Errorf("%s: %s, want %s", tt.name, got, tt.want)
		}
	}
}

// TestCSVMarked: the report of a dry run, marked, with its changes beside it.
func TestCSVMarked(t *testing.T) {
	for _, tt := range []struct {
		name      string
		old, with string // in the plan
		was, is   string // in the changes
		want      string
	}{
		{"marked", ",,Ann Sample", ",no,Ann Sample", "", "", "2 4 6 8; 1 refused, 0 missing"},
		{"a word", ",,Ann Sample", ",later,Ann Sample", "", "", `leads.dry-run.csv": row 3, line 3, column P: "later" is neither yes nor no`},
		{"a key", "ann@example.com", "joe@example.com", "", "", `leads.dry-run.csv": row 3, line 3, column C: "key" was changed: the plan says "ann@example.com"`},
		{"a shifted row", ",,Ann Sample", ",,Sample, Ann", "", "", `leads.dry-run.csv": row 3, line 3: the row has more cells than the header: put the cell that has a delimiter in it between quotes`},
		{"a value", "", "", "customer", "partner", `leads.dry-run.changes.csv": row 5, line 6, column F: "will be" was changed: the plan says "customer"`},
		{"changes of another plan", "", "", run, "20250702T091500Z-plan-x-4f1a9c", allApproved},
		{"no changes", "", "", "now,will be", "a,b", allApproved},
	} {
		path := write(t, "leads.dry-run.csv", results())
		replace(t, path, tt.old, tt.with)
		replace(t, planfile.ChangesPath(path), tt.was, tt.is)
		if got := verdict(path, results()); !strings.HasSuffix(got, tt.want) {
			t.Errorf("%s: %s, want %s", tt.name, got, tt.want)
		}
	}
}

func replace(t testing.TB, path, old, with string) {
	t.Helper()
	data, err := os.ReadFile(path)
	if err != nil || !strings.Contains(string(data), old) {
		t.Fatalf("%q is not in %s: %v", old, path, err)
	}
	if err := os.WriteFile(path, []byte(strings.ReplaceAll(string(data), old, with)), 0o600); err != nil {
		t.Fatal(err)
	}
}

// TestLibreOfficeSaves: a plan that is opened in LibreOffice and saved, as a workbook and as CSV.
func TestLibreOfficeSaves(t *testing.T) {
	soffice, err := exec.LookPath("soffice")
	if err != nil {
		t.Skip("LibreOffice is not installed: none of its files was read")
	}
	if testing.Short() {
		t.Skip("-short: LibreOffice takes seconds to start")
	}
	source := write(t, "x.xlsx", results())
	edit(t, source, func(f *excelize.File) error { return set("Plan", "B3", false)(f) })
	folder := t.TempDir()
	for _, tt := range []struct{ format, saved string }{
		{"xlsx", "x.xlsx"},
		// Of the first sheet, with a semicolon, in Windows-1252, as shown.
		{"csv:Text - txt - csv (StarCalc):59,34,1,1,,0,false,true", "x.csv"},
	} {
		out, err := exec.Command(soffice, "-env:UserInstallation=file://"+filepath.ToSlash(folder)+"/profile", "--headless", "--convert-to", tt.format, "--outdir", folder, source).CombinedOutput()
		if err != nil {
			t.Fatalf("%v: %s", err, out)
		}
		if got := verdict(filepath.Join(folder, tt.saved), results()); got != "2 4 6 8; 1 refused, 0 missing" {
			t.Errorf("%s: %s", tt.format, got)
		}
	}
}
