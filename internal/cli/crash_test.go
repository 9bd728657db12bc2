package cli

import (
	"bufio"
	"context"
	"crypto/tls"
	"encoding/json"
	"flag"
	"fmt"
	"io"
	"math/rand/v2"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"crmferry/internal/failure"
	"crmferry/internal/sandbox"
	"crmferry/internal/state"
)

var (
	crashes   = flag.Int("crashes", 12, "how often TestCrash kills the program")
	crashSeed = flag.Uint64("seed", 0, "what TestCrash does, as an earlier run printed it; 0 for something new")
)

// mostCrashes is how often the run of one file is killed before it may finish.
const mostCrashes = 6

// TestCrash kills the program with SIGKILL at random moments of an import, and of going on with it, with and without
// faults, and lets it finish then. The sandbox is another process and lives on. In the end each row has exactly one
// outcome, each contact exists once, and the ledger bears it out.
func TestCrash(t *testing.T) {
	if runtime.GOOS == "windows" {
		t.Skip("no SIGKILL on Windows")
	}
	t.Parallel()
	if *crashSeed == 0 {
		*crashSeed = uint64(time.Now().UnixNano())
	}
	t.Logf("go test ./internal/cli -run TestCrash -crashes %d -seed %d", *crashes, *crashSeed)
	pick := rand.New(rand.NewPCG(*crashSeed, 0))
	var total voyage
	for n := 0; total.killed < *crashes; n++ {
		v := newVoyage(t, pick, n)
		t.Run(v.name(), func(t *testing.T) { v.sail(t, pick, *crashes-total.killed) })
		if v.died { // nothing more can be learnt
			t.FailNow()
		}
		total.add(v)
	}
	t.Logf("%d runs were killed %d times and went on; %d of %d requests were hit by faults, %d contacts were made",
		total.files, total.killed, total.faulted, total.requests, total.made)
}

// voyage is the import of one file, killed again and again.
type voyage struct {
	vendor, mode string
	faults       []string
	tls          bool
	rows         int
	died         bool        // the test could not go on
	ends         []time.Time // of the program, when it was killed

	files, killed, faulted, requests, made int
}

// crashFaults are faults that are met between crashes. Requests that hang would outlast the test.
func crashFaults() []string {
	return []string{"429", "503", "500-before", "500-after", "502", "drop-before", "drop-after", "truncate", "badjson", "html", "slow",
		"other-before", "other-after", "plaintext", "drop-late", "abandoned"}
}

// faultFor is how long a fault takes. What the vendor carries out after the program was killed comes after the time in
// which an answer that was lost is waited for.
func faultFor(kind string) string {
	if kind == "abandoned" {
		return "800ms"
	}
	return "200ms"
}

// newVoyage plans the n-th one: vendors and modes take turns, every second one meets faults.
func newVoyage(t *testing.T, pick *rand.Rand, n int) *voyage {
	t.Helper()
	v := &voyage{vendor: allVendors()[n%len(allVendors())], rows: 60 + pick.IntN(100)}
	v.tls = runtime.GOOS == "linux" && pick.IntN(3) == 0 // where SSL_CERT_FILE is heeded
	modes := modesOf(v.vendor)
	v.mode = modes[n/len(allVendors())%len(modes)]
	if pick.IntN(2) == 0 {
		for range 1 + pick.IntN(2) {
			kind := crashFaults()[pick.IntN(len(crashFaults()))]
			fault := fmt.Sprintf("%s:%s:from=20:every=%d:for=%s:scatter", v.vendor, kind, 4+pick.IntN(12), faultFor(kind))
			if kind == "429" || kind == "503" {
				fault += ":times=3" // each takes a second at least
			}
			v.faults = append(v.faults, fault)
		}
	}
	if pick.IntN(3) == 0 {
		v.faults = append(v.faults, fmt.Sprintf("%s:clock:for=%s", v.vendor, []string{"10m", "-10m"}[pick.IntN(2)]))
	}
	return v
}

func (v *voyage) name() string {
	return strings.Join(append([]string{v.vendor, v.mode, strconv.Itoa(v.rows), fmt.Sprint("tls ", v.tls)}, v.faults...), "/")
}

func (v *voyage) add(o *voyage) {
	v.files, v.killed = v.files+1, v.killed+o.killed
	v.faulted, v.requests, v.made = v.faulted+o.faulted, v.requests+o.requests, v.made+o.made
}

// sail imports a file, kills the program at most crashes times, lets it finish, and audits what came of it.
func (v *voyage) sail(t *testing.T, pick *rand.Rand, crashes int) {
	v.died = true
	dir := memoryDir(t)
	c := load(t, dir, v.vendor, v.mode, v.rows)
	env, base := otherSandbox(t, v.faults, v.tls)
	env[state.RootVariable] = filepath.Join(dir, "state")
	report := filepath.Join(dir, "report.csv")
	args := append([]string{"import", v.vendor, c.file, "--yes", "--resume", "--rate", "off", "--workers", "4", "--report", report}, c.flags...)
	k := killing{crashes: min(crashes, mostCrashes), pick: pick, most: 600 * time.Millisecond, may: []failure.ExitCode{failure.ExitOK, failure.ExitRows}}
	said := k.goOn(t, env, args)
	v.killed, v.ends, v.died = len(k.ends), k.ends, false
	v.inspect(t, c, report, base, said)
}

// momentsToKill are random, by a seed that is logged. The test goes on beside others, and is skipped where nothing can be killed.
func momentsToKill(t *testing.T) *rand.Rand {
	t.Helper()
	if runtime.GOOS == "windows" {
		t.Skip("no SIGKILL on Windows")
	}
	t.Parallel()
	seed := uint64(time.Now().UnixNano())
	t.Logf("seed %d", seed)
	return rand.New(rand.NewPCG(seed, 0))
}

