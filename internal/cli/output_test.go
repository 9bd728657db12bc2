package cli

import (
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/xuri/excelize/v2"

	"crmferry/internal/failure"
	"crmferry/internal/sandbox"
	"crmferry/internal/state"
)

const badLeads = "First Name,Last Name,E-mail,Company\nPiet,Pietersen,piet@example.com,Acme Inc\nEva,,eva(at)example.com,Acme Inc\n"

// TestOutputsOfEarlierVersions: what is there of an earlier version is crmferry's. Whether people changed it cannot be
// told: it is kept.
func TestOutputsOfEarlierVersions(t *testing.T) {
	leads := putFile(t, "leads.csv", badLeads)
	export := []string{"export", "growcrm", "--sandbox", "--limit", "2", "-o", "FILE"}
	for _, tt := range []struct {
		name string
		kept string // the name of the old file afterwards
		args []string
		code failure.ExitCode
	}{
		{"contacts.csv", "contacts.kept-DATE.csv", export, failure.ExitOK},
		{"contacts.xlsx", "contacts.kept-DATE.xlsx", export, failure.ExitOK},
		{"excel.csv", "excel.kept-DATE.csv", export, failure.ExitOK},
		{"report.csv", "report.csv", []string{"import", "growcrm", leads, "--sandbox", "--report", "FILE"}, failure.ExitRows},
		{"report.xlsx", "report.xlsx", []string{"import", "growcrm", leads, "--sandbox", "--report", "FILE"}, failure.ExitRows},
		{"rejects.csv", "rejects.csv", []string{"import", "growcrm", leads, "--sandbox", "--rejects", "FILE"}, failure.ExitRows},
		{"rejects.xlsx", "rejects.xlsx", []string{"import", "growcrm", leads, "--sandbox", "--rejects", "FILE"}, failure.ExitRows},
		{"check.csv", "check.csv", []string{"check", "growcrm", leads, "--report", "FILE"}, failure.ExitRows},
		{"check.xlsx", "check.xlsx", []string{"check", "growcrm", leads, "--report", "FILE"}, failure.ExitRows},
		{"map.csv", "map.csv", []string{"check", "growcrm", leads, "--write-map", "FILE"}, failure.ExitRows},
	} {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			was := readFile(t, filepath.Join("testdata/earlier", tt.name))
			file := putFile(t, tt.name, string(was))
			args := slices.Clone(tt.args)
			args[slices.Index(args, "FILE")] = file
			if tt.args[0] == "import" {
				own := putFile(t, "leads.csv", badLeads) // each with a report of its own
				args[2] = own
			}
			env := map[string]string{state.RootVariable: t.TempDir()}
			got := runApp(t, env, args...)
			kept := filepath.Join(filepath.Dir(file), strings.Replace(tt.kept, "DATE", time.Now().Format(time.DateOnly), 1))
			if got.code != tt.code || string(readFile(t, kept)) != string(was) {
				t.Fatalf("exit code %d; kept as %q:\n%s", got.code, kept, got.stderr)
			}
			wantLines(t, "stderr", got.stderr, "kept    "+kept, "nothing here tells that it is as crmferry left it")
			if again := runApp(t, env, args...); again.code != tt.code || strings.Contains(again.stderr, "kept-") {
				t.Errorf("then, exit code %d:\n%s", again.code, again.stderr)
			}
		})
	}
}

// TestExportOverWorkbookOfAnotherProgram: what was saved by another program is kept, whatever that left of the document's
// properties, also where nothing is remembered.
func TestExportOverWorkbookOfAnotherProgram(t *testing.T) {
	for what, edit := range map[string]func(f *excelize.File) error{
		"which keeps all properties": func(f *excelize.File) error { return f.SetCellStr("Contacts", "A2", "call back") },
		"with another header":        func(f *excelize.File) error { return f.SetCellStr("Contacts", "A1", "Remark") },
		"which keeps none": func(f *excelize.File) error {
			f.Pkg.Delete("docProps/custom.xml")
			f.Pkg.Delete("docProps/core.xml")
			return f.SetCellStr("Contacts", "A2", "call back")
		},
	} {
		t.Run(what, func(t *testing.T) {
			t.Parallel()
			_, env := faulty(t, sandbox.Options{Contacts: 20}, nil)
			file := filepath.Join(t.TempDir(), "contacts.xlsx")
			exportFile(t, env, "growcrm", file)
			f, err := excelize.OpenFile(file)
			if err == nil {
				err = edit(f)
			}
			if err == nil {
				err = f.Save()
			}
			if err != nil {
				t.Fatal(err)
			}
			saved := readFile(t, file)
			env[state.RootVariable] = t.TempDir()
			got := runApp(t, env, "export", "growcrm", "-o", file, "--rate", "off", "--quiet")
			kept := strings.TrimSuffix(file, ".xlsx") + time.Now().Format(".kept-2006-01-02.xlsx")
			if got.code != failure.ExitOK || string(readFile(t, kept)) != string(saved) || !strings.Contains(got.stderr, kept) {
				t.Errorf("exit code %d:\n%s", got.code, got.stderr)
			}
			if got := runApp(t, env, "export", "growcrm", "-o", file, "--rate", "off", "--quiet"); got.code != failure.ExitOK || got.stderr != "" {
				t.Errorf("the next night: exit code %d:\n%s", got.code, got.stderr)
			}
		})
	}
}

