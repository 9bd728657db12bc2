package cli

import (
	"bytes"
	"fmt"
	"maps"
	"net/http"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"crmferry/internal/failure"
	"crmferry/internal/sandbox"
	"crmferry/internal/state"
	"crmferry/internal/state/peers"
)

// What a damage does to the run of a file that is begun, and goes on with --resume.
const (
	blocks   = "blocks"   // nothing is sent, for whatever vendor
	guards   = "guards"   // nothing is sent where nothing can be looked up; else it goes on with a warning
	survives = "survives" // it goes on with a warning
	verifies = "verifies" // it goes on with a warning: rows without an outcome are in doubt
)

// damages are all that can happen to the files of the state folder, file by file.
func damages() []struct{ file, what, does string } {
	return []struct{ file, what, does string }{
		{"input.csv", "gone", survives}, {"input.csv", "empty", survives}, {"input.csv", "zeros", survives}, {"input.csv", "cut", survives}, {"input.csv", "reordered", survives},
		{"rows.jsonl", "empty", survives}, {"rows.jsonl", "zeros", survives}, {"rows.jsonl", "cut", survives}, {"rows.jsonl", "reordered", survives},
		{"journal.jsonl", "gone", blocks}, {"journal.jsonl", "empty", blocks}, {"journal.jsonl", "zeros", blocks}, {"journal.jsonl", "cut", verifies}, {"journal.jsonl", "reordered", verifies},
		{"run.json", "gone", guards}, {"run.json", "empty", guards}, {"run.json", "zeros", guards}, {"run.json", "cut", guards}, {"run.json", "reordered", guards}, {"run.json", "changed", guards},
		{"salt", "gone", guards}, {"salt", "empty", guards}, {"salt", "zeros", guards},
	}
}

// damage damages a file.
func damage(t *testing.T, path, what string) {
	t.Helper()
	whole, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	lines := bytes.SplitAfter(whole, []byte("\n"))
	switch what {
	case "gone":
		if err := os.Remove(path); err != nil {
			t.Fatal(err)
		}
		return
	case "empty":
		whole = nil
	case "zeros":
		clear(whole)
	case "cut": // at the end of a line, where nothing else shows it
		whole = bytes.Join(lines[:len(lines)/2], nil)
	case "reordered":
		last := len(lines) - 2
		lines[last], lines[last-1] = lines[last-1], lines[last]
		whole = bytes.Join(lines, nil)
	case "changed": // in one bit of where a run went, so that it reads well
		name := []byte(`"place": "`)
		whole[bytes.Index(whole, name)+len(name)] ^= 1
	default:
		t.Fatalf("no damage is called %q", what)
	}
	if err := os.WriteFile(path, whole, 0o600); err != nil {
		t.Fatal(err)
	}
}

// begun is an import that was stopped midway.
type begun struct {
	s     *sandbox.Server
	env   map[string]string
	file  string
	flags []string
	made  int                   // contacts
	fault atomic.Pointer[fault] // what happens to all requests from now on
}

const begunRows = 12

// begin begins an import of a file into a vendor, and lets it be stopped by a key that is refused for a while.
func begin(t *testing.T, vendor string, flags ...string) *begun {
	t.Helper()
	var writes atomic.Int64
	b := &begun{file: putFile(t, "leads.csv", newcomers(begunRows))}
	b.s, b.env = faulty(t, sandbox.Options{}, func(w http.ResponseWriter, r *http.Request, vendor http.Handler) bool {
		if f := b.fault.Load(); f != nil {
			return (*f)(w, r, vendor)
		}
		if !isWrite(r) || writes.Add(1) != 8 {
			return false
		}
		refuse(w, http.StatusUnauthorized)
		return true
	})
	b.flags = append([]string{"import", vendor, b.file, "--yes", "--rate", "off", "--workers", "1"}, flags...)
	if got := b.run(t); got.code != failure.ExitStopped {
		t.Fatalf("exit code %d:\n%s", got.code, got.stderr)
	}
	b.made = len(contactsCreated(b.s))
	return b
}

