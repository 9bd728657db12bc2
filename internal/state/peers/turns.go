package peers

import (
	"context"
	"errors"
	"fmt"
	"hash/crc32"
	"io"
	"os"
	"path/filepath"
	"time"

	"crmferry/internal/state"
)

// turnFolder holds the turns below a root.
const turnFolder = "turns"

// Turns is when the requests of an account may leave, over all commands of this folder that send some, one after the other.
// It is kept in a file, which is written for each request and never synced: what a machine that loses its power forgets is one
// turn.
type Turns struct {
	path  string
	every time.Duration
	now   func() time.Time
}

// OpenTurns returns the turns of an account, named by its Fingerprint, below root. One turn is an interval after the one before.
func OpenTurns(root, account string, every time.Duration, now func() time.Time) (*Turns, error) {
	for _, dir := range []string{root, filepath.Join(root, turnFolder)} {
		if err := state.MakeFolder(dir); err != nil {
			return nil, err
		}
	}
	return &Turns{path: filepath.Join(root, turnFolder, account), every: every, now: now}, nil
}

// Turn is one turn that was taken.
type Turn struct {
	Wait time.Duration // until it is there; negative if it was there before
	next int64         // when the one after it is
}

// Take takes the first turn that nobody has and that is no sooner than after. It waits for nobody who waits for a turn.
func (t *Turns) Take(ctx context.Context, after time.Duration) (Turn, error) {
	var turn Turn
	err := t.change(ctx, func(r *turns, now time.Time) {
		turn.Wait = max(after, time.Duration(r.next-now.UnixNano()))
		r.next = now.Add(turn.Wait + t.every).UnixNano()
		turn.next = r.next
	})
	return turn, err
}

// Return gives back a turn that was not used, unless somebody has taken the one after it.
func (t *Turns) Return(ctx context.Context, turn Turn) error {
	return t.change(ctx, func(r *turns, _ time.Time) {
		if r.next == turn.next {
			r.next -= int64(t.every)
		}
	})
}

// Keep takes note that a turn is used only now, when it is late, and reports whether it still may be: not if somebody has taken the
// one after it, which would come too soon.
func (t *Turns) Keep(ctx context.Context, turn Turn) (bool, error) {
	kept := false
	err := t.change(ctx, func(r *turns, now time.Time) {
		if kept = r.next == turn.next; kept {
			r.next = now.Add(t.every).UnixNano()
		}
	})
	return kept, err
}

// turns are what the file of the turns says.
type turns struct {
	next    int64 // when the next turn is, in nanoseconds of Unix
	written int64 // when that was written
}

// turnsForm is how they are written, with their checksum.
const turnsForm = "%020d %020d %08x\n"

// turnsSize is how long that is.
const turnsSize = 20 + 1 + 20 + 1 + 8 + 1

func (r turns) sum() uint32 {
	return crc32.ChecksumIEEE(fmt.Appendf(nil, "%d %d", r.next, r.written))
}

// readTurns reads what the file says. Where it is damaged, or the clock was set back since, a request may have left just now: the
// next turn is an interval later. Where there is no file yet none has left.
func readTurns(f io.ReaderAt, now time.Time, every time.Duration) turns {
	var buf [turnsSize]byte
	n, err := f.ReadAt(buf[:], 0)
	if n == 0 && errors.Is(err, io.EOF) {
		return turns{next: now.UnixNano()}
	}
	var r turns
	var sum uint32
	_, err = fmt.Sscanf(string(buf[:n]), turnsForm, &r.next, &r.written, &sum)
	written := time.Unix(0, r.written)
	if err != nil || sum != r.sum() || now.Before(written.Add(-clockSlack)) || time.Unix(0, r.next).Sub(written) > maxPause {
		return turns{next: now.Add(every).UnixNano()}
	}
	return r
}

// change changes the file of the turns while no other process does.
func (t *Turns) change(ctx context.Context, f func(r *turns, now time.Time)) error {
	lock := state.NewLock(t.path + state.LockEnding)
	if err := state.LockBriefly(ctx, lock); err != nil {
		return fmt.Errorf("lock turns %q: %w", t.path, state.Cause(err))
	}
	defer lock.Close()
	file, err := os.OpenFile(t.path, os.O_RDWR|os.O_CREATE, 0o600)
	if err != nil {
		return fmt.Errorf("open turns %q: %w", t.path, state.Cause(err))
	}
	defer file.Close()
	now := t.now()
	r := readTurns(file, now, t.every)
	f(&r, now)
	r.written = now.UnixNano()
	if _, err := file.WriteAt(fmt.Appendf(nil, turnsForm, r.next, r.written, r.sum()), 0); err != nil {
		return fmt.Errorf("write turns %q: %w", t.path, state.Cause(err))
	}
	return nil
}
