package cli

import (
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/xuri/excelize/v2"

	"crmferry/importer/outcome"
	"crmferry/internal/account"
	"crmferry/internal/cli/text"
	"crmferry/internal/failure"
	"crmferry/internal/sandbox"
	"crmferry/internal/state"
)

// samplesFolder holds the spreadsheets to try the tool with.
const samplesFolder = "../../samples"

// people is the number of rows of every good sample.
const people = 200

// sampleImport is what one import of a sample left behind.
type sampleImport struct {
	text.ImportJSON
	lines []reportLine
}

// reportLine is what the tests look at of a line of a report.
type reportLine struct {
	Row                    int
	Outcome, Code, Message string
	Changed                string
}

// importSample imports a file of the folder of samples into the sandbox, as a user would, with the report elsewhere.
func importSample(t *testing.T, vendor, file string, flags ...string) sampleImport {
	t.Helper()
	report := filepath.Join(t.TempDir(), "report.csv")
	args := append([]string{"import", vendor, filepath.Join(samplesFolder, file), "--sandbox", "--json", "--report", report,
		"--rejects", filepath.Join(filepath.Dir(report), "rejects.csv")}, flags...)
	got := runApp(t, map[string]string{state.RootVariable: t.TempDir()}, args...)
	var s sampleImport
	if err := json.Unmarshal([]byte(got.stdout), &s.ImportJSON); err != nil {
		t.Fatalf("crmferry %q: %v, exit code %d, stderr:\n%s", args, err, got.code, got.stderr)
	}
	if int(got.code) != s.Exit {
		t.Errorf("exit code %d, the summary says %d", got.code, s.Exit)
	}
	s.lines = readReport(t, report)
	return s
}

// readReport reads a report in CSV.
func readReport(t *testing.T, path string) []reportLine {
	t.Helper()
	f, err := os.Open(path)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	records, err := csvReader(f).ReadAll()
	if err != nil || len(records) == 0 {
		t.Fatalf("read %s: %d records, %v", path, len(records), err)
	}
	at := map[string]int{}
	for i, name := range records[0] {
		at[name] = i
	}
	var lines []reportLine
	for _, r := range records[1:] {
		row, err := strconv.Atoi(r[at["row"]])
		if err != nil {
			t.Fatal(err)
		}
		lines = append(lines, reportLine{row, r[at["outcome"]], r[at["error"]], r[at["message"]], r[at["changed"]]})
	}
	return lines
}

// TestGoodSamples imports every good sample: all rows make it, and the sandbox knows some of them already.
func TestGoodSamples(t *testing.T) {
	usual := map[outcome.Outcome]int{outcome.Created: 170, outcome.Updated: 20, outcome.Unchanged: 10}
	tests := []struct {
		vendor string
		flags  []string
		want   map[outcome.Outcome]int
	}{
		{"growcrm", nil, usual},
		{"rogerroger", nil, usual},
		// An address can be written and not be read, so that nobody is known to be unchanged.
		{"clientcommander", nil, map[outcome.Outcome]int{outcome.Created: 170, outcome.Updated: 30}},
		// Only creating is documented.
		{"cloverhound", nil, map[outcome.Outcome]int{outcome.Created: 200}},
		{"cloverhound", []string{"--allow-undocumented"}, usual},
	}
	readme := readSamplesReadme(t)
	for _, tt := range tests {
		for _, ending := range []string{".csv", ".xlsx"} {
			file := tt.vendor + "-contacts" + ending
			t.Run(filepath.Join(append([]string{file}, tt.flags...)...), func(t *testing.T) {
				t.Parallel()
				got := importSample(t, tt.vendor, file, tt.flags...)
				if got.Exit != int(failure.ExitOK) || got.Missed != 0 {
					t.Errorf("exit code %d, %d rows not reached", got.Exit, got.Missed)
				}
				want := map[outcome.Outcome]int{}
				for _, o := range outcome.Outcomes() {
					want[o] = tt.want[o]
				}
				if diff := cmp.Diff(want, got.Counts); diff != "" {
					t.Errorf("rows by outcome (-want +got):\n%s", diff)
				}
				line := fmt.Sprintf("| %s | %d | %d | %d |", file, want[outcome.Created], want[outcome.Updated], want[outcome.Unchanged])
				if len(tt.flags) == 0 && !strings.Contains(readme, line) {
					t.Errorf("samples/README.md lacks %q", line)
				}
				for _, l := range got.lines {
					if l.Code != "" {
						t.Errorf("row %d: %s: %s", l.Row, l.Code, l.Message)
					}
				}
			})
		}
	}
}

