package cli

import (
	"bytes"
	"fmt"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"sync/atomic"
	"syscall"
	"testing"
	"time"

	"crmferry/internal/account"
	"crmferry/internal/failure"
	"crmferry/internal/sandbox"
	"crmferry/internal/state"
)

// TestExportKilled: whenever the program is killed, the old file is whole; afterwards nobody holds the account, and the
// next export removes what is left.
func TestExportKilled(t *testing.T) {
	for _, ending := range []string{".csv", ".xlsx"} {
		for _, pages := range []int64{1, 7, 15} {
			t.Run(fmt.Sprintf("%s after %d pages", ending, pages), func(t *testing.T) {
				t.Parallel()
				var asked atomic.Int64
				_, env := faulty(t, sandbox.Options{Contacts: 1500, Latency: 10 * time.Millisecond}, func(http.ResponseWriter, *http.Request, http.Handler) bool {
					asked.Add(1)
					return false
				})
				dir := t.TempDir()
				file := filepath.Join(dir, "contacts"+ending)
				exportFile(t, env, "growcrm", file, "--limit", "10")
				old := readFile(t, file)
				asked.Store(0)
				p := startProgram(t, env, "export", "growcrm", "-o", file, "--rate", "off", "--workers", "1")
				until(t, "the pages", func() bool { return asked.Load() >= pages })
				_ = p.Process.Signal(syscall.SIGKILL)
				_ = p.Wait()
				if !bytes.Equal(readFile(t, file), old) {
					t.Error("the old file is not what it was")
				}
				if left, _ := filepath.Glob(filepath.Join(dir, ".contacts*.tmp")); len(left) != 1 {
					t.Errorf("left behind: %q", left)
				}
				if out := exportFile(t, env, "growcrm", file); out.Rows != 1544 {
					t.Errorf("%d rows afterwards, want 1,544", out.Rows)
				}
				wantOnly(t, dir, "contacts"+ending)
			})
		}
	}
}

// TestExportToStdoutKilled: what was meant for stdout is found nowhere.
func TestExportToStdoutKilled(t *testing.T) {
	var asked atomic.Int64
	_, env := faulty(t, sandbox.Options{Contacts: 1500, Latency: 10 * time.Millisecond}, func(http.ResponseWriter, *http.Request, http.Handler) bool {
		asked.Add(1)
		return false
	})
	env["TMPDIR"] = t.TempDir()
	p := startProgram(t, env, "export", "growcrm", "-o", "-", "--rate", "off", "--workers", "1")
	until(t, "pages", func() bool { return asked.Load() >= 7 })
	_ = p.Process.Signal(syscall.SIGKILL)
	_ = p.Wait()
	if got := p.stdout.String(); got != "" {
		t.Errorf("stdout of an incomplete export:\n%s", got)
	}
	wantOnly(t, env["TMPDIR"])
}

// TestExportInterrupted: Ctrl-C ends an export with 4, and leaves the old file and nothing else.
func TestExportInterrupted(t *testing.T) {
	var asked atomic.Int64
	_, env := faulty(t, sandbox.Options{Contacts: 1500, Latency: 50 * time.Millisecond}, func(http.ResponseWriter, *http.Request, http.Handler) bool {
		asked.Add(1)
		return false
	})
	file := putFile(t, "contacts.csv", "old")
	p := startProgram(t, env, "export", "growcrm", "-o", file, "--rate", "off", "--workers", "2", "--overwrite")
	until(t, "pages", func() bool { return asked.Load() >= 4 })
	_ = p.Process.Signal(os.Interrupt)
	_ = p.Wait()
	if code := failure.ExitCode(p.ProcessState.ExitCode()); code != failure.ExitStopped {
		t.Errorf("exit code %d, want %d:\n%s", code, failure.ExitStopped, p.stderr.String())
	}
	wantLines(t, "stderr", p.stderr.String(), "\nerror: interrupted: nothing was written, "+file+" is still the old one\n")
	wantOnly(t, filepath.Dir(file), "contacts.csv")
	if string(readFile(t, file)) != "old" {
		t.Error("the old file is gone")
	}
}

