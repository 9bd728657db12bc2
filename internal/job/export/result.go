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
	Limit        int
	Sandbox      bool
	Undocumented bool
	Base         *url.URL
	Account      account.Identity
	Pace         account.Pace
}

// Narrowed reports whether something is left out on purpose.
func (p *Plan) Narrowed() bool { return len(p.Filters) > 0 || !p.Since.IsZero() || p.Limit > 0 }

// Result is what became of an export that was finished.
type Result struct {
	Plan
	Started  time.Time
	Run      string // "" if nothing is kept of it
	Summary  exporter.Summary
	Stats    write.Stats   // of the file; zero before it is complete
	Output   *state.Output // where the file is and what it has replaced, nil for stdout
	Requests int64
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