// run runs the command once more, with some flags.
func (b *begun) run(t *testing.T, flags ...string) result {
	t.Helper()
	return runAppWith(t, b.env, func(a *app) { a.settle, a.backoff = 20*time.Millisecond, 5*time.Millisecond }, slices.Concat(b.flags, flags)...)
}

// path is where a file of the run, or of the state folder, is.
func (b *begun) path(t *testing.T, file string) string {
	t.Helper()
	found, err := filepath.Glob(filepath.Join(b.env[state.RootVariable], "*-import-*", file))
	if file == "salt" {
		return filepath.Join(b.env[state.RootVariable], file)
	}
	if err != nil || len(found) != 1 {
		t.Fatalf("files %q, %v", found, err)
	}
	return found[0]
}

// TestDamagedStateFolder: whatever happens to a file of the state folder while a run is unfinished, no contact is made
// twice and the damage is said, for vendors that can be asked and those that cannot. --restart is the user's word.
func TestDamagedStateFolder(t *testing.T) {
	for _, vendor := range []string{"growcrm", "rogerroger", "clientcommander", "cloverhound", "cloverhound --allow-undocumented"} {
		for n, d := range damages() {
			if testing.Short() && vendor != "rogerroger" || spared(n, 4) {
				continue // which vendor it is makes no difference to goroutines
			}
			t.Run(vendor+"/"+d.file+"/"+d.what, func(t *testing.T) {
				t.Parallel()
				words := strings.Fields(vendor)
				b := begin(t, words[0], words[1:]...)
				path := b.path(t, d.file)
				damage(t, path, d.what)
				got := b.run(t, "--resume")
				wantNoneTwice(t, b.s, len(contactsCreated(b.s)))
				stopped := d.does == blocks || d.does == guards && vendor == "cloverhound"
				if !stopped {
					b.wantWentOn(t, got, path, d.does, vendor == "cloverhound")
					return
				}
				if got.code != failure.ExitUsage || len(contactsCreated(b.s)) != b.made {
					t.Errorf("exit code %d, %d contacts, and %d before:\n%s", got.code, len(contactsCreated(b.s)), b.made, got.stderr)
				}
				wantLines(t, "stderr", got.stderr, "error: ", path, "\nhint: ")
				if got := b.run(t, "--restart"); got.code != failure.ExitOK {
					t.Errorf("--restart: exit code %d:\n%s", got.code, got.stderr)
				}
			})
		}
	}
}

// wantWentOn fails unless the import said what is damaged and did what is left.
func (b *begun) wantWentOn(t *testing.T, got result, path, does string, blind bool) {
	t.Helper()
	warning, want, made := path, failure.ExitOK, begunRows
	if does == verifies {
		warning = "its journal is damaged (line "
	}
	if does == verifies && blind { // what cannot be verified is unknown, and not sent
		want, made = failure.ExitRows, b.made
	}
	wantLines(t, "stderr", got.stderr, "warning: ", warning)
	if n := len(contactsCreated(b.s)); got.code != want || n != made {
		t.Errorf("exit code %d, want %d; %d contacts, want %d:\n%s", got.code, want, n, made, got.stderr)
	}
}

