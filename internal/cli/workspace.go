package cli

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"time"

	"crmferry/internal/account"
	"crmferry/internal/failure"
	"crmferry/internal/history"
	"crmferry/internal/state"
)

// workspace is the folder of a run and its copy of the input.
type workspace struct {
	root      string
	run       *state.Run
	input     string // the copy
	account   string // of the key in use
	record    history.Record
	lock      *state.Lock
	machine   *state.MachineLock
	pastLock  *state.Lock        // of the key that an earlier run was begun with, if that is another one
	resumed   bool               // the run was begun earlier
	temporary bool               // nothing of the run is kept: a sandbox forgets, a dry run does nothing
	scratch   *state.Scratch     // the folder of a temporary run
	damaged   []*history.Damaged // earlier runs, perhaps of this file
}

// newWorkspace makes the folder of a run and copies the input into it.
func (a *app) newWorkspace(ctx context.Context, r account.Resource, o *importOptions, c *connection) (*workspace, error) {
	if err := a.inputReadable(o.file); err != nil {
		return nil, err
	}
	w := &workspace{temporary: o.sandbox || o.dryRun}
	if err := w.make(ctx, a, r, o, c); err != nil {
		w.close()
		return nil, err
	}
	return w, nil
}

// make makes the folder, with its record before anything else that tells of a run.
func (w *workspace) make(ctx context.Context, a *app, r account.Resource, o *importOptions, c *connection) (err error) {
	if err := w.makeRoot(a); err != nil {
		return failure.New(failure.ExitFailed, err, "nothing was sent; the records of runs need a folder that can be written: "+state.RootVariable+" names another one")
	}
	if w.run, err = state.NewRun(w.root, "import", r.Vendor().ID, a.now()); err != nil {
		return failure.New(failure.ExitFailed, err, "nothing was sent; the records of runs need a folder that can be written: "+state.RootVariable+" names another one")
	}
	if err := w.describe(a, r, o, c); err != nil {
		return err
	}
	if w.input, w.record.Size, w.record.SHA256, err = a.copyInput(ctx, w.run, o.file); err != nil {
		return err
	}
	return w.record.Write()
}

// describe fills in what is known before the file is read.
func (w *workspace) describe(a *app, r account.Resource, o *importOptions, c *connection) (err error) {
	if w.account, err = c.Fingerprint(w.root); err != nil {
		return err
	}
	w.record = history.Record{Run: *w.run, Kind: history.Import, Args: a.args, Resource: r.ID(), Account: w.account, BaseURL: c.Base().String(), File: o.file,
		Mode: o.mode, Limit: o.limit, Started: a.now(), State: history.Prepared}
	if w.record.Place, err = c.Place(w.root); err != nil {
		return err
	}
	if w.record.Salt, err = state.SaltMark(w.root); err != nil {
		return err
	}
	w.record.Path, err = filepath.Abs(reportStem(o.file))
	return err
}

// makeRoot makes the folder that the run's folder is in: that of all runs, or one below it that goes with the run.
func (w *workspace) makeRoot(a *app) (err error) {
	if w.root, err = state.RootIn(a.env); err != nil {
		return err
	}
	if w.temporary {
		if w.scratch, err = state.NewScratch(w.root); err != nil {
			return err
		}
		w.root = w.scratch.Dir
	}
	return a.mendSalt(w.root)
}

// checkOutputs refuses files that could not be written, and such that would take the place of the input or of each
// other. rejects is "" for none.
func checkOutputs(input, report, rejects string) error {
	switch {
	case sameFile(report, input):
		return failure.Usage("name another file: --report FILE", "the report would take the place of the input %q", input)
	case rejects != "" && sameFile(rejects, input):
		return failure.Usage("name another file: --rejects FILE", "the rejects would take the place of the input %q", input)
	case rejects != "" && sameFile(rejects, report):
		return failure.Usage("name another file: --rejects FILE", "report and rejects would both be %q", report)
	}
	return errors.Join(writable("--report", report), writable("--rejects", rejects))
}

