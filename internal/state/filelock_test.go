package state

import (
	"context"
	"errors"
	"os"
	"path/filepath"
	"sync"
	"testing"
	"time"
)

// TestFingerprintOfTwoAtOnce: the first two runs of a machine may start together; they must name an account alike.
func TestFingerprintOfTwoAtOnce(t *testing.T) {
	for range 20 {
		root := filepath.Join(t.TempDir(), "state")
		var names [8]string
		var group sync.WaitGroup
		for i := range names {
			group.Go(func() {
				var err error
				if names[i], err = Fingerprint(t.Context(), root, "a", "b"); err != nil {
					t.Error(err)
				}
			})
		}
		group.Wait()
		for _, n := range names {
			if n != names[0] {
				t.Fatalf("names %q", names)
			}
		}
	}
}

// TestKeptBeside: a finished file that cannot take its place is not thrown away.
func TestKeptBeside(t *testing.T) {
	dir := t.TempDir()
	path := filepath.Join(dir, "contacts.xlsx")
	f, err := createLastingFile(path, 0o600)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := f.WriteString("whole"); err != nil {
		t.Fatal(err)
	}
	if err := os.MkdirAll(filepath.Join(path, "in the way"), 0o700); err != nil {
		t.Fatal(err)
	}
	err = f.CommitOrKeep(time.Date(2026, 7, 2, 9, 15, 0, 0, time.UTC))
	var kept *NotReplacedError
	if !errors.As(err, &kept) || kept.Kept != filepath.Join(dir, "contacts.20260702-091500.xlsx") {
		t.Fatalf("error %v", err)
	}
	if data, _ := os.ReadFile(kept.Kept); string(data) != "whole" {
		t.Errorf("kept %q", data)
	}
	if entries, _ := os.ReadDir(dir); len(entries) != 2 {
		t.Errorf("left behind: %v", entries)
	}
}

// TestWaitsEndWithTheContext: no lock that another process holds keeps a command that is interrupted.
func TestWaitsEndWithTheContext(t *testing.T) {
	for name, tt := range map[string]struct {
		lock string
		wait func(ctx context.Context, root string) error
	}{
		"temporary folder": {filepath.Join(scratchFolder, LockEnding), func(ctx context.Context, root string) error {
			_, err := NewScratch(ctx, root)
			return err
		}},
		"salt":        {"salt" + LockEnding, func(ctx context.Context, root string) error { _, err := MendSalt(ctx, root); return err }},
		"fingerprint": {"salt" + LockEnding, func(ctx context.Context, root string) error { _, err := Fingerprint(ctx, root, "a"); return err }},
	} {
		t.Run(name, func(t *testing.T) {
			root, interrupted := t.TempDir(), errors.New("interrupted")
			if err := MakeFolder(filepath.Join(root, scratchFolder)); err != nil {
				t.Fatal(err)
			}
			held := NewLock(filepath.Join(root, tt.lock))
			if free, err := held.TryLock(); err != nil || !free {
				t.Fatalf("lock: %t, %v", free, err)
			}
			defer held.Close()
			ctx, cancel := context.WithTimeoutCause(t.Context(), 50*time.Millisecond, interrupted)
			defer cancel()
			start := time.Now()
			if err := tt.wait(ctx, root); !errors.Is(err, interrupted) || time.Since(start) > 5*time.Second {
				t.Errorf("error %v after %v", err, time.Since(start))
			}
		})
	}
}
