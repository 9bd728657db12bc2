package cli

import (
	"bytes"
	"context"
	"flag"
	"fmt"
	"io/fs"
	"math/rand/v2"
	"net/http"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"crmferry/internal/account"
	"crmferry/internal/failure"
	"crmferry/internal/sandbox"
	"crmferry/internal/terminal"
)

var (
	undoStorms = flag.Uint64("undos", 12, "how many imports TestUndoStorm takes back")
	undoFirst  = flag.Uint64("undo-first", 0, "the number of the first of them")
)

// TestUndoStorm: an import of a file of chance into a CRM of chance is taken back, in every mode and at every vendor, while
// requests go wrong, the program is killed, and people edit contacts in between. The CRM is as it was before then, field by
// field; what people have edited is as they left it, and the report lists exactly that, and what cannot be undone. Nothing
// is lost, nothing done twice, no stranger touched, and a second undo has nothing to do. Time is simulated.
func TestUndoStorm(t *testing.T) {
	var mu sync.Mutex
	var kills, hits int
	t.Run("storms", func(t *testing.T) {
		for n := *undoFirst; n < *undoFirst+*undoStorms; n++ {
			if spared(int(n-*undoFirst), 4) {
				continue
			}
			u := newUndoStorm(n)
			t.Run(fmt.Sprintf("%d/%s/%s/%s", n, u.vendor, u.mode, u.kind), func(t *testing.T) {
				t.Parallel()
				defer func() {
					mu.Lock()
					defer mu.Unlock()
					kills, hits = kills+u.killed, hits+u.s.Faulted(u.vendor)
				}()
				u.run(t)
			})
		}
	})
	t.Logf("%d imports were taken back, killed %d times, with %d requests hit by faults", *undoStorms, kills, hits)
}

// undoStorm is one import, and what takes it back.
type undoStorm struct {
	vendor, mode, kind string // kind is that of the faults, "" for none
	every              int
	seed               uint64
	undocumented       bool // the undo deletes where the vendor documents no delete
	pick               *rand.Rand

	dir     string // all that the program writes is below it
	s       *sandbox.Server
	quiet   bool // nothing goes wrong any more
	network *http.Transport
	env     map[string]string
	said    strings.Builder

	mu     sync.Mutex
	killAt int               // the request before which, or behind which, the program is killed; 0: none
	seen   int               // requests since the program was started
	files  map[string][]byte // as they were when the program was killed; nil while it lives
	cancel context.CancelFunc
	killed int
}

func newUndoStorm(n uint64) *undoStorm {
	u := &undoStorm{seed: n, pick: rand.New(rand.NewPCG(n, 1204))}
	u.vendor = allVendors()[n%4]
	modes := modesOf(u.vendor)
	if u.vendor == "rogerroger" {
		modes, u.undocumented = append(modes, remove), n/16%2 == 1
	}
	u.mode = modes[n/4%uint64(len(modes))]
	kinds := slices.DeleteFunc(sandbox.FaultKindsOfRequests(), func(k string) bool { return k == "401" })
	if u.pick.IntN(3) > 0 {
		u.kind, u.every = kinds[u.pick.IntN(len(kinds))], []int{3, 5, 9}[u.pick.IntN(3)]
	}
	return u
}

func (u *undoStorm) run(t *testing.T) {
	watchSignals()
	u.dir = memoryDir(t)
	synctest.Test(t, func(t *testing.T) {
		o := sandbox.Options{Limits: true, Latency: 40 * time.Millisecond, Lag: 2 * time.Second, Contacts: u.pick.IntN(12), Seed: int64(u.seed)}
		if u.kind != "" {
			o.Faults = []sandbox.Fault{{Kind: u.kind, Vendor: u.vendor, On: "all", Every: u.every, From: 3, Scatter: true}}
		}
		u.s = sandbox.New(o)
		var stop func()
		u.network, u.env, stop = simulate(t, u.s, http.HandlerFunc(u.serve), u.dir)
		u.sail(t)
		stop()
		if t.Failed() {
			t.Logf("the program said:\n%s", u.said.String())
			if keep := os.Getenv("KEEP"); keep != "" {
				_ = os.CopyFS(filepath.Join(keep, fmt.Sprint(u.seed)), os.DirFS(u.dir))
			}
		}
	})
}

