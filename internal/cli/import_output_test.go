package cli

import (
	"os"
	"path/filepath"
	"testing"

	"crmferry/internal/failure"
)

// TestOutputsSpareTheInput: a report or rejects that would take the place of the input, or of each other, are refused
// before anything is sent.
func TestOutputsSpareTheInput(t *testing.T) {
	s, env := runningSandbox(t)
	file := putFile(t, "leads.csv", leads)
	link := filepath.Join(t.TempDir(), "link.csv")
	if err := os.Symlink(file, link); err != nil {
		t.Skip(err)
	}
	other := filepath.Join(t.TempDir(), "other.csv")
	tests := []struct {
		flags         []string
		problem, hint string
	}{
		{[]string{"--report", file}, "the report would take the place of the input *", "name another file: --report FILE"},
		{[]string{"--report", link}, "the report would take the place of the input *", "name another file: --report FILE"},
		{[]string{"--rejects", file}, "the rejects would take the place of the input *", "name another file: --rejects FILE"},
		{[]string{"--report", other, "--rejects", other}, "report and rejects would both be *", "name another file: --rejects FILE"},
	}
	for _, tt := range tests {
		got := runApp(t, env, append([]string{"import", "growcrm", file, "--yes", "--rate", "off"}, tt.flags...)...)
		wantRefusal(t, got, failure.ExitUsage, "FILE", tt.problem, tt.hint)
	}
	if n := s.Writes("growcrm"); n != 0 {
		t.Errorf("%d requests were sent", n)
	}
	if left, err := os.ReadFile(file); err != nil || string(left) != leads {
		t.Errorf("the input is now %q, %v", left, err)
	}
}

// TestFirstRowsThenAll: after the first rows of a file into a vendor that documents no look-up, nobody is told to import
// all of it, which would create those rows again.
func TestFirstRowsThenAll(t *testing.T) {
	_, env := runningSandbox(t)
	file := putFile(t, "leads.csv", leads)
	first := importFile(t, env, "cloverhound", file, "--limit", "1")
	wantLines(t, "stderr", first.stderr, "next    look at these contacts in Cloverhound, then take their rows out of the file")
	again := runApp(t, env, "import", "cloverhound", file, "--yes")
	if again.code != failure.ExitUsage {
		t.Errorf("exit code %d", again.code)
	}
	wantLines(t, "stderr", again.stderr, file+" (its first 1 row) was imported into cloverhound before, by the run "+first.Run,
		"hint: its report: "+first.Report+"; take the rows that it lists out of the file", "hint: to import it all the same: ")
}
