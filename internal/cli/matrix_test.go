package cli

import (
	"bytes"
	"flag"
	"fmt"
	"net/http"
	"os"
	"os/signal"
	"path/filepath"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"crmferry/internal/account"
	"crmferry/internal/failure"
	"crmferry/internal/sandbox"
	"crmferry/internal/terminal"
)

var longMatrix = flag.Bool("matrix", false, "try every kind of fault at every rate, with more rows")

// faultRates are how often requests go wrong in the matrix.
var faultRates = []int{2, 3, 7}

// TestFaultMatrix imports into every vendor in every mode while every kind of fault hits every second, third or seventh
// request, and goes on with --resume as a user would in a loop. In the end each row has exactly one outcome, each
// contact exists once, and the ledger bears it out. Time is simulated: the waits are the real ones and take no time.
func TestFaultMatrix(t *testing.T) {
	cell := 0
	for _, vendor := range allVendors() {
		for _, mode := range modesOf(vendor) {
			for _, kind := range sandbox.FaultKindsOfRequests() {
				for _, every := range faultRates {
					if cell++; !*longMatrix && cell%len(faultRates) != cell/len(faultRates)%len(faultRates) {
						continue // in the usual form each kind meets each mode at one rate
					}
					if spared(cell, 16) {
						continue // the races of one fault are those of others
					}
					t.Run(fmt.Sprintf("%s/%s/%s/%d", vendor, mode, kind, every), func(t *testing.T) {
						t.Parallel()
						fault := sandbox.Fault{Kind: kind, Vendor: vendor, On: "all", Every: every, Scatter: true}
						if kind == "401" {
							fault.Times = 4 // each stops the run: a user would see to the key
						}
						if kind == "html" || strings.HasPrefix(kind, "other-") {
							fault.From = 3 // an address that answers nothing else is taken for a wrong one
						}
						inMatrix(t, vendor, mode, sandbox.Options{Limits: true, Latency: 40 * time.Millisecond, Lag: 2 * time.Second, Faults: []sandbox.Fault{fault}})
					})
				}
			}
		}
	}
}

// inMatrix imports a file under faults in simulated time and audits what came of it.
func inMatrix(t *testing.T, vendor, mode string, o sandbox.Options) {
	t.Helper()
	watchSignals()
	rows := 18
	if *longMatrix {
		rows = 40
	}
	keyRefused := o.Faults[0].Kind == "401" // wrong use, where nothing was sent yet
	dir := memoryDir(t)
	c := load(t, dir, vendor, mode, rows)
	synctest.Test(t, func(t *testing.T) {
		s := sandbox.New(o)
		network, env, stop := simulate(t, s, s.Handler(), dir)
		report := filepath.Join(dir, "report.csv")
		code, said := failure.ExitStopped, ""
		for range 20 {
			if code == failure.ExitOK || code == failure.ExitRows || code == failure.ExitUsage && !keyRefused {
				break
			}
			args := append([]string{"import", vendor, c.file, "--yes", "--resume", "--report", report}, c.flags...)
			var text string
			code, text = runOver(t, network, env, args)
			said += text
		}
		stop()
		if code != failure.ExitOK && code != failure.ExitRows {
			t.Errorf("exit code %d:\n%s", code, said)
		}
		if s.Faulted(vendor) == 0 {
			t.Error("no fault hit: the test tries nothing")
		}
		wrong := c.audit(readReport(t, report), s.Report())
		for _, w := range wrong[:min(len(wrong), 5)] {
			t.Error(w)
		}
		if len(wrong) > 0 {
			t.Logf("%d complaints; the program said:\n%s", len(wrong), said)
		}
	})
}

// runOver runs a command over a network, with the waits of the program itself, and returns what it printed to stderr.
func runOver(t *testing.T, network *http.Transport, env map[string]string, args []string) (failure.ExitCode, string) {
	t.Helper()
	code, _, said := runOverBoth(t, network, env, args)
	return code, said
}

// runOverBoth is runOver that returns what was printed to stdout, too.
func runOverBoth(t *testing.T, network *http.Transport, env map[string]string, args []string) (code failure.ExitCode, out, said string) {
	t.Helper()
	var stdout, stderr bytes.Buffer
	a := &app{ui: terminal.Test(strings.NewReader(""), &stdout, &stderr), registry: account.All(), now: time.Now, network: network,
		env: func(name string) (string, bool) { v, ok := env[name]; return v, ok }}
	code = a.run(t.Context(), args)
	return code, stdout.String(), stderr.String()
}

// watchSignals starts the goroutine of os/signal outside of simulated time.
func watchSignals() {
	signals := make(chan os.Signal, 1)
	signal.Notify(signals, os.Interrupt)
	signal.Stop(signals)
}

// memoryDir is a folder in memory where there is one: a journal is synced often.
func memoryDir(t *testing.T) string {
	t.Helper()
	if dir, err := os.MkdirTemp("/dev/shm", "crmferry-test-"); err == nil {
		t.Cleanup(func() { _ = os.RemoveAll(dir) })
		return dir
	}
	return t.TempDir()
}
