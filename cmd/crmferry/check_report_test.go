package main

import (
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/xuri/excelize/v2"
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
		got := runApp(t, nil, "check", "rogerroger", file, "--region", "NL", "--report", report)
		if got.code != exitRows {
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

// TestCheckReportPlace: a report takes nobody's place.
func TestCheckReportPlace(t *testing.T) {
	file := filepath.Join(t.TempDir(), "a.csv")
	if err := os.WriteFile(file, []byte("Last name,Email\nJansen,jan@example.com\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	for _, report := range []string{file, filepath.Join(file, "none", "b.csv"), filepath.Dir(file)} {
		if got := runApp(t, nil, "check", "rogerroger", file, "--report", report); got.code != exitUsage {
			t.Errorf("--report %s: exit code %d, %s", report, got.code, got.stderr)
		}
	}
}