// TestExportFaults: whatever the vendor answers, the file is complete or the old one stays, nothing else is left, and
// the exit code and the message say what happened.
func TestExportFaults(t *testing.T) {
	for _, tt := range []struct {
		vendor, fault string
		code          failure.ExitCode
		err           string
	}{
		{"growcrm", "html@0", failure.ExitFailed, "page 1 of contacts"},
		{"growcrm", "html@3", failure.ExitFailed, "the answer is a web page, not JSON"},
		{"growcrm", "truncated@3", failure.ExitFailed, "page"},
		{"growcrm", "401@0", failure.ExitUsage, "Grow CRM refuses the key"},
		{"growcrm", "401@3", failure.ExitStopped, "Grow CRM refuses the key"},
		{"growcrm", "repeat@3", failure.ExitFailed, "could not be shown to be complete"},
		{"growcrm", "total", failure.ExitFailed, "could not be shown to be complete"},
		{"clientcommander", "cursor@2", failure.ExitFailed, "could not be shown to be complete"},
		{"clientcommander", "repeat@2", failure.ExitFailed, "could not be shown to be complete"},
		{"clientcommander", "truncated@2", failure.ExitFailed, "page"},
		{"rogerroger", "total", failure.ExitFailed, "could not be shown to be complete"},
		{"rogerroger", "401@4", failure.ExitStopped, "RogerRoger refuses the key"},
		{"growcrm", "500@3x2", failure.ExitOK, ""},
		{"growcrm", "truncated@3x1", failure.ExitOK, ""},
		{"growcrm", "429@3x2", failure.ExitOK, ""},
	} {
		for n, ending := range []string{".csv", ".xlsx"} {
			if spared(n, 2) {
				continue
			}
			t.Run(tt.vendor+" "+tt.fault+ending, func(t *testing.T) {
				t.Parallel()
				fault, err := sandbox.ParseFault(tt.fault)
				if err != nil {
					t.Fatal(err)
				}
				_, env := faulty(t, sandbox.Options{Contacts: 700, Faults: []sandbox.Fault{fault}}, nil)
				file := putFile(t, "contacts"+ending, "old")
				got := runApp(t, env, "export", tt.vendor, "-o", file, "--rate", "off", "--quiet", "--overwrite")
				if got.code != tt.code || !strings.Contains(got.stderr, tt.err) || (got.stderr == "") != (tt.code == failure.ExitOK) {
					t.Errorf("exit code %d, want %d with %q:\n%s", got.code, tt.code, tt.err, got.stderr)
				}
				if old := string(readFile(t, file)) == "old"; old != (tt.code != failure.ExitOK) {
					t.Errorf("the old file is there: %v", old)
				}
				if tt.code != failure.ExitOK && !strings.Contains(got.stderr, file+" is still the old one") {
					t.Errorf("stderr says nothing of the old file:\n%s", got.stderr)
				}
				wantOnly(t, filepath.Dir(file), "contacts"+ending)
			})
		}
	}
}

// TestExportUnproven: a list that cannot be shown to be complete is not written, or is written and said not to be proven.
func TestExportUnproven(t *testing.T) {
	for vendor, o := range map[string]sandbox.Options{
		"cloverhound": {Contacts: 300, Churn: 2, ListOrder: "newest"},
		"growcrm":     {Contacts: 300, Faults: []sandbox.Fault{{Kind: "total"}}},
	} {
		t.Run(vendor, func(t *testing.T) {
			_, env := faulty(t, o, nil)
			file := putFile(t, "contacts.xlsx", "old")
			args := append([]string{"export", vendor, "-o", file, "--rate", "off", "--quiet", "--overwrite"}, exportFlags(vendor)...)
			got := runApp(t, env, args...)
			if got.code != failure.ExitFailed || string(readFile(t, file)) != "old" {
				t.Errorf("exit code %d, file %.9q", got.code, readFile(t, file))
			}
			wantLines(t, "stderr", got.stderr, "could not be shown to be complete", "\nhint: or add --allow-unproven: ")
			got = runApp(t, env, append(args, "--allow-unproven")...)
			if got.code != failure.ExitOK {
				t.Errorf("exit code %d", got.code)
			}
			wantLines(t, "stderr", got.stderr, ", not proven to be complete   in ", "\nnot proven: contacts: the list could not be shown")
			out := exportFile(t, env, vendor, file, "--allow-unproven")
			if out.Complete || len(out.Unproven) != 1 || out.Rows < 300 {
				t.Errorf("the summary says complete %v, unproven %q, %d rows", out.Complete, out.Unproven, out.Rows)
			}
		})
	}
}

// TestExportCannotBeReplaced: a finished file whose place is taken stands beside it, and the summary says where.
func TestExportCannotBeReplaced(t *testing.T) {
	dir := t.TempDir()
	file := filepath.Join(dir, "contacts.csv")
	var once atomic.Bool
	_, env := faulty(t, sandbox.Options{}, func(http.ResponseWriter, *http.Request, http.Handler) bool {
		if once.CompareAndSwap(false, true) {
			_ = os.MkdirAll(filepath.Join(file, "in the way"), 0o700)
		}
		return false
	})
	got := runApp(t, env, "export", "growcrm", "-o", file, "--rate", "off")
	if got.code != failure.ExitFailed || !strings.Contains(got.stderr, "the new one is whole and stands beside it") {
		t.Errorf("exit code %d:\n%s", got.code, got.stderr)
	}
	kept, _ := filepath.Glob(filepath.Join(dir, "contacts.2*.csv"))
	if len(kept) != 1 || len(ids(t, readFile(t, kept[0]))) != 44 {
		t.Errorf("kept %q", kept)
	}
}