// TestOutputsAreRemembered: every file that is written for people is, by what it is.
func TestOutputsAreRemembered(t *testing.T) {
	root, dir := t.TempDir(), t.TempDir()
	at := func(name string) string { return filepath.Join(dir, name) }
	leads := at("leads.csv")
	if err := os.WriteFile(leads, []byte(badLeads), 0o600); err != nil {
		t.Fatal(err)
	}
	env := map[string]string{state.RootVariable: root}
	for _, args := range [][]string{
		{"export", "growcrm", "--sandbox", "-o", at("c.xlsx")},
		{"import", "growcrm", leads, "--sandbox"},
		{"import", "growcrm", leads, "--sandbox", "--dry-run"},
		{"check", "growcrm", leads, "--report", at("check.xlsx"), "--write-map", at("map.csv")},
	} {
		if got := runApp(t, env, args...); got.code == failure.ExitUsage || got.code == failure.ExitFailed {
			t.Fatalf("%v: exit code %d:\n%s", args, got.code, got.stderr)
		}
	}
	var memory struct {
		Outputs []struct {
			Path, Kind string
			Size       int64  `json:"size_bytes"`
			SHA256     string `json:"sha256"`
		}
	}
	file := filepath.Join(root, "outputs.json")
	if err := json.Unmarshal(readFile(t, file), &memory); err != nil {
		t.Fatal(err)
	}
	if info, err := os.Stat(file); err != nil || info.Mode().Perm()&0o077 != 0 {
		t.Errorf("others may read it: %v, %v", info.Mode(), err)
	}
	var got []string
	for _, o := range memory.Outputs {
		info, err := os.Stat(o.Path)
		if err != nil || info.Size() != o.Size || len(o.SHA256) != 64 {
			t.Errorf("%+v: %v", o, err)
		}
		got = append(got, fmt.Sprintf("%s=%s", filepath.Base(o.Path), o.Kind))
	}
	slices.Sort(got)
	want := []string{"c.xlsx=export", "check.xlsx=check", "leads.dry-run.changes.csv=report", "leads.dry-run.csv=report", "leads.rejects.csv=rejects", "leads.report.csv=report", "map.csv=map"}
	if !slices.Equal(got, want) {
		t.Errorf("remembered: %q, want %q", got, want)
	}
}

// TestOutputsWithoutState: where nothing can be remembered, a check goes on and says so.
func TestOutputsWithoutState(t *testing.T) {
	leads := putFile(t, "leads.csv", badLeads)
	blocked := putFile(t, "state", "a file where the folder would be")
	report := filepath.Join(t.TempDir(), "report.csv")
	got := runApp(t, map[string]string{state.RootVariable: blocked}, "check", "growcrm", leads, "--report", report)
	if got.code != failure.ExitRows || !strings.Contains(got.stderr, "warning: "+report+" counts as changed next time: ") {
		t.Errorf("exit code %d:\n%s", got.code, got.stderr)
	}
	if _, err := os.Stat(report); err != nil {
		t.Error(err)
	}
	wantOnly(t, filepath.Dir(report), "report.csv")
}

// TestForeignFilesBeforeTheFirstRequest: nothing is asked for where a file of people's is in the way.
func TestForeignFilesBeforeTheFirstRequest(t *testing.T) {
	s, env := faulty(t, sandbox.Options{}, nil)
	leads := putFile(t, "leads.csv", badLeads)
	mine := putFile(t, "mine.csv", "Guest,Table\nJan,1\n")
	for _, args := range [][]string{
		{"export", "growcrm", "-o", mine},
		{"import", "growcrm", leads, "--yes", "--report", mine},
		{"import", "growcrm", leads, "--yes", "--rejects", mine},
		{"import", "growcrm", leads, "--dry-run", "--report", mine},
	} {
		if got := runApp(t, env, args...); got.code != failure.ExitUsage || !strings.Contains(got.stderr, "--overwrite replaces this one") {
			t.Errorf("%v: exit code %d:\n%s", args, got.code, got.stderr)
		}
	}
	if n := s.Requests("growcrm"); n != 0 {
		t.Errorf("%d requests were sent", n)
	}
	if entries, err := os.ReadDir(filepath.Dir(leads)); err != nil || len(entries) != 1 {
		t.Errorf("the folder of the file holds %v, %v", entries, err)
	}
}
