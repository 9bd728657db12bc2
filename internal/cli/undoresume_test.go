package cli

import (
	"path/filepath"
	"strconv"
	"strings"
	"testing"

	"crmferry/internal/failure"
	"crmferry/internal/state"
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

// TestResumeFinishedTakenBack: a run that was finished and taken back does not say again what it did.
func TestResumeFinishedTakenBack(t *testing.T) {
	t.Parallel()
	_, env := runningSandbox(t)
	env[state.RootVariable] = t.TempDir()
	file := putFile(t, "leads.csv", newcomers(3))
	args := []string{"import", "growcrm", file, "--yes", "--rate", "off"}
	if got := runApp(t, env, args...); got.code != failure.ExitOK {
		t.Fatal(got.stderr)
	}
	if got := runApp(t, env, append(args, "--resume")...); got.code != failure.ExitOK {
		t.Fatal(got.stderr)
	}
	if got := runApp(t, env, "undo", "import-growcrm", "--confirm", "3", "--rate", "off"); got.code != failure.ExitOK {
		t.Fatal(got.stderr)
	}
	got := runApp(t, env, append(args, "--resume")...)
	wantLines(t, "stderr", got.stderr, " is finished and was taken back by the run ", " --restart\n")
	if got.code != failure.ExitUsage || strings.Contains(got.stderr, "created 3") {
		t.Errorf("exit code %d:\n%s", got.code, got.stderr)
	}
}
