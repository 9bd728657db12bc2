package cli

import (
	"fmt"
	"maps"
	"net/http"
	"os"
	"slices"
	"strings"
	"sync/atomic"
	"testing"

	"crmferry/internal/failure"
	"crmferry/internal/sandbox"
)

// TestImportLocksTheAccount: a second run of the same account ends with 5 and who holds it, or waits if it is told to;
// what writes nothing minds no lock, and another account has its own.
func TestImportLocksTheAccount(t *testing.T) {
	var writes atomic.Int64
	goOn := make(chan struct{})
	s, env := faulty(t, sandbox.Options{}, func(w http.ResponseWriter, r *http.Request, _ http.Handler) bool {
		if isWrite(r) && strings.Contains(r.URL.Path, "growcrm") && writes.Add(1) == 1 {
			<-goOn
		}
		return false
	})
	file := func() string { return putFile(t, "leads.csv", newcomers(3)) }
	first := make(chan result, 1)
	firstFile := file()
	go func() { first <- runApp(t, env, "import", "growcrm", firstFile, "--yes", "--rate", "off") }()
	until(t, "a write", func() bool { return writes.Load() > 0 })

	second := runApp(t, env, "import", "growcrm", file(), "--yes", "--rate", "off")
	if second.code != failure.ExitLocked {
		t.Errorf("exit code %d, want %d:\n%s", second.code, failure.ExitLocked, second.stderr)
	}
	wantLines(t, "stderr", second.stderr, `error: the lock of this account is held by "crmferry import growcrm `+firstFile,
		fmt.Sprintf("process %d", os.Getpid()), "\nhint: wait until it has ended, or let this one wait: crmferry ", "\nhint: nothing was sent\n")
	vain := runApp(t, env, "import", "growcrm", file(), "--yes", "--rate", "off", "--wait", "50ms")
	wantLines(t, "stderr", vain.stderr, "waiting up to 1 s: the account's lock is held by ", "\nhint: give it longer with --wait")
	if vain.code != failure.ExitLocked {
		t.Errorf("exit code %d after a wait in vain, want %d", vain.code, failure.ExitLocked)
	}
	for _, args := range [][]string{{"import", "growcrm", file(), "--dry-run"}, {"import", "growcrm", file(), "--sandbox"},
		{"import", "clientcommander", putFile(t, "others.csv", strings.ReplaceAll(newcomers(3), "nina", "mona")), "--yes", "--rate", "off"}} {
		if got := runApp(t, env, args...); got.code != failure.ExitOK {
			t.Errorf("%q: exit code %d:\n%s", args, got.code, got.stderr)
		}
	}

	third := make(chan result, 1)
	thirdFile := file()
	go func() {
		third <- runApp(t, env, "import", "growcrm", thirdFile, "--yes", "--rate", "off", "--wait", "1m")
	}()
	close(goOn)
	for _, c := range []chan result{first, third} {
		if got := <-c; got.code != failure.ExitOK {
			t.Errorf("exit code %d:\n%s", got.code, got.stderr)
		}
	}
	wantNoneTwice(t, s, 6) // three in each of two vendors
}

// TestResumeWithAnotherKeyMeanwhile: a run that goes on elsewhere is neither resumed nor replaced, by whatever key.
func TestResumeWithAnotherKeyMeanwhile(t *testing.T) {
	var writes atomic.Int64
	goOn := make(chan struct{})
	s, env := faulty(t, sandbox.Options{}, func(_ http.ResponseWriter, r *http.Request, _ http.Handler) bool {
		if isWrite(r) && writes.Add(1) == 1 {
			<-goOn
		}
		return false
	})
	args := []string{"import", "growcrm", putFile(t, "leads.csv", newcomers(3)), "--yes", "--rate", "off"}
	first := make(chan result, 1)
	go func() { first <- runApp(t, env, args...) }()
	until(t, "a write", func() bool { return writes.Load() > 0 })
	other := maps.Clone(env)
	other["CRMFERRY_GROWCRM_KEY"] = "another-" + env["CRMFERRY_GROWCRM_KEY"]
	for _, flag := range []string{"--resume", "--restart"} {
		if got := runApp(t, other, append(slices.Clone(args), flag)...); got.code != failure.ExitLocked {
			t.Errorf("%s: exit code %d, want %d:\n%s", flag, got.code, failure.ExitLocked, got.stderr)
		}
	}
	close(goOn)
	if got := <-first; got.code != failure.ExitOK {
		t.Errorf("exit code %d:\n%s", got.code, got.stderr)
	}
	wantNoneTwice(t, s, 3)
}

func TestWaitIsATime(t *testing.T) {
	got := runApp(t, nil, "import", "growcrm", "leads.csv", "--sandbox", "--wait", "-1s")
	if got.code != failure.ExitUsage {
		t.Errorf("exit code %d:\n%s", got.code, got.stderr)
	}
}
