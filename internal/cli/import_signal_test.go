package cli

import (
	"bytes"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"strings"
	"sync"
	"sync/atomic"
	"syscall"
	"testing"
	"time"

	"crmferry/importer/outcome"
	"crmferry/internal/failure"
	"crmferry/internal/sandbox"
)

// lockedBuffer is what a process prints, to be read while it runs.
type lockedBuffer struct {
	mu sync.Mutex
	b  bytes.Buffer
}

func (l *lockedBuffer) Write(p []byte) (int, error) {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.b.Write(p)
}

func (l *lockedBuffer) String() string {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.b.String()
}

// process is the program itself, running.
type process struct {
	*exec.Cmd
	stdout, stderr lockedBuffer
}

// startProgram starts the program itself.
func startProgram(t *testing.T, env map[string]string, args ...string) *process {
	t.Helper()
	return startCommand(t, env, exec.Command(programPath(t), args...))
}

// startShell starts a line of shell whose $0 is the program.
func startShell(t *testing.T, env map[string]string, line string, args ...string) *process {
	t.Helper()
	return startCommand(t, env, exec.Command("sh", append([]string{"-c", line, programPath(t)}, args...)...))
}

// programPath is this binary under the name that testscript gives to main.
func programPath(t *testing.T) string {
	t.Helper()
	if runtime.GOOS == "windows" {
		t.Skip("no signals to send on Windows")
	}
	self, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	name := filepath.Join(t.TempDir(), "crmferry")
	if err := os.Symlink(self, name); err != nil {
		t.Fatal(err)
	}
	return name
}

func startCommand(t *testing.T, env map[string]string, cmd *exec.Cmd) *process {
	t.Helper()
	p := &process{Cmd: cmd}
	p.Stdout, p.Stderr = &p.stdout, &p.stderr
	p.Env = os.Environ()
	for k, v := range env {
		p.Env = append(p.Env, k+"="+v)
	}
	if err := p.Start(); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = p.Process.Kill() })
	return p
}

// until waits for a condition.
func until(t *testing.T, what string, ok func() bool) {
	t.Helper()
	for end := time.Now().Add(time.Minute); !ok(); time.Sleep(5 * time.Millisecond) {
		if time.Now().After(end) {
			t.Fatalf("waited too long for %s", what)
		}
	}
}

// TestInterrupted sends a signal to the program in the middle of an import: rows in flight are finished, the report
// holds every row that was reached and agrees with what the vendor has, and the exit code is 4.
func TestInterrupted(t *testing.T) {
	t.Parallel()
	for vendor, ending := range map[string]string{"growcrm": ".csv", "clientcommander": ".csv", "cloverhound": ".csv", "rogerroger": ".csv"} {
		for _, sig := range []os.Signal{os.Interrupt, syscall.SIGTERM} {
			t.Run(vendor+"/"+sig.String(), func(t *testing.T) {
				t.Parallel()
				s, env := faulty(t, sandbox.Options{Latency: 100 * time.Millisecond}, nil)
				file := putFile(t, "leads"+ending, newcomers(500))
				p := startProgram(t, env, "import", vendor, file, "--yes", "--rate", "off", "--workers", "4")
				until(t, "the tenth contact", func() bool { return len(contactsCreated(s)) >= 10 })
				signaled := time.Now()
				if err := p.Process.Signal(sig); err != nil {
					t.Fatal(err)
				}
				_ = p.Wait()
				if took := time.Since(signaled); took > 3*time.Second {
					t.Errorf("it took %v to end", took)
				}
				if code := failure.ExitCode(p.ProcessState.ExitCode()); code != failure.ExitStopped {
					t.Errorf("exit code %d, want %d:\n%s", code, failure.ExitStopped, p.stderr.String())
				}
				wantLines(t, "stderr", p.stderr.String(), "stopping: what is in flight is finished, which takes half a minute at most; once more leaves at once, and is safe too\n",
					"unknown 0", "not reached: ", "\nerror: interrupted: ",
					"\nhint: to go on: crmferry import "+vendor+" ", " --resume\n")
				made := contactsCreated(s)
				lines := readReport(t, strings.TrimSuffix(file, ".csv")+".report.csv")
				if len(lines) != len(made) || len(made) >= 500 {
					t.Errorf("the report has %d rows, %d contacts were made", len(lines), len(made))
				}
				for _, l := range lines {
					if l.Outcome != string(outcome.Created) {
						t.Errorf("row %d: %s %s: %s", l.Row, l.Outcome, l.Code, l.Message)
					}
				}
				wantNoneTwice(t, s, len(lines))
			})
		}
	}
}

