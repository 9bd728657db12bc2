package history

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"crmferry/importer/outcome"
	"crmferry/internal/state"
)

// Kinds of runs.
const (
	Import = "import"
	Export = "export"
	Undo   = "undo"
	Plan   = "plan"  // a dry run
	Apply  = "apply" // of a plan
)

// hasRows reports whether a run of that kind is about the rows of a file, of which its journal tells.
func hasRows(kind string) bool {
	return kind == Import || kind == Plan || kind == Apply || kind == Undo
}

// writes reports whether a run of that kind writes the rows of a file.
func writes(kind string) bool { return kind == Import || kind == Apply }

// States of a run, as its record says them.
const (
	Prepared  = "prepared" // nothing was sent
	Running   = "running"
	Finished  = "finished"
	Stopped   = "stopped"
	Abandoned = "abandoned" // an import that was begun anew
)

// journalName is the file in the folder of an import that holds what happened to each row.
const journalName = "journal.jsonl"

// Record is what run.json says of a run. It never holds a secret.
type Record struct {
	Kind         string    `json:"kind"`
	Args         []string  `json:"args"` // of the command, as given
	Resource     string    `json:"resource"`
	Name         string    `json:"account_name,omitempty"` // as the user calls the account; "" for the vendor's default one
	Organization string    `json:"organization,omitempty"` // of vendors that have it in their paths
	Place        string    `json:"place,omitempty"`        // salted fingerprint of vendor, base URL and organisation
	Account      string    `json:"account"`                // salted fingerprint of vendor, base URL, organisation and key
	Salt         string    `json:"salt,omitempty"`         // mark of the salt
	BaseURL      string    `json:"base_url"`
	Limit        int       `json:"limit,omitempty"`
	Columns      []string  `json:"columns,omitempty"` // of an import "Email=email", of an export those asked for
	Rows         int       `json:"rows"`              // of the file
	Started      time.Time `json:"started"`
	Finished     time.Time `json:"finished,omitzero"`
	State        string    `json:"state"`
	Exit         int       `json:"exit"` // the exit code, once finished or stopped

	// Of an import.
	File    string                  `json:"file,omitempty"` // as the user named it
	Path    string                  `json:"path,omitempty"` // from the root
	Size    int64                   `json:"size_bytes,omitempty"`
	SHA256  string                  `json:"sha256,omitempty"`
	Mode    string                  `json:"mode,omitempty"`
	Asked   map[string]string       `json:"asked,omitempty"` // flags that decide what becomes of a row
	Counts  map[outcome.Outcome]int `json:"counts,omitempty"`
	Errors  map[string]int          `json:"errors,omitempty"` // rows by code
	Report  string                  `json:"report,omitempty"`
	Rejects string                  `json:"rejects,omitempty"`
	Journal int64                   `json:"journal_bytes,omitempty"` // which were durable when the session began, or ended
	Copies  []string                `json:"copies,omitempty"`        // of contacts, made before they were deleted
	Erased  bool                    `json:"erased,omitempty"`        // the copy of the input is not kept

	Planned *Planned `json:"planned,omitempty"` // of a plan
	Plan    string   `json:"plan,omitempty"`    // the plan that the run applies

	Replaces string `json:"replaces,omitempty"` // the unfinished import of the same file whose place it took

	Anew bool `json:"anew,omitempty"` // what earlier runs have created is created once more; older versions did not say it

	Undone *Undone `json:"undone,omitempty"` // of an undo

	// Of an export.
	Output  string   `json:"output,omitempty"`
	Filters []string `json:"filters,omitempty"`
	Since   string   `json:"since,omitempty"`

	Run state.Run `json:"-"` // whose record it is

	replaced *Record // what Replaces names, as it was; nil in later sessions of the run
}

// Undone is the run that an undo takes back, and what there was to take back.
type Undone struct {
	Run      string   `json:"run"`
	Rows     string   `json:"rows,omitempty"` // that were asked for, as they were written; "" for all
	Created  int      `json:"created,omitempty"`
	Updated  int      `json:"updated,omitempty"`
	Deleted  int      `json:"deleted,omitempty"`
	Doubtful int      `json:"doubtful,omitempty"` // it is not known whether they were written
	Links    []string `json:"links,omitempty"`    // kinds and names of things that the run has created, or may have: "tags Fair"
}

// UndoOf is the unfinished undo of a run, nil if there is none.
func UndoOf(root, run string) (*Record, error) { return findUndo(root, run, (*Record).Unfinished) }

// TakenBackBy is an undo of a run that has begun, whatever became of it, nil if there is none.
func TakenBackBy(root, run string) (*Record, error) {
	return findUndo(root, run, func(r *Record) bool { return r.State != Prepared })
}

func findUndo(root, run string, wanted func(*Record) bool) (*Record, error) {
	all, err := UndosOf(root, run)
	if i := slices.IndexFunc(all, wanted); i >= 0 {
		return all[i], nil
	}
	return nil, err
}

