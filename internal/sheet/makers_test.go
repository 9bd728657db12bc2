package sheet

import (
	"errors"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"crmferry/internal/sheet/rows"
	"crmferry/internal/sheet/xlsx/xlsxtest"
)

// TestMakers reads workbooks with the ways of the programs that make them.
func TestMakers(t *testing.T) {
	tests := []struct {
		maker string
		parts xlsxtest.Parts
		sheet string
		want  []string // cells joined by |
		found string   // codes
	}{
		{"Excel", xlsxtest.ExcelBook(), `R&D – "Leads"`, []string{
			"Name|Phone|Born|Zip|Share|At|OK", " Jan\nVoorbeeld|31612345678|2024-03-12|02134|7%|09:30:00|TRUE",
			"山田|(512) 555-0101|2024-03-13||||FALSE", "Ann Sample|31612345678901234|||||",
		}, ""},
		{"Google Sheets", xlsxtest.GoogleBook(), "Leads", []string{"Name|Phone|Born", "Ann Sample|31612345678|2024-03-12", "ANN SAMPLE|612345678|FALSE"}, ""},
		{"Numbers", xlsxtest.NumbersBook(), "Blad 1 – Tabel 1", []string{"Name|Phone|Born", "Jan|+31 20 555 0100|12-03-2024"}, ""},
		{"strict", xlsxtest.StrictBook(), `R&D – "Leads"`, []string{"a|b|c", "2024-03-12|2024-03-12T09:30:00|09:30:00", "2024-03-12|P1Y|"}, ""},
		{"a library", xlsxtest.LibraryBook(), "Leads", []string{"Name|Phone", "Jan|31612345678", "|1"}, "formula_without_value"},
	}
	for _, tt := range tests {
		t.Run(tt.maker, func(t *testing.T) {
			r, err := Open(file(t, "x.xlsx", string(tt.parts.Bytes(t))), Options{})
			if err != nil {
				t.Fatal(err)
			}
			defer r.Close()
			got := []string{strings.Join(r.Header(), "|")}
			row, err := r.Next()
			for ; err == nil; row, err = r.Next() {
				got = append(got, strings.Join(row.Cells, "|"))
			}
			if diff := cmp.Diff(tt.want, got); diff != "" || r.SheetName() != tt.sheet {
				t.Errorf("sheet %q: %s", r.SheetName(), diff)
			}
			var codes []string
			for _, f := range r.Findings() {
				codes = append(codes, f.Code)
			}
			if found := strings.Join(codes, " "); found != tt.found {
				t.Errorf("found %q, want %q", found, tt.found)
			}
		})
	}
}

// TestLibreOfficeSaves reads what LibreOffice itself saves: its workbook, and one of Excel 97-2003, which is refused.
func TestLibreOfficeSaves(t *testing.T) {
	soffice, err := exec.LookPath("soffice")
	if err != nil {
		t.Skip("LibreOffice is not installed: none of its files was read")
	}
	if testing.Short() {
		t.Skip("-short: LibreOffice takes seconds to start")
	}
	folder := t.TempDir()
	source := filepath.Join(folder, "x.csv")
	if err := os.WriteFile(source, []byte("Name,Phone,Born,Share,OK\n\"Voorbeeld, Jan\",31612345678,2024-03-12,15%,TRUE\nAnn Sample,,,,\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	for _, format := range []string{"xlsx", "xls"} {
		out, err := exec.Command(soffice, "-env:UserInstallation=file://"+filepath.ToSlash(folder)+"/profile", "--headless", "--convert-to", format, "--outdir", folder, source).CombinedOutput()
		if err != nil {
			t.Fatalf("%v: %s", err, out)
		}
	}
	list, err := readAll(filepath.Join(folder, "x.xlsx"), Options{})
	if err != nil || len(list) != 3 {
		t.Fatalf("%d rows, %v", len(list), err)
	}
	if diff := cmp.Diff([]string{"Voorbeeld, Jan", "31612345678", "2024-03-12", "15%", "TRUE"}, list[1].Cells); diff != "" {
		t.Error(diff)
	}
	if _, err := Open(filepath.Join(folder, "x.xls"), Options{}); !errors.Is(err, rows.ErrOldExcel) {
		t.Errorf("xls: %v", err)
	}
}
