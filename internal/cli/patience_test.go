package cli

import (
	"bytes"
	"errors"
	"net"
	"net/http"
	"path/filepath"
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

// leaving is a network whose vendor is away for a while.
type leaving struct {
	next  http.RoundTripper
	after int           // requests
	away  time.Duration // from the one after them on
	err   error         // nil: it answers 502
	only  string        // in the query of requests that fail; "": all do

	mu   sync.Mutex
	came int
	from time.Time
}

func (l *leaving) RoundTrip(req *http.Request) (*http.Response, error) {
	l.mu.Lock()
	l.came++
	if l.came == l.after+1 {
		l.from = time.Now()
	}
	there := l.from.IsZero() || time.Since(l.from) >= l.away || !strings.Contains(req.URL.RawQuery, l.only)
	l.mu.Unlock()
	if there {
		return l.next.RoundTrip(req)
	}
	if l.err != nil {
		return nil, l.err
	}
	return &http.Response{StatusCode: http.StatusBadGateway, Header: http.Header{"Content-Type": {"text/html"}}, Body: http.NoBody, Request: req}, nil
}

// TestPatience: an account that has answered before is waited for while it is away, by exports and by imports that nobody has to
// confirm, with a line that says so; what waiting cannot mend ends at once.
func TestPatience(t *testing.T) {
	watchSignals()
	gone := &net.OpError{Op: "dial", Net: "tcp", Err: errors.New("connection refused")}
	unknown := &net.OpError{Op: "dial", Net: "tcp", Err: &net.DNSError{Err: "no such host", Name: "crm.example.com", IsNotFound: true}}
	const quarter, never = 15 * time.Minute, 100 * time.Hour
	file := putFile(t, "leads.csv", newcomers(3))
	importing, exporting := []string{"import", "growcrm", file}, []string{"export", "growcrm", "-o", "OUT"}
	with := func(args []string, more ...string) []string { return append(slices.Clone(args), more...) }
	tests := []struct {
		name        string
		args        []string
		known       bool // it has answered a command before
		tty         bool
		net         *leaving
		code        failure.ExitCode
		least, most time.Duration
		says        string
	}{
		{"an export in the middle", exporting, false, false, &leaving{after: 2, away: 5 * time.Minute, err: gone}, failure.ExitOK, 5 * time.Minute, 6 * time.Minute, "answers again, after 5 min"},
		{"an export that meets failures", exporting, false, false, &leaving{after: 2, away: 5 * time.Minute}, failure.ExitOK, 5 * time.Minute, 6 * time.Minute, "is away: the vendor failed (502); it is tried again for up to"},
		{"an export at its start", exporting, true, false, &leaving{away: 5 * time.Second, err: gone}, failure.ExitOK, 0, time.Minute, ""},
		{"an export of which one page always fails", exporting, false, false, &leaving{away: never, only: "page=2"}, failure.ExitFailed, 0, time.Minute, "page 2"},
		{"an export in vain", exporting, true, false, &leaving{away: never, err: gone}, failure.ExitFailed, quarter, quarter + time.Minute, "is away: there was no answer"},
		{"an export that waits longer", with(exporting, "--wait", "1h"), true, false, &leaving{away: 50 * time.Minute, err: gone}, failure.ExitOK, 50 * time.Minute, 51 * time.Minute, "for up to 1 h"},
		{"an export of an account that has never answered", exporting, false, false, &leaving{away: never, err: gone}, failure.ExitFailed, 0, 10 * time.Second, ""},
		{"an unknown host", exporting, true, false, &leaving{away: never, err: unknown}, failure.ExitFailed, 0, time.Second, "no such host"},
		{"an import", with(importing, "--yes"), true, false, &leaving{away: 5 * time.Minute, err: gone}, failure.ExitOK, 5 * time.Minute, 6 * time.Minute, "answers again"},
		{"a dry run", with(importing, "--dry-run"), true, false, &leaving{away: 5 * time.Minute, err: gone}, failure.ExitOK, 5 * time.Minute, 6 * time.Minute, "answers again"},
		{"an import in vain", with(importing, "--yes"), true, false, &leaving{away: never, err: gone}, failure.ExitStopped, quarter, quarter + time.Minute, "reach "},
		{"an import that meets failures in vain", with(importing, "--yes"), true, false, &leaving{away: never}, failure.ExitStopped, quarter, quarter + time.Minute, "try again later"},
		{"an import that waits for less", with(importing, "--yes", "--wait", "1m"), true, false, &leaving{away: never, err: gone}, failure.ExitStopped, time.Minute, 2 * time.Minute, "for up to 1 min"},
		{"an import of an account that has never answered", with(importing, "--yes"), false, false, &leaving{away: never, err: gone}, failure.ExitFailed, 0, 10 * time.Second, ""},
		{"an import at a terminal", importing, true, true, &leaving{away: never, err: gone}, failure.ExitStopped, 0, 10 * time.Second, ""},
		{"an import into an unknown host", with(importing, "--yes"), true, false, &leaving{away: never, err: unknown}, failure.ExitFailed, 0, time.Second, "no such host"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			dir := memoryDir(t)
			synctest.Test(t, func(t *testing.T) {
				s := sandbox.New(sandbox.Options{Contacts: 250})
				network, env, stop := simulate(t, s, s.Handler(), dir)
				run := func(n http.RoundTripper, args []string) result {
					var out, err bytes.Buffer
					for i := range args {
						args[i] = strings.Replace(args[i], "OUT", filepath.Join(dir, "contacts.csv"), 1)
					}
					a := &app{ui: &terminal.UI{In: strings.NewReader("y\n"), Out: &out, Err: &err, InTTY: tt.tty, ErrTTY: tt.tty, Now: time.Now}, registry: account.All(), now: time.Now,
						network: n, patience: patience, env: func(name string) (string, bool) { v, ok := env[name]; return v, ok }}
					return result{a.run(t.Context(), slices.Clone(args)), out.String(), err.String()}
				}
				args := append(slices.Clone(tt.args), "--rate", "off")
				if tt.known {
					if got := run(network, []string{"export", "growcrm", "-o", "OUT"}); got.code != failure.ExitOK {
						t.Fatal(got)
					}
				}
				tt.net.next = network
				began := time.Now()
				got := run(tt.net, args)
				if took := time.Since(began); got.code != tt.code || took < tt.least || took > tt.most || !strings.Contains(got.stderr, tt.says) {
					t.Errorf("exit code %d after %v, want %d after %v:\n%s", got.code, took, tt.code, tt.least, got.stderr)
				}
				if got.code == failure.ExitStopped { // as a loop does
					if again := run(network, append(args, "--yes", "--resume")); again.code != failure.ExitOK {
						t.Errorf("again: exit code %d:\n%s", again.code, again.stderr)
					}
				}
				stop()
			})
		})
	}
}