// TestExportSharesTheAccount: an export and an import, and two exports, of one account run at the same time, and who asks for the runs
// sees that an export is going on.
func TestExportSharesTheAccount(t *testing.T) {
	goOn := make(chan struct{})
	var requests atomic.Int64
	_, env := faulty(t, sandbox.Options{}, func(_ http.ResponseWriter, r *http.Request, _ http.Handler) bool {
		if requests.Add(1) == 1 {
			<-goOn
		}
		return false
	})
	dir := t.TempDir()
	first := make(chan result, 1)
	go func() {
		first <- runApp(t, env, "export", "growcrm", "-o", filepath.Join(dir, "a.csv"), "--rate", "off")
	}()
	until(t, "a request", func() bool { return requests.Load() > 0 })
	second := runApp(t, env, "export", "growcrm", "-o", filepath.Join(dir, "b.csv"), "--rate", "off")
	third := runApp(t, env, "import", "growcrm", putFile(t, "leads.csv", newcomers(1)), "--yes", "--rate", "off")
	for _, got := range []result{second, third} {
		if got.code != failure.ExitOK {
			t.Errorf("exit code %d:\n%s", got.code, got.stderr)
		}
	}
	runs := runApp(t, env, "runs")
	if n := strings.Count(runs.stdout, "running"); n != 1 {
		t.Errorf("%d runs are going on:\n%s", n, runs.stdout)
	}
	close(goOn)
	if got := <-first; got.code != failure.ExitOK {
		t.Errorf("exit code %d:\n%s", got.code, got.stderr)
	}
	if runs := runApp(t, env, "runs"); strings.Contains(runs.stdout, "running") {
		t.Errorf("still running:\n%s", runs.stdout)
	}
	wantOnly(t, dir, "a.csv", "b.csv")
}

// TestExportLeavesNoKey: no key in any output, file or record, whatever goes wrong.
func TestExportLeavesNoKey(t *testing.T) {
	for name, h := range map[string]http.Handler{
		"html": answering(http.StatusOK, "text/html", "<html>"), "unauthorized": echo(http.StatusUnauthorized, nil), "forbidden": echo(http.StatusForbidden, nil),
		"empty": readsNothing(echo(http.StatusOK, nil)),
	} {
		for _, r := range account.All().Resources() {
			t.Run(name+"/"+r.ID(), func(t *testing.T) {
				root, dir := t.TempDir(), t.TempDir()
				server := httptest.NewServer(h)
				defer server.Close()
				env := canarySettings(r.Vendor(), server.URL)
				env[state.RootVariable] = root
				args := append([]string{"export", r.ID(), "-o", filepath.Join(dir, "contacts.xlsx"), "--rate", "off", "--verbose"}, exportFlags(r.Vendor().ID)...)
				got := runApp(t, env, args...)
				wantNoKey(t, args, got)
				wantNoKeyIn(t, dir)
				wantNoKeyIn(t, root)
				if (name == "empty") != (got.code == failure.ExitOK) {
					t.Errorf("exit code %d:\n%s", got.code, got.stderr)
				}
			})
		}
	}
}

// TestExportDiskFull: where the file takes no more, the old file stays and no part of the new one is left; where stdout takes no
// more, no command ends as if it had been read.
func TestExportDiskFull(t *testing.T) {
	if runtime.GOOS != "linux" {
		t.Skip("needs sh with ulimit, and /dev/full")
	}
	_, env := faulty(t, sandbox.Options{Contacts: 2000}, nil)
	for _, ending := range []string{".csv", ".xlsx"} {
		file := putFile(t, "contacts"+ending, "old")
		p := startShell(t, env, `ulimit -f 40; exec "$0" export growcrm -o "$1" --rate off --overwrite`, file)
		_ = p.Wait()
		if code := failure.ExitCode(p.ProcessState.ExitCode()); code != failure.ExitFailed || !strings.Contains(p.stderr.String(), "file too large") {
			t.Errorf("%s: exit code %d:\n%s", ending, code, p.stderr.String())
		}
		wantOnly(t, filepath.Dir(file), "contacts"+ending)
		if string(readFile(t, file)) != "old" {
			t.Errorf("%s: the old file is gone", ending)
		}
	}
	for _, command := range []string{"export growcrm -o - --rate off", "runs", "runs --json", "fields growcrm", "help", "completion bash"} {
		p := startShell(t, env, `exec "$0" `+command+` >/dev/full`)
		_ = p.Wait()
		said := p.stderr.String()
		if code := failure.ExitCode(p.ProcessState.ExitCode()); code != failure.ExitFailed || !strings.HasSuffix(said, "no space left on device\nhint: make room on the disk first\n") {
			t.Errorf("%s: exit code %d:\n%s", command, code, said)
		}
	}
}
