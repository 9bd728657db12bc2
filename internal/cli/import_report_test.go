package cli

import (
	"archive/zip"
	"encoding/json"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/xuri/excelize/v2"

	"crmferry/importer/outcome"
	"crmferry/internal/cli/text/verdict"
	"crmferry/internal/failure"
	"crmferry/internal/state"
)

// reportHead is the contract with those who read reports by program.
const reportHead = "row,outcome,key,id,changed,field,error,message,action,http_status,attempts,request_id,line,duration_ms,finished_at"

// awkward is a file whose cells try what a report and the rejects have to carry.
const awkward = "First name,Last name,Email,Company,Remarks\n" +
	"Nora,Nieuw,nora@example.com,Acme Inc,fine\n" +
	"\"=1+1\",Oud,\"not, an \"\"address\"\"\",Acme Inc,\"two\nlines\"\n" +
	"Zoë 🐝,Łoś,zoe@example,\"Nobody; knows\",\"'quoted'\"\n" +
	"Pia,Pas,pia@example.com,Acme Inc,\n"

func TestReportColumns(t *testing.T) {
	_, env := runningSandbox(t)
	for _, format := range []string{".csv", ".xlsx"} {
		file := putFile(t, "leads.csv", awkward)
		report := filepath.Join(t.TempDir(), "report"+format)
		got := runApp(t, env, "import", "growcrm", file, "--yes", "--rate", "off", "--report", report)
		if got.code != failure.ExitRows {
			t.Fatalf("exit code %d:\n%s", got.code, got.stderr)
		}
		var rows [][]string
		if format == ".csv" {
			head, _, _ := strings.Cut(readText(t, report), "\n")
			bare, marked := strings.CutPrefix(head, "\uFEFF")
			if !marked {
				t.Errorf("no byte order mark before %q", head)
			}
			rows = [][]string{strings.Split(strings.TrimSpace(bare), ",")}
		} else {
			x, err := excelize.OpenFile(report)
			if err != nil {
				t.Fatal(err)
			}
			defer x.Close()
			if rows, err = x.GetRows("Rows"); err != nil {
				t.Fatal(err)
			}
		}
		if diff := cmp.Diff(strings.Split(reportHead, ","), rows[0]); diff != "" {
			t.Errorf("columns of %s (-want +got):\n%s", format, diff)
		}
	}
}

// TestReportWorkbook: the report as a workbook has a frozen header, a table that filters, a chart, and every cell that
// the report as CSV has.
func TestReportWorkbook(t *testing.T) {
	_, env := runningSandbox(t)
	plain, book := filepath.Join(t.TempDir(), "report.csv"), filepath.Join(t.TempDir(), "report.xlsx")
	file := putFile(t, "leads.csv", awkward)
	for _, report := range []string{plain, book} {
		if got := runApp(t, env, "import", "growcrm", file, "-n", "--rate", "off", "--report", report); got.code != failure.ExitRows {
			t.Fatalf("exit code %d:\n%s", got.code, got.stderr)
		}
	}
	if got := runApp(t, env, "import", "growcrm", file, "--yes", "--rate", "off", "--report", book); got.code != failure.ExitRows {
		t.Fatalf("exit code %d:\n%s", got.code, got.stderr)
	}
	x, err := excelize.OpenFile(book)
	if err != nil {
		t.Fatal(err)
	}
	defer x.Close()
	if diff := cmp.Diff([]string{"Rows", "Your rows", "Summary"}, x.GetSheetList()); diff != "" {
		t.Errorf("sheets: %s", diff)
	}
	panes, err := x.GetPanes("Rows")
	if err != nil || !panes.Freeze || panes.YSplit != 1 {
		t.Errorf("panes %+v, %v", panes, err)
	}
	tables, err := x.GetTables("Rows")
	if err != nil || len(tables) != 1 || tables[0].Range != "A1:O5" {
		t.Errorf("tables %+v, %v", tables, err)
	}
	wide, err := x.GetColWidth("Rows", "H")
	if err != nil || wide < 30 {
		t.Errorf("the column of messages is %v wide, %v", wide, err)
	}
	wantParts(t, book, "xl/charts/chart1.xml", "xl/tables/table1.xml")
	wantSummary(t, x, file)

	lines, records := readReport(t, plain), 0
	rows, err := x.GetRows("Rows")
	if err != nil || len(rows) != 5 {
		t.Fatalf("%d rows, %v", len(rows), err)
	}
	for i, l := range lines {
		if l.Outcome != string(outcome.Rejected) {
			continue
		}
		records++
		if got := (reportLine{l.Row, rows[i+1][1], rows[i+1][6], rows[i+1][7], rows[i+1][4]}); rows[i+1][0] != fmt.Sprint(l.Row) || got != l {
			t.Errorf("row %d is %+v in the workbook, %+v in the text", l.Row, got, l)
		}
	}
	if records == 0 {
		t.Error("no row was compared")
	}
}

// wantParts fails unless a workbook holds these files.
func wantParts(t *testing.T, path string, names ...string) {
	t.Helper()
	z, err := zip.OpenReader(path)
	if err != nil {
		t.Fatal(err)
	}
	defer z.Close()
	for _, name := range names {
		f, err := z.Open(name)
		if err != nil {
			t.Errorf("%s: %v", name, err)
			continue
		}
		_, _ = io.Copy(io.Discard, f)
		_ = f.Close()
	}
}

