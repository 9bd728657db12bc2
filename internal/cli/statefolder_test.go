package cli

import (
	"fmt"
	"net/http"
	"os"
	"path/filepath"
	"runtime"
	"slices"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"crmferry/importer/outcome"
	"crmferry/internal/failure"
	"crmferry/internal/sandbox"
	"crmferry/internal/state"
)

// TestStateFolderThatCannotBeUsed: where no journal can be kept, nothing is sent.
func TestStateFolderThatCannotBeUsed(t *testing.T) {
	readOnly := t.TempDir()
	if err := os.Chmod(readOnly, 0o500); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = os.Chmod(readOnly, 0o700) })
	for name, folder := range map[string]string{
		"a file stands in its place": putFile(t, "state", ""),
		"it lies below a file":       filepath.Join(putFile(t, "file", ""), "state"),
		"it is read-only":            filepath.Join(readOnly, "state"),
		"nothing can be made there":  "/proc/state", // not even by root
	} {
		t.Run(name, func(t *testing.T) {
			if strings.HasPrefix(folder, readOnly) && os.Geteuid() == 0 {
				t.Skip("root may write everywhere")
			}
			if strings.HasPrefix(folder, "/proc") && runtime.GOOS != "linux" {
				t.Skip("a folder of Linux")
			}
			var requests atomic.Int64
			_, env := faulty(t, sandbox.Options{}, func(http.ResponseWriter, *http.Request, http.Handler) bool {
				requests.Add(1)
				return false
			})
			env[state.RootVariable] = folder
			got := runApp(t, env, "import", "growcrm", putFile(t, "leads.csv", newcomers(3)), "--yes", "--rate", "off")
			if got.code != failure.ExitFailed || requests.Load() != 0 {
				t.Errorf("exit code %d after %d requests:\n%s", got.code, requests.Load(), got.stderr)
			}
			wantLines(t, "stderr", got.stderr, "error: ", folder)
		})
	}
}

// TestRunFolderRemovedMeanwhile: a run whose journal nobody will ever read stops, instead of sending the rest of the file
// unrecorded. The report holds what was sent.
func TestRunFolderRemovedMeanwhile(t *testing.T) {
	if runtime.GOOS == "windows" {
		t.Skip("files in use cannot be removed")
	}
	for _, vendor := range allVendors() {
		t.Run(vendor, func(t *testing.T) {
			var writes atomic.Int64
			root := t.TempDir()
			s, env := faulty(t, sandbox.Options{}, func(_ http.ResponseWriter, r *http.Request, _ http.Handler) bool {
				if isWrite(r) && writes.Add(1) == 10 {
					runs, err := filepath.Glob(filepath.Join(root, "*-import-*"))
					if err != nil || len(runs) != 1 {
						t.Errorf("run folders %q, %v", runs, err)
					}
					for _, dir := range runs {
						_ = os.RemoveAll(dir)
					}
				}
				return false
			})
			env[state.RootVariable] = root
			const rows = 3000
			file := putFile(t, "leads.csv", newcomers(rows))
			got := runApp(t, env, "import", vendor, file, "--yes", "--rate", "off", "--workers", "4")
			if got.code != failure.ExitFailed {
				t.Errorf("exit code %d:\n%s", got.code, got.stderr)
			}
			wantLines(t, "stderr", got.stderr, "journal.jsonl", "it was removed in the meantime")
			made := len(contactsCreated(s))
			if made == rows {
				t.Error("the whole file was sent")
			}
			wantNoneTwice(t, s, made)
		})
	}
}

