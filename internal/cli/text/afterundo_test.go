package text

import (
	"testing"

	"crmferry/importer/outcome"
	"crmferry/internal/history"
	"crmferry/internal/job"
)

// TestAfterPlannedUndo: behind the dry run of an undo stands a command that is not refused: where an undo of the run is unfinished,
// the one that goes on with it, and with its rows.
func TestAfterPlannedUndo(t *testing.T) {
	for want, begun := range map[string]*history.Undone{
		"crmferry undo RUN --rows 2-5":             nil,
		"crmferry undo RUN --resume":               {},
		"crmferry undo RUN --resume --rows 7,9-12": {Rows: "7,9-12"},
	} {
		r := &job.ImportResult{ImportFacts: job.ImportFacts{Request: &job.ImportRequest{DryRun: true, Undo: &job.Undoing{Begun: begun}}},
			Summary: &outcome.Summary{Actions: map[outcome.Action]int{outcome.ActionUpdate: 1}}}
		g := Given{Undo: "RUN", Flags: []Flag{{"rows", []string{"--rows", "2-5"}}, {"dry-run", []string{"--dry-run"}}}}
		if got := afterUndo(r, g); got != want {
			t.Errorf("%s, want %s", got, want)
		}
	}
}
