package check

import (
	"context"
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"crmferry/importer/modes"
	"crmferry/importer/report"
	"crmferry/internal/account"
	"crmferry/internal/failure"
	"crmferry/internal/job"
	"crmferry/internal/job/files"
)

// noAdvice is for reports of which nobody reads the advice.
type noAdvice struct{ report.Adviser }

// checkLeads checks a file with a header and two rows, one of which breaks a rule, as a request says.
func checkLeads(t *testing.T, change func(folder string, req *Request)) (*Result, error) {
	t.Helper()
	folder := t.TempDir()
	file := filepath.Join(folder, "leads.csv")
	if err := os.WriteFile(file, []byte("First Name,Last Name,Email\nZoë,Jansen,zoe@example.com\nJan,Smit,nobody\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	r, err := account.All().Find("clientcommander")
	if err != nil {
		t.Fatal(err)
	}
	req := Request{Resource: r, Input: files.Input{File: file}, Mode: modes.Upsert, Adviser: noAdvice{}}
	change(folder, &req)
	lookup := func(name string) (string, bool) { return folder, name == "CRMFERRY_STATE_DIR" }
	runner := job.Runner{Env: job.Env{Lookup: lookup, Now: time.Now}}
	return Run(context.Background(), &runner, req)
}

func TestCheck(t *testing.T) {
	for _, all := range []bool{false, true} {
		c, err := checkLeads(t, func(folder string, req *Request) {
			req.AllProblems, req.MapPath = all, filepath.Join(folder, "map.csv")
		})
		if err != nil {
			t.Fatal(err)
		}
		if c.Survey.Rows != 2 || c.Problems.Rejected != 1 || len(c.Problems.Codes) != 1 || (len(c.Problems.All) == 1) != all {
			t.Errorf("all %v: %+v", all, c.Problems)
		}
		if p := c.Problems.Codes[0]; p.About.Code != "bad_email" || p.Count != 1 || p.Rejected != 1 || p.First[0].Row != 3 {
			t.Errorf("%+v", p)
		}
		entries, err := files.ReadMapFile(c.Map.Path())
		if err != nil || len(entries) != 3 || entries[2].Field != "email" || c.Report != nil {
			t.Errorf("%+v, %v", entries, err)
		}
	}
}

// TestCheckOfUnknownHeader: what is known of the columns comes with the error, and the map file is written.
func TestCheckOfUnknownHeader(t *testing.T) {
	c, err := checkLeads(t, func(folder string, req *Request) {
		req.MapPath, req.Match.NeedsRequired = filepath.Join(folder, "map.csv"), true
		req.Match.Map = []string{"Email="}
		req.Match.Set = []string{"no_such_field=1"}
	})
	var e *failure.Advised
	if !errors.As(err, &e) || e.Code != failure.ExitUsage || len(e.Advice) != 1 {
		t.Fatalf("error %v", err)
	}
	if _, ok := e.Advice[0].(job.MendSheet); !ok || !c.Refused || len(c.Survey.Columns) != 3 || c.Map == nil {
		t.Errorf("advice %#v, result %+v", e.Advice[0], c)
	}
}

func TestCheckRefusesFiles(t *testing.T) {
	for want, change := range map[string]func(folder string, req *Request){
		"there is no file":                   func(folder string, req *Request) { req.Input.File += "x" },
		"would be no workbook":               func(folder string, req *Request) { req.MapPath = filepath.Join(folder, "map.xlsx") },
		"would be no .pdf file":              func(folder string, req *Request) { req.ReportPath = filepath.Join(folder, "report.pdf") },
		"the map would take the place of":    func(folder string, req *Request) { req.MapPath = req.Input.File },
		"the report would take the place of": func(folder string, req *Request) { req.ReportPath = req.Input.File },
		"report and map would both be": func(folder string, req *Request) {
			req.MapPath = filepath.Join(folder, "x.csv")
			req.ReportPath = req.MapPath
		},
		"there is no folder":                      func(folder string, req *Request) { req.ReportPath = filepath.Join(folder, "gone", "x.csv") },
		"was not written by crmferry, and is not": func(folder string, req *Request) { req.ReportPath = foreignFile(folder) },
	} {
		_, err := checkLeads(t, change)
		var e *failure.Advised
		if !errors.As(err, &e) || e.Code != failure.ExitUsage || len(e.Advice) != 1 || !strings.Contains(e.Error(), want) {
			t.Errorf("error %v, want %q", err, want)
		}
	}
}

// foreignFile makes a file that is not crmferry's.
func foreignFile(folder string) string {
	path := filepath.Join(folder, "notes.csv")
	if err := os.WriteFile(path, []byte("my,notes\n1,2\n"), 0o600); err != nil {
		panic(err)
	}
	return path
}
