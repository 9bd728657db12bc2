package job

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"time"

	"crmferry/importer/runrows"
	"crmferry/internal/failure"
	"crmferry/internal/history"
	"crmferry/internal/job/advise"
	"crmferry/internal/job/files"
	"crmferry/internal/job/plans"
	"crmferry/internal/state"
	"crmferry/internal/state/peers"
)

// workspace is the folder of a run and its copy of the input.
type workspace struct {
	root      string
	run       *state.Run
	input     string // the copy
	account   string // of the key in use
	record    history.Record
	lock      *peers.Lock
	machine   *peers.MachineLock
	pastLock  *peers.Lock        // of the key that an earlier run was begun with, if that is another one
	past      *history.Record    // that run
	resumed   bool               // the run was begun earlier
	copyLost  error              // why the run could not go on without its rows: its copy of the input is not what it was; nil for most
	temporary bool               // nothing of the run is kept: a sandbox forgets
	scratch   *state.Scratch     // the folder of a temporary run
	damaged   []*history.Damaged // earlier runs, perhaps of this file
}

// newWorkspace makes the folder of the run and copies the input into it.
func newWorkspace(ctx context.Context, r *Runner, q *ImportRequest, c *Connection) (*workspace, error) {
	in := q.input()
	if err := in.Check(); err != nil {
		kept, ok := r.keptInput(ctx, q, c)
		if !ok {
			return nil, err
		}
		in = kept
		r.Event(InputGone{q.Input.Name()})
	}
	w := &workspace{temporary: !q.isKept()}
	if err := w.make(ctx, r, q, c, in); err != nil {
		w.close()
		return nil, err
	}
	return w, nil
}

// keptInput is the copy that the run which is to be resumed holds of a file that is gone.
func (r *Runner) keptInput(ctx context.Context, q *ImportRequest, c *Connection) (in files.Input, ok bool) {
	root, err := state.RootIn(r.Lookup)
	if err != nil || q.Resume == "" || q.applied != nil || state.Exists(q.Input.File) {
		return in, false
	}
	begun, _, err := history.Imports(root)
	if err != nil || len(begun) == 0 {
		return in, false
	}
	if q.Resume != NewestRun {
		begun = history.Named(begun, q.Resume) // of which it is checked later that it can go on
	} else if begun, err = unfinishedOf(ctx, root, begun, q, c); err != nil {
		return in, false
	}
	for _, past := range begun {
		if in.File = past.Run.Input(past.File); state.CheckInput(in.File, past.Size, past.SHA256) == nil {
			return in, true
		}
	}
	return in, false
}

// unfinishedOf are the unfinished runs of the same path into the same resource of the account.
func unfinishedOf(ctx context.Context, root string, begun []*history.Record, q *ImportRequest, c *Connection) ([]*history.Record, error) {
	place, err := c.Place(ctx, root)
	if err != nil {
		return nil, err
	}
	key, err := c.Fingerprint(ctx, root)
	if err != nil {
		return nil, err
	}
	path := history.Absolute(q.Input.File)
	return slices.DeleteFunc(begun, func(past *history.Record) bool {
		return !past.Unfinished() || past.Path != path || past.Resource != q.Resource.ID() || past.Place != place ||
			past.Account != key && q.Resource.Vendor().TellsApart(past.Name, q.Resource.Account().Name)
	}), nil
}

// make makes the folder, with its record before anything else that tells of a run.
func (w *workspace) make(ctx context.Context, r *Runner, q *ImportRequest, c *Connection, in files.Input) (err error) {
	if err := w.makeRoot(ctx, r); err != nil {
		return noRoot(ctx, err)
	}
	if w.run, err = state.NewRun(w.root, q.kind(), q.Resource.Vendor().ID, r.Now()); err != nil {
		return noRoot(ctx, err)
	}
	if err := w.describe(ctx, r, q, c); err != nil {
		return err
	}
	if w.input, w.record.Size, w.record.SHA256, err = r.CopyInput(ctx, w.run, in); err != nil {
		return err
	}
	if q.applied != nil {
		if err := w.follow(q.applied.Record); err != nil {
			return err
		}
	}
	return w.record.Write()
}

// follow makes the run one that applies a plan: it is of the plan's file.
func (w *workspace) follow(plan *history.Record) error {
	if w.record.SHA256 != plan.SHA256 {
		return plans.Damaged(plan, errors.New("its copy of the input is not what it was"))
	}
	w.record.Plan, w.record.File, w.record.Path, w.record.Limit = plan.Run.ID, plan.File, plan.Path, plan.Limit
	return nil
}

// noRoot explains that the records of runs cannot be written.
func noRoot(ctx context.Context, err error) error {
	if ctx.Err() != nil {
		return err
	}
	return failure.New(failure.ExitFailed, err, "nothing was sent; the records of runs need a folder that can be written: "+state.RootVariable+" names another one")
}

