package cli

import (
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"crmferry/internal/failure"
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
