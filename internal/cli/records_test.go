package cli

import (
	"fmt"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"crmferry/importer/outcome"
	"crmferry/internal/failure"
)

// recordSamples are the resources beside contacts that samples are for, by the beginning of the files' names.
func recordSamples() map[string]string {
	return map[string]string{"growcrm-leads": "growcrm/leads", "growcrm-notes": "growcrm/notes"}
}

// TestGoodRecords imports the good samples of records: all rows make it.
func TestGoodRecords(t *testing.T) {
	readme := readSamplesReadme(t)
	for name, resource := range recordSamples() {
		for _, ending := range []string{".csv", ".xlsx"} {
			t.Run(name+ending, func(t *testing.T) {
				t.Parallel()
				got := importSample(t, resource, name+ending)
				if got.Exit != int(failure.ExitOK) || got.Counts[outcome.Created] != len(got.lines) {
					t.Errorf("exit code %d, %d of %d rows created", got.Exit, got.Counts[outcome.Created], len(got.lines))
				}
				if line := fmt.Sprintf("| %s | %d | 0 | 0 |", name+ending, len(got.lines)); !strings.Contains(readme, line) {
					t.Errorf("samples/README.md lacks %q", line)
				}
			})
		}
	}
}

// TestFlawedRecords imports the flawed ones: README.md in the folder of samples says what the report says.
func TestFlawedRecords(t *testing.T) {
	readme := readSamplesReadme(t)
	for name, resource := range recordSamples() {
		for _, ending := range []string{".csv", ".xlsx"} {
			t.Run(name+"-flawed"+ending, func(t *testing.T) {
				t.Parallel()
				got := importSample(t, resource, name+"-flawed"+ending)
				if got.Exit != int(failure.ExitRows) || got.Missed != 0 {
					t.Errorf("exit code %d, %d rows not reached", got.Exit, got.Missed)
				}
				var said []string
				for _, l := range got.lines {
					if l.Code != "" {
						said = append(said, readmeLine(l))
					}
				}
				if diff := cmp.Diff(said, readmeTable(readme, "## "+name+"-flawed")); diff != "" {
					t.Errorf("samples/README.md says something else (-report +README):\n%s", diff)
				}
			})
		}
	}
}
