package cli

import (
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"sync/atomic"
	"testing"

	"crmferry/internal/failure"
	"crmferry/internal/sandbox"
)

// TestOutputsRefusedBefore: a report or rejects file that cannot be written is refused before anything is sent, and needs no
// row that is rejected to be found out.
func TestOutputsRefusedBefore(t *testing.T) {
	t.Parallel()
	for _, flag := range []string{"--report", "--rejects"} {
		s, env := faulty(t, sandbox.Options{}, nil)
		device := filepath.Join(t.TempDir(), "out.csv")
		if err := os.Symlink(os.DevNull, device); err != nil {
			t.Skip(err)
		}
		got := runApp(t, env, "import", "growcrm", putFile(t, "leads.csv", newcomers(3)), "--yes", "--rate", "off", flag, device)
		if got.code != failure.ExitUsage || len(contactsCreated(s)) > 0 {
			t.Errorf("%s: exit code %d, %d contacts:\n%s", flag, got.code, len(contactsCreated(s)), got.stderr)
		}
		wantLines(t, "stderr", got.stderr, "it is not a plain file", "hint: name another file: "+flag+" FILE")
	}
}

// TestRejectsLost: where the rejects cannot be written in the end, no report appears that lacks rows, and both ways on are
// said and work.
func TestRejectsLost(t *testing.T) {
	t.Parallel()
	folder := filepath.Join(t.TempDir(), "out")
	if err := os.Mkdir(folder, 0o700); err != nil {
		t.Fatal(err)
	}
	var writes atomic.Int64
	s, env := faulty(t, sandbox.Options{}, func(_ http.ResponseWriter, r *http.Request, _ http.Handler) bool {
		if isWrite(r) && writes.Add(1) == 3 {
			_ = os.Remove(folder)
		}
		return false
	})
	file := putFile(t, "leads.csv", newcomers(6)+"Eva,Jansen,eva(at)example.com,Acme Inc\n"+strings.Replace(newcomers(1), "nina.0", "nina.6", 1)[len("First name,Last name,Email,Company\n"):])
	args := []string{"import", "growcrm", file, "--yes", "--rate", "off", "--workers", "1", "--rejects", filepath.Join(folder, "rejects.csv")}
	got := runApp(t, env, args...)
	if got.code != failure.ExitFailed {
		t.Errorf("exit code %d:\n%s", got.code, got.stderr)
	}
	wantLines(t, "stderr", got.stderr, "error: write rejects: ", "hint: every outcome is in the journal: crmferry runs ", "hint: to go on: crmferry import growcrm ")
	report := strings.TrimSuffix(file, ".csv") + ".report.csv"
	if _, err := os.Stat(report); err == nil {
		t.Errorf("there is a report that lacks rows:\n%s", readFile(t, report))
	}
	if err := os.Mkdir(folder, 0o700); err != nil {
		t.Fatal(err)
	}
	if got := runApp(t, env, append(args, "--resume")...); got.code != failure.ExitRows || len(readReport(t, report)) != 8 {
		t.Errorf("resumed: exit code %d, %d rows:\n%s", got.code, len(readReport(t, report)), got.stderr)
	}
	wantNoneTwice(t, s, 7)
}
