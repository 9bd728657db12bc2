package history

import (
	"testing"
	"time"

	"crmferry/internal/state"
)

// TestReplace: a run that takes the place of another one abandons it when it begins, not before, whenever the process ends;
// and gives it back where it has sent nothing.
func TestReplace(t *testing.T) {
	now := time.Date(2026, 7, 2, 9, 0, 0, 0, time.UTC)
	record := func(t *testing.T, root string) *Record {
		run, err := state.NewRun(root, Import, "growcrm", now)
		if err != nil {
			t.Fatal(err)
		}
		return &Record{Run: *run, Kind: Import, State: Prepared}
	}
	for _, tt := range []struct {
		name  string
		after func(next *Record) error
		want  string // what becomes of the earlier run
	}{
		{"not begun", func(next *Record) error { return next.Write() }, Stopped},
		{"begun", func(next *Record) error { return next.Begin("r.csv", 3, 0, now) }, Abandoned},
		{"killed while it began", func(next *Record) error { next.State = Running; return next.Write() }, Abandoned},
		{"sent nothing", func(next *Record) error {
			if err := next.Begin("r.csv", 3, 0, now); err != nil {
				return err
			}
			if err := next.Unbegin(); err != nil {
				return err
			}
			return next.Run.Remove()
		}, Stopped},
	} {
		t.Run(tt.name, func(t *testing.T) {
			root := t.TempDir()
			past, next := record(t, root), record(t, root)
			past.State = Stopped
			if err := past.Write(); err != nil {
				t.Fatal(err)
			}
			next.Replace(past)
			if err := tt.after(next); err != nil {
				t.Fatal(err)
			}
			begun, _, err := Imports(root)
			if err != nil {
				t.Fatal(err)
			}
			for _, rec := range begun {
				if rec.Run.ID == past.Run.ID && rec.State != tt.want {
					t.Errorf("the earlier run is %s, want %s", rec.State, tt.want)
				}
			}
		})
	}
}
