package cli

import (
	"bytes"
	"fmt"
	"net/http"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"crmferry/importer/outcome"
	"crmferry/internal/account"
	"crmferry/internal/failure"
	"crmferry/internal/sandbox"
	"crmferry/internal/terminal"
)

// TestClockIsOff: the own creations whose answers were lost are recognised, however far this machine's clock is from the
// vendor's: else taking the import back would miss them.
func TestClockIsOff(t *testing.T) {
	t.Parallel()
	for _, vendor := range allVendors() {
		for _, off := range []time.Duration{-10 * time.Minute, 10 * time.Minute, -26 * time.Hour} {
			t.Run(fmt.Sprint(vendor, off), func(t *testing.T) {
				t.Parallel()
				s, env := faulty(t, sandbox.Options{Faults: []sandbox.Fault{
					{Kind: "clock", Vendor: vendor, For: off}, {Kind: "drop-after", Vendor: vendor, On: "writes", Every: 3}}}, nil)
				got := importFile(t, env, vendor, putFile(t, "leads.csv", newcomers(24)), "--allow-undocumented")
				got.wantCounts(t, map[outcome.Outcome]int{outcome.Created: 24})
				wantNoneTwice(t, s, 24)
				if s.Faulted(vendor) == 0 {
					t.Error("no answer was lost")
				}
			})
		}
	}
}

// TestClockSetBack: a run that finished at a later time by a clock that was wrong then does not hide the one that is
// unfinished.
func TestClockSetBack(t *testing.T) {
	t.Parallel()
	var broken atomic.Bool
	var writes atomic.Int64
	s, env := faulty(t, sandbox.Options{}, func(w http.ResponseWriter, r *http.Request, _ http.Handler) bool {
		if !isWrite(r) || !broken.Load() || writes.Add(1) <= 2 {
			return false
		}
		refuse(w, http.StatusUnauthorized)
		return true
	})
	file := putFile(t, "leads.csv", newcomers(6))
	at := func(ahead time.Duration, flags ...string) result {
		var out, err bytes.Buffer
		a := &app{ui: terminal.Test(strings.NewReader(""), &out, &err), registry: account.All(),
			now: func() time.Time { return time.Now().Add(ahead) },
			env: func(name string) (string, bool) { v, ok := env[name]; return v, ok }}
		code := a.run(t.Context(), append([]string{"import", "growcrm", file, "--yes", "--rate", "off", "--workers", "1"}, flags...))
		return result{code, out.String(), err.String()}
	}
	if got := at(0, "--limit", "1"); got.code != failure.ExitOK { // with other options than what follows, and finished
		t.Fatal(got)
	}
	broken.Store(true)
	began := at(-24 * time.Hour)
	if began.code != failure.ExitStopped {
		t.Fatal(began)
	}
	broken.Store(false)
	if got := at(0); got.code != failure.ExitUsage || !strings.Contains(got.stderr, "is unfinished") {
		t.Errorf("exit code %d:\n%s", got.code, got.stderr)
	}
	got := at(0, "--resume")
	if got.code != failure.ExitOK || !strings.Contains(got.stderr, "goes on with the run ") {
		t.Errorf("exit code %d:\n%s", got.code, got.stderr)
	}
	wantNoneTwice(t, s, 6)
}