// TestDamageBlocksLittle: exports, checks and dry runs go on with a warning; an import without look-ups is blocked by a
// record of its vendor only, and a lost salt blocks no other file.
func TestDamageBlocksLittle(t *testing.T) {
	t.Parallel()
	b := begin(t, "cloverhound")
	record := b.path(t, "run.json")
	other := putFile(t, "other.csv", strings.ReplaceAll(newcomers(2), "nina", "mona"))
	damage(t, b.path(t, "salt"), "gone")
	if got := runApp(t, b.env, "import", "cloverhound", other, "--yes"); got.code != failure.ExitOK {
		t.Errorf("another file under a lost salt: exit code %d:\n%s", got.code, got.stderr)
	}
	damage(t, record, "zeros")
	target := filepath.Join(t.TempDir(), "out.csv")
	for line, warned := range map[string]bool{
		"import growcrm " + other + " --yes":                   false,
		"check cloverhound " + other:                           true,
		"import cloverhound " + other + " -n":                  true,
		"export cloverhound --allow-undocumented -o " + target: true,
	} {
		got := runApp(t, b.env, strings.Fields(line)...)
		if got.code != failure.ExitOK || strings.Contains(got.stderr, record) != warned {
			t.Errorf("%s: exit code %d:\n%s", line, got.code, got.stderr)
		}
	}
	got := runApp(t, b.env, "import", "cloverhound", putFile(t, "third.csv", strings.ReplaceAll(newcomers(2), "nina", "lena")), "--yes")
	if got.code != failure.ExitUsage {
		t.Errorf("another file beside a record that cannot be read: exit code %d:\n%s", got.code, got.stderr)
	}
	forget := got.stderr[strings.LastIndex(got.stderr, "crmferry runs "):]
	runs := append(strings.Fields(forget)[1:], "--yes")
	if got := runApp(t, b.env, runs...); got.code != failure.ExitOK {
		t.Errorf("%q: exit code %d:\n%s", runs, got.code, got.stderr)
	}
	if got := runApp(t, b.env, "import", "cloverhound", putFile(t, "third.csv", strings.ReplaceAll(newcomers(2), "nina", "lena")), "--yes"); got.code != failure.ExitOK {
		t.Errorf("once it is forgotten: exit code %d:\n%s", got.code, got.stderr)
	}
}

