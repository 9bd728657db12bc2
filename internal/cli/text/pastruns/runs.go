package pastruns

import (
	"fmt"
	"net/url"
	"path/filepath"
	"strings"
	"time"

	"crmferry/importer/outcome"
	"crmferry/internal/account"
	"crmferry/internal/cli/text"
	"crmferry/internal/history"
	"crmferry/internal/humanize"
)

// RunJSON is a run as --json lists it.
type RunJSON struct {
	Run          string                  `json:"run"`
	State        string                  `json:"state"`
	Kind         string                  `json:"kind"`
	Resource     string                  `json:"resource"`
	Account      string                  `json:"account_name,omitempty"`
	Organization string                  `json:"organization,omitempty"`
	BaseURL      string                  `json:"base_url,omitempty"`
	File         string                  `json:"file,omitempty"`
	Started      time.Time               `json:"started"`
	Finished     *time.Time              `json:"finished,omitempty"`
	Rows         int64                   `json:"rows,omitempty"` // of the file
	Counts       map[outcome.Outcome]int `json:"counts,omitempty"`
	Open         int                     `json:"in_doubt,omitempty"` // of the unknown ones: --resume verifies them
	Report       string                  `json:"report,omitempty"`
	Rejects      string                  `json:"rejects,omitempty"`
	Copies       []string                `json:"copies,omitempty"` // of what was deleted
	Exit         *int                    `json:"exit,omitempty"`   // the exit code of an import that has ended
	Folder       string                  `json:"folder"`
	Error        string                  `json:"error,omitempty"`
}

// NewRunJSON is a run for programs.
func NewRunJSON(p *history.Past) RunJSON {
	out := RunJSON{Run: p.ID, State: p.State, Kind: p.Kind, Resource: p.Resource, Account: p.AccountName(), Organization: p.Organization(), BaseURL: p.BaseURL(), File: p.File, Started: p.Since, Folder: p.Dir}
	if !p.Ended.IsZero() {
		out.Finished = &p.Ended
	}
	if p.Err != nil {
		out.Error = p.Err.Error()
	}
	if r := p.Record; p.Imported() {
		out.Rows, out.Counts, out.Open, out.Report, out.Rejects, out.Copies = int64(r.Rows), r.Counts, p.Open, r.Report, r.Rejects, r.Copies
		if p.State == history.Finished || p.State == history.Resumable && !p.Ended.IsZero() {
			out.Exit = &r.Exit
		}
	}
	if p.Exported() {
		out.Rows = int64(p.Record.Rows)
	}
	return out
}

// Runs is a table of runs, and of each its name as it is shown.
func Runs(list []*history.Past, names []string, now time.Time) (header []string, rows [][]string) {
	for i, p := range list {
		file := "-"
		if p.File != "" {
			file = filepath.Base(p.File)
		}
		rows = append(rows, []string{names[i], p.State, p.Kind, RunResource(p), file, humanize.Duration(now.Sub(p.Since)), sizeOf(p), runCounts(p)})
	}
	return []string{"RUN", "STATE", "KIND", "RESOURCE", "FILE", "AGE", "SIZE", "ROWS"}, rows
}

// sizeOf is what a run takes on the disk, "-" if that cannot be told.
func sizeOf(p *history.Past) string {
	n, err := p.Size()
	if err != nil {
		return "-"
	}
	return Size(n)
}

// RunResource is the resource of a run in its account, as commands take it.
func RunResource(p *history.Past) string { return account.InAccount(p.Resource, p.AccountName()) }

// RunAccount says which account a run was about, "" if it is not known.
func RunAccount(p *history.Past) string {
	base, err := url.Parse(p.BaseURL())
	if err != nil || base.Host == "" {
		return ""
	}
	vendor, _, _ := strings.Cut(p.Resource, "/")
	return account.NewIdentity(vendor, p.AccountName(), base, p.Organization()).String()
}

// runCounts counts the rows by outcome, those that there are.
func runCounts(p *history.Past) string {
	switch {
	case p.Exported() && p.State == history.Finished:
		return humanize.Count(int64(p.Record.Rows), "row")
	case !p.Imported():
		return ""
	}
	var parts []string
	if p.Record.Planned != nil {
		for _, a := range []outcome.Action{outcome.ActionCreate, outcome.ActionUpdate, outcome.ActionDelete} {
			if n := p.Record.Planned.Actions[a]; n > 0 {
				parts = append(parts, fmt.Sprintf("would %s %d", a, n))
			}
		}
	}
	for _, o := range outcome.Outcomes() {
		n := p.Record.Counts[o]
		if o == outcome.Unknown {
			n -= p.Open
		}
		if n > 0 {
			parts = append(parts, fmt.Sprintf("%s %d", o, n))
		}
	}
	switch {
	case p.Open > 0 && p.State == history.Running:
		parts = append(parts, fmt.Sprintf("in flight %d", p.Open))
	case p.Open > 0:
		parts = append(parts, fmt.Sprintf("in doubt %d", p.Open))
	}
	line := strings.Join(parts, ", ")
	if n := p.Record.Rows; n > 0 && p.State != history.Finished {
		line += " of " + humanize.Count(int64(n), "row")
	}
	return strings.TrimSpace(line)
}

// Pruned says that copies were removed which runs kept that are over for longer than age; keep is the setting that keeps them.
func Pruned(done history.Pruned, age time.Duration, keep string) text.Message {
	return text.Notef("removed the copies of files that %s kept, %s: they ended more than %s ago; what they did stays known and can be undone (%s keeps all copies)",
		humanize.Count(int64(done.Runs), "run"), Size(done.Bytes), humanize.Duration(age), keep)
}

// KeptRun says why an old run is not removed, "" if it is.
func KeptRun(p *history.Past, why history.KeepReason) string {
	switch why {
	case history.KeepRunning:
		return "it is going on, " + p.Holder.String()
	case history.KeepBeginning:
		return "it may be about to begin"
	case history.KeepResumable:
		return "it can be resumed"
	case history.KeepNeeded:
		return "the run " + p.NeededBy + " is not over and needs it"
	case history.KeepUnapplied:
		return "it is a plan that is not applied"
	case history.KeepUnreadable:
		return "its record cannot be read"
	case history.KeepAgainstTwice:
		return "its record keeps the file from being imported twice"
	}
	return ""
}
