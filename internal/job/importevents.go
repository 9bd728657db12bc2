package job

import (
	"time"

	"crmferry/importer"
	"crmferry/importer/survey"
	"crmferry/internal/account"
	"crmferry/internal/history"
	"crmferry/internal/state"
)

// HeaderRefused is told of a file whose header cannot be used: the survey says how far it was understood.
type HeaderRefused struct{ Survey *survey.Survey }

// FileRead is told once a file is understood, before the vendor is asked for anything.
type FileRead struct{ ImportFacts }

// LinksAsked is told before the vendor is asked for the records that rows name.
type LinksAsked struct {
	Resource account.Resource
	Kinds    []string
}

// ImportPlanned is told before the question whether to begin.
type ImportPlanned struct {
	ImportFacts
	Plan     *importer.Plan
	Took     time.Duration // that its requests will take; 0 if nothing limits them
	Copies   []string      // of contacts, made by the session before
	CopyPath string        // where contacts are copied before they are deleted
}

// RunResumed is told of a run that goes on.
type RunResumed struct {
	ImportFacts
	Started time.Time
	Done    int          // rows
	InDoubt int          // rows
	Damage  state.Damage // of its journal
}

// InputGone is told where the file of a run that is resumed is not there any more: the run goes on by its copy.
type InputGone struct{ File string }

// CopyMade is told where a run's copy of its file was not what it was, and was made anew from the file, which is.
type CopyMade struct {
	Why  error
	File string
}

// CopyLost is told where a run's copy of its file is not what it was, and the file is another by now: the run goes on by its
// rows.
type CopyLost struct{ Why error }

// RowsLost is told where the rows that a run has kept are not what they were: they are read from its copy of the file.
type RowsLost struct{ Why error }

// InputChanged is told where a run goes on with its file as it was, which has changed since.
type InputChanged struct{ File string }

// RunDiffers is told where a finished run of the file had other options, and a new one starts.
type RunDiffers struct {
	Run, File   string
	Differences []history.Difference
}

// RunFinished is told where a run is to be resumed that is finished: its report is written again.
type RunFinished struct{ Run string }

// EarlierUnknown is told where it is not known what an earlier import has done.
type EarlierUnknown struct{ Why error }

// ContactsCopied is told before contacts are deleted.
type ContactsCopied struct {
	Contacts int
	Path     string
}

func (HeaderRefused) event()  {}
func (FileRead) event()       {}
func (LinksAsked) event()     {}
func (ImportPlanned) event()  {}
func (RunResumed) event()     {}
func (InputChanged) event()   {}
func (CopyMade) event()       {}
func (InputGone) event()      {}
func (CopyLost) event()       {}
func (RowsLost) event()       {}
func (RunDiffers) event()     {}
func (RunFinished) event()    {}
func (EarlierUnknown) event() {}
func (ContactsCopied) event() {}

// NothingToResume is told where a run is to be resumed, and the file has none: one starts.
type NothingToResume struct {
	File     string
	Resource account.Resource
}

func (NothingToResume) event() {}