// TestDamageAndRowsWithoutKey: where look-ups find all rows but some, those are what a damaged record blocks.
func TestDamageAndRowsWithoutKey(t *testing.T) {
	t.Parallel()
	b := begin(t, "rogerroger")
	text := newcomers(3) + "Nameless,Newcomer,,\n"
	if err := os.WriteFile(b.file, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
	if got := b.run(t, "--restart"); got.code != failure.ExitOK {
		t.Fatalf("exit code %d:\n%s", got.code, got.stderr)
	}
	made := len(b.s.Ledger())
	runs, err := filepath.Glob(filepath.Join(b.env[state.RootVariable], "*-import-*", "run.json"))
	if err != nil || len(runs) != 2 {
		t.Fatalf("records %q, %v", runs, err)
	}
	for _, path := range runs {
		damage(t, path, "cut")
	}
	got := b.run(t, "--resume")
	if got.code != failure.ExitUsage || len(b.s.Ledger()) != made {
		t.Errorf("exit code %d, %d changes, and %d before:\n%s", got.code, len(b.s.Ledger()), made, got.stderr)
	}
	wantLines(t, "stderr", got.stderr, "error: 1 row has neither e-mail nor phone with a name, and an earlier import of this file may have created them: ", " --restart\n")
}

// TestCopyAndFileLost: a run whose copy of its file is damaged, while the file has changed, goes on by the rows that it has kept;
// if those are damaged, too, nothing is sent.
func TestCopyAndFileLost(t *testing.T) {
	for _, rowsToo := range []bool{false, true} {
		t.Run(fmt.Sprint(rowsToo), func(t *testing.T) {
			t.Parallel()
			b := begin(t, "cloverhound")
			run := filepath.Base(filepath.Dir(b.path(t, "input.csv")))
			damage(t, b.path(t, "input.csv"), "cut")
			if err := os.WriteFile(b.file, []byte("Full name,Email\nSomebody Else,else@example.com\n"), 0o600); err != nil {
				t.Fatal(err)
			}
			if rowsToo {
				damage(t, b.path(t, "rows.jsonl"), "cut")
			}
			got := b.run(t, "--resume="+run)
			made := len(contactsCreated(b.s))
			if rowsToo {
				if got.code != failure.ExitUsage || made != b.made {
					t.Errorf("exit code %d, %d contacts, and %d before:\n%s", got.code, made, b.made, got.stderr)
				}
				wantLines(t, "stderr", got.stderr, "error: the run "+run+" cannot be resumed: read copy of the input ", "\nhint: to start anew")
				return
			}
			if got.code != failure.ExitOK {
				t.Errorf("exit code %d:\n%s", got.code, got.stderr)
			}
			wantLines(t, "stderr", got.stderr, "warning: read copy of the input ", "the run goes on by the rows that it has kept")
			wantNoneTwice(t, b.s, begunRows)
		})
	}
}

// TestFinishedRunWithALostJournal: what is said of a finished run whose journal was lost is true: nothing verifies it.
func TestFinishedRunWithALostJournal(t *testing.T) {
	for _, vendor := range []string{"growcrm", "cloverhound"} {
		for _, what := range []string{"gone", "empty", "zeros", "cut", "reordered"} {
			t.Run(vendor+"/"+what, func(t *testing.T) {
				t.Parallel()
				b := begin(t, vendor)
				if got := b.run(t, "--resume"); got.code != failure.ExitOK {
					t.Fatalf("exit code %d:\n%s", got.code, got.stderr)
				}
				report := strings.TrimSuffix(b.file, ".csv") + ".report.csv"
				before, err := os.ReadFile(report)
				if err != nil {
					t.Fatal(err)
				}
				damage(t, b.path(t, "journal.jsonl"), what)
				got := b.run(t, "--resume")
				if got.code != failure.ExitUsage {
					t.Errorf("exit code %d:\n%s", got.code, got.stderr)
				}
				wantLines(t, "stderr", got.stderr, "is finished, and its journal ", "does not say any more what became of ", "\nhint: they are in the report of that time: ")
				if after, err := os.ReadFile(report); err != nil || !bytes.Equal(before, after) {
					t.Errorf("the report was replaced: %v", err)
				}
				shown := runApp(t, b.env, "runs", "import")
				if strings.Contains(shown.stdout+shown.stderr, "--resume") {
					t.Errorf("--resume is promised to verify:\n%s%s", shown.stdout, shown.stderr)
				}
				wantLines(t, "stdout", shown.stdout, fmt.Sprintf("created %d", begunRows))
				if what != "gone" {
					wantLines(t, "stderr", shown.stderr, "warning: the journal does not say any more what became of ", ". They are in the report of that time: ")
				}
				wantNoneTwice(t, b.s, begunRows)
			})
		}
	}
}

// TestTwoStateFolders: an account is held once on a machine, whatever the state folder; a run that sends nothing needs
// no lock, and --wait waits.
func TestTwoStateFolders(t *testing.T) {
	for _, vendor := range allVendors() {
		t.Run(vendor, func(t *testing.T) {
			t.Parallel()
			var writes atomic.Int64
			goOn := make(chan struct{})
			s, env := faulty(t, sandbox.Options{}, func(_ http.ResponseWriter, r *http.Request, _ http.Handler) bool {
				if isWrite(r) && writes.Add(1) == 1 {
					<-goOn
				}
				return false
			})
			other := maps.Clone(env)
			other[state.RootVariable] = t.TempDir()
			locks := []string{filepath.Join(t.TempDir(), "crmferry")}
			shared := func(a *app) { a.locks = locks }
			args := []string{"import", vendor, putFile(t, "leads.csv", newcomers(5)), "--yes", "--rate", "off", "--workers", "1"}
			first := make(chan result, 1)
			go func() { first <- runAppWith(t, env, shared, args...) }()
			until(t, "a write", func() bool { return writes.Load() > 0 })

			second := runAppWith(t, other, shared, args...)
			if second.code != failure.ExitLocked || writes.Load() > 1 {
				t.Errorf("exit code %d after %d writes:\n%s", second.code, writes.Load(), second.stderr)
			}
			wantLines(t, "stderr", second.stderr, "error: the lock of this account is held by process ", fmt.Sprint(os.Getpid()), "of the user ",
				"\nhint: wait until it has ended, or let this one wait: crmferry ", "\nhint: nothing was sent\n")
			for _, flag := range []string{"--sandbox", "--dry-run"} {
				if got := runAppWith(t, other, shared, append(slices.Clone(args), flag)...); got.code != failure.ExitOK {
					t.Errorf("%s: exit code %d:\n%s", flag, got.code, got.stderr)
				}
			}
			third := make(chan result, 1)
			late := []string{"import", vendor, putFile(t, "others.csv", strings.ReplaceAll(newcomers(3), "nina", "mona")), "--yes", "--rate", "off", "--wait", "1m"}
			go func() { third <- runAppWith(t, other, shared, late...) }()
			close(goOn)
			for _, c := range []chan result{first, third} {
				if got := <-c; got.code != failure.ExitOK {
					t.Errorf("exit code %d:\n%s", got.code, got.stderr)
				}
			}
			wantNoneTwice(t, s, 8)
		})
	}
}

// TestNoFolderForLocks: where no folder is shared the run says so and goes on.
func TestNoFolderForLocks(t *testing.T) {
	s, env := runningSandbox(t)
	bad := putFile(t, "crmferry", "")
	got := runAppWith(t, env, func(a *app) { a.locks = []string{bad} }, "import", "growcrm", putFile(t, "leads.csv", newcomers(2)), "--yes", "--rate", "off")
	if got.code != failure.ExitOK {
		t.Errorf("exit code %d:\n%s", got.code, got.stderr)
	}
	wantLines(t, "stderr", got.stderr, "warning: imports of other users, or with another "+state.RootVariable+", are not kept from this account: ", bad)
	wantNoneTwice(t, s.Server, 2)
}

// TestKilledFreesTheMachine: a process that was killed holds no account, for nobody.
func TestKilledFreesTheMachine(t *testing.T) {
	s, env := faulty(t, sandbox.Options{Latency: 20 * time.Millisecond}, nil)
	env[locksVariable] = filepath.Join(t.TempDir(), "crmferry")
	args := []string{"import", "growcrm", putFile(t, "leads.csv", newcomers(60)), "--yes", "--rate", "off", "--workers", "4"}
	p := startProgram(t, env, args...)
	until(t, "some contacts", func() bool { return len(contactsCreated(s)) >= 5 })
	other := maps.Clone(env)
	other[state.RootVariable] = t.TempDir()
	shared := func(a *app) { a.locks = []string{env[locksVariable]} }
	got := runAppWith(t, other, shared, args...)
	if got.code != failure.ExitLocked {
		t.Errorf("exit code %d:\n%s", got.code, got.stderr)
	}
	wantLines(t, "stderr", got.stderr, fmt.Sprintf("process %d of the user ", p.Process.Pid))
	if err := p.Process.Kill(); err != nil {
		t.Fatal(err)
	}
	_ = p.Wait()
	if got := runAppWith(t, other, shared, args...); got.code != failure.ExitOK {
		t.Errorf("exit code %d:\n%s", got.code, got.stderr)
	}
}

// TestProgramSharesLocks: the program as people run it takes the locks of the machine.
func TestProgramSharesLocks(t *testing.T) {
	if got := newApp(os.Stdin, os.Stdout, os.Stderr).locks; !slices.Equal(got, peers.MachineFolders()) || len(got) == 0 {
		t.Errorf("locks in %q", got)
	}
}

// TestKilledSandboxRunLeavesNothing: what a killed run had of which nothing is kept is removed by the next command, and what
// a living one has is not.
func TestKilledSandboxRunLeavesNothing(t *testing.T) {
	for _, flag := range []string{"--sandbox", "--sandbox --dry-run"} {
		t.Run(flag, func(t *testing.T) {
			t.Parallel()
			_, env := faulty(t, sandbox.Options{Latency: time.Minute}, nil)
			env["TMPDIR"] = t.TempDir()
			p := startProgram(t, env, append([]string{"import", "growcrm", putFile(t, "leads.csv", newcomers(3000)), "--rate", "2/s"}, strings.Fields(flag)...)...)
			copies := func() []string {
				found, err := filepath.Glob(filepath.Join(env[state.RootVariable], "temporary", "*", "*", "input.csv"))
				if err != nil {
					t.Fatal(err)
				}
				return found
			}
			until(t, "a copy of the file", func() bool { return len(copies()) == 1 })
			for _, alive := range []bool{true, false} {
				if !alive {
					_ = p.Process.Kill()
					_ = p.Wait()
				}
				if got := runApp(t, env, "version"); got.code != failure.ExitOK {
					t.Errorf("exit code %d:\n%s", got.code, got.stderr)
				}
				if n := len(copies()); n != map[bool]int{true: 1, false: 0}[alive] {
					t.Errorf("alive %v: %d copies", alive, n)
				}
			}
			wantOnly(t, env["TMPDIR"])
			wantOnly(t, filepath.Join(env[state.RootVariable], "temporary"), ".lock")
		})
	}
}
