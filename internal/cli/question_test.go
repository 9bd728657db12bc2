package cli

import (
	"bytes"
	"net/http"
	"path/filepath"
	"strings"
	"sync/atomic"
	"testing"
	"testing/synctest"
	"time"

	"crmferry/internal/account"
	"crmferry/internal/failure"
	"crmferry/internal/sandbox"
	"crmferry/internal/state"
	"crmferry/internal/terminal"
)

// answeringLate answers a question after something else was done.
type answeringLate struct {
	meanwhile func()
	answer    *strings.Reader
}

func (a *answeringLate) Read(p []byte) (int, error) {
	if f := a.meanwhile; f != nil {
		a.meanwhile = nil
		f()
	}
	return a.answer.Read(p)
}

// runAsked runs a command at a terminal, where yes is answered to its question once meanwhile is done.
func runAsked(t *testing.T, network *http.Transport, env map[string]string, meanwhile func(), args ...string) result {
	t.Helper()
	return runAnswered(t, "y", network, env, meanwhile, args...)
}

// runAnswered is runAsked with another answer.
func runAnswered(t *testing.T, answer string, network *http.Transport, env map[string]string, meanwhile func(), args ...string) result {
	t.Helper()
	var out, err bytes.Buffer
	a := &app{ui: &terminal.UI{In: &answeringLate{meanwhile, strings.NewReader(answer + "\n")}, Out: &out, Err: &err, InTTY: true, ErrTTY: true, Now: time.Now}, registry: account.All(),
		now: time.Now, env: func(name string) (string, bool) { v, ok := env[name]; return v, ok }}
	if network != nil {
		a.network = network
	}
	code := a.run(t.Context(), args)
	return result{code, out.String(), err.String()}
}

// TestQuestionHoldsNoLock: while a question stands, other runs may have the account. What they do of the same rows ends the command,
// which has sent nothing.
func TestQuestionHoldsNoLock(t *testing.T) {
	var refuses atomic.Bool
	s, env := faulty(t, sandbox.Options{}, func(w http.ResponseWriter, r *http.Request, _ http.Handler) bool {
		if isWrite(r) && refuses.Load() {
			refuse(w, http.StatusUnauthorized)
			return true
		}
		return false
	})
	file := putFile(t, "leads.csv", newcomers(3))
	others := putFile(t, "others.csv", strings.ReplaceAll(newcomers(3), "nina", "mona"))
	importing := []string{"import", "growcrm", file, "--rate", "off"}
	run := func(code failure.ExitCode, args ...string) func() {
		return func() {
			if got := runApp(t, env, append(args, "--yes", "--rate", "off")...); got.code != code {
				t.Errorf("meanwhile: exit code %d:\n%s", got.code, got.stderr)
			}
		}
	}
	if got := runAsked(t, nil, env, run(failure.ExitOK, "import", "growcrm", others), importing...); got.code != failure.ExitOK {
		t.Errorf("beside another file: exit code %d:\n%s", got.code, got.stderr)
	}
	wantNoneTwice(t, s, 6)

	file = putFile(t, "more.csv", strings.ReplaceAll(newcomers(3), "nina", "lena"))
	importing = []string{"import", "growcrm", file, "--rate", "off"}
	got := runAsked(t, nil, env, run(failure.ExitOK, "import", "growcrm", file), importing...)
	if got.code != failure.ExitLocked || !strings.Contains(got.stderr, "of the same rows began, went on or was removed while the question stood") || !strings.Contains(got.stderr, "hint: nothing was sent") {
		t.Errorf("beside the same file: exit code %d:\n%s", got.code, got.stderr)
	}
	wantNoneTwice(t, s, 9)

	file = putFile(t, "rest.csv", strings.ReplaceAll(newcomers(3), "nina", "gina"))
	importing = []string{"import", "growcrm", file, "--rate", "off"}
	refuses.Store(true)
	begun := runApp(t, env, append(importing, "--yes")...)
	if begun.code != failure.ExitUsage && begun.code != failure.ExitStopped {
		t.Fatal(begun)
	}
	refuses.Store(false)
	if begun.code == failure.ExitStopped {
		got = runAsked(t, nil, env, run(failure.ExitOK, append(importing, "--resume")...), append(importing, "--resume")...)
		if got.code != failure.ExitLocked {
			t.Errorf("beside the same run: exit code %d:\n%s", got.code, got.stderr)
		}
		wantNoneTwice(t, s, 12)
	}
}

