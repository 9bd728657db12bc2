package job

import (
	"bytes"
	"context"
	"errors"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"crmferry/internal/account"
	"crmferry/internal/failure"
	"crmferry/internal/job/files"
)

// frontEnd is an Observer that is no terminal: it notes what it is told, and answers the same to everything.
type frontEnd struct {
	events []Event
	done   int64
	answer bool
	err    error
	asked  []Question
}

func (f *frontEnd) Warn(string)                                  {}
func (f *frontEnd) Waiting(time.Duration, string)                {}
func (f *frontEnd) Silent(*account.Connection)                   {}
func (f *frontEnd) Event(e Event)                                { f.events = append(f.events, e) }
func (f *frontEnd) Progress(string, int64, *Connection) Progress { return f }
func (f *frontEnd) CanAsk() bool                                 { return true }
func (f *frontEnd) Set(done int64)                               { f.done = done }
func (f *frontEnd) Total(int64)                                  {}
func (f *frontEnd) Left(time.Duration)                           {}
func (f *frontEnd) Done()                                        {}

func (f *frontEnd) Ask(_ context.Context, q Question) (bool, error) {
	f.asked = append(f.asked, q)
	return f.answer, f.err
}

// exportOf exports a resource of the sandbox without a front end for people.
func exportOf(t *testing.T, f *frontEnd, id, file string, change func(*ExportRequest)) (*ExportResult, error) {
	t.Helper()
	res, err := account.All().Find(id)
	if err != nil {
		t.Fatal(err)
	}
	folder := t.TempDir()
	env := func(name string) (string, bool) { return folder, name == "CRMFERRY_STATE_DIR" }
	q := &ExportRequest{Resource: res, File: files.NewOutputFile(file, time.Now()), Started: time.Now(), Connect: ConnectOptions{Workers: 2, Sandbox: true},
		About: func(*ExportResult) [][]string { return nil }}
	if change != nil {
		change(q)
	}
	r := &Runner{Env: Env{Lookup: env, Now: time.Now, UserAgent: "test/1"}, Observer: f}
	return r.Export(t.Context(), q)
}

// TestExport: facts go to whoever watches, and contacts into the file.
func TestExport(t *testing.T) {
	file := filepath.Join(t.TempDir(), "contacts.csv")
	var f frontEnd
	result, err := exportOf(t, &f, "growcrm", file, nil)
	if err != nil {
		t.Fatal(err)
	}
	data, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	rows := int64(bytes.Count(data, []byte("\n")) - 1)
	if rows < 10 || result.Stats.Rows != rows || f.done != rows || !result.Complete() || result.Requests == 0 {
		t.Errorf("%d rows in the file, %d shown, result %+v", rows, f.done, result)
	}
	plan, ok := f.events[0].(*ExportPlan)
	if !ok || plan.File.Path != file || plan.Narrowed() || len(plan.Columns) == 0 || !plan.Sandbox {
		t.Errorf("first event %+v", f.events[0])
	}
	if !slices.ContainsFunc(f.events, func(e Event) bool { r, ok := e.(ContactsRemembered); return ok && int64(r.Contacts) > rows }) {
		t.Errorf("events %+v", f.events)
	}
}

// TestExportToStdout: what was asked for goes to the writer, with its texts cleaned.
func TestExportToStdout(t *testing.T) {
	var out bytes.Buffer
	result, err := exportOf(t, new(frontEnd), "growcrm", files.Stdout, func(q *ExportRequest) {
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
		change         func(*ExportRequest)
		code           failure.ExitCode
		want           failure.Advice
	}{
		{"few rows", "growcrm", "new.csv", func(q *ExportRequest) { q.MinRows = 1e6 }, failure.ExitFailed, CheckLoss{}},
		{"shrunk", "growcrm", "old.csv", func(q *ExportRequest) { q.MaxShrink = &half }, failure.ExitFailed, CheckLoss{}},
		{"a folder for each", "growcrm", "{date}.csv/x.csv", func(q *ExportRequest) { q.MaxShrink = &half }, failure.ExitUsage, UsePlaceholdersInName{}},
		{"no list", "cloverhound", "new.csv", nil, failure.ExitUsage, nil},
	} {
		t.Run(tt.name, func(t *testing.T) {
			before := listFolder(t, dir)
			_, err := exportOf(t, new(frontEnd), tt.id, filepath.Join(dir, tt.file), tt.change)
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
