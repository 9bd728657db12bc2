package cli

import (
	"encoding/json"
	"io"
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"crmferry/internal/account"
	"crmferry/internal/cli/runname"
	"crmferry/internal/cli/text/pastruns"
	"crmferry/internal/failure"
	"crmferry/internal/history"
	"crmferry/internal/sandbox"
	"crmferry/internal/state"
	"crmferry/internal/terminal"
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
	wantLines(t, "the list", listed.stdout, "  running  import  growcrm ", "in flight ", " of 3 rows\n")
	shown := runApp(t, env, "runs", "growcrm")
	wantLines(t, "the run", shown.stdout, `running: "crmferry import growcrm `+file)
	removed := runApp(t, env, "runs", "growcrm", "--prune", "0d", "--yes")
	if removed.code != failure.ExitUsage {
		t.Errorf("exit code %d of the removal of a living run:\n%s", removed.code, removed.stderr)
	}
	wantLines(t, "the removal", removed.stderr, "kept ", "it is going on")
	close(goOn)
	if got := <-done; got.code != failure.ExitOK {
		t.Errorf("exit code %d:\n%s", got.code, got.stderr)
	}
	wantLines(t, "the list", runApp(t, env, "runs").stdout, "  finished  import  growcrm ")
}

// TestRunsShowWhatGoesOnAgain: a run that is resumed lives, under its own name, and is never removed.
func TestRunsShowWhatGoesOnAgain(t *testing.T) {
	var writes atomic.Int64
	goOn := make(chan struct{})
	_, env := faulty(t, sandbox.Options{}, func(w http.ResponseWriter, r *http.Request, _ http.Handler) bool {
		if !isWrite(r) {
			return false
		}
		switch writes.Add(1) {
		case 2: // the first session ends
			w.WriteHeader(http.StatusUnauthorized)
			return true
		case 3:
			<-goOn
		}
		return false
	})
	env[state.RootVariable] = t.TempDir()
	file := putFile(t, "leads.csv", newcomers(3))
	if got := runApp(t, env, "import", "growcrm", file, "--yes", "--rate", "off", "--workers", "1"); got.code != failure.ExitStopped {
		t.Fatalf("exit code %d:\n%s", got.code, got.stderr)
	}
	done := make(chan result, 1)
	go func() {
		done <- runApp(t, env, "import", "growcrm", file, "--yes", "--rate", "off", "--workers", "1", "--resume")
	}()
	until(t, "a write", func() bool { return writes.Load() > 2 })
	wantLines(t, "the list", runApp(t, env, "runs").stdout, "  running  import  growcrm ")
	removed := runApp(t, env, "runs", "growcrm", "--prune", "0d", "--yes")
	wantLines(t, "the removal", removed.stderr, "kept ", "it is going on")
	close(goOn)
	if got := <-done; got.code != failure.ExitOK {
		t.Errorf("exit code %d:\n%s", got.code, got.stderr)
	}
}

// TestRunsOfAnImportThatBrokeOff: what is known of it, its report without its file, and the command that goes on with it
// as a user would copy it.
func TestRunsOfAnImportThatBrokeOff(t *testing.T) {
	var writes atomic.Int64
	s, env := faulty(t, sandbox.Options{}, func(w http.ResponseWriter, r *http.Request, _ http.Handler) bool {
		if !isWrite(r) {
			return false
		}
		switch n := writes.Add(1); {
		case n == 3:
			refuse(w, http.StatusUnprocessableEntity)
		case n > 5 && n < 100:
			refuse(w, http.StatusUnauthorized)
		default:
			return false
		}
		return true
	})
	const rows = 40
	file := putFile(t, "leads of 'May'.csv", newcomers(rows)+"Bad,Address,not an address,Acme Inc\n")
	first := runApp(t, env, "import", "growcrm", file, "--yes", "--rate", "off", "--workers", "1", "--set", "position=Buyer, senior", "--map", "First name=first_name")
	if first.code != failure.ExitStopped {
		t.Fatalf("exit code %d:\n%s", first.code, first.stderr)
	}
	writes.Store(1000)
	wantLines(t, "the list", runApp(t, env, "runs").stdout, "  resumable  import  growcrm   leads of 'May'.csv ", "of 41 rows")
	shown := runApp(t, env, "runs", "growcrm")
	wantLines(t, "the run", shown.stdout, "state ", "  resumable\n", "created 4", "failed 1", "of 41 rows\n", "not reached ", "errors ",
		"command      crmferry import growcrm ", "report       ", "  failed ", "nina.2@example.com", "refused by a test with 422", "--resume=")
	next := nextLine(t, shown.stdout)

	report := filepath.Join(t.TempDir(), "again.csv")
	written := runApp(t, env, "runs", "growcrm", "--report", report)
	if written.code != failure.ExitOK {
		t.Fatalf("exit code %d:\n%s", written.code, written.stderr)
	}
	wantLines(t, "stderr", written.stderr, "not reached: ", "report  "+report+": ")
	wantSameFile(t, report, strings.TrimSuffix(file, ".csv")+".report.csv")

	second := runApp(t, env, append(next[1:], "--yes", "--rate", "off")...)
	if second.code != failure.ExitRows {
		t.Fatalf("exit code %d of %q:\n%s", second.code, next, second.stderr)
	}
	if strings.Contains(second.stderr, "--resume") {
		t.Errorf("what is finished is to be resumed:\n%s", second.stderr)
	}
	if err := os.Remove(file); err != nil {
		t.Fatal(err)
	}
	wantNoneTwice(t, s, rows-1)
	wantLines(t, "the list", runApp(t, env, "runs").stdout, "  finished  import  growcrm ", "created 39, rejected 1, failed 1\n")
	written = runApp(t, env, "runs", "growcrm", "--report", report)
	if written.code != failure.ExitOK || strings.Contains(written.stderr, "not reached") {
		t.Errorf("exit code %d:\n%s", written.code, written.stderr)
	}
	wantSameFile(t, report, strings.TrimSuffix(file, ".csv")+".report.csv")
	shown = runApp(t, env, "runs", "growcrm", "--json")
	var got pastruns.PastJSON
	if err := json.Unmarshal([]byte(shown.stdout), &got); err != nil {
		t.Fatal(err)
	}
	if got.State != history.Finished || got.Rows != rows+1 || got.Missed != 0 || len(got.First) != 2 || got.Errors["bad_email"] != 1 || !strings.Contains(got.Next, "mend the rows in ") {
		t.Errorf("--json: %+v", got)
	}
}

