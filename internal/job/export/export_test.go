package export

import (
	"bytes"
	"errors"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"crmferry/internal/account"
	"crmferry/internal/failure"
	"crmferry/internal/job"
	"crmferry/internal/job/files"
	"crmferry/internal/job/jobtest"
)

// exportOf exports a resource of the sandbox without a front end for people.
func exportOf(t *testing.T, f *jobtest.FrontEnd, id, file string, change func(*Request)) (*Result, error) {
	t.Helper()
	res, err := account.All().Find(id)
	if err != nil {
		t.Fatal(err)
	}
	folder := t.TempDir()
	env := func(name string) (string, bool) { return folder, name == "CRMFERRY_STATE_DIR" }
	q := &Request{Resource: res, File: files.NewOutputFile(file, time.Now()), Started: time.Now(), Connect: job.ConnectOptions{Workers: 2, Sandbox: true},
		About: func(*Result) [][]string { return nil }}
	if change != nil {
		change(q)
	}
	r := &job.Runner{Env: job.Env{Lookup: env, Now: time.Now, UserAgent: "test/1"}, Observer: f}
	return Run(t.Context(), r, q)
}

// TestExport: facts go to whoever watches, and contacts into the file.
func TestExport(t *testing.T) {
	file := filepath.Join(t.TempDir(), "contacts.csv")
	var f jobtest.FrontEnd
	result, err := exportOf(t, &f, "growcrm", file, nil)
	if err != nil {
		t.Fatal(err)
	}
	data, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	rows := int64(bytes.Count(data, []byte("\n")) - 1)
	if rows < 10 || result.Stats.Rows != rows || f.Shown != rows || !result.Complete() || result.Requests == 0 {
		t.Errorf("%d rows in the file, %d shown, result %+v", rows, f.Shown, result)
	}
	plan, ok := f.Events[0].(*Plan)
	if !ok || plan.File.Path != file || plan.Narrowed() || len(plan.Columns) == 0 || !plan.Sandbox {
		t.Errorf("first event %+v", f.Events[0])
	}
	if !slices.ContainsFunc(f.Events, func(e job.Event) bool { r, ok := e.(ContactsRemembered); return ok && int64(r.Contacts) > rows }) {
		t.Errorf("events %+v", f.Events)
	}
}

// TestExportToStdout: what was asked for goes to the writer, with its texts cleaned.
func TestExportToStdout(t *testing.T) {
	var out bytes.Buffer
	result, err := exportOf(t, new(jobtest.FrontEnd), "growcrm", files.Stdout, func(q *Request) {
		q.Stdout, q.Limit, q.Columns, q.Clean = &out, 2, []string{"email"}, strings.ToUpper
	})
	if err != nil {
		t.Fatal(err)
	}
	lines := strings.Split(strings.TrimSpace(out.String()), "\n")
	if len(lines) != 3 || lines[0] != "email" || lines[1] != strings.ToUpper(lines[1]) || result.Output != nil || result.Complete() {
		t.Errorf("%q, result %+v", lines, result)
	}
}

// TestExportAdvice: what ends an export is told by facts, without a word that only one front end knows.
func TestExportAdvice(t *testing.T) {
	dir := t.TempDir()
	old := filepath.Join(dir, "old.csv")
	if err := os.WriteFile(old, []byte("email\n"+strings.Repeat("ann@example.com\n", 5000)), 0o600); err != nil {
		t.Fatal(err)
	}
	half := 0.5
	for _, tt := range []struct {
		name, id, file string
		change         func(*Request)
		code           failure.ExitCode
		want           failure.Advice
	}{
		{"few rows", "growcrm", "new.csv", func(q *Request) { q.MinRows = 1e6 }, failure.ExitFailed, CheckLoss{}},
		{"shrunk", "growcrm", "old.csv", func(q *Request) { q.MaxShrink = &half }, failure.ExitFailed, CheckLoss{}},
		{"a folder for each", "growcrm", "{date}.csv/x.csv", func(q *Request) { q.MaxShrink = &half }, failure.ExitUsage, UsePlaceholdersInName{}},
		{"no list", "cloverhound", "new.csv", nil, failure.ExitUsage, nil},
	} {
		t.Run(tt.name, func(t *testing.T) {
			before := listFolder(t, dir)
			_, err := exportOf(t, new(jobtest.FrontEnd), tt.id, filepath.Join(dir, tt.file), tt.change)
			var e *failure.Advised
			if !errors.As(err, &e) || e.Code != tt.code || len(e.Advice) == 0 || tt.want != nil && e.Advice[0] != tt.want {
				t.Errorf("%+v: %v", err, err)
			}
			if strings.Contains(err.Error(), "--") {
				t.Errorf("%v names a flag", err)
			}
			if after := listFolder(t, dir); !slices.Equal(before, after) {
				t.Errorf("files were %q, are %q", before, after)
			}
		})
	}
}

// listFolder lists the files of a folder with the times of their changes.
func listFolder(t *testing.T, dir string) []string {
	t.Helper()
	entries, err := os.ReadDir(dir)
	if err != nil {
		t.Fatal(err)
	}
	var list []string
	for _, e := range entries {
		info, err := e.Info()
		if err != nil {
			t.Fatal(err)
		}
		list = append(list, e.Name()+" "+info.ModTime().String())
	}
	return list
}

// TestPreviousFile: where each file has a name of its own, the newest of those names is compared with.
func TestPreviousFile(t *testing.T) {
	dir := t.TempDir()
	for i, name := range []string{"c-2026-03-14.csv", "c-2026-03-15.csv", "c-today.csv", "d-2026-03-16.csv"} {
		path := filepath.Join(dir, name)
		if err := os.WriteFile(path, nil, 0o600); err != nil {
			t.Fatal(err)
		}
		at := time.Date(2026, 3, 15, i, 0, 0, 0, time.UTC)
		if err := os.Chtimes(path, at, at); err != nil {
			t.Fatal(err)
		}
	}
	for name, want := range map[string]string{"c-{date}.csv": "c-2026-03-15.csv", "e-{date}.csv": "", "c-today.csv": "c-today.csv", "new.csv": ""} {
		got, err := previousFile(files.NewOutputFile(filepath.Join(dir, name), time.Now()))
		if want != "" {
			want = filepath.Join(dir, want)
		}
		if err != nil || got != want {
			t.Errorf("%s: %q, %v, want %q", name, got, err, want)
		}
	}
}
