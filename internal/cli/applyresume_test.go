package cli

import (
	"net/http"
	"os"
	"strings"
	"sync/atomic"
	"testing"

	"crmferry/internal/failure"
	"crmferry/internal/sandbox"
)

// TestImportDoesNotResumeAnApply: an import of a file does not go on with a run that applies a plan of it; apply does.
func TestImportDoesNotResumeAnApply(t *testing.T) {
	t.Parallel()
	const rows = 12
	file := putFile(t, "leads.csv", newcomers(rows))
	var writes atomic.Int64
	s, env := faulty(t, sandbox.Options{}, func(w http.ResponseWriter, r *http.Request, _ http.Handler) bool {
		if !isWrite(r) || writes.Add(1) != 8 {
			return false
		}
		refuse(w, http.StatusUnauthorized)
		return true
	})
	run := func(args ...string) result {
		return runApp(t, env, append(args, "--rate", "off", "--workers", "1")...)
	}
	if got := run("import", "rogerroger", file, "--create-missing", "organizations", "--dry-run"); got.code != failure.ExitOK {
		t.Fatalf("dry run: exit code %d:\n%s", got.code, got.stderr)
	}
	plan := strings.TrimSuffix(file, ".csv") + ".dry-run.csv"
	if got := run("apply", plan, "--yes"); got.code != failure.ExitStopped {
		t.Fatalf("apply: exit code %d:\n%s", got.code, got.stderr)
	}
	made := len(contactsCreated(s))
	got := run("import", "rogerroger", file, "--create-missing", "organizations", "--yes", "--resume")
	if got.code != failure.ExitUsage || len(contactsCreated(s)) != made {
		t.Errorf("import --resume: exit code %d, %d contacts, and %d before:\n%s", got.code, len(contactsCreated(s)), made, got.stderr)
	}
	wantLines(t, "stderr", got.stderr, "applies a plan of this file: an import cannot go on with it", "\nhint: see crmferry runs ", "\nhint: to start anew: ")
	pruned := runApp(t, env, "runs", "--prune", "0d", "--yes")
	wantLines(t, "stderr", pruned.stderr, "-plan-rogerroger-", "is not over and needs it")
	if got := run("apply", plan, "--yes", "--resume"); got.code != failure.ExitOK {
		t.Errorf("apply --resume: exit code %d:\n%s", got.code, got.stderr)
	}
	got = run("import", "rogerroger", file, "--create-missing", "organizations", "--yes", "--resume")
	if got.code != failure.ExitOK {
		t.Errorf("import --resume after the apply has ended: exit code %d:\n%s", got.code, got.stderr)
	}
	wantLines(t, "stderr", got.stderr, "no unfinished run of ", "unchanged 12 ")
	wantNoneTwice(t, s, rows)
}

// TestApplyResumesWithItsMarks: a run that was interrupted does not go on where other rows are approved by now.
func TestApplyResumesWithItsMarks(t *testing.T) {
	t.Parallel()
	const rows = 12
	file := putFile(t, "leads.csv", newcomers(rows))
	var writes atomic.Int64
	s, env := faulty(t, sandbox.Options{}, func(w http.ResponseWriter, r *http.Request, _ http.Handler) bool {
		if !isWrite(r) || writes.Add(1) != 5 {
			return false
		}
		refuse(w, http.StatusUnauthorized)
		return true
	})
	run := func(want failure.ExitCode, args ...string) string {
		t.Helper()
		got := runApp(t, env, append(args, "--rate", "off", "--workers", "1")...)
		if got.code != want {
			t.Fatalf("%q: exit code %d, want %d:\n%s", args, got.code, want, got.stderr)
		}
		return got.stderr
	}
	run(failure.ExitOK, "import", "growcrm", file, "--dry-run")
	plan := strings.TrimSuffix(file, ".csv") + ".dry-run.csv"
	run(failure.ExitStopped, "apply", plan, "--yes")
	made, approved := len(contactsCreated(s)), readText(t, plan)
	marked := strings.Replace(approved, "Z,,Nina11 ", "Z,no,Nina11 ", 1)
	if marked == approved {
		t.Fatalf("nobody was marked:\n%s", approved)
	}
	if err := os.WriteFile(plan, []byte(marked), 0o600); err != nil {
		t.Fatal(err)
	}
	said := run(failure.ExitUsage, "apply", plan, "--yes", "--resume")
	wantLines(t, "stderr", said, "has begun with other marks than", "\nhint: with the marks of now, to start anew: ")
	if n := len(contactsCreated(s)); n != made {
		t.Errorf("%d contacts, and %d before", n, made)
	}
	if err := os.WriteFile(plan, []byte(approved), 0o600); err != nil {
		t.Fatal(err)
	}
	run(failure.ExitOK, "apply", plan, "--yes", "--resume")
	wantNoneTwice(t, s, rows)
}
