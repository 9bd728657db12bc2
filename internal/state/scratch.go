package state

import (
	"context"
	"crypto/rand"
	"encoding/hex"
	"fmt"
	"os"
	"path/filepath"
	"strings"

	"github.com/gofrs/flock"
)

const (
	// scratchFolder holds, below a root, the folders of runs of which nothing is kept.
	scratchFolder = "temporary"
)

// Scratch is the folder of a run of which nothing is kept. A lock beside it says that its process lives: what a killed
// process leaves is removed by RemoveScratch.
type Scratch struct {
	Dir  string
	lock *flock.Flock // nil in file systems without locks
}

// NewScratch makes such a folder below root, which only the user may enter. It waits while leftovers are removed there.
func NewScratch(ctx context.Context, root string) (*Scratch, error) {
	folder := filepath.Join(root, scratchFolder)
	for _, dir := range []string{root, folder} {
		if err := MakeFolder(dir); err != nil {
			return nil, err
		}
	}
	turn := scratchLock(folder)
	defer unlockTemp(turn)
	_, _ = turn.TryLockContext(ctx, lockRetry) // if it fails there are no locks, and nothing is removed
	if err := ctx.Err(); err != nil {
		return nil, context.Cause(ctx)
	}
	var name [6]byte
	_, _ = rand.Read(name[:]) // never fails, by its documentation
	s := &Scratch{Dir: filepath.Join(folder, hex.EncodeToString(name[:]))}
	s.lock = NewLock(s.Dir + LockEnding)
	if free, err := s.lock.TryLock(); err != nil || !free {
		s.lock = nil
	}
	if err := os.Mkdir(s.Dir, 0o700); err != nil {
		unlockTemp(s.lock)
		return nil, fmt.Errorf("make temporary folder %q: %w", s.Dir, Cause(err))
	}
	return s, nil
}

// Remove removes the folder and all that is in it.
func (s *Scratch) Remove() error {
	err := os.RemoveAll(s.Dir)
	unlockTemp(s.lock)
	_ = os.Remove(s.Dir + LockEnding)
	if err != nil {
		return fmt.Errorf("remove temporary folder %q: %w", s.Dir, Cause(err))
	}
	return nil
}

// RemoveScratch removes the temporary folders below root whose processes are gone. What cannot be removed stays: it
// does no harm.
func RemoveScratch(root string) {
	folder := filepath.Join(root, scratchFolder)
	entries, err := os.ReadDir(folder)
	if err != nil || len(entries) == 0 {
		return
	}
	turn := scratchLock(folder)
	if free, err := turn.TryLock(); err != nil || !free {
		return // another process does so at this moment, or is about to use a new one
	}
	defer unlockTemp(turn)
	for _, e := range entries {
		if name := strings.TrimSuffix(e.Name(), LockEnding); name != "" {
			(&Scratch{Dir: filepath.Join(folder, name)}).removeLeft()
		}
	}
}

// removeLeft removes the folder unless its process lives. The caller holds the turn.
func (s *Scratch) removeLeft() {
	s.lock = NewLock(s.Dir + LockEnding)
	if free, err := s.lock.TryLock(); err == nil && free {
		_ = s.Remove()
	}
}

// scratchLock lets one process at a time make or remove folders, so that none is taken for a leftover before its own
// lock is held.
func scratchLock(folder string) *flock.Flock { return NewLock(filepath.Join(folder, LockEnding)) }
