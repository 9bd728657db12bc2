package main

import (
	"net/http"
	"path/filepath"
	"strings"
	"sync/atomic"
	"testing"

	"crmferry/internal/sandbox"
	"crmferry/internal/state"
)

// TestRunsShowWhatIsGoingOn: a run that lives is told from one that broke off, and is never removed.
func TestRunsShowWhatIsGoingOn(t *testing.T) {
	var writes atomic.Int64
	goOn := make(chan struct{})
	_, env := faulty(t, sandbox.Options{}, func(w http.ResponseWriter, r *http.Request, _ http.Handler) bool {
		if isWrite(r) && writes.Add(1) == 1 {
			<-goOn
		}
		return false
	})
	env[state.RootVariable] = t.TempDir()
	done := make(chan result, 1)
	file := putFile(t, "leads.csv", newcomers(3))
	go func() { done <- runApp(t, env, "import", "growcrm", file, "--yes", "--rate", "off") }()
	until(t, "a write", func() bool { return writes.Load() > 0 })

	listed := runApp(t, env, "runs")
	wantLines(t, "the list", listed.stdout, "  running  import  growcrm ")
	shown := runApp(t, env, "runs", "growcrm")
	wantLines(t, "the run", shown.stdout, `running: "crmferry import growcrm `+file)
	removed := runApp(t, env, "runs", "growcrm", "--prune", "0d", "--yes")
	if removed.code != exitUsage {
		t.Errorf("exit code %d of the removal of a living run:\n%s", removed.code, removed.stderr)
	}
	wantLines(t, "the removal", removed.stderr, "kept ", "it is going on")
	close(goOn)
	if got := <-done; got.code != exitOK {
		t.Errorf("exit code %d:\n%s", got.code, got.stderr)
	}
	wantLines(t, "the list", runApp(t, env, "runs").stdout, "  finished  import  growcrm ")
}

func TestFindRun(t *testing.T) {
	list := []*pastRun{
		{Run: state.Run{ID: "20260702T091500Z-import-growcrm-4f1a9c"}},
		{Run: state.Run{ID: "20260702T091500Z-import-growcrm-4f1a9c-1"}},
		{Run: state.Run{ID: "20260702T101500Z-export-growcrm-000001"}},
	}
	for name, want := range map[string]string{
		"000001": "000001", "export": "000001", "20260702T10": "000001",
		list[0].ID: "4f1a9c", // although another id begins with it
		"4f1a9c":   "", "growcrm": "", "other": "", "": "",
	} {
		got, err := findRun(list, name)
		switch {
		case want == "" && err == nil:
			t.Errorf("findRun(%q) = %s", name, got.ID)
		case want != "" && (err != nil || !strings.HasSuffix(got.ID, want)):
			t.Errorf("findRun(%q) = %v, %v, want %s", name, got, err, want)
		}
	}
}

func TestRunsWithoutAReadableFolder(t *testing.T) {
	file := putFile(t, "file", "")
	got := runApp(t, map[string]string{state.RootVariable: filepath.Join(file, "state")}, "runs")
	if got.code != exitFailed || !strings.Contains(got.stderr, "list runs in ") {
		t.Errorf("exit code %d:\n%s", got.code, got.stderr)
	}
}
