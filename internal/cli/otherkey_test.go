package cli

import (
	"maps"
	"net/http"
	"strings"
	"testing"

	"crmferry/importer/outcome"
	"crmferry/internal/failure"
	"crmferry/internal/sandbox"
)

// TestResumeWithAnotherKey: a run goes on with a new key of its account, and neither goes on nor is told again with the
// key of another one.
func TestResumeWithAnotherKey(t *testing.T) {
	t.Parallel()
	other := sandbox.New(sandbox.Options{}).Handler() // the account of another key
	revoked := false
	s, env := faulty(t, sandbox.Options{}, func(w http.ResponseWriter, r *http.Request, vendor http.Handler) bool {
		key := strings.TrimPrefix(r.Header.Get("Authorization"), "Bearer ")
		good, changed := strings.CutSuffix(key, "-changed")
		r.Header.Set("Authorization", "Bearer "+strings.TrimSuffix(good, "-other"))
		switch {
		case strings.HasSuffix(key, "-other"):
			other.ServeHTTP(w, r)
		case changed:
			vendor.ServeHTTP(w, r)
		case isWrite(r) && revoked:
			refuse(w, http.StatusUnauthorized)
		default:
			revoked = isWrite(r)
			return false
		}
		return true
	})
	const key = "CRMFERRY_GROWCRM_KEY"
	withKey := func(suffix string) map[string]string {
		changed := maps.Clone(env)
		changed[key] += suffix
		return changed
	}
	file := putFile(t, "leads.csv", newcomers(5))
	flags := []string{"import", "growcrm", file, "--yes", "--rate", "off", "--workers", "1", "--resume"}
	if got := runApp(t, env, flags...); got.code != failure.ExitStopped {
		t.Fatalf("exit code %d:\n%s", got.code, got.stderr)
	}
	wantOther := func() {
		t.Helper()
		got := runApp(t, withKey("-other"), flags...)
		if got.code != failure.ExitUsage {
			t.Errorf("exit code %d:\n%s", got.code, got.stderr)
		}
		wantLines(t, "stderr", got.stderr, "error: the key is not the one of the run ", " is not there: is it another account?\nhint: use the run's key\n",
			"hint: to start anew: crmferry import growcrm ")
	}
	wantOther()
	got := runApp(t, withKey("-changed"), flags...)
	if got.code != failure.ExitOK {
		t.Errorf("exit code %d:\n%s", got.code, got.stderr)
	}
	wantNoneTwice(t, s, 5)
	wantOther() // a finished run of one account says nothing of another one
	if lines := readReport(t, strings.TrimSuffix(file, ".csv")+".report.csv"); len(lines) != 5 || lines[4].Outcome != string(outcome.Created) {
		t.Errorf("the report of the finished run: %v", lines)
	}
}
