package cli

import (
	"net/http"
	"strings"
	"testing"

	"crmferry/internal/failure"
	"crmferry/internal/sandbox"
)

// TestRunsOfTwoNames: where all accounts of a vendor have one address, a run of one name is not gone on with by another, unless
// they have one key.
func TestRunsOfTwoNames(t *testing.T) {
	t.Parallel()
	writes := 0
	_, env := faulty(t, sandbox.Options{}, func(w http.ResponseWriter, r *http.Request, vendor http.Handler) bool {
		r.Header.Set("Authorization", strings.TrimSuffix(r.Header.Get("Authorization"), "-other"))
		if isWrite(r) {
			writes++
		}
		if isWrite(r) && writes == 2 {
			refuse(w, http.StatusUnauthorized)
			return true
		}
		return false
	})
	for name, key := range map[string]string{"NORTH": "", "SOUTH": "-other", "WEST": ""} {
		env["CRMFERRY_CLIENTCOMMANDER_"+name+"_URL"] = env["CRMFERRY_CLIENTCOMMANDER_URL"]
		env["CRMFERRY_CLIENTCOMMANDER_"+name+"_KEY"] = env["CRMFERRY_CLIENTCOMMANDER_KEY"] + key
	}
	file := putFile(t, "leads.csv", newcomers(3))
	into := func(name string, code failure.ExitCode, flags ...string) string {
		t.Helper()
		got := runApp(t, env, append([]string{"import", "clientcommander@" + name, file, "--yes", "--rate", "off", "--workers", "1"}, flags...)...)
		if got.code != code {
			t.Errorf("%s: exit code %d, want %d:\n%s", name, got.code, code, got.stderr)
		}
		return got.stderr
	}
	into("north", failure.ExitStopped)
	wantLines(t, "stderr", into("west", failure.ExitUsage), "of "+file+" into clientcommander@west is unfinished", "crmferry import clientcommander@west ")
	wantLines(t, "stderr", into("south", failure.ExitOK, "--resume"), "no unfinished run of "+file+" into clientcommander@south: this one starts")
	wantLines(t, "stderr", into("west", failure.ExitOK, "--resume"), "goes on with the run ", ": 1 row done")
}
