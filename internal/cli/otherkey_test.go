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

// TestResumeBeforeTheFirstContact: a run that has written nothing yet does not go on with another key, which may open another
// account; with its own it goes on under any name, and an undo asks for the account by that one.
func TestResumeBeforeTheFirstContact(t *testing.T) {
	t.Parallel()
	writes := 0
	_, env := faulty(t, sandbox.Options{}, func(w http.ResponseWriter, r *http.Request, _ http.Handler) bool {
		if !isWrite(r) || writes > 1 {
			return false
		}
		refuse(w, []int{http.StatusUnprocessableEntity, http.StatusUnauthorized}[writes])
		writes++
		return true
	})
	env["CRMFERRY_GROWCRM_ACME_URL"], env["CRMFERRY_GROWCRM_ACME_KEY"] = env["CRMFERRY_GROWCRM_URL"], env["CRMFERRY_GROWCRM_KEY"]
	env["CRMFERRY_GROWCRM_GAMMA_URL"], env["CRMFERRY_GROWCRM_GAMMA_KEY"] = env["CRMFERRY_GROWCRM_URL"], env["CRMFERRY_GROWCRM_KEY"]
	file := putFile(t, "leads.csv", newcomers(2))
	run := func(code failure.ExitCode, account string, flags ...string) result {
		t.Helper()
		got := runApp(t, env, append([]string{"import", account, file, "--yes", "--rate", "off"}, flags...)...)
		if got.code != code {
			t.Fatalf("%s: exit code %d:\n%s", account, got.code, got.stderr)
		}
		return got
	}
	run(failure.ExitStopped, "growcrm@acme", "--workers", "1")
	key := env["CRMFERRY_GROWCRM_GAMMA_KEY"]
	env["CRMFERRY_GROWCRM_GAMMA_KEY"] += "-other"
	got := run(failure.ExitUsage, "growcrm@gamma", "--resume")
	wantLines(t, "stderr", got.stderr, "and it has written no contact yet: nothing shows whether it opens the same account\nhint: use the run's key\n")
	env["CRMFERRY_GROWCRM_GAMMA_KEY"] = key
	run(failure.ExitRows, "growcrm@gamma", "--resume")
	wantLines(t, "runs", runApp(t, env, "runs").stdout, " growcrm@gamma ")
}