// TestQuestionOfAnUndo: another undo of the run, and another import into another account, while a question stands.
func TestQuestionOfAnUndo(t *testing.T) {
	s, env := runningSandbox(t)
	env[state.RootVariable] = t.TempDir()
	file := putFile(t, "leads.csv", newcomers(3))
	if got := runApp(t, env, "import", "growcrm", file, "--yes", "--rate", "off"); got.code != failure.ExitOK {
		t.Fatal(got)
	}
	before := s.Requests("growcrm")
	got := runAnswered(t, "3", nil, env, func() {
		if got := runApp(t, env, "undo", "import-growcrm", "--confirm", "3", "--yes", "--rate", "off"); got.code != failure.ExitOK {
			t.Errorf("the other undo: exit code %d:\n%s", got.code, got.stderr)
		}
		before = s.Requests("growcrm")
	}, "undo", "import-growcrm", "--rate", "off")
	if got.code != failure.ExitLocked || !strings.Contains(got.stderr, "while the question stood") || s.Requests("growcrm") != before {
		t.Errorf("beside another undo: exit code %d, %d requests more:\n%s", got.code, s.Requests("growcrm")-before, got.stderr)
	}

	got = runAsked(t, nil, env, func() {
		if got := runApp(t, env, "import", "rogerroger", file, "--yes", "--rate", "off"); got.code != failure.ExitOK {
			t.Errorf("the other import: exit code %d:\n%s", got.code, got.stderr)
		}
	}, "import", "growcrm", file, "--rate", "off")
	if got.code != failure.ExitOK {
		t.Errorf("beside an import of the file into another CRM: exit code %d:\n%s", got.code, got.stderr)
	}
}

// TestQuestionOfMissing: what was missing before a question, and another run has created meanwhile, is not created twice.
func TestQuestionOfMissing(t *testing.T) {
	_, env := runningSandbox(t)
	env[state.RootVariable] = t.TempDir()
	rows := func(name string) string {
		return putFile(t, name+".csv", "First name,Last name,Email,Company\n"+name+",Doe,"+name+"@example.com,Brandnew BV\n")
	}
	mine, others := rows("ada"), rows("bob")
	got := runAsked(t, nil, env, func() {
		if got := runApp(t, env, "import", "growcrm", others, "--yes", "--rate", "off", "--create-missing", "clients"); got.code != failure.ExitOK {
			t.Errorf("the other import: exit code %d:\n%s", got.code, got.stderr)
		}
	}, "import", "growcrm", mine, "--rate", "off", "--create-missing", "clients")
	if got.code != failure.ExitOK {
		t.Errorf("exit code %d:\n%s", got.code, got.stderr)
	}
	clients := filepath.Join(t.TempDir(), "clients.csv")
	if got := runApp(t, env, "export", "growcrm/clients", "-o", clients, "--rate", "off"); got.code != failure.ExitOK {
		t.Fatal(got)
	}
	if n := strings.Count(string(readFile(t, clients)), "Brandnew BV"); n != 1 {
		t.Errorf("%d clients are called Brandnew BV", n)
	}
}

// TestPlanIsReadAgain: what the plan says is read again if the answer to the question came late.
func TestPlanIsReadAgain(t *testing.T) {
	watchSignals()
	dir := memoryDir(t)
	file := putFile(t, "leads.csv", newcomers(3))
	for _, tt := range []struct {
		after time.Duration
		again bool
	}{{time.Minute, false}, {3 * time.Minute, true}} {
		synctest.Test(t, func(t *testing.T) {
			s := sandbox.New(sandbox.Options{})
			network, env, stop := simulate(t, s, s.Handler(), filepath.Join(dir, tt.after.String()))
			got := runAsked(t, network, env, func() { time.Sleep(tt.after) }, "import", "growcrm", file, "--report", filepath.Join(dir, tt.after.String()+".csv"))
			if got.code != failure.ExitOK || strings.Contains(got.stderr, "it is read again") != tt.again {
				t.Errorf("after %v: exit code %d:\n%s", tt.after, got.code, got.stderr)
			}
			stop()
		})
	}
}
