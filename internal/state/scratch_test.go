package state

import (
	"io/fs"
	"os"
	"path/filepath"
	"testing"
)

// wantScratch fails unless root holds this many temporary folders, and no locks of others.
func wantScratch(t *testing.T, root string, want int) {
	t.Helper()
	entries, err := os.ReadDir(filepath.Join(root, scratchFolder))
	if err != nil {
		t.Fatal(err)
	}
	folders, locks := 0, -1 // the turn's
	for _, e := range entries {
		if e.IsDir() {
			folders++
		} else {
			locks++
		}
	}
	if folders != want || locks != want {
		t.Errorf("%d folders and %d locks, want %d: %v", folders, locks, want, entries)
	}
}

// TestScratch: what a living process uses stays, whoever clears up; what a dead one left goes.
func TestScratch(t *testing.T) {
	root := filepath.Join(t.TempDir(), "crmferry")
	RemoveScratch(root)
	if _, err := os.Stat(root); err == nil {
		t.Error("clearing up has made the root")
	}
	living, err := NewScratch(t.Context(), root)
	if err != nil {
		t.Fatal(err)
	}
	dead, err := NewScratch(t.Context(), root)
	if err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(filepath.Join(dead.Dir, "input.csv"), []byte("Email\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	unlockTemp(dead.lock) // as the system does
	if info, err := os.Stat(living.Dir); err != nil || info.Mode() != fs.ModeDir|0o700 {
		t.Errorf("mode %v, %v", info.Mode(), err)
	}
	RemoveScratch(root)
	wantScratch(t, root, 1)
	if _, err := os.Stat(living.Dir); err != nil {
		t.Error(err)
	}
	if err := living.Remove(); err != nil {
		t.Error(err)
	}
	RemoveScratch(root)
	wantScratch(t, root, 0)
	if runs, err := Runs(root); err != nil || len(runs) != 0 {
		t.Errorf("taken for runs: %v, %v", runs, err)
	}
}
