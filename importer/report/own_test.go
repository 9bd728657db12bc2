package report_test

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/xuri/excelize/v2"

	"crmferry/importer/outcome"
	"crmferry/importer/report"
	"crmferry/internal/crm"
	"crmferry/internal/sheet"
	"crmferry/internal/state"
	"crmferry/mapping"
)

// ownBook is a workbook as a user has it: widths, formats of numbers, two columns of one name, a cell with a link.
func ownBook(t *testing.T) string {
	t.Helper()
	f := excelize.NewFile()
	defer f.Close()
	money := `#,##0.00\ "€"`
	phone := `"+"0`
	style := func(s excelize.Style) int {
		id, err := f.NewStyle(&s)
		if err != nil {
			t.Fatal(err)
		}
		return id
	}
	styles := map[string]int{"D": style(excelize.Style{CustomNumFmt: &phone}), "E": style(excelize.Style{NumFmt: 14}), "F": style(excelize.Style{CustomNumFmt: &money})}
	rows := [][]any{
		{"First name", "Last name", "Email", "Phone", "Since", "Revenue", "Note", "Note"},
		{"Ann", "Abel", "ann@example.com", 31612345678, 45321, 1234.5, "a\nb", ""},
		{"Bob", "", "broken", 31612345679, 45322.5, 0.1, "", "=1+1"},
		{"Cee", "Clay", "cee@example.com", 31612345680, 45323, 7, "x", "y"},
	}
	for i, row := range rows {
		for j, v := range row {
			at, err := excelize.CoordinatesToCellName(j+1, i+1)
			if err == nil {
				err = f.SetCellValue("Sheet1", at, v)
			}
			if id := styles[at[:1]]; err == nil && i > 0 && id > 0 {
				err = f.SetCellStyle("Sheet1", at, at, id)
			}
			if err != nil {
				t.Fatal(err)
			}
		}
	}
	if err := f.SetColWidth("Sheet1", "B", "C", 33.5); err != nil {
		t.Fatal(err)
	}
	path := filepath.Join(t.TempDir(), "in.xlsx")
	if err := f.SaveAs(path); err != nil {
		t.Fatal(err)
	}
	return path
}