// sameFile reports whether two paths lead to one file, existing or not.
func sameFile(a, b string) bool {
	x, errX := os.Stat(a)
	y, errY := os.Stat(b)
	if errX == nil && errY == nil {
		return os.SameFile(x, y)
	}
	absA, errA := filepath.Abs(a)
	absB, errB := filepath.Abs(b)
	return errA == nil && errB == nil && absA == absB
}

// writable refuses a file that could not be written, or whose name promises what no table is written as, before anything
// is sent; "" is no file.
func writable(flag, path string) error {
	if path == "" {
		return nil
	}
	switch ext := strings.ToLower(filepath.Ext(path)); ext {
	case ".xls", ".xlsm", ".xlsb", ".ods", ".numbers", ".pdf", ".json", ".html", ".htm", ".xml", ".doc", ".docx", ".zip":
		return failure.Usage("give it a name that ends in .csv or .xlsx", "%s %q would be no %s file", flag, path, ext)
	}
	hint := "name a file in a folder that exists: " + flag + " FILE"
	if info, err := os.Stat(path); err == nil && info.IsDir() {
		return failure.Usage(hint, "cannot write %q: it is a folder", path)
	}
	folder := filepath.Dir(path)
	if info, err := os.Stat(folder); err != nil || !info.IsDir() {
		return failure.Usage(hint, "cannot write %q: there is no folder %q", path, folder)
	}
	return nil
}

func currentFolder() string {
	dir, err := os.Getwd()
	if err != nil {
		return "."
	}
	return dir
}

// adopt takes the place of the new run by an earlier one, with its copy of the input.
func (w *workspace) adopt(past *history.Record, input string) error {
	fresh := w.run
	w.run, w.record, w.resumed, w.input = &past.Run, *past, true, input
	return fresh.Remove()
}

// lend gives a finished run that has kept no copy of its input the copy of the same file that was just made, until the end
// of this command.
func (w *workspace) lend(past *history.Record) error {
	if past.SHA256 != w.record.SHA256 {
		return failure.Usage("crmferry runs "+past.Run.ID+" --report FILE writes its report", "the run %s has kept no copy of its input, and the file has changed since", past.Run.ID)
	}
	if err := os.Rename(w.input, past.Run.Input(past.File)); err != nil {
		return fmt.Errorf("resume the run %s: %w", past.Run.ID, err)
	}
	return nil
}

// neverBegan lets nothing be kept of a run that has sent nothing.
func (w *workspace) neverBegan() {
	if !w.resumed {
		w.record.State = history.Prepared
	}
}

// takeLock takes the account's locks for a run that may write: that of this folder, and that of the machine.
func (w *workspace) takeLock(ctx context.Context, c *connection, o lockOptions) (err error) {
	if w.temporary {
		return nil
	}
	begun := time.Now()
	if w.lock, err = c.LockAccount(ctx, w.root, w.record.Account, w.run.ID, o.wait); err != nil {
		return err
	}
	w.machine, err = c.LockMachine(ctx, c.Connection, o.wait, max(0, o.wait-time.Since(begun)))
	return err
}

// lockPast makes sure that an unfinished run does not go on elsewhere with the key that it was begun with.
func (w *workspace) lockPast(ctx context.Context, c *connection, past *history.Record, o lockOptions) error {
	if past.Account == w.record.Account || !past.Unfinished() {
		return nil
	}
	var err error
	w.pastLock, err = c.LockAccount(ctx, w.root, past.Account, past.Run.ID, o.wait)
	return err
}

// close removes what is not to be kept: all of a temporary run, and a run that never began. It frees the locks.
func (w *workspace) close() {
	if w == nil {
		return
	}
	defer w.lock.Unlock()
	defer w.machine.Unlock()
	defer w.pastLock.Unlock()
	switch {
	case w.scratch != nil:
		_ = w.scratch.Remove()
	case w.record.Erased:
		_ = os.Remove(w.input)
	case w.resumed:
	case w.run != nil && (w.record.State == "" || w.record.State == history.Prepared):
		_ = w.run.Remove()
	}
}