// nextLine is the command in the line "next" of a run.
func nextLine(t *testing.T, shown string) []string {
	t.Helper()
	for line := range strings.Lines(shown) {
		if _, command, ok := strings.Cut(line, "next "); ok {
			if _, command, ok = strings.Cut(command, ": "); ok {
				return shellWords(t, strings.ReplaceAll(strings.TrimSpace(command), `'\''`, `'"'"'`))
			}
		}
	}
	t.Fatalf("no command to go on with in:\n%s", shown)
	return nil
}

func wantSameFile(t *testing.T, got, want string) {
	t.Helper()
	a, errA := os.ReadFile(got)
	b, errB := os.ReadFile(want)
	if diff := cmp.Diff(string(b), string(a)); errA != nil || errB != nil || diff != "" {
		t.Errorf("%s is not %s (-want +got): %v, %v\n%s", got, want, errA, errB, diff)
	}
}

// TestPruneAsks: what will be removed is shown, and goes only after a yes.
func TestPruneAsks(t *testing.T) {
	root := t.TempDir()
	run, err := state.NewRun(root, "import", "growcrm", time.Now().AddDate(0, 0, -100))
	if err == nil {
		err = run.WriteRecord(history.Record{Kind: "import", Resource: "growcrm", File: "leads.csv", State: history.Finished})
	}
	if err != nil {
		t.Fatal(err)
	}
	for _, tt := range []struct {
		answer string
		code   failure.ExitCode
		left   int
	}{{"\n", failure.ExitUsage, 1}, {"y\n", failure.ExitOK, 0}} {
		var stderr strings.Builder
		a := &app{ui: &terminal.UI{In: strings.NewReader(tt.answer), Out: io.Discard, Err: &stderr, InTTY: true, ErrTTY: true},
			env:      func(name string) (string, bool) { return root, name == state.RootVariable },
			registry: account.All(), now: time.Now}
		code := a.run(t.Context(), []string{"runs", "--prune", "90d"})
		left, err := state.Runs(root)
		if code != tt.code || len(left) != tt.left || err != nil {
			t.Errorf("answer %q: exit code %d, %d runs left, %v", tt.answer, code, len(left), err)
		}
		wantLines(t, "stderr", stderr.String(), "  "+run.ID+"  finished  leads.csv\n", "Remove 1 run with 1 KiB? [y/N] ")
	}
}

func TestFindRun(t *testing.T) {
	list := []*history.Past{
		{Run: state.Run{ID: "20260702T091500Z-import-growcrm-4f1a9c"}},
		{Run: state.Run{ID: "20260702T091500Z-import-growcrm-4f1a9c-1"}},
		{Run: state.Run{ID: "20260702T101500Z-export-growcrm-000001"}},
	}
	for name, want := range map[string]string{
		"000001": "000001", "export": "000001", "20260702T10": "000001",
		list[0].ID: "4f1a9c", // although another id begins with it
		"4f1a9c":   "", "growcrm": "", "other": "", "": "",
	} {
		got, err := runname.FindRun(list, name)
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
	if got.code != failure.ExitFailed || !strings.Contains(got.stderr, "list runs in ") {
		t.Errorf("exit code %d:\n%s", got.code, got.stderr)
	}
}
