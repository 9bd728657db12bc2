package cli

import (
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"crmferry/importer/outcome"
	"crmferry/internal/crm"
	"crmferry/internal/failure"
	"crmferry/mapping"
	"crmferry/mapping/cells"
)

// flaw is an error that one row of a flawed sample has.
type flaw struct {
	Code    string
	Outcome outcome.Outcome
}

// flawsOf are the errors that an import without further flags can report for a vendor, all of them: the flawed samples
// have one row for each.
func flawsOf(vendor string) []flaw {
	flaws := []flaw{{cells.CodeRequired, outcome.Rejected}, {cells.CodeBadEmail, outcome.Rejected},
		{cells.CodeBadPhone, outcome.Rejected}, {cells.CodeDamaged, outcome.Rejected}, {outcome.CodeDuplicate, outcome.Rejected}}
	unnamed := []flaw{{outcome.CodeUnknownName, outcome.Rejected}, {outcome.CodeAmbiguousName, outcome.Rejected}}
	named := append(unnamed, flaw{crm.CodeInvalid, outcome.Failed}) // the id of a thing that does not exist passes every check but the vendor's
	switch vendor {
	case "growcrm": // its companies are names, which are looked up
		return slices.Concat(flaws, unnamed, []flaw{{cells.CodeBadValue, outcome.Rejected}, {outcome.CodeClaimed, outcome.Rejected},
			{crm.CodeTaken, outcome.Failed}, {cells.CodeNotUpdatable, outcome.Unchanged}})
	case "clientcommander":
		return slices.Concat(flaws, named, []flaw{{cells.CodeTooLong, outcome.Rejected}, {cells.CodeTooMany, outcome.Rejected},
			{cells.CodeBadNumber, outcome.Rejected}, {cells.CodeBadState, outcome.Rejected}, {cells.CodeBadZip, outcome.Rejected},
			{outcome.CodeMerged, outcome.Updated}})
	case "rogerroger":
		return slices.Concat(flaws, named, []flaw{{cells.CodeBadValue, outcome.Rejected}, {cells.CodeBadDate, outcome.Rejected},
			{outcome.CodeAmbiguous, outcome.Rejected}})
	}
	return flaws
}

// otherCodes are those that no flawed sample shows, with the reason. The tests of the clients and of the importer show
// the faults.
func otherCodes() map[string]string {
	return map[string]string{
		outcome.CodeExists:           "needs --mode create where contacts can be looked up",
		outcome.CodeNotFound:         "needs --mode update, or rows that carry the vendor's own ids",
		outcome.CodeNothingToDo:      "needs --mode update",
		outcome.CodeEmpty:            "of notes: see TestFlawedRecords",
		outcome.CodeLacksCustom:      "of an account that requires fields of its own: see the script custom",
		outcome.CodeEmptyCustom:      "of an account that has fields of its own: see the script custom",
		outcome.CodeDiffers:          "of records that go by what they say: see TestEqualNote",
		outcome.CodeSection:          "tried by TestMisread; the samples are tables without headings in between",
		cells.CodeBadList:            "tried by TestMisread; the samples have no lists in brackets",
		outcome.CodeSwallows:         "a fault of a CSV file; the samples are workbooks too",
		outcome.CodeOddText:          "a fault of a CSV file; the samples are workbooks too",
		outcome.CodeShifted:          "a fault of a CSV file; the samples are workbooks too",
		cells.CodeBadID:              "needs --match id, or an export of the vendor",
		cells.CodeNotClearable:       "needs --clear-token",
		cells.CodeUndocumented:       "of notes: see TestFlawedRecords",
		cells.CodeContinuation:       "needs an export of a program that writes lists beneath their record",
		outcome.CodeStepFailed:       "a fault: a contact that was just written takes its further steps",
		crm.CodeUnverified:           "a fault: an answer that is lost",
		outcome.CodeNotCreated:       "only of a report, with --mode delete",
		outcome.CodeMismatch:         "needs ids of another account, or a report with --mode delete",
		outcome.CodeNotCopied:        "a contact that is changed while others are deleted",
		outcome.CodeEditedSince:      "of an undo",
		outcome.CodeCannotUndo:       "of an undo",
		crm.CodeServer:               "a fault: a vendor that fails",
		crm.CodeUnreachable:          "a fault: a vendor out of reach",
		crm.CodeRateLimited:          "a fault: refused again and again",
		crm.CodeForbidden:            "a fault: a key that may not do this",
		outcome.CodeNotApproved:      "of a plan that is applied",
		outcome.CodeChangedSincePlan: "of a plan that is applied",
	}
}