// TestDiskFullMeanwhile: when the journal cannot grow any more the import stops; what was in flight is in the journal,
// so that with room again it goes on and no contact is made twice.
func TestDiskFullMeanwhile(t *testing.T) {
	for _, vendor := range allVendors() {
		t.Run(vendor, func(t *testing.T) {
			t.Parallel()
			s, env := faulty(t, sandbox.Options{}, nil)
			const rows = 300
			file := putFile(t, "leads.csv", newcomers(rows))
			flags := []string{"import", vendor, file, "--yes", "--rate", "off", "--workers", "4"}
			if got := runApp(t, env, "import", vendor, file, "--rate", "off", "--dry-run"); got.code != failure.ExitOK {
				t.Fatalf("dry run: exit code %d:\n%s", got.code, got.stderr)
			}
			kept, err := filepath.Glob(filepath.Join(env[state.RootVariable], "*", "rows.jsonl"))
			if err != nil || len(kept) != 1 {
				t.Fatal(kept, err)
			}
			info, err := os.Stat(kept[0])
			if err != nil {
				t.Fatal(err)
			}
			const block = 512                                                                                   // bytes, of the shell's ulimit
			p := startShell(t, env, fmt.Sprintf(`ulimit -f %d; exec "$0" "$@"`, info.Size()/block+4), flags...) // the rows have room, the journal has not
			_ = p.Wait()
			if code := failure.ExitCode(p.ProcessState.ExitCode()); code != failure.ExitFailed {
				t.Fatalf("exit code %d:\n%s", code, p.stderr.String())
			}
			wantLines(t, "stderr", p.stderr.String(), "write journal ", "file too large")
			made := len(contactsCreated(s))
			if made == 0 || made == rows {
				t.Errorf("%d of %d rows were sent", made, rows)
			}
			got := runApp(t, env, append(slices.Clone(flags), "--resume")...)
			lines := readReport(t, strings.TrimSuffix(file, ".csv")+".report.csv")
			if len(lines) != rows {
				t.Errorf("the report has %d rows, want %d:\n%s", len(lines), rows, got.stderr)
			}
			wantRecorded(t, s, lines)
		})
	}
}

// TestJournalLostOrDamaged: what nobody knows is never guessed. Without its journal a run is not resumed; a damaged one is
// kept, what it cannot tell is verified, and its first part counts.
func TestJournalLostOrDamaged(t *testing.T) {
	for _, vendor := range allVendors() {
		t.Run(vendor, func(t *testing.T) {
			t.Parallel()
			var writes atomic.Int64
			s, env := faulty(t, sandbox.Options{}, func(w http.ResponseWriter, r *http.Request, _ http.Handler) bool {
				if !isWrite(r) {
					return false
				}
				if n := writes.Add(1); n > 25 && n < 1000 {
					refuse(w, http.StatusUnauthorized)
					return true
				}
				return false
			})
			const rows = 40
			file := putFile(t, "leads.csv", newcomers(rows))
			flags := []string{"import", vendor, file, "--yes", "--rate", "off"}
			if got := runApp(t, env, flags...); got.code != failure.ExitStopped {
				t.Fatalf("exit code %d:\n%s", got.code, got.stderr)
			}
			writes.Store(1000)
			journals, err := filepath.Glob(filepath.Join(env[state.RootVariable], "*", "journal.jsonl"))
			if err != nil || len(journals) != 1 {
				t.Fatalf("journals %q, %v", journals, err)
			}
			whole, err := os.ReadFile(journals[0])
			if err != nil {
				t.Fatal(err)
			}
			made := len(contactsCreated(s))
			if err := os.Remove(journals[0]); err != nil {
				t.Fatal(err)
			}
			got := runApp(t, env, append(slices.Clone(flags), "--resume")...)
			if got.code != failure.ExitUsage || len(contactsCreated(s)) != made {
				t.Errorf("exit code %d without a journal:\n%s", got.code, got.stderr)
			}
			wantLines(t, "stderr", got.stderr, "has lost its journal: which rows were sent is not known\nhint: ")
			wantLines(t, "stderr", runApp(t, env, "runs", "import", "--report", file+".again.csv").stderr, "has no journal")

			damaged := slices.Clone(whole)
			damaged[len(damaged)/2] ^= 1
			if err := os.WriteFile(journals[0], damaged, 0o600); err != nil {
				t.Fatal(err)
			}
			wantLines(t, "stderr", runApp(t, env, "runs", "import").stderr, "warning: the journal is damaged (line ")
			got = runApp(t, env, append(slices.Clone(flags), "--resume")...)
			wantLines(t, "stderr", got.stderr, "warning: its journal is damaged (line ")
			if kept, err := os.ReadFile(journals[0] + ".damaged"); err != nil || !slices.Equal(kept, damaged) {
				t.Errorf("the damaged journal was not kept: %v", err)
			}
			lines := readReport(t, strings.TrimSuffix(file, ".csv")+".report.csv")
			if len(lines) != rows {
				t.Errorf("the report has %d rows, want %d:\n%s", len(lines), rows, got.stderr)
			}
			wantRecorded(t, s, lines)
		})
	}
}

