package job_test

import (
	"errors"
	"os"
	"path/filepath"
	"reflect"
	"testing"
	"time"

	"crmferry/importer/outcome"
	"crmferry/importer/report"
	"crmferry/internal/account"
	"crmferry/internal/failure"
	"crmferry/internal/job"
	"crmferry/internal/job/advise"
	"crmferry/internal/job/files"
	"crmferry/internal/job/jobtest"
)

// plainAdvice is what reports of these tests say to do.
type plainAdvice struct{ report.Adviser }

func (plainAdvice) OnCode(string) string    { return "" }
func (plainAdvice) OnOpen() string          { return "" }
func (plainAdvice) OnFinding(string) string { return "" }

// importOf imports a file into Grow CRM in the sandbox without a front end for people.
func importOf(t *testing.T, f *jobtest.FrontEnd, content string, change func(*job.ImportRequest)) (*job.ImportResult, error) {
	t.Helper()
	res, err := account.All().Find("growcrm")
	if err != nil {
		t.Fatal(err)
	}
	folder := t.TempDir()
	file := filepath.Join(folder, "leads.csv")
	if err := os.WriteFile(file, []byte(content), 0o600); err != nil {
		t.Fatal(err)
	}
	q := &job.ImportRequest{Resource: res, Input: files.Input{File: file}, Connect: job.ConnectOptions{Workers: 2, Sandbox: true}, Adviser: plainAdvice{}}
	change(q)
	env := func(name string) (string, bool) { return folder, name == "CRMFERRY_STATE_DIR" }
	r := &job.Runner{Env: job.Env{Lookup: env, Now: time.Now, UserAgent: "test/1"}, Observer: f}
	return r.Import(t.Context(), q)
}

// TestImport: facts go to whoever watches, and rows into the CRM.
func TestImport(t *testing.T) {
	var f jobtest.FrontEnd
	result, err := importOf(t, &f, "first_name,last_name,email,clientid\nZoë,Jansen,zoe@example.com,1\n", func(*job.ImportRequest) {})
	if err != nil {
		t.Fatal(err)
	}
	if result.Summary.Counts[outcome.Created] != 1 || result.Code != failure.ExitOK || result.Lost || result.Rejects != nil || f.Shown != 1 || f.Asked != nil {
		t.Errorf("%+v, %+v, %d shown, asked %v", result, result.Summary, f.Shown, f.Asked)
	}
	if _, err := os.Stat(result.Report.Path()); err != nil {
		t.Error(err)
	}
	var read, planned bool
	for _, e := range f.Events {
		switch e := e.(type) {
		case job.FileRead:
			read = e.Survey.Rows == 1 && !planned
		case job.ImportPlanned:
			planned = e.Plan.Rows == 1
		}
	}
	if !read || !planned {
		t.Errorf("events %+v", f.Events)
	}
}

// TestImportAdvice: what refuses an import is told by facts, without a word that only one front end knows.
func TestImportAdvice(t *testing.T) {
	const lead = "first_name,last_name,email,clientid\nZoë,Jansen,zoe@example.com,1\n"
	for _, tt := range []struct {
		content string
		change  func(*job.ImportRequest)
		want    failure.Advice
	}{
		{lead, func(q *job.ImportRequest) { q.Resume = job.NewestRun }, advise.ResumeNothing{}},
		{lead, func(q *job.ImportRequest) { q.Report = q.Input.File }, files.NameOutput{Kind: "report"}},
		{lead, func(q *job.ImportRequest) { q.CreateMissing = []string{"pets"} }, advise.ChooseKind{}},
		{"colour\nred\n", func(*job.ImportRequest) {}, job.MendSheet{}},
	} {
		result, err := importOf(t, new(jobtest.FrontEnd), tt.content, tt.change)
		var e *failure.Advised
		if result != nil || !errors.As(err, &e) || e.Code != failure.ExitUsage || len(e.Advice) == 0 || reflect.TypeOf(e.Advice[0]) != reflect.TypeOf(tt.want) {
			t.Errorf("%T: result %v, error %#v", tt.want, result, err)
		}
	}
}