// codesWithout are those that a vendor's fields or documented behaviour leave no room for.
func codesWithout(vendor string) []string {
	plain := []string{cells.CodeTooLong, cells.CodeTooMany, cells.CodeBadNumber, cells.CodeBadState, cells.CodeBadZip} // no such fields or limits
	switch vendor {
	case "growcrm":
		// Addresses are unique, so that no row meets two contacts; only Client Commander upserts by itself.
		return append(plain, cells.CodeBadDate, outcome.CodeAmbiguous, outcome.CodeMerged, crm.CodeInvalid)
	case "clientcommander":
		// Its own upsert looks contacts up, so that a row neither meets two nor is taken.
		return []string{cells.CodeBadDate, cells.CodeBadValue, outcome.CodeAmbiguous, outcome.CodeClaimed, crm.CodeTaken, cells.CodeNotUpdatable}
	case "rogerroger":
		return append(plain, outcome.CodeClaimed, outcome.CodeMerged, crm.CodeTaken, cells.CodeNotUpdatable)
	}
	// Nothing but creating is documented of Cloverhound, and there is nothing to link to.
	return append(plain, cells.CodeBadDate, cells.CodeBadValue, outcome.CodeAmbiguous, outcome.CodeClaimed, outcome.CodeMerged,
		outcome.CodeUnknownName, outcome.CodeAmbiguousName, crm.CodeTaken, crm.CodeInvalid, cells.CodeNotUpdatable)
}

// allCodes are the codes that reports can show.
func allCodes() []string {
	return append(mapping.Codes(), cells.CodeNotUpdatable,
		outcome.CodeDuplicate, outcome.CodeAmbiguous, outcome.CodeExists, outcome.CodeNotFound, outcome.CodeUnknownName,
		outcome.CodeAmbiguousName, outcome.CodeClaimed, outcome.CodeMerged, outcome.CodeStepFailed, outcome.CodeNothingToDo,
		outcome.CodeShifted, outcome.CodeSwallows, outcome.CodeSection, outcome.CodeOddText, outcome.CodeDiffers, outcome.CodeLacksCustom, outcome.CodeEmptyCustom, outcome.CodeEmpty, outcome.CodeNotCreated, outcome.CodeMismatch, outcome.CodeNotCopied, outcome.CodeEditedSince, outcome.CodeCannotUndo, outcome.CodeNotApproved, outcome.CodeChangedSincePlan,
		crm.CodeTaken, crm.CodeInvalid, crm.CodeForbidden, crm.CodeUnverified, crm.CodeRateLimited, crm.CodeUnreachable, crm.CodeServer)
}

// TestFlawedTablesAreComplete keeps every code in one of the tables above, so that a new one gets its row.
func TestFlawedTablesAreComplete(t *testing.T) {
	for _, vendor := range allVendors() {
		places := map[string]int{}
		for _, f := range flawsOf(vendor) {
			places[f.Code]++
		}
		for code := range otherCodes() {
			places[code]++
		}
		for _, code := range codesWithout(vendor) {
			places[code]++
		}
		for _, code := range allCodes() {
			if places[code] != 1 {
				t.Errorf("%s: the code %s is in %d of the tables, want 1", vendor, code, places[code])
			}
			delete(places, code)
		}
		if len(places) > 0 {
			t.Errorf("%s: codes that no report shows: %v", vendor, places)
		}
	}
}

