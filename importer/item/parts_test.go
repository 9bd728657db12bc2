package item

import (
	"strings"
	"testing"
	"time"

	"crmferry/importer/outcome"
	"crmferry/importer/survey"
	"crmferry/mapping"
)

// TestPartsTorn: a part that is seen to stay behind the look at all of them keeps those that are still there, and says which may be gone.
func TestPartsTorn(t *testing.T) {
	p := &Parts[int]{first: 7, rows: []*survey.Row[int]{{Part: 1}, {Part: 2}, {Part: 3}}}
	now := time.Now()
	free := func(int, *survey.Row[int]) (*outcome.Result, error) { return &outcome.Result{}, nil }
	stays := func(seq int) string {
		why, err := p.Stays(seq, now, time.Minute, free)
		if err != nil {
			t.Fatal(err)
		}
		return why
	}
	if why := stays(7); why != "" {
		t.Fatalf("the first stays: %s", why)
	}
	p.Decided(7, &outcome.Result{Outcome: outcome.Deleted}) // tells nothing of others
	edited := &outcome.Result{ID: "12", Outcome: outcome.Skipped, Problems: []mapping.Problem{{Code: outcome.CodeEditedSince, Field: "note_title"}}}
	for range 2 {
		if p.Decided(8, edited); len(edited.Notes) != 1 || !strings.Contains(edited.Notes[0], "not the whole of the row: part 1 was deleted, or was about to be") {
			t.Errorf("the edited one: %q", edited.Notes)
		}
	}
	if why := stays(9); why != "part 2 of the row (12) stays, and its parts are taken back together: somebody has changed its note_title" {
		t.Errorf("the third: %q", why)
	}
}

// TestPartsAlone: a part that may be taken away, and is seen to stay when it is looked at again, is not among those that may be gone.
func TestPartsAlone(t *testing.T) {
	p := &Parts[int]{first: 7, rows: []*survey.Row[int]{{Part: 1}, {Part: 2}}}
	free := func(int, *survey.Row[int]) (*outcome.Result, error) { return &outcome.Result{}, nil }
	edited := &outcome.Result{ID: "12", Outcome: outcome.Skipped}
	if why, err := p.Stays(8, time.Now(), time.Minute, free); why != "" || err != nil {
		t.Fatalf("%q, %v", why, err)
	}
	if p.Decided(8, edited); edited.Notes != nil {
		t.Errorf("the edited one: %q", edited.Notes)
	}
}
