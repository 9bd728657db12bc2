package history

import (
	"errors"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"crmferry/importer/outcome"
	"crmferry/importer/runrows"
	"crmferry/internal/state"
)

// runOfDaysAgo makes a run with all files that one can have.
func runOfDaysAgo(t *testing.T, root, kind string, now time.Time, days int, rec Record) state.Run {
	t.Helper()
	began := now.Add(-time.Duration(days) * 24 * time.Hour)
	run, err := state.NewRun(root, kind, "growcrm", began)
	if err != nil {
		t.Fatal(err)
	}
	rec.Kind, rec.Resource, rec.File, rec.Started = kind, "growcrm", "leads.csv", began
	if rec.Finished.IsZero() && (rec.State == Finished || rec.State == Abandoned) {
		rec.Finished = began.Add(time.Hour)
	}
	if rec.State != "" {
		if err := run.WriteRecord(&rec); err != nil {
			t.Fatal(err)
		}
	}
	for _, name := range []string{"input.csv", journalName, runrows.Name, "rows.index"} {
		if err := os.WriteFile(filepath.Join(run.Dir, name), []byte("12345"), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	return *run
}

func TestPruneCopies(t *testing.T) {
	now := time.Date(2026, 7, 2, 9, 0, 0, 0, time.UTC)
	sends := &Planned{Actions: map[outcome.Action]int{outcome.ActionCreate: 3}}
	for _, test := range []struct {
		name, kind string
		days       int
		rec        Record
		by         string // the state of a run that applies the plan
		pruned     bool
	}{
		{"old import", Import, 100, Record{State: Finished}, "", true},
		{"old undo", Undo, 100, Record{State: Finished}, "", true},
		{"young import", Import, 80, Record{State: Finished}, "", false},
		{"begun long ago, ended lately", Import, 100, Record{State: Finished, Finished: now.Add(-time.Hour)}, "", false},
		{"can be resumed", Import, 100, Record{State: Stopped}, "", false},
		{"another took its place", Import, 100, Record{State: Abandoned}, "", true},
		{"its record is gone", Import, 100, Record{}, "", false},
		{"plan that is not applied", Plan, 100, Record{State: Finished, Planned: sends}, "", false},
		{"plan that does nothing", Plan, 100, Record{State: Finished, Planned: &Planned{}}, "", true},
		{"plan that is applied", Plan, 100, Record{State: Finished, Planned: sends}, Finished, true},
		{"plan whose run can be resumed", Plan, 100, Record{State: Finished, Planned: sends}, Stopped, false},
	} {
		t.Run(test.name, func(t *testing.T) {
			root := t.TempDir()
			if test.by != "" {
				by := runOfDaysAgo(t, root, Apply, now, 10, Record{State: test.by})
				planned := *test.rec.Planned
				planned.Applied = []string{by.ID}
				test.rec.Planned = &planned
			}
			run := runOfDaysAgo(t, root, test.kind, now, test.days, test.rec)
			done, err := PruneCopies(root, 90*24*time.Hour, now)
			if err != nil {
				t.Fatal(err)
			}
			left := filesIn(t, run.Dir)
			if !slices.Contains(left, journalName) {
				t.Errorf("the journal is gone: %s is left", left)
			}
			if pruned := !slices.ContainsFunc(left, func(f string) bool { return strings.HasPrefix(f, "input") || strings.HasPrefix(f, "rows") }); pruned != test.pruned {
				t.Errorf("pruned: %t, want %t: %s is left", pruned, test.pruned, left)
			}
			if test.pruned && done != (Pruned{Runs: 1, Bytes: 15}) || !test.pruned && done != (Pruned{}) {
				t.Errorf("it says %+v", done)
			}
			if again, err := PruneCopies(root, 90*24*time.Hour, now); err != nil || again != (Pruned{}) {
				t.Errorf("once more: %+v, %v", again, err)
			}
		})
	}
}

// TestPruneCopiesGoesOn: what cannot be removed of one run keeps nothing of another, nor of itself; both are told of.
func TestPruneCopiesGoesOn(t *testing.T) {
	now := time.Date(2026, 7, 2, 9, 0, 0, 0, time.UTC)
	root := t.TempDir()
	older := runOfDaysAgo(t, root, Import, now, 120, Record{State: Finished})
	held := runOfDaysAgo(t, root, Import, now, 110, Record{State: Finished})
	younger := runOfDaysAgo(t, root, Import, now, 100, Record{State: Finished})
	input := filepath.Join(held.Dir, "input.csv")
	if err := errors.Join(os.Remove(input), os.MkdirAll(filepath.Join(input, "held"), 0o700)); err != nil { // no folder with something in it is removed
		t.Fatal(err)
	}
	done, err := PruneCopies(root, 90*24*time.Hour, now)
	if err == nil || !strings.Contains(err.Error(), held.ID) || done.Runs != 3 || done.Bytes != 40 {
		t.Errorf("%+v, %v", done, err)
	}
	for _, run := range []state.Run{older, younger} {
		if left := filesIn(t, run.Dir); slices.Contains(left, "input.csv") || slices.Contains(left, runrows.Name) {
			t.Errorf("%s has %s", run.ID, left)
		}
	}
	if again, err := PruneCopies(root, 90*24*time.Hour, now); err == nil || again != (Pruned{}) {
		t.Errorf("once more: %+v, %v", again, err)
	}
}

// TestRemoveAllGone: a file that another command has removed is no failure, and not counted.
func TestRemoveAllGone(t *testing.T) {
	path := filepath.Join(t.TempDir(), "there")
	if err := os.WriteFile(path, []byte("12345"), 0o600); err != nil {
		t.Fatal(err)
	}
	if files, size, err := removeAll([]string{path + ".gone", path}); files != 1 || size != 5 || err != nil {
		t.Errorf("%d, %d, %v", files, size, err)
	}
}

func filesIn(t *testing.T, dir string) (names []string) {
	t.Helper()
	entries, err := os.ReadDir(dir)
	if err != nil {
		t.Fatal(err)
	}
	for _, e := range entries {
		names = append(names, e.Name())
	}
	return names
}

// TestNeeded: what an unfinished run goes on from is known as needed until that run is over.
func TestNeeded(t *testing.T) {
	now := time.Date(2026, 7, 2, 9, 0, 0, 0, time.UTC)
	for state, needed := range map[string]bool{Stopped: true, Finished: false, Abandoned: false} {
		root := t.TempDir()
		apply := runOfDaysAgo(t, root, Apply, now, 10, Record{State: state})
		plan := runOfDaysAgo(t, root, Plan, now, 20, Record{State: Finished, Planned: &Planned{Applied: []string{"gone", apply.ID}}})
		imported := runOfDaysAgo(t, root, Import, now, 30, Record{State: Finished})
		undo := runOfDaysAgo(t, root, Undo, now, 5, Record{State: state, Undone: &Undone{Run: imported.ID}})
		want := map[string]string{plan.ID: apply.ID, imported.ID: undo.ID}
		runs, err := Runs(root)
		if err != nil {
			t.Fatal(err)
		}
		for _, p := range runs {
			if by := want[p.ID]; needed && p.NeededBy != by || !needed && p.NeededBy != "" {
				t.Errorf("%s: %s is needed by %q, want %q", state, p.ID, p.NeededBy, by)
			}
		}
	}
}
