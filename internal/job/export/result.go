package export

import (
	"net/url"
	"time"

	"crmferry/exporter"
	"crmferry/internal/account"
	"crmferry/internal/crm"
	"crmferry/internal/job"
	"crmferry/internal/job/files"
	"crmferry/internal/sheet/write"
	"crmferry/internal/state"
	"crmferry/mapping"
)

// Plan is what an export is about to do. Observers are told of it before the first request.
type Plan struct {
	job.AsEvent
	Resource     account.Resource
	File         files.OutputFile
	Columns      []mapping.ExportColumn
	Filters      []crm.Filter
	Since        time.Time
	Last         *LastExport // nil without Request.SinceLast
	Limit        int
	Sandbox      bool
	Undocumented bool
	Lacks        string // what the list leaves out without Undocumented, "" for nothing
	Base         *url.URL
	Account      account.Identity
	Pace         account.Pace
}

// LastExport is the last complete export of a series of exports of changes.
type LastExport struct {
	Began time.Time // zero if there was none: everything counts as changed
	Why   string    // why what it knew is not believed, "" if it is
}

// Narrowed reports whether something is left out on purpose.
func (p *Plan) Narrowed() bool {
	return len(p.Filters) > 0 || !p.Since.IsZero() || p.Last != nil && !p.Last.Began.IsZero() || p.Limit > 0
}

// Result is what became of an export that was finished.
type Result struct {
	Plan
	Started  time.Time
	Run      string // "" if nothing is kept of it
	Summary  exporter.Summary
	Stats    write.Stats   // of the file; zero before it is complete
	Output   *state.Output // where the file is and what it has replaced, nil for stdout
	Requests int64
	Gone     *Gone // nil without Request.SinceLast, and where the list could not be shown to be complete
}

// Gone are the contacts that the last export of a series has read, and that are no longer in the list.
type Gone struct {
	Count  int
	Output *state.Output // the file of their ids; nil if there are none, or for stdout
}

// Complete reports whether everything was shown to be in the file.
func (r *Result) Complete() bool { return !r.Summary.Limited && len(r.Summary.Unproven) == 0 }

// RequestsCounted is told of an export that takes one request at least for each of many things.
type RequestsCounted struct {
	job.AsEvent
	Resource account.Resource
	Requests int
	Pace     account.Pace
}

// ListReread is told where a list is read once more, and why.
type ListReread struct {
	job.AsEvent
	List, Reason string
	Try, Tries   int
}

// ContactsRemembered is told, now and then, how many contacts an export remembers the ids of: memory has to grow with them.
type ContactsRemembered struct {
	job.AsEvent
	Contacts int
}

// Question asks whether an export is meant that takes a great many requests.
type Question struct {
	job.AsQuestion
	RequestsCounted
}