// TestSampleReportWorkbook opens the report that stands beside a workbook after an import without --report.
func TestSampleReportWorkbook(t *testing.T) {
	folder := t.TempDir()
	input := filepath.Join(folder, "leads.xlsx")
	content, err := os.ReadFile(filepath.Join(samplesFolder, "growcrm-contacts.xlsx"))
	if err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(input, content, 0o600); err != nil {
		t.Fatal(err)
	}
	if got := runApp(t, map[string]string{state.RootVariable: t.TempDir()}, "import", "growcrm", input, "--sandbox"); got.code != failure.ExitOK {
		t.Fatalf("exit code %d:\n%s", got.code, got.stderr)
	}
	x, err := excelize.OpenFile(filepath.Join(folder, "leads.report.xlsx"))
	if err != nil {
		t.Fatal(err)
	}
	defer x.Close()
	rows, err := x.GetRows("Rows")
	if err != nil || len(rows) != 201 {
		t.Errorf("sheet Rows has %d rows, want 201 (%v)", len(rows), err)
	}
	if _, err := os.Stat(filepath.Join(folder, "leads.rejects.xlsx")); err == nil {
		t.Error("there is a file of rejects, and no row was rejected")
	}
}

// runningSandbox serves a sandbox until the test ends, and returns the environment that points to it.
func runningSandbox(t *testing.T) (*account.Sandbox, map[string]string) {
	t.Helper()
	s, err := account.StartSandbox("127.0.0.1:0", sandbox.Options{})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(s.Close)
	env := map[string]string{state.RootVariable: t.TempDir()}
	for _, set := range s.Environment(s.URL) {
		env[set.Name] = set.Value
	}
	return s, env
}

// TestGoodSamplesTwice imports every good sample twice into one sandbox: the second time says nothing new and makes no
// second contact.
func TestGoodSamplesTwice(t *testing.T) {
	tests := []struct {
		vendor string
		flags  []string
		second outcome.Outcome // of all rows
		create int             // contacts made by both imports
	}{
		{"growcrm", nil, outcome.Unchanged, 170},
		{"rogerroger", nil, outcome.Unchanged, 170},
		{"clientcommander", nil, outcome.Updated, 170},
		{"cloverhound", []string{"--allow-undocumented"}, outcome.Unchanged, 170},
	}
	for _, tt := range tests {
		for _, ending := range []string{".csv", ".xlsx"} {
			t.Run(tt.vendor+ending, func(t *testing.T) {
				t.Parallel()
				s, env := runningSandbox(t)
				args := append([]string{"import", tt.vendor, filepath.Join(samplesFolder, tt.vendor+"-contacts"+ending), "--yes", "--rate", "off",
					"--json", "--report", filepath.Join(t.TempDir(), "report.csv")}, tt.flags...)
				var second text.ImportJSON
				for range 2 {
					got := runApp(t, env, args...)
					second = text.ImportJSON{}
					if err := json.Unmarshal([]byte(got.stdout), &second); err != nil || got.code != failure.ExitOK {
						t.Fatalf("exit code %d, %v:\n%s", got.code, err, got.stderr)
					}
				}
				if n := second.Counts[tt.second]; n != people {
					t.Errorf("the second import has %d rows %s, want all %d: %v", n, tt.second, people, second.Counts)
				}
				created := 0
				for _, e := range s.Ledger() {
					if e.Action == "create" && e.Kind == "contact" {
						created++
					}
				}
				if created != tt.create {
					t.Errorf("%d contacts were created, want %d", created, tt.create)
				}
			})
		}
	}
}
