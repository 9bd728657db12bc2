package report_test

import (
	"errors"
	"io"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/xuri/excelize/v2"

	"crmferry/importer"
	"crmferry/importer/modes"
	"crmferry/importer/outcome"
	"crmferry/importer/report"
	"crmferry/internal/crm"
	"crmferry/internal/sheet"
	sheetwrite "crmferry/internal/sheet/write"
	"crmferry/internal/state"
	"crmferry/mapping"
)

// plain advises in one word each.
type plain struct{}

func (plain) OnCode(code string) string          { return "mend " + code }
func (plain) OnProblem(p mapping.Problem) string { return "mend " + p.Code }
func (plain) OnFinding(code string) string       { return "see " + code }
func (plain) OnOpen() string                     { return "resume it" }
func (plain) OnTooManyRows() string              { return "write CSV" }

func out(t *testing.T, kind state.OutputKind, path string) *state.Output {
	return state.NewOutputs(t.TempDir(), func(string) state.Origin { return state.Origin{} }, time.Now).Output(kind, path)
}

func write(t *testing.T, lines ...string) string {
	t.Helper()
	path := filepath.Join(t.TempDir(), "in.csv")
	if err := os.WriteFile(path, []byte(strings.Join(lines, "\n")+"\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	return path
}

// read returns the header and the rows of a sheet, a line each, cells joined by bars.
func read(t *testing.T, path, name string) (lines []string) {
	t.Helper()
	r, err := sheet.Open(path, sheet.Options{Sheet: name})
	if err != nil {
		t.Fatal(err)
	}
	defer r.Close()
	lines = append(lines, strings.Join(r.Header(), "|"))
	for {
		row, err := r.Next()
		if errors.Is(err, io.EOF) {
			return lines
		}
		if err != nil {
			t.Fatal(err)
		}
		lines = append(lines, strings.Join(row.Cells, "|"))
	}
}

var flawed = []string{"First name,Last name,Email,Company,Phone", "Ann,Smith,mailto:ann@example.com,Acme Inc,", "Bob,Brown,broken,Acme Inc,",
	"Ann,Jones,ann@example.com,Acme Inc,"}

// TestCheckWriter: a check tells of each cell that is wrong or repaired where it stands and what to do, as CSV in one list, as a
// workbook on sheets of their own, with what each column is taken for.
func TestCheckWriter(t *testing.T) {
	check := func(t *testing.T, name string, format sheet.Format) string {
		t.Helper()
		o := importer.Options{Path: write(t, flawed...), Name: "in.csv", Mode: modes.Upsert}
		im, err := importer.New(t.Context(), mapping.GrowContacts(), o)
		if err != nil {
			t.Fatal(err)
		}
		path := filepath.Join(t.TempDir(), name)
		w, err := report.NewCheckWriter(out(t, state.CheckOutput, path), format, sheetwrite.TextOptions{}, im.Survey(), "growcrm@acme", plain{})
		if err != nil {
			t.Fatal(err)
		}
		if err := im.Check(t.Context(), func(c importer.Checked) error {
			return w.Add(c.Row, c.Result.Problems, c.Result.Outcome, c.Findings)
		}); err != nil {
			t.Fatal(err)
		}
		if err := w.Finish(); err != nil {
			t.Fatal(err)
		}
		return path
	}
	bad := "3|C|Email|broken|rejected|bad_email|"
	t.Run("CSV", func(t *testing.T) {
		lines := read(t, check(t, "check.csv", sheet.CSV), "")
		if want := "row|column|header|cell|outcome|code|read_as|what_is_wrong|what_to_do"; lines[0] != want {
			t.Errorf("header %q", lines[0])
		}
		found := strings.Join(lines[1:], "\n")
		for _, want := range []string{bad, "2|C|Email|mailto:ann@example.com|repaired|", "4||||rejected|duplicate_in_file|", "mend bad_email"} {
			if !strings.Contains(found, want) {
				t.Errorf("no %q in\n%s", want, found)
			}
		}
	})
	t.Run("XLSX", func(t *testing.T) {
		path := check(t, "check.xlsx", sheet.XLSX)
		for name, want := range map[string]string{"Needs attention": bad, "Repaired": "2|C|Email|mailto:ann@example.com|ann@example.com|", "Columns": "C|Email|email|mapped|3|mailto:ann@example.com|"} {
			if lines := strings.Join(read(t, path, name), "\n"); !strings.Contains(lines, want) {
				t.Errorf("%s: no %q in\n%s", name, want, lines)
			}
		}
		book, err := excelize.OpenFile(path)
		if err != nil {
			t.Fatal(err)
		}
		defer book.Close()
		if about, err := book.GetDocProps(); err != nil || !strings.HasSuffix(about.Title, " for growcrm@acme") {
			t.Errorf("the title %q does not name the account, error %v", about.Title, err)
		}
	})
}

// TestWriter: the report has a line a row, the rejects the rows to be mended as they were, with what is wrong; fed back, a mended
// row keeps the number that it had first.
func TestWriter(t *testing.T) {
	results := []outcome.Result{
		{Row: 2, Line: 2, Outcome: outcome.Created, Action: outcome.ActionCreate, Key: "ann@example.com", ID: "7", Changed: crm.Fields{"email"}, Attempts: 1},
		{Row: 3, Line: 3, Outcome: outcome.Rejected, Problems: []mapping.Problem{{Code: "bad_email", Field: "email", Message: "no address"}}},
		{Row: 4, Line: 4, Outcome: outcome.Unknown, Open: true, Problems: []mapping.Problem{{Code: crm.CodeUnverified, Message: "no answer"}}},
	}
	for _, ext := range []string{"csv", "xlsx"} {
		t.Run(ext, func(t *testing.T) {
			dir, format := t.TempDir(), map[string]sheet.Format{"csv": sheet.CSV, "xlsx": sheet.XLSX}[ext]
			to, rejects := filepath.Join(dir, "report."+ext), filepath.Join(dir, "rejects."+ext)
			input := write(t, flawed...)
			w := newWriter(t, to, rejects, input, format)
			for i := range results {
				if err := w.Write(&results[i]); err != nil {
					t.Fatal(err)
				}
			}
			if rejected, err := w.Finish(summaryOf()); err != nil || !rejected {
				t.Fatal(rejected, err)
			}
			want := map[string][]string{
				"csv":  {"First name|Last name|Email|Company|Phone|crmferry_row|crmferry_error|crmferry_message", "Bob|Brown|broken|Acme Inc||3|bad_email|no address"},
				"xlsx": {"crmferry_row|crmferry_error|crmferry_message|crmferry_what_to_do|First name|Last name|Email|Company|Phone", "3|bad_email|no address|mend bad_email|Bob|Brown|broken|Acme Inc|"},
			}[ext]
			if diff := cmp.Diff(want, read(t, rejects, "")); diff != "" {
				t.Error(diff)
			}
			for path, want := range map[string]string{to: "acme at crm.example.com, run r1", rejects: "acme at old.example.com"} {
				if o, err := sheet.OriginOf(path); format == sheet.XLSX && (err != nil || o.Description != want) {
					t.Errorf("%s: %+v, %v", path, o, err)
				}
			}
			name := map[string]string{"xlsx": "Rows"}[ext]
			lines := strings.Join(read(t, to, name), "\n")
			for _, want := range []string{"2|created|ann@example.com|7|email|", "3|rejected||||email|bad_email|no address", "no answer; resume it"} {
				if !strings.Contains(lines, want) {
					t.Errorf("no %q in\n%s", want, lines)
				}
			}
		})
	}
}

func newWriter(t *testing.T, to, rejects, input string, format sheet.Format) *report.Writer {
	t.Helper()
	open := func() (*sheet.Reader, error) { return sheet.Open(input, sheet.Options{}) }
	w, err := report.NewWriter(out(t, state.ReportOutput, to), format, out(t, state.RejectsOutput, rejects), report.About{Title: "Import", File: "in.csv", Run: "r1", Origin: "acme at crm.example.com, run r1", InputOrigin: "acme at old.example.com"}, open, plain{})
	if err != nil {
		t.Fatal(err)
	}
	return w
}

func summaryOf() *outcome.Summary {
	s := outcome.NewSummary(3)
	s.Begin(time.Now(), false)
	s.Finish(time.Now())
	return s
}

// TestWriterFails: of a report that lacks a line neither file appears, nor of one that is given up.
func TestWriterFails(t *testing.T) {
	for _, abort := range []bool{false, true} {
		dir := t.TempDir()
		to, rejects, input := filepath.Join(dir, "report.csv"), filepath.Join(dir, "rejects.csv"), write(t, flawed...)
		w := newWriter(t, to, rejects, input, sheet.CSV)
		if err := w.Write(&outcome.Result{Row: 3, Outcome: outcome.Rejected}); err != nil {
			t.Fatal(err)
		}
		if abort {
			w.Abort()
		} else {
			if err := w.Write(&outcome.Result{Row: 77, Outcome: outcome.Failed}); err == nil || !strings.Contains(err.Error(), "row 77 is not in the file any more") {
				t.Errorf("a row that is not there: %v", err)
			}
			if _, err := w.Finish(summaryOf()); err == nil {
				t.Error("it was put in place")
			}
		}
		left, err := os.ReadDir(dir)
		if err != nil || len(left) > 0 {
			t.Errorf("abort %v: %v, %v", abort, left, err)
		}
	}
}