// TestDiskFullBeforeTheStart: where not even the copy of the file finds room, nothing is sent and nothing is kept.
func TestDiskFullBeforeTheStart(t *testing.T) {
	var requests atomic.Int64
	_, env := faulty(t, sandbox.Options{}, func(http.ResponseWriter, *http.Request, http.Handler) bool {
		requests.Add(1)
		return false
	})
	p := startShell(t, env, `ulimit -f 2; exec "$0" "$@"`, "import", "growcrm", putFile(t, "leads.csv", newcomers(300)), "--yes", "--rate", "off")
	_ = p.Wait()
	if code := failure.ExitCode(p.ProcessState.ExitCode()); code != failure.ExitFailed || requests.Load() != 0 {
		t.Errorf("exit code %d after %d requests:\n%s", code, requests.Load(), p.stderr.String())
	}
	wantLines(t, "stderr", p.stderr.String(), "error: copy file ", "file too large\n")
	if runs, err := state.Runs(env[state.RootVariable]); err != nil || len(runs) != 0 {
		t.Errorf("runs %v, %v", runs, err)
	}
}

// TestKilledLeavesNothing: what a killed process left beside its report is gone once the run has been resumed.
func TestKilledLeavesNothing(t *testing.T) {
	s, env := faulty(t, sandbox.Options{Latency: 20 * time.Millisecond}, nil)
	file := putFile(t, "leads.csv", newcomers(60))
	args := []string{"import", "clientcommander", file, "--yes", "--rate", "off", "--workers", "4"}
	p := startProgram(t, env, args...)
	until(t, "some contacts", func() bool { return len(contactsCreated(s)) >= 10 })
	if err := p.Process.Kill(); err != nil {
		t.Fatal(err)
	}
	_ = p.Wait()
	left, err := filepath.Glob(filepath.Join(filepath.Dir(file), ".leads.*"))
	if err != nil || len(left) == 0 {
		t.Fatalf("left behind: %q, %v", left, err)
	}
	wantLines(t, "the list", runApp(t, env, "runs").stdout, "  resumable  import  clientcommander ", " of 60 rows\n")
	got := runApp(t, env, append(args, "--resume")...)
	if got.code != failure.ExitOK {
		t.Errorf("exit code %d:\n%s", got.code, got.stderr)
	}
	wantOnly(t, filepath.Dir(file), "leads.csv", "leads.report.csv")
	wantNoneTwice(t, s, 60)
}

// wantRecorded fails unless each contact was made once, and a row says so or that it cannot be known.
func wantRecorded(t *testing.T, s *sandbox.Server, lines []reportLine) {
	t.Helper()
	made := contactsCreated(s)
	wantNoneTwice(t, s, len(made))
	for _, l := range lines {
		email := fmt.Sprintf("nina.%d@example.com", l.Row-2)
		switch o := outcome.Outcome(l.Outcome); {
		case o == outcome.Unknown:
		case made[email] != 1, o != outcome.Created && o != outcome.Unchanged:
			t.Errorf("row %d, %s, made %d times: %s %s %s", l.Row, email, made[email], l.Outcome, l.Code, l.Message)
		}
	}
}
