package job

import (
	"maps"
	"net/url"
	"slices"
	"time"

	"crmferry/importer/links"
	"crmferry/importer/modes"
	"crmferry/importer/outcome"
	"crmferry/importer/report"
	"crmferry/importer/survey"
	"crmferry/internal/account"
	"crmferry/internal/crm"
	"crmferry/internal/failure"
	"crmferry/internal/history"
	"crmferry/internal/job/files"
	"crmferry/internal/job/plans"
	"crmferry/internal/sheet"
	"crmferry/internal/state"
	"crmferry/mapping"
)

// NewestRun is the run to resume where none is named.
const NewestRun = "newest"

// ImportRequest asks for every row of a file to be created or updated, or for the contacts that it names to be deleted.
type ImportRequest struct {
	Resource      account.Resource
	Input         files.Input
	Connect       ConnectOptions
	Wait          time.Duration // for the account's lock, and for a vendor that is away; 0: not for the lock, and Env.Patience
	Sheet         sheet.Options
	Match         mapping.MatchOptions
	Mode          modes.Mode // "" for the vendor's default
	Lookup        bool       // look contacts up although the vendor finds them by itself
	CreateMissing []string   // kinds of records that rows name
	Accept        []string   // codes of errors: such rows are taken as they stand
	Limit         int        // rows that are imported; 0 for all
	MaxFailures   int        // 0 for the importer's own
	DryRun        bool
	Yes           bool // do not ask before an import
	Confirm       *int // contacts to delete, in place of an answer
	NoCopy        bool // keep no copy of what is deleted
	Resume        string
	Restart       bool              // although an unfinished run of the file exists
	Options       map[string]string // those that decide what becomes of a row, by their names: a run is resumed with the same ones only
	Report        string            // "" for beside the file
	Rejects       string            // "" for beside the file
	PlainCSV      bool              // write reports and rejects with commas and without a byte order mark
	Overwrite     bool              // let report and rejects take the place of files that are not crmferry's
	Adviser       report.Adviser
	Undo          *Undoing // the run that is taken back: then no file is taken in

	applied *plans.Applied // the plan whose rows are sent, nil for those of the file
}

// Deletes reports whether contacts are to be deleted.
func (q *ImportRequest) Deletes() bool { return q.Mode == modes.DeleteOnly }

// input is what is copied into the folder of the run: the file, or the copy of it that the plan has.
func (q *ImportRequest) input() files.Input {
	if q.applied == nil {
		return q.Input
	}
	return files.Input{File: q.applied.Record.Run.Input(q.applied.Record.File)}
}

// isKept reports whether the run is kept: a sandbox forgets, and what is not to be copied is not to stand in a plan.
func (q *ImportRequest) isKept() bool {
	return !q.Connect.Sandbox && !(q.DryRun && (q.NoCopy || q.Undo != nil))
}

// plans reports whether the run makes a plan of an import.
func (q *ImportRequest) plans() bool { return q.DryRun && q.Undo == nil }

// kind is the kind of the run.
func (q *ImportRequest) kind() string {
	switch {
	case q.plans():
		return history.Plan
	case q.applied != nil:
		return history.Apply
	}
	return history.Import
}

// from is where the rows come from.
func (q *ImportRequest) from() modes.Source {
	switch {
	case q.Undo != nil:
		return modes.FromRun
	case q.applied != nil:
		return modes.FromPlan
	}
	return modes.FromFile
}

// asked are the options that decide what becomes of a row.
func (q *ImportRequest) asked(mode modes.Mode) map[string]string {
	asked := map[string]string{}
	if mode != "" {
		asked["mode"] = string(mode)
	}
	maps.Copy(asked, q.Options)
	return asked
}

// ImportFacts are what is known of an import once its file is read.
type ImportFacts struct {
	Request   *ImportRequest
	Mode      modes.Mode // the one that was chosen
	Run       string     // its id
	Base      *url.URL
	Account   account.Identity
	Says      account.Identity // whose contacts the file says that it holds; the zero value if it says nothing
	Pace      account.Pace
	Traits    crm.Traits
	CanLookUp bool // the vendor can be asked for contacts
	Resumed   bool // the run was begun earlier
	Temporary bool // nothing of the run is kept
	Survey    *survey.Survey
	TakesBack bool           // the file is the report of an import
	Applied   *plans.Applied // the plan that is applied; nil for an import
}

// Verifies reports whether rows in doubt can be looked up, or sent again without harm.
func (f *ImportFacts) Verifies() bool { return f.CanLookUp || f.Traits.Idempotent }

// ImportResult is what became of an import.
type ImportResult struct {
	ImportFacts
	Summary  *outcome.Summary
	Code     failure.ExitCode
	Report   *state.Output
	Rejects  *state.Output  // nil if no row was rejected
	IDs      *state.Output  // which id what had another one has got; nil where the file has no ids of another program
	Lacking  []string       // kinds of names that the vendor does not have, and that can be created
	Unlisted []links.Count  // names of things that may be there, and were not found
	Unmade   []links.Unmade // what the vendor refused to make
	Misset   []string       // fields that a setting gives what the vendor does not have
	Linked   string         // see advise.MatchByEmail
	Lost     bool           // the report could not be written
	Copies   []string       // of what was deleted, as they are named from here
	Requests int64
}

// IsPlan reports whether the import was only planned, and can be applied.
func (r *ImportResult) IsPlan() bool { return r.Request.plans() && !r.Temporary && !r.Lost }

// Outputs are the report and, if there are any, the rejects.
func (r *ImportResult) Outputs() []*state.Output {
	return slices.DeleteFunc([]*state.Output{r.Report, r.Rejects, r.IDs}, func(o *state.Output) bool { return o == nil })
}

// MustLook reports whether rows of an undo were left to people.
func (r *ImportResult) MustLook() bool {
	return r.Request.Undo != nil && r.Summary.Count(outcome.CodeEditedSince)+r.Summary.Count(outcome.CodeCannotUndo) > 0
}
