package cli

import (
	"errors"
	"io/fs"
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"crmferry/internal/failure"
	"crmferry/internal/sandbox"
	"crmferry/internal/state"
)

// TestNoCopyForgets: with --no-copy nothing is left of whom was deleted, not in the state either, and the run can still be
// told again.
func TestNoCopyForgets(t *testing.T) {
	t.Parallel()
	for vendor, id := range map[string]string{"growcrm": "18", "clientcommander": "jd1be6k8ij6dzad"} {
		_, env := runningSandbox(t)
		env[state.RootVariable] = t.TempDir()
		who := map[string]string{"growcrm": "karin.deboer.174@example.com", "clientcommander": "gerrit.meyer.170@example.net"}[vendor]
		file := putFile(t, "leads.report.csv", "row,outcome,key,id,action\n2,created,"+who+","+id+",create\n")
		for _, again := range []bool{false, true} {
			args := []string{"import", vendor, file, "--mode", "delete", "--confirm", "1", "--no-copy", "--rate", "off", "--json"}
			if again {
				args = append(args, "--resume")
			}
			got := runApp(t, env, args...)
			wantLines(t, "stdout", got.stdout, `"deleted": 1`)
			if got.code != failure.ExitOK || strings.Contains(got.stdout, `"copies"`) {
				t.Errorf("%s: exit %d: %s%s", vendor, got.code, got.stdout, got.stderr)
			}
			wantNowhere(t, env[state.RootVariable], who)
		}
		if err := os.Remove(file); err != nil {
			t.Fatal(err)
		}
		wantNowhere(t, filepath.Dir(file), who)
	}
}

// TestNoCopyKeepsUnfinished: where the end of a run with --no-copy cannot be recorded, its rows stay, so that it can be resumed.
func TestNoCopyKeepsUnfinished(t *testing.T) {
	t.Parallel()
	var run string // the folder of the run, whose record a folder stands in for once contacts are deleted
	root := t.TempDir()
	_, env := faulty(t, sandbox.Options{}, func(_ http.ResponseWriter, r *http.Request, _ http.Handler) bool {
		if !isWrite(r) || run != "" {
			return false
		}
		found, err := filepath.Glob(filepath.Join(root, "*-import-*"))
		if err != nil || len(found) != 1 {
			t.Errorf("runs %q, %v", found, err)
			return false
		}
		run = found[0]
		if err := errors.Join(os.Rename(filepath.Join(run, "run.json"), filepath.Join(run, "away")), os.Mkdir(filepath.Join(run, "run.json"), 0o700)); err != nil {
			t.Error(err)
		}
		return false
	})
	env[state.RootVariable] = root
	file := putFile(t, "leads.report.csv", "row,outcome,key,id,action\n2,created,karin.deboer.174@example.com,18,create\n")
	args := []string{"import", "growcrm", file, "--mode", "delete", "--confirm", "1", "--no-copy", "--rate", "off"}
	if got := runApp(t, env, args...); got.code == failure.ExitOK || run == "" {
		t.Fatalf("exit code %d:\n%s", got.code, got.stderr)
	}
	for _, name := range []string{"input.csv", "rows.jsonl"} {
		if !state.Exists(filepath.Join(run, name)) {
			t.Errorf("%s is gone", name)
		}
	}
	if err := errors.Join(os.Remove(filepath.Join(run, "run.json")), os.Rename(filepath.Join(run, "away"), filepath.Join(run, "run.json"))); err != nil {
		t.Fatal(err)
	}
	got := runApp(t, env, append(args, "--resume")...)
	wantLines(t, "stderr", got.stderr, "deleted 1 ")
	if got.code != failure.ExitOK {
		t.Errorf("resumed: exit code %d:\n%s", got.code, got.stderr)
	}
	wantNowhere(t, root, "karin.deboer.174@example.com")
}

// wantNowhere fails if a file below a folder holds a text.
func wantNowhere(t *testing.T, folder, text string) {
	t.Helper()
	err := filepath.WalkDir(folder, func(path string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		content, err := os.ReadFile(path)
		if strings.Contains(string(content), text) {
			t.Errorf("%s holds %s", path, text)
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
}
