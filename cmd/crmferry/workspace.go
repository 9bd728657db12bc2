package main

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"time"

	"crmferry/importer"
	"crmferry/internal/state"
)

// runRecord is what run.json says of a run. It never holds a secret.
type runRecord struct {
	Kind     string                   `json:"kind"`
	Resource string                   `json:"resource"`
	Account  string                   `json:"account"` // salted fingerprint of vendor, base URL, organisation and key
	BaseURL  string                   `json:"base_url"`
	File     string                   `json:"file"`
	Size     int64                    `json:"size_bytes"`
	SHA256   string                   `json:"sha256"`
	Mode     string                   `json:"mode"`
	Limit    int                      `json:"limit,omitempty"`
	Started  time.Time                `json:"started"`
	Finished time.Time                `json:"finished,omitzero"`
	State    string                   `json:"state"` // "prepared", "running", "finished", "stopped"
	Counts   map[importer.Outcome]int `json:"counts,omitempty"`
	Report   string                   `json:"report,omitempty"`
	Rejects  string                   `json:"rejects,omitempty"`

	run state.Run
}

// States of a run.
const (
	runPrepared = "prepared"
	runRunning  = "running"
	runFinished = "finished"
	runStopped  = "stopped"
)

// workspace is the folder of a run and its copy of the input.
type workspace struct {
	root      string
	run       *state.Run
	input     string // the copy
	record    runRecord
	lock      *state.Lock
	temporary bool // nothing of the run is kept: a sandbox forgets, a dry run does nothing
}

// newWorkspace makes the folder of a run and copies the input into it.
func (a *app) newWorkspace(r resource, o *importOptions, c *connection) (*workspace, error) {
	if err := readable(o.file); err != nil {
		return nil, err
	}
	w := &workspace{temporary: o.sandbox || o.dryRun}
	var err error
	if w.root, err = w.newRoot(a.env); err != nil {
		return nil, err
	}
	if w.run, err = state.NewRun(w.root, "import", r.Vendor().ID, a.now()); err != nil {
		w.close()
		return nil, err
	}
	account, err := accountOf(w.root, c)
	if err != nil {
		w.close()
		return nil, err
	}
	w.record = runRecord{Kind: "import", Resource: r.ID(), Account: account, BaseURL: c.settings.base.String(), File: o.file,
		Mode: o.mode, Limit: o.limit, Started: a.now(), State: runPrepared}
	if w.input, w.record.Size, w.record.SHA256, err = w.run.CopyInput(o.file); err != nil {
		w.close()
		return nil, err
	}
	return w, nil
}

// stateRoot is the folder of all runs.
func stateRoot(env lookup) (string, error) {
	if dir, _ := env(state.RootVariable); dir != "" {
		return filepath.Abs(dir)
	}
	return state.Root()
}

func (w *workspace) newRoot(env lookup) (string, error) {
	if !w.temporary {
		return stateRoot(env)
	}
	dir, err := os.MkdirTemp("", "crmferry-")
	if err != nil {
		return "", fmt.Errorf("make temporary folder: %w", err)
	}
	return dir, nil
}

// readable refuses what is no file before anything is made for it.
func readable(path string) error {
	info, err := os.Stat(path)
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return usageError("check the name; the folder is "+quoteArg(currentFolder()), "there is no file %q", path)
	case err != nil:
		return fail(exitUsage, err)
	case info.IsDir():
		return usageError("name a .csv or .xlsx file in it", "%q is a folder", path)
	}
	f, err := os.Open(path)
	if err != nil {
		return fail(exitUsage, fmt.Errorf("read %q: %w", path, err), "check who may read it")
	}
	return f.Close()
}

// checkOutputs refuses files that could not be written, and such that would take the place of the input or of each
// other. rejects is "" for none.
func checkOutputs(input, report, rejects string) error {
	switch {
	case sameFile(report, input):
		return usageError("name another file: --report FILE", "the report would take the place of the input %q", input)
	case rejects != "" && sameFile(rejects, input):
		return usageError("name another file: --rejects FILE", "the rejects would take the place of the input %q", input)
	case rejects != "" && sameFile(rejects, report):
		return usageError("name another file: --rejects FILE", "report and rejects would both be %q", report)
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

// writable refuses a file that could not be written before anything is sent; "" is no file.
func writable(flag, path string) error {
	if path == "" {
		return nil
	}
	hint := "name a file in a folder that exists: " + flag + " FILE"
	if info, err := os.Stat(path); err == nil && info.IsDir() {
		return usageError(hint, "cannot write %q: it is a folder", path)
	}
	folder := filepath.Dir(path)
	if info, err := os.Stat(folder); err != nil || !info.IsDir() {
		return usageError(hint, "cannot write %q: there is no folder %q", path, folder)
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
func (w *workspace) begin(report string) error {
	if whole, err := filepath.Abs(report); err == nil {
		report = whole // to be found from any folder
	}
	w.record.State, w.record.Report = runRunning, report
	return w.run.WriteRecord(w.record)
}

// end records how the run ended.
func (w *workspace) end(state string, s *importer.Summary, rejects string, now time.Time) error {
	w.record.State, w.record.Counts, w.record.Rejects, w.record.Finished = state, s.Counts, rejects, now
	return w.run.WriteRecord(w.record)
}

// earlier finds the newest run that imported the same bytes into the same account; nil if there is none.
func (w *workspace) earlier() (*runRecord, error) {
	runs, err := state.Runs(w.root)
	if err != nil {
		return nil, err
	}
	for _, run := range runs {
		var rec runRecord
		if err := state.ReadRecord(run.Dir, &rec); err != nil {
			continue // it ended before it asked for anything, or is not readable: it says nothing
		}
		if rec.SHA256 == w.record.SHA256 && rec.Account == w.record.Account && rec.Resource == w.record.Resource && rec.mayHaveCreated() {
			rec.run = run
			return &rec, nil
		}
	}
	return nil, nil
}

// mayHaveCreated says whether contacts of the run may exist: a run that ended says so, one that broke off may have.
func (r *runRecord) mayHaveCreated() bool {
	switch r.State {
	case runPrepared:
		return false
	case runRunning:
		return true
	}
	return r.Counts[importer.Created]+r.Counts[importer.Updated]+r.Counts[importer.Unknown] > 0
}

// takeLock takes the account's lock for a run that may write.
func (w *workspace) takeLock(ctx context.Context, a *app, o lockOptions) error {
	if w.temporary {
		return nil
	}
	var err error
	w.lock, err = a.lockAccount(ctx, w.root, w.record.Account, w.run.ID, o)
	return err
}

// close removes what is not to be kept: all of a temporary run, and a run that never began. It frees the lock.
func (w *workspace) close() {
	defer w.lock.Unlock()
	switch {
	case w.temporary:
		_ = os.RemoveAll(w.root)
	case w.run != nil && (w.record.State == "" || w.record.State == runPrepared):
		_ = os.RemoveAll(w.run.Dir)
	}
}