func wantSummary(t *testing.T, x *excelize.File, file string) {
	t.Helper()
	rows, err := x.GetRows("Summary")
	if err != nil {
		t.Fatal(err)
	}
	cells := map[string]string{}
	for _, r := range rows {
		if len(r) > 1 {
			cells[r[0]] = strings.Join(r[1:], "|")
		}
	}
	for name, want := range map[string]string{"File": file, "Rows": "4", "created": "2", "rejected": "2", "failed": "0"} {
		if cells[name] != want {
			t.Errorf("Summary says %s = %q, want %q", name, cells[name], want)
		}
	}
	if advice := cells["bad_email"]; !strings.HasPrefix(advice, "2|") || len(advice) < 10 {
		t.Errorf("Summary says of bad_email: %q", advice)
	}
	if rows[0][0] != "Import into growcrm" {
		t.Errorf("title %q", rows[0][0])
	}
}

// TestRejectsKeepCells: the rejects hold the cells of the file as they were, in both formats.
func TestRejectsKeepCells(t *testing.T) {
	_, env := runningSandbox(t)
	want := [][]string{{"=1+1", "Oud", "not, an \"address\"", "Acme Inc", "two\nlines"}, {"Zoë 🐝", "Łoś", "zoe@example", "Nobody; knows", "'quoted'"}}
	for _, format := range []string{".csv", ".xlsx"} {
		rejects := filepath.Join(t.TempDir(), "rejects"+format)
		importFile(t, env, "growcrm", putFile(t, "leads.csv", awkward), "--rejects", rejects)
		again := runApp(t, env, "check", "growcrm", rejects, "--json")
		var c verdict.CheckJSON
		if err := json.Unmarshal([]byte(again.stdout), &c); err != nil {
			t.Fatalf("%v: %s", err, again.stderr)
		}
		if format == ".xlsx" { // what is wrong stands in front
			c.Columns = append(c.Columns[4:], c.Columns[:4]...)
		}
		if c.Rows < 2 || c.Columns[0].Letter != "A" || c.Columns[0].Example != want[0][0] || c.Columns[4].Example != want[0][4] || c.Columns[2].Example != want[0][2] {
			t.Errorf("%s: %d rows, %+v", format, c.Rows, c.Columns)
		}
		for _, column := range c.Columns[5:] {
			if column.Field != "" || !strings.HasPrefix(column.Header, "crmferry_") {
				t.Errorf("%s: column %+v is mapped", format, column)
			}
		}
	}
}

// TestFilesArePrivate: contacts are personal data, so that only the user may read what is written about them.
func TestFilesArePrivate(t *testing.T) {
	if runtime.GOOS == "windows" {
		t.Skip("no such permissions on Windows")
	}
	_, env := runningSandbox(t)
	file := putFile(t, "leads.csv", awkward)
	if got := runApp(t, env, "import", "growcrm", file, "--yes", "--rate", "off"); got.code != failure.ExitRows {
		t.Fatalf("exit code %d:\n%s", got.code, got.stderr)
	}
	wantOnly(t, filepath.Dir(file), "leads.csv", "leads.rejects.csv", "leads.report.csv")
	var found int
	for _, root := range []string{filepath.Dir(file), env[state.RootVariable]} {
		err := filepath.Walk(root, func(path string, info os.FileInfo, err error) error {
			if err != nil || path == root {
				return err
			}
			found++
			want := os.FileMode(0o600)
			if info.IsDir() {
				want = 0o700
			}
			if info.Mode().Perm() != want {
				t.Errorf("%s has mode %v, want %v", path, info.Mode().Perm(), want)
			}
			return nil
		})
		if err != nil {
			t.Fatal(err)
		}
	}
	if found < 6 {
		t.Errorf("%d files and folders were looked at: report, rejects, run, record and copy are more", found)
	}
}

// TestAccountOwner: the account owner of a client is set by a call of its own, not if it is so already, and for one
// row of a client only.
func TestAccountOwner(t *testing.T) {
	const call = "PUT /api/contacts/{id}/account-owner"
	s, env := runningSandbox(t)
	file := putFile(t, "leads.csv", "First name,Last name,Email,Company,Account owner\n"+
		"Nora,Nieuw,nora@example.com,Acme Inc,yes\nOtto,Oud,otto@example.com,acme inc,Yes\nPia,Pas,pia@example.com,Acme Inc,no\nQuin,Quist,quin@example.com,Acme Inc,\n")
	first := importFile(t, env, "growcrm", file)
	first.wantCounts(t, map[outcome.Outcome]int{outcome.Created: 3, outcome.Rejected: 1})
	if l := first.lines[1]; l.Code != outcome.CodeClaimed || !strings.Contains(l.Message, "row 2") {
		t.Errorf("the second claim: %+v", l)
	}
	if n := s.Calls("growcrm")[call]; n != 1 {
		t.Errorf("%d calls, want 1", n)
	}
	second := importFile(t, env, "growcrm", file)
	second.wantCounts(t, map[outcome.Outcome]int{outcome.Unchanged: 3, outcome.Rejected: 1})
	if n := s.Calls("growcrm")[call]; n != 1 {
		t.Errorf("%d calls after the second import, want 1", n)
	}
}

// TestMailsAreAnnounced: welcome mails go out only if asked for, and their number is said first.
func TestMailsAreAnnounced(t *testing.T) {
	_, env := runningSandbox(t)
	file := putFile(t, "leads.csv", "First name,Last name,Email,Company,send_email\nNora,Nieuw,nora@example.com,Acme Inc,yes\n")
	silent := runApp(t, env, "import", "growcrm", file, "-n", "--rate", "off")
	if strings.Contains(silent.stderr, "warning: up to") {
		t.Errorf("a header made mails go out:\n%s", silent.stderr)
	}
	wantLines(t, "stderr", runApp(t, env, "import", "growcrm", file, "-n", "--rate", "off", "--set", "send_email=yes").stderr, "warning: up to 1 ")
}
