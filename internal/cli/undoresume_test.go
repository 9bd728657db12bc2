package cli

import (
	"path/filepath"
	"strconv"
	"testing"

	"crmferry/internal/failure"
)

// TestResumeTakenBack: a run that was stopped and taken back is not resumed, which would send the rest of it; it can be begun
// anew.
func TestResumeTakenBack(t *testing.T) {
	t.Parallel()
	b := begin(t, "growcrm")
	run := filepath.Base(filepath.Dir(b.path(t, "run.json")))
	undo := []string{"undo", run, "--rate", "off", "--report", filepath.Join(t.TempDir(), "undo.csv")}
	if got := runApp(t, b.env, append(undo, "--dry-run")...); got.code == failure.ExitUsage || got.code == failure.ExitFailed {
		t.Fatalf("dry run: exit code %d:\n%s", got.code, got.stderr)
	}
	got := runApp(t, b.env, append(undo, "--confirm", strconv.Itoa(b.made))...)
	wantLines(t, "stderr", got.stderr, "deleted "+strconv.Itoa(b.made)+" ")
	sent := len(b.s.Ledger())
	for _, flag := range []string{"--resume", "--resume=" + run, "--workers=1"} {
		got := b.run(t, flag)
		if got.code != failure.ExitUsage || len(b.s.Ledger()) != sent {
			t.Errorf("%s: exit code %d, %d changes, and %d before:\n%s", flag, got.code, len(b.s.Ledger()), sent, got.stderr)
		}
		wantLines(t, "stderr", got.stderr, "error: the run "+run+" is unfinished and was taken back by the run ", " --restart\n")
	}
	got = b.run(t, "--restart")
	wantLines(t, "stderr", got.stderr, "created "+strconv.Itoa(begunRows)+" ")
	if got.code != failure.ExitOK {
		t.Errorf("restarted: exit code %d:\n%s", got.code, got.stderr)
	}
}
