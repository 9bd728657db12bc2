package history

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"time"

	"crmferry/importer/runrows"
	"crmferry/internal/state"
)

// KeepReason is why an old run is not removed.
type KeepReason int

// Why an old run is not removed. All but the first three hold only for runs that the user has not named.
const (
	Removable        KeepReason = iota // it is removed
	KeepRunning                        // it is going on
	KeepBeginning                      // it may be about to begin
	KeepResumable                      // it can be resumed
	KeepNeeded                         // another run that is not over needs it
	KeepUnapplied                      // it is a plan that is not applied
	KeepUnreadable                     // its record cannot be read
	KeepAgainstTwice                   // its record keeps the file from being imported twice
)

// leastLeftover is how old a run that never began must be to be removed: a younger one may be about to begin.
const leastLeftover = 24 * time.Hour

// Keep says why an old run is not removed. named says that the user named this very run; canLookUp that the contacts of
// its resource are found again, so that its record is not all that keeps its file from being imported twice.
func (p *Past) Keep(named, canLookUp bool, now time.Time) KeepReason {
	switch {
	case p.State == Running:
		return KeepRunning
	case p.State == NotBegun && now.Sub(p.Since) < leastLeftover:
		return KeepBeginning
	case named:
		return Removable
	case p.State == Resumable:
		return KeepResumable
	case p.NeededBy != "":
		return KeepNeeded
	case p.Unapplied():
		return KeepUnapplied
	case p.State == Unreadable:
		return KeepUnreadable
	case !canLookUp && p.Imported() && p.Kind != Plan && p.Record.MayHaveCreated():
		return KeepAgainstTwice
	}
	return Removable
}

// Pruned is what PruneCopies has removed.
type Pruned struct {
	Runs  int
	Bytes int64
}

// PruneCopies removes the copies of files, and the converted rows, of runs that are over for longer than age. What they did
// stays known, and can be taken back, by their journals. Nothing is taken from a run that can be resumed, from a plan that is
// still to be applied, or from what cannot be read. A file that cannot be removed keeps no other one; one that is gone already was
// removed by another command.
func PruneCopies(root string, age time.Duration, now time.Time) (done Pruned, err error) {
	runs, err := state.Runs(root)
	if err != nil {
		return done, err
	}
	var left []error
	for _, r := range runs {
		if now.Sub(r.Started()) < age {
			continue
		}
		copies := copiesIn(r)
		if len(copies) == 0 {
			continue
		}
		if p := ReadPast(root, r); !p.isDone(root) || now.Sub(p.Over()) < age {
			continue
		}
		files, size, err := removeAll(copies)
		if files > 0 {
			done.Runs++
			done.Bytes += size
		}
		if err != nil {
			left = append(left, fmt.Errorf("remove a copy that the run %s has kept: %w", r.ID, err))
		}
	}
	return done, errors.Join(left...)
}

// removeAll removes files, all that it can, and says how many and how large they were.
func removeAll(paths []string) (files int, bytes int64, err error) {
	for _, path := range paths {
		size, _ := state.SizeOf(path) // for people to know
		switch e := os.Remove(path); {
		case e == nil:
			files++
			bytes += size
		case !errors.Is(e, fs.ErrNotExist):
			err = errors.Join(err, e)
		}
	}
	return files, bytes, err
}

// copiesIn are the files of a run that hold its input, as it was and as it was converted.
func copiesIn(r state.Run) (copies []string) {
	entries, _ := os.ReadDir(r.Dir) // of what cannot be read nothing is removed
	for _, e := range entries {
		if path := filepath.Join(r.Dir, e.Name()); slices.Contains(runrows.Files(r.Dir), path) || path == r.Input(e.Name()) {
			copies = append(copies, path)
		}
	}
	return copies
}

// isDone reports whether nothing goes on with a run: neither itself, nor another run that applies it.
func (p *Past) isDone(root string) bool {
	if p.Record == nil || p.State != Finished && p.State != Abandoned || p.Unapplied() {
		return false
	}
	if p.Record.Planned == nil {
		return true
	}
	return !slices.ContainsFunc(p.Record.Planned.Applied, func(id string) bool {
		return ReadPast(root, state.Run{ID: id, Dir: filepath.Join(root, id)}).goesOn()
	})
}
