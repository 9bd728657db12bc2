package cli

import (
	"net/http"
	"path/filepath"
	"slices"
	"sync"
	"sync/atomic"
	"testing"
	"testing/synctest"
	"time"

	"crmferry/internal/failure"
	"crmferry/internal/pipenet"
	"crmferry/internal/sandbox"
	"crmferry/internal/state"
)

// refusing counts the answers that refuse a request by the limit.
type refusing struct {
	next    http.Handler
	refused atomic.Int64
}

func (r *refusing) ServeHTTP(w http.ResponseWriter, req *http.Request) {
	r.next.ServeHTTP(&statusSeen{w, r}, req)
}

type statusSeen struct {
	http.ResponseWriter
	of *refusing
}

func (s *statusSeen) WriteHeader(status int) {
	if status == http.StatusTooManyRequests {
		s.of.refused.Add(1)
	}
	s.ResponseWriter.WriteHeader(status)
}

// TestPaceIsShared: commands of an account, one after the other or at the same time, keep its limit together: none meets a refusal,
// and none waits longer than its turns take.
func TestPaceIsShared(t *testing.T) {
	watchSignals()
	file := putFile(t, "leads.csv", newcomers(40))
	const vendor = "rogerroger" // 20 requests a minute
	dryRun := []string{"import", vendor, file, "--dry-run"}
	importing := []string{"import", vendor, file, "--limit", "5", "--yes"}
	tests := []struct {
		name     string
		together bool
		commands [][]string
	}{
		{"an import follows dry runs", false, [][]string{dryRun, dryRun, importing}},
		{"an import follows an export", false, [][]string{{"export", vendor, "-o", "OUT"}, importing}},
		{"checks of the key", false, slices.Repeat([][]string{{"vendors", vendor, "--check"}}, 25)},
		{"one beside others", true, [][]string{dryRun, dryRun, importing}},
		{"one that is slow beside another", true, [][]string{dryRun, {"import", vendor, file, "--limit", "3", "--rate", "120/h", "--yes"}}},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			dir := memoryDir(t)
			synctest.Test(t, func(t *testing.T) {
				s := sandbox.New(sandbox.Options{Limits: true, Latency: 300 * time.Millisecond})
				seen := &refusing{next: s.Handler()}
				network, stop := pipenet.Serve(seen)
				env := map[string]string{state.RootVariable: filepath.Join(dir, "state")}
				for _, set := range s.Environment("http://127.0.0.1") {
					env[set.Name] = set.Value
				}
				began := time.Now()
				var group sync.WaitGroup
				for _, args := range tt.commands {
					for i := range args {
						if args[i] == "OUT" {
							args[i] = filepath.Join(dir, "contacts.csv")
						}
					}
					group.Go(func() {
						if code, _, said := runOverBoth(t, network, env, args); code != failure.ExitOK {
							t.Errorf("%q: exit %d\n%s", args, code, said)
						}
					})
					if !tt.together {
						group.Wait()
					}
				}
				group.Wait()
				took, requests := time.Since(began), s.Requests(vendor)
				stop()
				t.Logf("%d requests in %v", requests, took)
				if n := seen.refused.Load(); n > 0 {
					t.Errorf("%d of %d requests were refused", n, requests)
				}
				if allowed := time.Duration(float64(requests)/(0.97*20)*float64(time.Minute)) + 5*time.Second; took > allowed && !tt.together {
					t.Errorf("%d requests took %v, more than %v", requests, took, allowed)
				}
				time.Sleep(time.Hour) // no goroutine is left
			})
		})
	}
}