// TestOwnRows: in the workbooks of report and rejects the user's cells read as they did, with their widths and formats; what is
// wrong is marked, with a remark to open; the report opens on the user's rows, and is still read by its sheet Rows.
func TestOwnRows(t *testing.T) {
	input := ownBook(t)
	dir := t.TempDir()
	to, rejects := filepath.Join(dir, "r.xlsx"), filepath.Join(dir, "rejects.xlsx")
	w := newWriter(t, to, rejects, input, sheet.XLSX)
	bad := mapping.Problem{Code: "bad_email", Field: "email", Column: "Email", Message: "no address"}
	for _, res := range []outcome.Result{
		{Row: 2, Outcome: outcome.Created, ID: "7", Key: "ann@example.com", Changed: crm.Fields{"email"}},
		{Row: 3, Outcome: outcome.Rejected, Problems: []mapping.Problem{bad, {Code: "required", Column: "Last name", Message: "is needed"}}},
		{Row: 4, Outcome: outcome.Updated, ID: "9"},
	} {
		if err := w.Write(&res); err != nil {
			t.Fatal(err)
		}
	}
	if rejected, err := w.Finish(summaryOf()); err != nil || !rejected {
		t.Fatal(rejected, err)
	}
	was := read(t, input, "")
	yours := read(t, to, "Your rows")
	mended := read(t, rejects, "")
	for i, front := range []string{"crmferry_row|crmferry_outcome|crmferry_what_to_do|crmferry_id|", "2|created||7|", "3|rejected|no address; is needed\nmend bad_email mend required||", "4|updated||9|"} {
		if yours[i] != front+was[i] {
			t.Errorf("Your rows: %q, want %q", yours[i], front+was[i])
		}
	}
	if want := "3|bad_email; required|no address; is needed|mend bad_email mend required|" + was[2]; mended[1] != want {
		t.Errorf("rejects: %q, want %q", mended[1], want)
	}
	if lines := read(t, to, ""); !strings.HasPrefix(lines[0], "row|outcome|key|id|") {
		t.Errorf("the sheet that is read is headed %q", lines[0])
	}
	book, err := excelize.OpenFile(to)
	if err != nil {
		t.Fatal(err)
	}
	defer book.Close()
	if got := strings.Join(book.GetSheetList(), " "); got != "Rows Your rows Summary" || book.GetSheetName(book.GetActiveSheetIndex()) != "Your rows" {
		t.Errorf("sheets %s, opens on %q", got, book.GetSheetName(book.GetActiveSheetIndex()))
	}
	if width, err := book.GetColWidth("Your rows", "F"); err != nil || width != 33.5 {
		t.Errorf("a column of 33.5 is %v wide, %v", width, err)
	}
	for at, want := range map[string]string{"J2": "1,234.50 €", "H2": "+31612345678"} {
		if shown, err := book.GetCellValue("Your rows", at); err != nil || shown != want {
			t.Errorf("%s shows %q, want %q, %v", at, shown, want, err)
		}
	}
	remarks, err := book.GetComments("Your rows")
	if err != nil || len(remarks) != 2 || remarks[0].Cell != "F3" && remarks[0].Cell != "G3" {
		t.Errorf("remarks %+v, %v", remarks, err)
	}
	summary, err := book.GetRows("Summary")
	if text := fmt.Sprint(summary); err != nil || !strings.Contains(text, "[Rejects rejects.xlsx]") || !strings.Contains(text, "[Took 1 s]") {
		t.Errorf("summary %v, %v", summary, err)
	}
	for sheet, want := range map[string]string{"Rows": "'Rows'!$A:$H", "Your rows": ""} {
		for _, name := range book.GetDefinedName() {
			if name.Scope == sheet && name.Name == "_xlnm.Print_Area" && name.RefersTo != want {
				t.Errorf("%s prints %q, want %q", sheet, name.RefersTo, want)
			}
		}
	}
	if at, err := book.GetCellType("Rows", "O2"); err != nil || at == excelize.CellTypeInlineString {
		t.Errorf("when a row was finished is a text: %v, %v", at, err)
	}
}

// TestOwnRowsOfText: the rows of a CSV file are shown as texts, also where a cell is longer than a workbook's may be.
func TestOwnRowsOfText(t *testing.T) {
	input := write(t, "Name,Email,Note", "Ann,ann@example.com,"+strings.Repeat("x", 40_000), "Bob,bob@example.com,=1+1")
	to := filepath.Join(t.TempDir(), "r.xlsx")
	open := func() (*sheet.Reader, error) { return sheet.Open(input, sheet.Options{}) }
	w, err := report.NewWriter(out(t, state.ReportOutput, to), sheet.XLSX, nil, report.About{Title: "Import", File: "in.csv"}, open, plain{})
	if err != nil {
		t.Fatal(err)
	}
	for _, row := range []int{2, 3} {
		if err := w.Write(&outcome.Result{Row: row, Outcome: outcome.Created}); err != nil {
			t.Fatal(err)
		}
	}
	if _, err := w.Finish(summaryOf()); err != nil {
		t.Fatal(err)
	}
	lines := read(t, to, "Your rows")
	if len(lines) != 3 || !strings.HasPrefix(lines[1], "2|created|||Ann|ann@example.com|xxx") || !strings.HasSuffix(lines[1], "x [cut: too long for a cell]") || lines[2] != "3|created|||Bob|bob@example.com|=1+1" {
		t.Errorf("%d lines, the last %q", len(lines), lines[len(lines)-1])
	}
	if _, err := os.Stat(to); err != nil {
		t.Error(err)
	}
}
