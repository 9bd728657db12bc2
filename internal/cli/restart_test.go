package cli

import (
	"context"
	"net/http"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"crmferry/internal/failure"
	"crmferry/internal/state"
)

// TestRestartThatNeverBegins: an import with --restart that ends before it has sent anything leaves the run whose place it was
// to take as it was, so that --resume creates nothing twice.
func TestRestartThatNeverBegins(t *testing.T) {
	t.Parallel()
	unauthorized := fault(func(w http.ResponseWriter, _ *http.Request, _ http.Handler) bool {
		refuse(w, http.StatusUnauthorized)
		return true
	})
	tried := make(chan struct{}, 1000) // by the one case that is out of reach
	unreachable := fault(func(w http.ResponseWriter, _ *http.Request, _ http.Handler) bool {
		tried <- struct{}{}
		abort(w)
		return true
	})
	forbidden := fault(func(w http.ResponseWriter, r *http.Request, _ http.Handler) bool {
		if !isWrite(r) {
			return false
		}
		refuse(w, http.StatusForbidden)
		return true
	})
	says := func(text string) func(*app) {
		return func(a *app) { a.ui.In, a.ui.InTTY, a.ui.ErrTTY = strings.NewReader(text), true, true }
	}
	for _, tt := range []struct {
		name  string
		flags []string
		on    func(*app)
		fault *fault
		code  failure.ExitCode
	}{
		{name: "report that cannot be written", flags: []string{"--yes", "--report", "/nonexist/x.csv"}, code: failure.ExitUsage},
		{name: "answered no", on: says("n\n"), code: failure.ExitUsage},
		{name: "nobody to ask", code: failure.ExitUsage},
		{name: "key refused", flags: []string{"--yes"}, fault: &unauthorized, code: failure.ExitUsage},
		{name: "key that may not write", flags: []string{"--yes"}, fault: &forbidden, code: failure.ExitUsage},
		{name: "interrupted", flags: []string{"--yes"}, fault: &unreachable, code: failure.ExitStopped},
	} {
		for _, vendor := range []string{"cloverhound", "growcrm"} {
			if tt.fault == &unreachable && vendor == "cloverhound" {
				continue // a lost answer leaves its row in doubt: there the new run goes on
			}
			t.Run(vendor+"/"+tt.name, func(t *testing.T) {
				t.Parallel()
				b := begin(t, vendor)
				b.fault.Store(tt.fault)
				ctx, cancel := context.WithCancel(t.Context())
				defer cancel()
				if tt.fault == &unreachable { // Ctrl-C while it tries
					go func() {
						for range 2 {
							select {
							case <-tried:
							case <-ctx.Done():
							}
						}
						cancel()
					}()
				}
				change := func(a *app) {
					if tt.on != nil {
						tt.on(a)
					}
				}
				got := runAppUntil(ctx, t, b.env, change, slices.Concat([]string{"import", vendor, b.file, "--rate", "off", "--restart"}, tt.flags)...)
				if got.code != tt.code || len(contactsCreated(b.s)) != b.made {
					t.Errorf("exit code %d, %d contacts, and %d before:\n%s", got.code, len(contactsCreated(b.s)), b.made, got.stderr)
				}
				if left, _ := filepath.Glob(filepath.Join(b.env[state.RootVariable], "*-import-*")); len(left) != 1 {
					t.Errorf("runs %q are left", left)
				}
				b.fault.Store(nil)
				if got := b.run(t, "--resume"); got.code != failure.ExitOK {
					t.Errorf("resumed: exit code %d:\n%s", got.code, got.stderr)
				}
				wantNoneTwice(t, b.s, begunRows)
			})
		}
	}
}
