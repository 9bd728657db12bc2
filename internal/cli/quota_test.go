package cli

import (
	"net/http"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"crmferry/importer/outcome"
	"crmferry/internal/failure"
	"crmferry/internal/humanize"
	"crmferry/internal/sandbox"
)

// quota refuses every request after the first n that it counts, until two hours later.
type quota struct {
	n       int64
	counts  func(*http.Request) bool
	status  int
	counted atomic.Int64
	refused atomic.Int64
}

func (q *quota) fault(w http.ResponseWriter, r *http.Request, _ http.Handler) bool {
	if q.refused.Load() == 0 && (!q.counts(r) || q.counted.Add(1) <= q.n) {
		return false
	}
	q.refused.Add(1)
	w.Header().Set("Content-Type", "application/json")
	w.Header().Set("Retry-After", "7200")
	w.WriteHeader(q.status)
	_, _ = w.Write([]byte(`{"message": "daily quota exceeded"}`))
	return true
}

// wantLater checks that a message names the time to come back.
func wantLater(t *testing.T, stderr string) {
	t.Helper()
	soon, later := humanize.Clock(time.Now().Add(2*time.Hour-time.Minute), time.Now()), humanize.Clock(time.Now().Add(2*time.Hour), time.Now())
	if !strings.Contains(stderr, "hint: come back after "+soon) && !strings.Contains(stderr, "hint: come back after "+later) {
		t.Errorf("nobody says to come back after %s or %s:\n%s", soon, later, stderr)
	}
	if !strings.Contains(stderr, "takes no more requests until ") || !strings.Contains(stderr, "daily quota exceeded") {
		t.Errorf("the reason is not said:\n%s", stderr)
	}
}

// TestQuotaUsedUp: a refusal for hours is not waited for. The run stops at once, with the time to come back, and what
// was not sent can be sent then.
func TestQuotaUsedUp(t *testing.T) {
	t.Parallel()
	for _, vendor := range allVendors() {
		for _, status := range []int{429, 503} {
			t.Run(vendor+" "+http.StatusText(status), func(t *testing.T) {
				t.Parallel()
				q := &quota{n: 6, counts: isWrite, status: status}
				s, env := faulty(t, sandbox.Options{}, q.fault)
				start := time.Now()
				got := importFile(t, env, vendor, putFile(t, "leads.csv", newcomers(30)), "--rate", "200/s", "--workers", "4")
				if got.code != failure.ExitStopped || time.Since(start) > time.Minute {
					t.Errorf("exit code %d after %v:\n%s", got.code, time.Since(start), got.stderr)
				}
				wantLater(t, got.stderr)
				if n := q.refused.Load(); n < 1 || n > 4 { // those that were in flight
					t.Errorf("%d requests were refused", n)
				}
				doubt := got.Counts[outcome.Unknown] // a 503 may have come after the commit
				if got.Counts[outcome.Created] != 6 || got.Missed != 24-doubt || status == 429 && doubt > 0 || int64(doubt) > q.refused.Load() {
					t.Errorf("%v, %d not reached:\n%s", got.Counts, got.Missed, got.stderr)
				}
				wantNoneTwice(t, s, 6)
			})
		}
	}
}

// TestQuotaUsedUpInAnExport: nothing takes the place of the old file.
func TestQuotaUsedUpInAnExport(t *testing.T) {
	t.Parallel()
	any := func(*http.Request) bool { return true }
	for _, n := range []int64{0, 2} {
		q := &quota{n: n, counts: any, status: 429}
		_, env := faulty(t, sandbox.Options{Contacts: 500}, q.fault)
		file := putFile(t, "contacts.csv", "old")
		got := runApp(t, env, "export", "clientcommander", "-o", file, "--rate", "off", "--overwrite")
		if got.code != failure.ExitStopped || string(readFile(t, file)) != "old" || !strings.Contains(got.stderr, "still the old one") {
			t.Errorf("exit code %d:\n%s", got.code, got.stderr)
		}
		wantLater(t, got.stderr)
	}
}