// sail imports, edits, takes back, and judges.
func (u *undoStorm) sail(t *testing.T) {
	people := &colleagues{t, u.s, u.vendor, u.pick}
	u.age(t, people)
	j := &undoJudge{t: t, vendor: u.vendor, mode: u.mode, deletes: u.undocumented || u.vendor == "growcrm" || u.vendor == "clientcommander", before: stateOf(t, u.s, u.vendor)}
	file, report, back := filepath.Join(u.dir, "people.csv"), filepath.Join(u.dir, "report.csv"), filepath.Join(u.dir, "undo.csv")
	flags := drawFile(t, file, u.vendor, u.mode, j.before, u.pick)
	j.blind = u.vendor == "clientcommander" && u.mode == upsert && !slices.Contains(flags, "--lookup")
	u.finish(t, 3, append([]string{"import", u.vendor, file, "--yes", "--resume", "--report", report}, flags...)...)
	j.imported = readLines(t, report)
	time.Sleep(10 * time.Minute)
	j.after = stateOf(t, u.s, u.vendor)
	u.meddle(people, j)
	time.Sleep(10 * time.Minute)
	j.found, j.began = stateOf(t, u.s, u.vendor), len(u.s.Ledger())

	undo := []string{"undo", u.importRun(t), "--yes", "--report", back}
	if u.mode == special || u.undocumented {
		undo = append(undo, "--allow-undocumented")
	}
	if !u.finishUndo(t, undo) {
		if len(j.touched()) > 0 {
			t.Error("nothing is taken back")
		}
		return
	}
	time.Sleep(10 * time.Minute)
	j.undone, j.now, j.ledger = readLines(t, back), stateOf(t, u.s, u.vendor), u.s.Ledger()
	j.judge()

	u.quiet = true
	time.Sleep(10 * time.Minute)
	j.began = len(u.s.Ledger())
	u.finishUndo(t, undo)
	time.Sleep(10 * time.Minute)
	j.second, j.undone, j.now, j.ledger = j.undone, readLines(t, back), stateOf(t, u.s, u.vendor), u.s.Ledger()
	j.judge()
}

// importRun is the run of the import: one that was killed before it had begun is none.
func (u *undoStorm) importRun(t *testing.T) (run string) {
	t.Helper()
	paths, err := filepath.Glob(filepath.Join(u.dir, "state", "*-import-*", "journal.jsonl"))
	size := int64(-1)
	for _, path := range paths {
		if info, err := os.Stat(path); err == nil && info.Size() > size {
			run, size = filepath.Base(filepath.Dir(path)), info.Size()
		}
	}
	if run == "" {
		t.Fatalf("no import has begun: %v", err)
	}
	return run
}

// age lets people work in the CRM before the import.
func (u *undoStorm) age(t *testing.T, people *colleagues) {
	for id, c := range sorted(stateOf(t, u.s, u.vendor)) {
		if u.pick.IntN(4) == 0 {
			people.edit(id, c)
		}
	}
}

// meddle lets people work on contacts that the import has written, and on others.
func (u *undoStorm) meddle(people *colleagues, j *undoJudge) {
	if u.pick.IntN(4) == 0 {
		return
	}
	touched := j.touched()
	for id, c := range sorted(j.after) {
		switch {
		case u.pick.IntN(4) > 0 || !touched[id] && u.pick.IntN(3) > 0:
		case u.pick.IntN(8) == 0:
			people.remove(id)
		default:
			people.edit(id, c)
		}
	}
	for id, c := range sorted(j.before) {
		if _, is := j.after[id]; !is && u.pick.IntN(5) == 0 && c.email() != "" {
			people.meet(c.email())
		}
	}
}

// finish runs a command until it is done, and kills it some times.
func (u *undoStorm) finish(t *testing.T, kills int, args ...string) failure.ExitCode {
	t.Helper()
	for n := range 20 {
		if u.killAt = 0; n < kills && u.pick.IntN(3) > 0 {
			u.killAt = 1 + u.pick.IntN(50)
		}
		code, killed := u.start(args)
		if !killed && (code == failure.ExitOK || code == failure.ExitRows || code == failure.ExitUsage) {
			return code
		}
	}
	t.Fatalf("%q does not finish:\n%s", args, u.said.String())
	return 0
}

var (
	confirmAsked = regexp.MustCompile(`add --confirm (\d+)`) // never written
)

// finishUndo takes the run back as a user would who follows the hints; it reports whether there was anything.
func (u *undoStorm) finishUndo(t *testing.T, args []string) bool {
	t.Helper()
	for range 12 {
		from := u.said.Len()
		code := u.finish(t, 4, args...)
		if code != failure.ExitUsage {
			return true
		}
		said := u.said.String()[from:]
		said = said[strings.LastIndex(said, "$ crmferry"):]
		switch m := confirmAsked.FindStringSubmatch(said); {
		case m != nil:
			args = append(slices.Clone(args), "--confirm", m[1])
		case strings.Contains(said, "--resume\n"):
			args = append(slices.Clone(args), "--resume")
		case strings.Contains(said, "is unfinished\n") && strings.Contains(said, "no undo"):
			args = slices.DeleteFunc(slices.Clone(args), func(a string) bool { return a == "--resume" })
		case strings.Contains(said, "there is nothing to take back"):
			return false
		default:
			t.Fatal(u.said.String())
		}
	}
	t.Fatal(u.said.String())
	return false
}

