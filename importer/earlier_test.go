package importer_test

import (
	"errors"
	"path/filepath"
	"testing"

	"crmferry/importer/journal"
	"crmferry/importer/modes"
	"crmferry/importer/outcome"
	"crmferry/importer/survey"
	"crmferry/internal/crm/cloverhound"
	"crmferry/mapping"

	"crmferry/importer"
)

// TestFollow: what a run did with each of its rows is read from its journal, and the rows that are taken become those of
// another run, with what the first did.
func TestFollow(t *testing.T) {
	f := newFake()
	f.seed(2)
	dir := t.TempDir()
	path := filepath.Join(dir, "journal.jsonl")
	got := session(t, t.Context(), finds{creates: creates{f: f}}, writeFile(t, "Full name,Email", "New,new@example.com", "Changed,known.0@example.com", "Known 1,known.1@example.com", "Bad,nobody"), path, importer.Options{})
	if got.err != nil {
		t.Fatal(got.err)
	}
	did := map[int]*journal.Row{}
	damage, err := journal.Rows(path, func(r *journal.Row) error {
		did[r.Seq] = r
		return nil
	})
	if err != nil || damage.String() != "" || len(did) != 4 || len(did[0].Images) != 0 || len(did[1].Images) != 1 || !did[1].Written || did[2].Written {
		t.Fatalf("%v, %v: %v", err, damage, did)
	}
	table, to := mapping.CloverhoundContacts(), filepath.Join(dir, "taken")
	s, err := survey.Follow(t.Context(), table, path+".rows", to, func(seq int, r *survey.Row[cloverhound.Contact]) (bool, error) {
		if !did[seq].Written {
			return false, nil
		}
		r.ByID(did[seq].Result.ID)
		r.Earlier = &survey.Earlier{Result: *did[seq].Result, Images: did[seq].Images}
		return true, nil
	})
	if err != nil || s.Rows != 2 || s.ByID != 2 || s.Keys != 2 {
		t.Fatalf("%v: %+v", err, s)
	}
	var outcomes []outcome.Outcome
	file, err := survey.Read(t.Context(), table, survey.Options{Keep: to, Name: "taken"}, func(_ int, r *survey.Row[cloverhound.Contact]) {
		outcomes = append(outcomes, r.Earlier.Result.Outcome)
	})
	if err != nil || file.Survey.Rows != 2 || len(outcomes) != 2 || outcomes[0] != outcome.Created || outcomes[1] != outcome.Updated {
		t.Errorf("%v: %v", err, outcomes)
	}
	if _, err := importer.New(t.Context(), table, importer.Options{Keep: to, Mode: modes.Upsert}); !errors.Is(err, importer.ErrOtherRows) {
		t.Errorf("rows of an undo are imported: %v", err)
	}
	if _, err := importer.New(t.Context(), table, importer.Options{Keep: path + ".rows", From: modes.FromRun}); !errors.Is(err, importer.ErrOtherRows) {
		t.Errorf("rows of an import are taken back: %v", err)
	}
	_, err = survey.Follow(t.Context(), table, path+".rows", filepath.Join(dir, "none"), func(int, *survey.Row[cloverhound.Contact]) (bool, error) { return false, nil })
	if !errors.Is(err, survey.ErrNoneTaken) {
		t.Error(err)
	}
}