// TestNoHup: what was started to ignore that its terminal is closed is not stopped by it.
func TestNoHup(t *testing.T) {
	t.Parallel()
	s, env := faulty(t, sandbox.Options{Latency: 100 * time.Millisecond}, nil)
	p := startShell(t, env, `trap "" HUP; exec "$0" "$@"`, "import", "growcrm", putFile(t, "leads.csv", newcomers(12)), "--yes", "--rate", "off", "--workers", "1")
	until(t, "a contact", func() bool { return len(contactsCreated(s)) > 0 })
	if err := p.Process.Signal(syscall.SIGHUP); err != nil {
		t.Fatal(err)
	}
	_ = p.Wait()
	if code, made := failure.ExitCode(p.ProcessState.ExitCode()), len(contactsCreated(s)); code != failure.ExitOK || made != 12 {
		t.Errorf("exit code %d, %d contacts:\n%s", code, made, p.stderr.String())
	}
}

// TestInterruptedTwice: the second signal ends the program at once, whatever is in flight.
func TestInterruptedTwice(t *testing.T) {
	var waiting atomic.Int64
	stop := make(chan struct{})
	_, env := faulty(t, sandbox.Options{}, func(w http.ResponseWriter, r *http.Request, _ http.Handler) bool {
		if !isWrite(r) {
			return false
		}
		waiting.Add(1)
		<-stop
		return true
	})
	t.Cleanup(func() { close(stop) })
	p := startProgram(t, env, "import", "growcrm", putFile(t, "leads.csv", newcomers(20)), "--yes", "--rate", "off")
	until(t, "a write", func() bool { return waiting.Load() > 0 })
	_ = p.Process.Signal(os.Interrupt)
	until(t, "the first signal to be heard", func() bool { return strings.Contains(p.stderr.String(), "once more leaves at once") })
	ended := make(chan struct{})
	go func() { _ = p.Wait(); close(ended) }()
	_ = p.Process.Signal(os.Interrupt) // this soon, it is the first one once more
	select {
	case <-ended:
		t.Fatal("a signal that was sent twice is two signals")
	case <-time.After(oneStop / 5):
	}
	until(t, "the end", func() bool {
		_ = p.Process.Signal(os.Interrupt)
		select {
		case <-ended:
			return true
		default:
			return false
		}
	})
	if p.ProcessState.Success() {
		t.Errorf("it ended with %v", p.ProcessState)
	}
}

// TestInterruptedBeforeTheStart: nothing was sent, nothing is kept, and no report says otherwise.
func TestInterruptedBeforeTheStart(t *testing.T) {
	var reads atomic.Int64
	s, env := faulty(t, sandbox.Options{Latency: time.Second}, func(w http.ResponseWriter, r *http.Request, _ http.Handler) bool {
		reads.Add(1)
		return false
	})
	file := putFile(t, "leads.csv", newcomers(20))
	p := startProgram(t, env, "import", "growcrm", file, "--yes", "--rate", "off")
	until(t, "a request", func() bool { return reads.Load() > 0 })
	_ = p.Process.Signal(os.Interrupt)
	_ = p.Wait()
	if code := failure.ExitCode(p.ProcessState.ExitCode()); code != failure.ExitStopped {
		t.Errorf("exit code %d", code)
	}
	wantLines(t, "stderr", p.stderr.String(), "error: interrupted; nothing was written\n")
	wantOnly(t, filepath.Dir(file), "leads.csv")
	if n := len(s.Ledger()); n != 0 {
		t.Errorf("%d changes", n)
	}
}