// killing kills a command at random moments and lets it go on, until it ends by itself.
type killing struct {
	crashes     int // at most
	pick        *rand.Rand
	least, most time.Duration      // how long it may live
	may         []failure.ExitCode // with what it may end
	ends        []time.Time        // of the program, when it was killed
}

// goOn returns what the program said.
func (k *killing) goOn(t *testing.T, env map[string]string, args []string) (said string) {
	t.Helper()
	for code := -1; !slices.Contains(k.may, failure.ExitCode(code)); {
		if tries := strings.Count(said, "-- ended with code"); tries > k.crashes+20 {
			t.Fatalf("it does not finish:\n%s", said)
		}
		p := startHurried(t, env, args...)
		if len(k.ends) < k.crashes {
			time.AfterFunc(k.least+time.Duration(k.pick.Int64N(int64(k.most-k.least))), func() { _ = p.Process.Kill() })
		}
		_ = p.Wait()
		if code = p.ProcessState.ExitCode(); code < 0 {
			k.ends = append(k.ends, time.Now())
		}
		said += fmt.Sprintf("%s-- ended with code %d\n", p.stderr.String(), code)
		if code == int(failure.ExitUsage) {
			t.Fatalf("it takes the command for wrong:\n%s", said)
		}
	}
	return said
}

// inspect audits a voyage that has ended.
func (v *voyage) inspect(t *testing.T, c *cargo, report, base, said string) {
	did := readLedger(t, base)
	counts := did.Vendors[v.vendor]
	v.faulted, v.requests = counts.Faulted, counts.Requests
	for _, e := range did.Entries {
		if e.Kind == "contact" && e.Action == "create" {
			v.made++
		}
	}
	counts.Violations = v.unexcused(did.Early[v.vendor])
	did.Vendors[v.vendor] = counts
	wrong := c.audit(readReport(t, report), did)
	if v.mode == remove {
		wrong = append(wrong, c.uncopied(t, readReport(t, report))...)
	}
	for _, w := range wrong[:min(len(wrong), 5)] {
		t.Error(w)
	}
	if len(wrong) > 0 {
		t.Logf("%d complaints; the program said:\n%s", len(wrong), said)
	}
}

// unexcused counts the requests that came during a pause, asked for at these times, that the program could know of: one
// that was killed just then may not have come to write it down.
func (v *voyage) unexcused(asked []time.Time) int {
	return len(slices.DeleteFunc(slices.Clone(asked), func(at time.Time) bool {
		return slices.ContainsFunc(v.ends, func(end time.Time) bool { return !at.After(end) && end.Sub(at) < 200*time.Millisecond })
	}))
}

// otherSandbox starts a sandbox in a process of its own and returns the variables that point to it, and its address.
func otherSandbox(t *testing.T, faults []string, secure bool) (env map[string]string, base string) {
	t.Helper()
	args := []string{"sandbox", "--addr", "127.0.0.1:0", "--no-limits", "--latency", "20ms", "--lag", "100ms"}
	if secure {
		args = append(args, "--tls")
	}
	for _, f := range faults {
		args = append(args, "--fault", f)
	}
	cmd := exec.Command(programPath(t), args...)
	cmd.Env = append(os.Environ(), "TMPDIR="+t.TempDir()) // for the certificate, which a killed sandbox leaves behind
	out, err := cmd.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = cmd.Process.Kill(); _ = cmd.Wait() })
	env = map[string]string{}
	lines := bufio.NewScanner(out)
	for want := map[bool]int{false: 10, true: 11}[secure]; len(env) < want && lines.Scan(); {
		name, value, _ := strings.Cut(strings.TrimPrefix(lines.Text(), "export "), "=")
		env[name] = strings.Trim(value, "'") // which the shell would take away
	}
	base, ok := strings.CutSuffix(env["CRMFERRY_ROGERROGER_URL"], "/rogerroger")
	if !ok {
		t.Fatalf("the sandbox says %v", env)
	}
	return env, base
}

// readLedger asks a sandbox what it did.
func readLedger(t *testing.T, base string) sandbox.Report {
	t.Helper()
	client := &http.Client{Transport: &http.Transport{TLSClientConfig: &tls.Config{InsecureSkipVerify: true}, DisableKeepAlives: true}}
	resp, err := client.Get(base + sandbox.LedgerPath)
	if err != nil {
		t.Fatal(err)
	}
	defer resp.Body.Close()
	raw, err := io.ReadAll(resp.Body)
	var did sandbox.Report
	if err == nil {
		err = json.Unmarshal(raw, &did)
	}
	if err != nil {
		t.Fatalf("read the ledger: %v", err)
	}
	return did
}

// startHurried starts the program with shorter waits for look-ups that lag.
func startHurried(t *testing.T, env map[string]string, args ...string) *process {
	t.Helper()
	self, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	name := filepath.Join(t.TempDir(), hurriedName)
	if err := os.Symlink(self, name); err != nil {
		t.Fatal(err)
	}
	return startCommand(t, env, exec.Command(name, args...))
}

// hurriedName is what the binary of the tests is called when it is to wait less.
const hurriedName = "crmferry-hurried"

// hurried is main, with waits that fit the sandbox's lag.
func hurried() {
	a := newApp(os.Stdin, os.Stdout, os.Stderr)
	a.locks, a.settle, a.late, a.backoff = testLocks(), 500*time.Millisecond, 2*time.Second, 50*time.Millisecond
	os.Exit(int(a.run(context.Background(), os.Args[1:])))
}
