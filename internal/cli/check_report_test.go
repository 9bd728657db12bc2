package cli

import (
	"errors"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/xuri/excelize/v2"

	"crmferry/internal/failure"
)

// TestCheckReport: the workbook of a check holds every problem and suspicion, what was repaired, the columns, and the
// values to be replaced; the CSV file holds the same lines.
func TestCheckReport(t *testing.T) {
	folder := t.TempDir()
	file := filepath.Join(folder, "odd.csv")
	text := "Last name;Email;Phone;Land;Fax\nJANSEN;jan@gmial.com;0031 6 5550 1101 (mobiel);Benelux;\n" + strings.Repeat("Smit;pia@example;0655501102;NL;\n", 9) + ";;;;\nTotal: 10;;;;\n"
	if err := os.WriteFile(file, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
	book, plain := filepath.Join(folder, "odd.xlsx"), filepath.Join(folder, "report.csv")
	for _, report := range []string{book, plain} {
		got := runApp(t, nil, "check", "rogerroger", file, "--region", "NL", "--report", report, "--plain-csv")
		if got.code != failure.ExitRows {
			t.Fatalf("exit code %d: %s", got.code, got.stderr)
		}
		wantLines(t, "stderr", got.stderr, "report  "+report)
		wantLines(t, "stdout", got.stdout, "and 4 more: bad_email")
	}
	x, err := excelize.OpenFile(book)
	if err != nil {
		t.Fatal(err)
	}
	defer x.Close()
	if diff := cmp.Diff([]string{"Needs attention", "Repaired", "Columns", "Values"}, x.GetSheetList()); diff != "" {
		t.Errorf("sheets: %s", diff)
	}
	want := map[string][]string{
		"Needs attention": {"2", "D", "Land", "Benelux", "rejected", "bad_value"},
		"Repaired":        {"2", "C", "Phone", "0031 6 5550 1101 (mobiel)", "+31655501101", "remark"},
		"Columns":         {"A", "Last name", "familyName", "mapped", "10", "JANSEN"},
		"Values":          {"address.country", "Benelux", "", "1"},
	}
	for sheet, row := range want {
		rows, err := x.GetRows(sheet)
		if err != nil || len(rows) < 2 {
			t.Fatalf("sheet %s: %d rows, %v", sheet, len(rows), err)
		}
		has := slices.ContainsFunc(rows, func(r []string) bool { return len(r) >= len(row) && slices.Equal(r[:len(row)], row) })
		if !has {
			t.Errorf("sheet %s has no row %q: %q", sheet, row, rows)
		}
		tables, err := x.GetTables(sheet)
		if panes, paneErr := x.GetPanes(sheet); err != nil || paneErr != nil || len(tables) != 1 || !panes.Freeze {
			t.Errorf("sheet %s: tables %v, panes %v, %v, %v", sheet, tables, panes, err, paneErr)
		}
		props, err := x.GetSheetProps(sheet)
		layout, layoutErr := x.GetPageLayout(sheet)
		if err != nil || layoutErr != nil || props.FitToPage == nil || !*props.FitToPage || *layout.FitToWidth != 1 || *layout.Orientation != "landscape" {
			t.Errorf("sheet %s does not fit on a page: %+v, %+v, %v, %v", sheet, props, layout, err, layoutErr)
		}
	}
	if style, err := x.GetCellStyle("Needs attention", "H2"); err != nil || !wraps(t, x, style) {
		t.Errorf("what to do is not wrapped: %v", err)
	}
	lines, err := os.ReadFile(plain)
	if err != nil {
		t.Fatal(err)
	}
	for code, n := range map[string]int{"bad_email": 9, "typing_slip": 1, "remark": 1, "capitals": 1, "footer": 1} {
		if got := strings.Count(string(lines), ","+code+","); got != n {
			t.Errorf("the report has %d lines of %s, want %d:\n%s", got, code, n, lines)
		}
	}
}

func wraps(t *testing.T, x *excelize.File, style int) bool {
	t.Helper()
	s, err := x.GetStyle(style)
	return err == nil && s.Alignment != nil && s.Alignment.WrapText
}

// TestCheckReportPlace: a report takes nobody's place.
func TestCheckReportPlace(t *testing.T) {
	file := filepath.Join(t.TempDir(), "a.csv")
	if err := os.WriteFile(file, []byte("Last name,Email\nJansen,jan@example.com\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	for _, report := range []string{file, filepath.Join(file, "none", "b.csv"), filepath.Dir(file)} {
		if got := runApp(t, nil, "check", "rogerroger", file, "--report", report); got.code != failure.ExitUsage {
			t.Errorf("--report %s: exit code %d, %s", report, got.code, got.stderr)
		}
	}
}

// TestFindingsFromTheTop: what is odd about a sheet is told in the order in which one meets it.
func TestFindingsFromTheTop(t *testing.T) {
	x := excelize.NewFile()
	defer x.Close()
	for i, row := range [][]any{{"Klanten"}, {"Achternaam", "E-mail", "Omzet"}, {"Smit", "pia@example.com", 900}, {"Bos", "noor@example.com", 100}} {
		if err := x.SetSheetRow("Sheet1", "A"+strconv.Itoa(i+1), &row); err != nil {
			t.Fatal(err)
		}
	}
	file := filepath.Join(t.TempDir(), "a.xlsx")
	if err := errors.Join(x.SetColVisible("Sheet1", "C", false), x.SetRowVisible("Sheet1", 4, false),
		x.MergeCell("Sheet1", "A3", "A4"), x.SaveAs(file)); err != nil {
		t.Fatal(err)
	}
	got := runApp(t, nil, "check", "rogerroger", file)
	wantLines(t, "stderr", got.stderr, `a.xlsx, sheet "Sheet1": `)
	at := 0
	for _, code := range []string{"row 1: above_table", "row 2: hidden_columns", "row 3: merged_cells", "row 4: hidden_rows"} {
		i := strings.Index(got.stdout[at:], code)
		if i < 0 {
			t.Fatalf("no %q in its place:\n%s", code, got.stdout)
		}
		at += i
	}
}
