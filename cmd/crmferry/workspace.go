package main

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"time"

	"crmferry/importer/outcome"
	"crmferry/internal/account"
	"crmferry/internal/failure"
	"crmferry/internal/state"
)

// runRecord is what run.json says of a run. It never holds a secret.
type runRecord struct {
	Kind     string                  `json:"kind"`
	Args     []string                `json:"args"` // of the command, as given
	Resource string                  `json:"resource"`
	Place    string                  `json:"place"`          // salted fingerprint of vendor, base URL and organisation
	Account  string                  `json:"account"`        // salted fingerprint of vendor, base URL, organisation and key
	Salt     string                  `json:"salt,omitempty"` // mark of the salt
	BaseURL  string                  `json:"base_url"`
	File     string                  `json:"file"` // as the user named it
	Path     string                  `json:"path"` // from the root
	Size     int64                   `json:"size_bytes"`
	SHA256   string                  `json:"sha256"`
	Mode     string                  `json:"mode"`
	Limit    int                     `json:"limit,omitempty"`
	Asked    map[string]string       `json:"asked,omitempty"`   // flags that decide what becomes of a row
	Columns  []string                `json:"columns,omitempty"` // "Email=email"
	Rows     int                     `json:"rows,omitempty"`
	Started  time.Time               `json:"started"`
	Finished time.Time               `json:"finished,omitzero"`
	State    string                  `json:"state"` // "prepared", "running", "finished", "stopped", "abandoned"
	Exit     int                     `json:"exit"`  // the exit code, once finished or stopped
	Counts   map[outcome.Outcome]int `json:"counts,omitempty"`
	Errors   map[string]int          `json:"errors,omitempty"` // rows by code
	Report   string                  `json:"report,omitempty"`
	Rejects  string                  `json:"rejects,omitempty"`
	Journal  int64                   `json:"journal_bytes,omitempty"` // which were durable when the session began, or ended
	Copies   []string                `json:"copies,omitempty"`        // of contacts, made before they were deleted
	Erased   bool                    `json:"erased,omitempty"`        // the copy of the input is not kept

	run state.Run
}

// States of a run.
const (
	runPrepared  = "prepared"
	runRunning   = "running"
	runFinished  = "finished"
	runStopped   = "stopped"
	runAbandoned = "abandoned" // started anew
)

// workspace is the folder of a run and its copy of the input.
type workspace struct {
	root      string
	run       *state.Run
	input     string // the copy
	account   string // of the key in use
	record    runRecord
	lock      *state.Lock
	machine   *state.MachineLock
	pastLock  *state.Lock    // of the key that an earlier run was begun with, if that is another one
	resumed   bool           // the run was begun earlier
	temporary bool           // nothing of the run is kept: a sandbox forgets, a dry run does nothing
	scratch   *state.Scratch // the folder of a temporary run
	obscure   []*obscureRun  // earlier runs, perhaps of this file
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
	return w.run.WriteRecord(w.record)
}