// start runs the program once, and reports whether it was killed.
func (u *undoStorm) start(args []string) (failure.ExitCode, bool) {
	ctx, cancel := context.WithCancel(context.Background())
	defer cancel()
	u.mu.Lock()
	u.seen, u.files, u.cancel = 0, nil, cancel
	u.mu.Unlock()
	if u.killAt > 0 && u.pick.IntN(4) == 0 { // between requests, too
		t := time.AfterFunc(time.Duration(u.pick.IntN(40_000))*time.Millisecond, u.kill)
		defer t.Stop()
	}
	fmt.Fprintf(&u.said, "$ crmferry %s\n", strings.Join(args, " "))
	var out, err bytes.Buffer
	a := &app{ui: terminal.Test(strings.NewReader(""), &out, &err), registry: account.All(), now: time.Now, network: u.network,
		env: func(name string) (string, bool) { v, ok := u.env[name]; return v, ok }}
	code := a.run(ctx, args)
	u.said.WriteString(err.String())
	u.mu.Lock()
	files := u.files
	u.mu.Unlock()
	if files == nil {
		return code, false
	}
	u.killed++
	u.said.WriteString("-- killed\n")
	if err := thaw(u.dir, files); err != nil {
		panic(err)
	}
	return code, true
}

// serve passes requests on until the program is killed.
func (u *undoStorm) serve(w http.ResponseWriter, r *http.Request) {
	u.mu.Lock()
	u.seen++
	before, after := u.seen == u.killAt && u.seen%2 == 0, u.seen == u.killAt && u.seen%2 == 1
	dead := u.files != nil
	u.mu.Unlock()
	if before {
		u.kill()
	}
	if dead || before {
		panic(http.ErrAbortHandler)
	}
	vendor := u.s.Handler()
	if u.quiet {
		vendor = u.s.Quiet()
	}
	if !after {
		vendor.ServeHTTP(w, r)
		return
	}
	defer panic(http.ErrAbortHandler)
	defer u.kill()
	u.s.Quiet().ServeHTTP(discard{http.Header{}}, r)
}

type discard struct{ header http.Header }

func (d discard) Header() http.Header         { return d.header }
func (d discard) Write(p []byte) (int, error) { return len(p), nil }
func (d discard) WriteHeader(int)             {}

// kill keeps what is on the disk now: whatever the program does from now on is undone, and none of its requests arrives.
func (u *undoStorm) kill() {
	u.mu.Lock()
	defer u.mu.Unlock()
	if u.files != nil || u.cancel == nil {
		return
	}
	files, err := freeze(u.dir)
	if err != nil {
		panic(err)
	}
	u.files = files
	u.cancel()
}

// freeze reads all files below dir.
func freeze(dir string) (map[string][]byte, error) {
	files := map[string][]byte{}
	err := filepath.WalkDir(dir, func(path string, d fs.DirEntry, err error) error {
		switch {
		case os.IsNotExist(err): // it was on its way to another name
			return nil
		case err != nil:
			return err
		case d.IsDir():
			files[path] = nil
			return nil
		}
		raw, err := os.ReadFile(path)
		if os.IsNotExist(err) {
			return nil
		}
		files[path] = append([]byte{}, raw...)
		return err
	})
	return files, err
}

// thaw makes dir what it was.
func thaw(dir string, files map[string][]byte) error {
	entries, err := os.ReadDir(dir)
	for _, e := range entries {
		if err == nil {
			err = os.RemoveAll(filepath.Join(dir, e.Name()))
		}
	}
	for _, path := range sortedKeys(files) {
		switch raw := files[path]; {
		case err != nil:
		case raw == nil:
			err = os.MkdirAll(path, 0o700)
		default:
			err = os.WriteFile(path, raw, 0o600)
		}
	}
	return err
}

// readLines reads a report, each line by its columns.
func readLines(t *testing.T, path string) (lines []map[string]string) {
	t.Helper()
	f, err := os.Open(path)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	records, err := csvReader(f).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	for _, r := range records[1:] {
		line := map[string]string{}
		for i, name := range records[0] {
			line[name] = r[i]
		}
		lines = append(lines, line)
	}
	return lines
}
