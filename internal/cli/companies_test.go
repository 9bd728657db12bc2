package cli

import (
	"encoding/json"
	"fmt"
	"net/http"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"crmferry/importer/outcome"
	"crmferry/internal/cli/text"
	"crmferry/internal/crm"
	"crmferry/internal/failure"
	"crmferry/internal/state"
	"crmferry/mapping"
	"crmferry/mapping/cells"
)

// companyCargo is what is known of the samples of a resource that holds companies.
type companyCargo struct {
	resource, sample, kind string // kind is that of the ledger
	flags                  []string
	counts                 map[outcome.Outcome]int
	flaws                  []flaw
}

func companyCargoes() []companyCargo {
	flaws := []flaw{{cells.CodeRequired, outcome.Rejected}, {cells.CodeBadEmail, outcome.Rejected}, {cells.CodeBadPhone, outcome.Rejected},
		{cells.CodeDamaged, outcome.Rejected}, {outcome.CodeDuplicate, outcome.Rejected}, {outcome.CodeUnknownName, outcome.Rejected},
		{outcome.CodeAmbiguous, outcome.Rejected}, {cells.CodeBadValue, outcome.Rejected}}
	return []companyCargo{
		{"growcrm/clients", "growcrm-clients", "client", nil, map[outcome.Outcome]int{outcome.Created: 190, outcome.Updated: 5, outcome.Unchanged: 5},
			slices.Concat(flaws, []flaw{{cells.CodeBadNumber, outcome.Rejected}, {mapping.CodeBadID, outcome.Rejected}, {crm.CodeTaken, outcome.Failed}, {cells.CodeNotUpdatable, outcome.Unchanged}})},
		{"rogerroger/organizations", "rogerroger-organizations", "organization", []string{"--allow-undocumented"},
			map[outcome.Outcome]int{outcome.Created: 190, outcome.Updated: 5, outcome.Unchanged: 5}, slices.Concat(flaws, []flaw{{crm.CodeInvalid, outcome.Failed}, {cells.CodeBadDate, outcome.Rejected}})},
	}
}

// TestCompanySamples imports the good samples of companies twice: the second time says nothing new, and no company is made twice.
func TestCompanySamples(t *testing.T) {
	readme := readSamplesReadme(t)
	for _, c := range companyCargoes() {
		for n, ending := range []string{".csv", ".xlsx"} {
			if spared(n, 2) {
				continue
			}
			t.Run(c.sample+ending, func(t *testing.T) {
				t.Parallel()
				s, env := runningSandbox(t)
				args := append([]string{"import", c.resource, filepath.Join(samplesFolder, c.sample+ending), "--yes", "--rate", "off",
					"--json", "--report", filepath.Join(t.TempDir(), "report.csv")}, c.flags...)
				var got [2]text.ImportJSON
				for i := range got {
					run := runApp(t, env, args...)
					if err := json.Unmarshal([]byte(run.stdout), &got[i]); err != nil || run.code != failure.ExitOK {
						t.Fatalf("exit code %d, %v:\n%s", run.code, err, run.stderr)
					}
				}
				want := map[outcome.Outcome]int{}
				for _, o := range outcome.Outcomes() {
					want[o] = c.counts[o]
				}
				if diff := cmp.Diff(want, got[0].Counts); diff != "" {
					t.Errorf("rows by outcome (-want +got):\n%s", diff)
				}
				if line := fmt.Sprintf("| %s | %d | %d | %d |", c.sample+ending, want[outcome.Created], want[outcome.Updated], want[outcome.Unchanged]); !strings.Contains(readme, line) {
					t.Errorf("samples/README.md lacks %q", line)
				}
				if got[1].Counts[outcome.Unchanged] != people {
					t.Errorf("the second import: %v", got[1].Counts)
				}
				made := 0
				for _, e := range s.Ledger() {
					if e.Action == "create" && e.Kind == c.kind {
						made++
					}
				}
				if made != want[outcome.Created] {
					t.Errorf("%d were made", made)
				}
			})
		}
	}
}

// TestFlawedCompanies: each error is there once, with its outcome, and README.md says what the report says.
func TestFlawedCompanies(t *testing.T) {
	readme := readSamplesReadme(t)
	for _, c := range companyCargoes() {
		for _, ending := range []string{".csv", ".xlsx"} {
			t.Run(c.sample+ending, func(t *testing.T) {
				t.Parallel()
				got := importSample(t, c.resource, c.sample+"-flawed"+ending, c.flags...)
				var flaws []flaw
				var said []string
				for _, l := range got.lines {
					if l.Code != "" {
						code, _, _ := strings.Cut(l.Code, ";")
						flaws = append(flaws, flaw{code, outcome.Outcome(l.Outcome)})
						said = append(said, readmeLine(l))
					}
				}
				if diff := cmp.Diff(byCode(c.flaws), byCode(flaws)); diff != "" || got.Exit != int(failure.ExitRows) {
					t.Errorf("exit code %d, errors of the report (-want +got):\n%s", got.Exit, diff)
				}
				if diff := cmp.Diff(said, readmeTable(readme, "## "+c.sample+"-flawed")); diff != "" {
					t.Errorf("samples/README.md says something else (-report +README):\n%s", diff)
				}
			})
		}
	}
}