// describe fills in what is known before the file is read.
func (w *workspace) describe(a *app, r account.Resource, o *importOptions, c *connection) (err error) {
	if w.account, err = c.Fingerprint(w.root); err != nil {
		return err
	}
	w.record = runRecord{Kind: "import", Args: a.args, Resource: r.ID(), Account: w.account, BaseURL: c.Base().String(), File: o.file,
		Mode: o.mode, Limit: o.limit, Started: a.now(), State: runPrepared}
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

// sameFile says whether two paths lead to one file, existing or not.
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

// begin records that requests will leave.
func (w *workspace) begin(report string, rows int, journal int64) error {
	w.record.State, w.record.Report, w.record.Rows, w.record.Finished = runRunning, fromAnywhere(report), rows, time.Time{}
	w.record.Journal = journal
	return w.run.WriteRecord(w.record)
}

// fromAnywhere is a path as it is found from any folder; "" stays.
func fromAnywhere(path string) string {
	whole, err := filepath.Abs(path)
	if path == "" || err != nil {
		return path
	}
	return whole
}

// end records how the run ended.
func (w *workspace) end(state string, code failure.ExitCode, s *outcome.Summary, report, rejects string, now time.Time) error {
	w.record.State, w.record.Exit, w.record.Counts, w.record.Finished = state, int(code), s.Counts, now
	w.record.Report, w.record.Rejects = fromAnywhere(report), fromAnywhere(rejects)
	w.record.Errors = map[string]int{}
	for _, e := range s.Errors {
		w.record.Errors[e.Code] = e.Rows
	}
	return w.run.WriteRecord(w.record)
}

// adopt takes the place of the new run by an earlier one, with its copy of the input.
func (w *workspace) adopt(past *runRecord, input string) error {
	fresh := w.run
	w.run, w.record, w.resumed, w.input = &past.run, *past, true, input
	return fresh.Remove()
}

// lend gives a finished run that has kept no copy of its input the copy of the same file that was just made, until the end
// of this command.
func (w *workspace) lend(past *runRecord) error {
	if past.SHA256 != w.record.SHA256 {
		return failure.Usage("crmferry runs "+past.run.ID+" --report FILE writes its report", "the run %s has kept no copy of its input, and the file has changed since", past.run.ID)
	}
	if err := os.Rename(w.input, past.run.Input(past.File)); err != nil {
		return fmt.Errorf("resume the run %s: %w", past.run.ID, err)
	}
	return nil
}

// neverBegan lets nothing be kept of a run that has sent nothing.
func (w *workspace) neverBegan() {
	if !w.resumed {
		w.record.State = runPrepared
	}
}

// importRuns lists the imports that have begun, newest first, and those of which that cannot be told.
func importRuns(root string) (begun []*runRecord, obscure []*obscureRun, err error) {
	runs, err := state.Runs(root)
	if err != nil {
		return nil, nil, err
	}
	for _, run := range runs {
		if kind, _ := kindAndVendor(run.ID); kind != "import" {
			continue
		}
		switch rec, err := readRunRecord(run); {
		case errors.Is(err, fs.ErrNotExist): // it ended before it asked for anything
		case err != nil:
			obscure = append(obscure, &obscureRun{run: run, why: err})
		case rec.State != runPrepared:
			begun = append(begun, rec)
		}
	}
	return begun, obscure, nil
}

// mayHaveCreated says whether contacts of the run may exist.
func (r *runRecord) mayHaveCreated() bool {
	return r.unfinished() || r.Counts[outcome.Created]+r.Counts[outcome.Updated]+r.Counts[outcome.Unknown] > 0
}

// unfinished says whether the run can be resumed.
func (r *runRecord) unfinished() bool { return r.State == runRunning || r.State == runStopped }

// lost is how many rows of a finished run its journal does not know any more.
func (r *runRecord) lost(s *outcome.Summary) int {
	if r.State != runFinished {
		return 0
	}
	return max(0, r.Rows-s.Reached()+s.Open) // an open row had an outcome
}

// abandon takes an unfinished run out of those to be resumed.
func (r *runRecord) abandon(now time.Time) error {
	if !r.unfinished() {
		return nil
	}
	r.State, r.Finished = runAbandoned, now
	return r.run.WriteRecord(r)
}

// takeLock takes the account's locks for a run that may write: that of this folder, and that of the machine.
func (w *workspace) takeLock(ctx context.Context, a *app, c *connection, o lockOptions) (err error) {
	if w.temporary {
		return nil
	}
	begun := time.Now()
	if w.lock, err = a.lockAccount(ctx, w.root, w.record.Account, w.run.ID, o); err != nil {
		return err
	}
	w.machine, err = a.lockMachine(ctx, c, o, max(0, o.wait-time.Since(begun)))
	return err
}

// lockPast makes sure that an unfinished run does not go on elsewhere with the key that it was begun with.
func (w *workspace) lockPast(ctx context.Context, a *app, past *runRecord, o lockOptions) error {
	if past.Account == w.record.Account || !past.unfinished() {
		return nil
	}
	var err error
	w.pastLock, err = a.lockAccount(ctx, w.root, past.Account, past.run.ID, o)
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
	case w.run != nil && (w.record.State == "" || w.record.State == runPrepared):
		_ = w.run.Remove()
	}
}