// describe fills in what is known before the file is read.
func (w *workspace) describe(ctx context.Context, r *Runner, q *ImportRequest, c *Connection) (err error) {
	if w.account, err = c.Fingerprint(ctx, w.root); err != nil {
		return err
	}
	w.record = history.Record{Run: *w.run, Kind: q.kind(), Args: r.Args, Resource: q.Resource.ID(), Name: q.Resource.Account().Name, Organization: c.Organization(), Account: w.account, BaseURL: c.Base().String(),
		Anew: q.Restart, File: q.Input.File, Mode: string(q.Mode), Limit: q.Limit, Started: r.Now(), State: history.Prepared}
	if w.record.Place, err = c.Place(ctx, w.root); err != nil {
		return err
	}
	if w.record.Salt, err = state.SaltMark(w.root); err != nil {
		return err
	}
	w.record.Path, err = filepath.Abs(q.Input.Origin())
	return err
}

// makeRoot makes the folder that the run's folder is in: that of all runs, or one below it that goes with the run.
func (w *workspace) makeRoot(ctx context.Context, r *Runner) (err error) {
	if w.root, err = state.RootIn(r.Lookup); err != nil {
		return err
	}
	if w.temporary {
		if w.scratch, err = state.NewScratch(ctx, w.root); err != nil {
			return err
		}
		w.root = w.scratch.Dir
	}
	return r.MendSalt(ctx, w.root)
}

// finishedBefore reports whether the run that is resumed is finished.
func (w *workspace) finishedBefore() bool { return w.resumed && !w.record.Unfinished() }

// rowsPath is where the rows of the run are kept as they were converted.
func (w *workspace) rowsPath() string { return filepath.Join(w.run.Dir, runrows.Name) }

// adopt takes the place of the new run by an earlier one, with its copy of the input.
func (w *workspace) adopt(past *history.Record, input string) error {
	fresh := w.run
	w.run, w.record, w.resumed, w.input = &past.Run, *past, true, input
	return errors.Join(w.lock.GoesOnWith(past.Run.ID), fresh.Remove())
}

// lend gives a finished run that has kept no copy of its input the copy of the same file that was just made, until the end
// of this command.
func (w *workspace) lend(past *history.Record) error {
	if past.SHA256 != w.record.SHA256 {
		return failure.Refusef(advise.WriteReport{Run: past.Run.ID}, "the run %s has kept no copy of its input, and the file has changed since", past.Run.ID)
	}
	if err := os.Rename(w.input, past.Run.Input(past.File)); err != nil {
		return fmt.Errorf("resume the run %s: %w", past.Run.ID, err)
	}
	return nil
}

// neverBegan lets nothing be kept of a run that has sent nothing, for the reason err.
func (w *workspace) neverBegan(err error) error {
	if w.resumed {
		return err
	}
	return failure.With(err, w.record.Unbegin())
}

// takeLock takes the account's locks for a run that may write: that of this folder, and that of the machine.
func (w *workspace) takeLock(ctx context.Context, r *Runner, c *Connection, wait time.Duration) (err error) {
	if w.temporary || w.record.Kind == history.Plan {
		return nil
	}
	begun := time.Now()
	if w.lock, err = r.LockAccount(ctx, w.root, w.record.Account, w.run.ID, wait); err != nil {
		return err
	}
	w.machine, err = r.lockMachine(ctx, c, wait, max(0, wait-time.Since(begun)))
	return err
}

// lockPast makes sure that an unfinished run does not go on elsewhere with the key that it was begun with.
func (w *workspace) lockPast(ctx context.Context, r *Runner, past *history.Record, wait time.Duration) (err error) {
	if past.Account == w.record.Account || !past.Unfinished() {
		return nil
	}
	w.past = past
	w.pastLock, err = r.LockAccount(ctx, w.root, past.Account, past.Run.ID, wait)
	return err
}

// unlock frees the locks.
func (w *workspace) unlock() {
	w.pastLock.Unlock()
	w.machine.Unlock()
	w.lock.Unlock()
}

// lockAgain takes the locks that unlock has freed.
func (w *workspace) lockAgain(ctx context.Context, r *Runner, c *Connection, wait time.Duration) error {
	err := w.takeLock(ctx, r, c, wait)
	if err == nil && w.past != nil {
		err = w.lockPast(ctx, r, w.past, wait)
	}
	return err
}

// close removes what is not to be kept: all of a temporary run, and a run that never began. It frees the locks.
func (w *workspace) close() {
	if w == nil {
		return
	}
	defer w.unlock()
	switch {
	case w.scratch != nil:
		_ = w.scratch.Remove()
	case w.record.Kind == history.Plan && w.record.State != history.Finished:
		_ = w.run.Remove() // only the whole of it can be applied
	case w.record.Erased:
		_ = os.Remove(w.input)
		_ = runrows.Remove(w.rowsPath())
	case w.resumed:
	case w.run != nil && (w.record.State == "" || w.record.State == history.Prepared):
		_ = w.run.Remove()
	}
}