// UndosOf are the undos of a run, whatever became of them; with an error those before the first that cannot be read.
func UndosOf(root, run string) (all []*Record, err error) {
	runs, err := state.Runs(root)
	if err != nil {
		return nil, err
	}
	for _, r := range runs {
		if kind, _ := KindAndVendor(r.ID); kind != Undo {
			continue
		}
		rec, err := readImport(r)
		if err == nil && rec.Undone != nil && rec.Undone.Run == run {
			all = append(all, rec)
		}
		if err != nil && !errors.Is(err, fs.ErrNotExist) {
			return all, err
		}
	}
	return all, nil
}

// KindAndVendor are what the id of a run says of it, "" if it is none.
func KindAndVendor(id string) (kind, vendor string) {
	if parts := strings.Split(id, "-"); len(parts) == 4 { // 20260702T091500Z-import-growcrm-4f1a9c
		return parts[1], parts[2]
	}
	return "", ""
}

// readImport reads the record of an import. The cause is fs.ErrNotExist if it never began. A journal without a record,
// which is written before it, is that of a run whose record was lost.
func readImport(run state.Run) (*Record, error) {
	rec, err := read(run)
	switch {
	case errors.Is(err, fs.ErrNotExist) && state.Exists(filepath.Join(run.Dir, journalName)):
		return nil, fmt.Errorf("read record of run %q: %q is gone", run.ID, run.RecordPath())
	case errors.Is(err, fs.ErrNotExist):
		return nil, err
	case err != nil:
		return nil, fmt.Errorf("%w, in %q", err, run.RecordPath())
	case !hasRows(rec.Kind) || !knownState(rec.State):
		return nil, fmt.Errorf("read record of run %q: it is no record of a run that this version knows, in %q", run.ID, run.RecordPath())
	}
	return rec, nil
}

func read(run state.Run) (*Record, error) {
	rec := &Record{Run: run}
	if err := state.ReadRecord(run.Dir, rec); err != nil {
		return nil, err
	}
	return rec, nil
}

func knownState(s string) bool {
	switch s {
	case Prepared, Running, Finished, Stopped, Abandoned:
		return true
	}
	return false
}

// Write replaces the record in the run's folder, atomically.
func (r *Record) Write() error { return r.Run.WriteRecord(r) }

// JournalPath is where the journal of the run is.
func (r *Record) JournalPath() string { return filepath.Join(r.Run.Dir, journalName) }

// Unfinished reports whether the run can be resumed.
func (r *Record) Unfinished() bool { return r.State == Running || r.State == Stopped }

// MayHaveCreated reports whether contacts of the run may exist.
func (r *Record) MayHaveCreated() bool {
	return r.Unfinished() || r.Counts[outcome.Created]+r.Counts[outcome.Updated]+r.Counts[outcome.Unknown] > 0
}

// Lost is how many rows of a finished import its journal does not know any more.
func (r *Record) Lost(s *outcome.Summary) int {
	if r.State != Finished {
		return 0
	}
	return max(0, r.Rows-s.Reached()+s.Open) // an open row had an outcome
}

// Replace lets the run take the place of an earlier one once it begins, if that is unfinished.
func (r *Record) Replace(past *Record) {
	if past.Unfinished() {
		r.Replaces, r.replaced = past.Run.ID, past
	}
}

// Begin records that requests of an import will leave, and that the run which it replaces is abandoned.
func (r *Record) Begin(report string, rows int, journal int64, now time.Time) error {
	r.State, r.Report, r.Rows, r.Finished = Running, Absolute(report), rows, time.Time{}
	r.Journal = journal
	if err := r.Write(); err != nil || r.replaced == nil {
		return err
	}
	past := *r.replaced
	past.State, past.Finished = Abandoned, now
	return past.Write()
}

// Unbegin takes Begin back where nothing was sent: the run which it has replaced can be resumed again.
func (r *Record) Unbegin() error {
	r.State = Prepared
	if r.replaced == nil {
		return nil
	}
	if err := r.replaced.Write(); err != nil {
		return fmt.Errorf("leave the run %s as it was: %w", r.Replaces, err)
	}
	return nil
}

// End records how an import ended.
func (r *Record) End(state string, exit int, s *outcome.Summary, report, rejects string, now time.Time) error {
	r.State, r.Exit, r.Counts, r.Finished = state, exit, s.Counts, now
	r.Report, r.Rejects = Absolute(report), Absolute(rejects)
	r.Errors = map[string]int{}
	for _, e := range s.Errors {
		r.Errors[e.Code] = e.Rows
	}
	return r.Write()
}

// Absolute is a path as it is found from any folder; "" stays.
func Absolute(path string) string {
	whole, err := filepath.Abs(path)
	if path == "" || err != nil {
		return path
	}
	return whole
}

// Relative is a path as it is written in the folder where the command runs, if it leads to something below that.
func Relative(path string) string {
	here, err := os.Getwd()
	if err != nil {
		here = "."
	}
	if rel, err := filepath.Rel(here, path); err == nil && filepath.IsLocal(rel) {
		return rel
	}
	return path
}
