package cli

import (
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
	"time"

	"crmferry/internal/failure"
	"crmferry/internal/sandbox"
	"crmferry/internal/state"
)

// TestPauseOutlivesTheCommand: what a vendor asks of an import is kept by all commands of the account that follow, however
// the import ends, and seen by the user.
func TestPauseOutlivesTheCommand(t *testing.T) {
	t.Parallel()
	for _, vendor := range allVendors() {
		for name, signal := range map[string]os.Signal{"Ctrl-C": os.Interrupt, "killed": syscall.SIGKILL} {
			t.Run(vendor+" "+name, func(t *testing.T) {
				t.Parallel()
				s, env := faulty(t, sandbox.Options{Faults: []sandbox.Fault{{Kind: "429", Vendor: vendor, On: "writes", From: 4, Times: 1, For: 6 * time.Second}}}, nil)
				file := putFile(t, "leads.csv", newcomers(12))
				p := startProgram(t, env, "import", vendor, file, "--yes", "--rate", "off", "--workers", "2", "--mode", modesOf(vendor)[0])
				waitForPause(t, env)
				if err := p.Process.Signal(signal); err != nil {
					t.Fatal(err)
				}
				_ = p.Wait()
				before := s.Requests(vendor)
				check := runApp(t, env, "vendors", vendor, "--check", "--allow-undocumented")
				if before == s.Requests(vendor) || !strings.Contains(check.stderr, "waiting ") || !strings.Contains(check.stderr, "for the vendor, which refused a request at ") {
					t.Errorf("exit code %d after %d requests:\n%s", check.code, s.Requests(vendor)-before, check.stderr)
				}
				got := runApp(t, env, "import", vendor, file, "--yes", "--rate", "off", "--mode", modesOf(vendor)[0], "--resume")
				if got.code != failure.ExitOK && got.code != failure.ExitRows {
					t.Errorf("exit code %d:\n%s", got.code, got.stderr)
				}
				if n := s.Violations(vendor); n > 0 {
					t.Errorf("%d requests came during the pause", n)
				}
			})
		}
	}
}

// waitForPause waits until a pause is kept.
func waitForPause(t *testing.T, env map[string]string) {
	t.Helper()
	for range 600 {
		if kept, _ := filepath.Glob(filepath.Join(env[state.RootVariable], "pauses", "*.json")); len(kept) > 0 {
			return
		}
		time.Sleep(50 * time.Millisecond)
	}
	t.Fatal("no pause is kept")
}

// TestQuotaIsRemembered: while a quota is used up no command sends anything, and all say when to come back, and how to ask
// all the same.
func TestQuotaIsRemembered(t *testing.T) {
	t.Parallel()
	for _, vendor := range allVendors() {
		q := &quota{n: 2, counts: isWrite, status: http.StatusTooManyRequests}
		s, env := faulty(t, sandbox.Options{}, q.fault)
		file := putFile(t, "leads.csv", newcomers(6))
		args := []string{"import", vendor, file, "--yes", "--rate", "off", "--workers", "1", "--mode", modesOf(vendor)[0]}
		if got := runApp(t, env, args...); got.code != failure.ExitStopped || q.refused.Load() != 1 {
			t.Errorf("%s: exit code %d, %d refused:\n%s", vendor, got.code, q.refused.Load(), got.stderr)
		}
		made := s.Requests(vendor)
		out := filepath.Join(t.TempDir(), "contacts.csv")
		for _, args := range [][]string{append(args, "--resume"), {"export", vendor, "-o", out, "--allow-undocumented"}, {"vendors", vendor, "--check", "--allow-undocumented"}} {
			got := runApp(t, env, args...)
			if got.code == failure.ExitOK || q.refused.Load() != 1 || s.Requests(vendor) != made {
				t.Errorf("%s: %q: exit code %d, %d requests were refused, %d answered:\n%s", vendor, args, got.code, q.refused.Load(), s.Requests(vendor)-made, got.stderr)
			}
			wantLines(t, vendor+" "+args[0], got.stderr, "takes no more requests until ", "hint: come back after ", "hint: it said so at ", "to ask again all the same, remove ")
		}
		kept, _ := filepath.Glob(filepath.Join(env[state.RootVariable], "pauses", "*.json"))
		if len(kept) != 1 || os.Remove(kept[0]) != nil {
			t.Fatalf("kept %q", kept)
		}
		q.refused.Store(0)
		q.n = 1000
		if got := runApp(t, env, append(args, "--resume")...); got.code != failure.ExitOK {
			t.Errorf("%s: exit code %d once the pause is forgotten:\n%s", vendor, got.code, got.stderr)
		}
	}
}