// TestFlawed imports every flawed sample: each error that the vendor's rows can have is there once, with its outcome,
// and README.md in the folder of samples says what the report says.
func TestFlawed(t *testing.T) {
	readme := readSamplesReadme(t)
	for _, vendor := range allVendors() {
		for _, ending := range []string{".csv", ".xlsx"} {
			t.Run(vendor+"-flawed"+ending, func(t *testing.T) {
				t.Parallel()
				got := importSample(t, vendor, vendor+"-flawed"+ending)
				if got.Exit != int(failure.ExitRows) || got.Missed != 0 {
					t.Errorf("exit code %d, %d rows not reached", got.Exit, got.Missed)
				}
				var flaws []flaw
				var said []string
				for _, l := range got.lines {
					if l.Code != "" {
						flaws = append(flaws, flaw{l.Code, outcome.Outcome(l.Outcome)})
						said = append(said, readmeLine(l))
					}
				}
				if diff := cmp.Diff(byCode(flawsOf(vendor)), byCode(flaws)); diff != "" {
					t.Errorf("errors of the report (-want +got):\n%s", diff)
				}
				if diff := cmp.Diff(said, readmeTable(readme, "## "+vendor+"-flawed")); diff != "" {
					t.Errorf("samples/README.md says something else (-report +README):\n%s", diff)
				}
			})
		}
	}
}

// TestFlawedCheck: check finds the errors that need no vendor, and those only.
func TestFlawedCheck(t *testing.T) {
	for _, vendor := range allVendors() {
		for _, ending := range []string{".csv", ".xlsx"} {
			got := runApp(t, nil, "check", vendor, filepath.Join(samplesFolder, vendor+"-flawed"+ending))
			if got.code != failure.ExitRows {
				t.Errorf("check of %s-flawed%s: exit code %d, want %d", vendor, ending, got.code, failure.ExitRows)
			}
			for _, f := range flawsOf(vendor) {
				local := slices.Contains(mapping.Codes(), f.Code) || f.Code == outcome.CodeDuplicate || f.Code == outcome.CodeClaimed
				if found := strings.Contains(got.stdout, ": "+f.Code+": "); found != local {
					t.Errorf("check of %s-flawed%s: %s reported: %v, want %v", vendor, ending, f.Code, found, local)
				}
			}
		}
	}
}

// TestGoodCheck: check finds nothing wrong with the good samples.
func TestGoodCheck(t *testing.T) {
	for _, vendor := range allVendors() {
		for _, ending := range []string{".csv", ".xlsx"} {
			if got := runApp(t, nil, "check", vendor, filepath.Join(samplesFolder, vendor+"-contacts"+ending)); got.code != failure.ExitOK {
				t.Errorf("check of %s-contacts%s: exit code %d\n%s", vendor, ending, got.code, got.stdout)
			}
		}
	}
}

func byCode(flaws []flaw) []flaw {
	sorted := slices.Clone(flaws)
	slices.SortFunc(sorted, func(a, b flaw) int { return strings.Compare(a.Code, b.Code) })
	return sorted
}

func readSamplesReadme(t *testing.T) string {
	t.Helper()
	b, err := os.ReadFile(filepath.Join(samplesFolder, "README.md"))
	if err != nil {
		t.Fatal(err)
	}
	return string(b)
}

// readmeLine is a line of a report as the tables of README.md show it, without what to do.
func readmeLine(l reportLine) string {
	return fmt.Sprintf("| %d | %s | %s | %s |", l.Row, l.Outcome, l.Code, strings.ReplaceAll(l.Message, "|", `\|`))
}

// readmeTable returns the rows of the table under a heading, without their last column.
func readmeTable(readme, heading string) []string {
	_, section, _ := strings.Cut(readme, "\n"+heading)
	section, _, _ = strings.Cut(section, "\n## ")
	row := regexp.MustCompile(`(?m)^(\| \d+ \|.*\|)[^|]*\|$`)
	var rows []string
	for _, m := range row.FindAllStringSubmatch(section, -1) {
		rows = append(rows, m[1])
	}
	return rows
}