// TestCompaniesCrash kills an import of companies at random moments, with and without faults, and lets it go on: in the end every
// row has one outcome, each company exists once, and a further import finds nothing to do, steps included.
func TestCompaniesCrash(t *testing.T) {
	pick := momentsToKill(t)
	for _, c := range companyCargoes() {
		vendor, _, _ := strings.Cut(c.resource, "/")
		for n, faults := range [][]string{nil, {vendor + ":drop-after:from=20:every=7:on=writes"}, {vendor + ":500-before:from=10:every=9"}} {
			if spared(n+2, 3) {
				continue
			}
			t.Run(c.sample+strings.Join(faults, ""), func(t *testing.T) {
				dir := memoryDir(t)
				file := putFile(t, "companies.csv", firstLines(readText(t, filepath.Join(samplesFolder, c.sample+".csv")), 41))
				env, base := otherSandbox(t, faults, false)
				env[state.RootVariable] = filepath.Join(dir, "state")
				report := filepath.Join(dir, "report.csv")
				args := append([]string{"import", c.resource, file, "--yes", "--resume", "--rate", "off", "--workers", "4", "--report", report}, c.flags...)
				k := killing{crashes: 4, pick: pick, most: 900 * time.Millisecond, may: []failure.ExitCode{failure.ExitOK}}
				said := k.goOn(t, env, args)
				made := map[string]int{}
				for _, e := range readLedger(t, base).Entries {
					if e.Kind == c.kind && e.Action == "create" {
						made[e.Name]++
					}
				}
				for name, n := range made {
					if n != 1 {
						t.Errorf("%s was made %d times:\n%s", name, n, said)
					}
				}
				if lines := readReport(t, report); len(lines) != 40 || len(made) != 40 {
					t.Errorf("%d lines, %d companies:\n%s", len(lines), len(made), said)
				}
				again := startHurried(t, env, append([]string{"import", c.resource, file, "--yes", "--restart", "--rate", "off", "--report", report}, c.flags...)...)
				_ = again.Wait()
				for _, l := range readReport(t, report) {
					if l.Outcome != string(outcome.Unchanged) {
						t.Errorf("row %d is %s afterwards: %s\n%s", l.Row, l.Outcome, l.Message, again.stderr.String())
					}
				}
			})
		}
	}
}

// firstLines are the first n lines of a text.
func firstLines(s string, n int) string {
	lines := strings.SplitAfter(s, "\n")
	return strings.Join(lines[:min(n, len(lines))], "")
}

// TestCompanyGone: a company that is deleted between a plan and its run is told, and nothing is made in its place.
func TestCompanyGone(t *testing.T) {
	s, env := runningSandbox(t)
	file := putFile(t, "gone.csv", "Company,First name,Last name,Email,Phone\nIris Optiek,Office,Iris Optiek,office.irisoptiek@example.com,+31201234567\n")
	if got := runApp(t, env, "import", "growcrm/clients", file, "--dry-run", "--rate", "off"); got.code != failure.ExitOK {
		t.Fatal(got.stderr)
	}
	plan := strings.TrimSuffix(file, ".csv") + ".dry-run.csv"
	lines := readReport(t, plan)
	if len(lines) != 1 || lines[0].Changed != "client_phone" {
		t.Fatalf("%+v", lines)
	}
	id := strings.Split(strings.Split(readText(t, plan), "\n")[1], ",")[3]
	req, err := http.NewRequestWithContext(t.Context(), http.MethodDelete, s.URL+"/growcrm/api/clients/"+id, nil)
	if err != nil {
		t.Fatal(err)
	}
	req.Header.Set("Authorization", "Bearer "+env["CRMFERRY_GROWCRM_KEY"])
	resp, err := http.DefaultClient.Do(req)
	if err != nil || resp.StatusCode != http.StatusOK {
		t.Fatal(resp, err)
	}
	_ = resp.Body.Close()
	if got := runApp(t, env, "apply", plan, "--yes", "--rate", "off"); got.code != failure.ExitRows {
		t.Fatalf("exit code %d:\n%s", got.code, got.stderr)
	}
	if l := readReport(t, strings.TrimSuffix(file, ".csv")+".report.csv"); l[0].Outcome != "skipped" || l[0].Code != outcome.CodeChangedSincePlan {
		t.Errorf("%+v", l)
	}
	for _, e := range s.Ledger() {
		if e.Action == "create" {
			t.Errorf("made: %+v", e)
		}
	}
}
