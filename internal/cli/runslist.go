package cli

import (
	"fmt"
	"path/filepath"
	"strings"
	"time"

	"crmferry/importer/outcome"
	"crmferry/internal/crm"
	"crmferry/internal/history"
	"crmferry/internal/humanize"
)

// countsText counts the rows by outcome, those that there are.
func countsText(p *history.Past) string {
	switch {
	case p.Exported() && p.State == history.Finished:
		return humanize.Count(int64(p.Record.Rows), "row")
	case !p.Imported():
		return ""
	}
	var parts []string
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
	text := strings.Join(parts, ", ")
	if n := p.Record.Rows; n > 0 && p.State != history.Finished {
		text += " of " + humanize.Count(int64(n), "row")
	}
	return strings.TrimSpace(text)
}

// runJSON is a run as --json lists it.
type runJSON struct {
	Run      string                  `json:"run"`
	State    string                  `json:"state"`
	Kind     string                  `json:"kind"`
	Resource string                  `json:"resource"`
	BaseURL  string                  `json:"base_url,omitempty"`
	File     string                  `json:"file,omitempty"`
	Started  time.Time               `json:"started"`
	Finished *time.Time              `json:"finished,omitempty"`
	Rows     int64                   `json:"rows,omitempty"` // of the file
	Counts   map[outcome.Outcome]int `json:"counts,omitempty"`
	Open     int                     `json:"in_doubt,omitempty"` // of the unknown ones: --resume verifies them
	Report   string                  `json:"report,omitempty"`
	Rejects  string                  `json:"rejects,omitempty"`
	Copies   []string                `json:"copies,omitempty"` // of what was deleted
	Exit     *int                    `json:"exit,omitempty"`   // the exit code of an import that has ended
	Folder   string                  `json:"folder"`
	Error    string                  `json:"error,omitempty"`
}

func newRunJSON(p *history.Past) runJSON {
	out := runJSON{Run: p.ID, State: p.State, Kind: p.Kind, Resource: p.Resource, BaseURL: p.BaseURL(), File: p.File, Started: p.Since, Folder: p.Dir}
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

// traits are those of the client of a run's resource. Of one that only a later version knows, merged rows are called
// otherwise.
func (a *app) traits(p *history.Past) crm.Traits {
	r, err := a.registry.Find(p.Resource)
	if err != nil {
		return crm.Traits{}
	}
	return r.Capabilities(false).Traits
}

// listRuns lists runs, and says what there is to do about those that have not finished.
func (a *app) listRuns(root string, list []*history.Past) error {
	for _, p := range list {
		p.Count(a.traits(p))
	}
	if a.ui.JSON {
		out := make([]runJSON, len(list))
		for i, p := range list {
			out[i] = newRunJSON(p)
		}
		return a.ui.WriteJSON(out)
	}
	if len(list) == 0 {
		a.ui.Notef("there are no runs in %s", root)
		return nil
	}
	rows := make([][]string, len(list))
	resumable := 0
	for i, name := range shortNames(list) {
		p := list[i]
		rows[i] = []string{name, p.State, p.Kind, p.Resource, filepath.Base(p.File), humanize.Duration(a.now().Sub(p.Since)), countsText(p)}
		if p.File == "" {
			rows[i][4] = "-"
		}
		if p.State == history.Resumable {
			resumable++
		}
	}
	a.ui.Table([]string{"RUN", "STATE", "KIND", "RESOURCE", "FILE", "AGE", "ROWS"}, rows)
	if resumable > 0 {
		a.ui.Notef("%s can be resumed: crmferry runs RUN says how", humanize.Count(int64(resumable), "run"))
	}
	return nil
}
