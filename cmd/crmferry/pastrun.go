package main

import (
	"errors"
	"fmt"
	"io/fs"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"crmferry/importer/outcome"
	"crmferry/internal/humanize"
	"crmferry/internal/state"
)

// States of a past run, as runs shows them.
const (
	pastRunning    = "running" // its process lives
	pastFinished   = "finished"
	pastResumable  = "resumable"  // an import that ended early
	pastStopped    = "stopped"    // an export that ended early: it is made anew
	pastAbandoned  = "abandoned"  // an import that ended early and was begun anew
	pastNotBegun   = "not begun"  // nothing was sent
	pastUnreadable = "unreadable" // its record is damaged
)

// pastRun is a run as its record and the locks show it.
type pastRun struct {
	state.Run
	State    string
	Kind     string
	Resource string
	File     string // the input of an import, the output of an export
	BaseURL  string
	Account  string
	Since    time.Time
	Ended    time.Time     // zero if it has not, or nobody knows when
	Imported *runRecord    // of an import
	Open     int           // rows of an import that were sent, and whose answer is not known yet
	Exported *exportRecord // of an export
	Holder   state.Holder  // of the account's lock, if the run is going on
	Err      error         // why its record cannot be read
}

// pastRuns reads the records of all runs, newest first.
func (a *app) pastRuns(root string) ([]*pastRun, error) {
	runs, err := state.Runs(root)
	if err != nil {
		return nil, err
	}
	list := make([]*pastRun, len(runs))
	for i, r := range runs {
		list[i] = readPastRun(root, r)
	}
	slices.SortStableFunc(list, func(x, y *pastRun) int { return y.Since.Compare(x.Since) })
	return list, nil
}

// readPastRun reads the record of one run. What cannot be read is part of the answer.
func readPastRun(root string, r state.Run) *pastRun {
	p := &pastRun{Run: r, Since: r.Started()}
	p.Kind, p.Resource = kindAndVendor(r.ID)
	var err error
	if p.Kind == "export" {
		err = p.readExport()
	} else {
		err = p.readImport()
	}
	switch {
	case errors.Is(err, fs.ErrNotExist):
		p.State = pastNotBegun
	case err != nil:
		p.State, p.Err = pastUnreadable, err
	}
	if h, held := state.HolderOf(root, p.Account); held && h.Run == r.ID {
		p.State, p.Holder = pastRunning, h
	}
	return p
}

func (p *pastRun) readImport() error {
	r, err := readRunRecord(p.Run)
	if err != nil {
		return err
	}
	p.Resource, p.File, p.BaseURL, p.Account, p.Ended, p.Imported = r.Resource, r.File, r.BaseURL, r.Account, r.Finished, r
	p.recorded(r.Started, r.State, pastResumable)
	return nil
}

// recorded takes over the beginning, which the record tells more exactly than the id, and the state: early if the run
// began and did not come to its end.
func (p *pastRun) recorded(began time.Time, state, early string) {
	if !began.IsZero() {
		p.Since = began
	}
	switch state {
	case runFinished, runAbandoned:
		p.State = state
	case runPrepared:
		p.State = pastNotBegun
	default:
		p.State = early
	}
}

func (p *pastRun) readExport() error {
	var r exportRecord
	if err := state.ReadRecord(p.Dir, &r); err != nil {
		return err
	}
	p.Resource, p.File, p.BaseURL, p.Account, p.Ended, p.Exported = r.Resource, r.Output, r.BaseURL, r.Account, r.Finished, &r
	p.recorded(r.Started, r.State, pastStopped)
	return nil
}

// countsText counts the rows by outcome, those that there are.
func (p *pastRun) countsText() string {
	switch {
	case p.Exported != nil && p.State == pastFinished:
		return humanize.Count(p.Exported.Rows, "row")
	case p.Imported == nil:
		return ""
	}
	var parts []string
	for _, o := range outcome.Outcomes() {
		n := p.Imported.Counts[o]
		if o == outcome.Unknown {
			n -= p.Open
		}
		if n > 0 {
			parts = append(parts, fmt.Sprintf("%s %d", o, n))
		}
	}
	switch {
	case p.Open > 0 && p.State == pastRunning:
		parts = append(parts, fmt.Sprintf("in flight %d", p.Open))
	case p.Open > 0:
		parts = append(parts, fmt.Sprintf("in doubt %d", p.Open))
	}
	text := strings.Join(parts, ", ")
	if n := p.Imported.Rows; n > 0 && p.State != pastFinished {
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

func (p *pastRun) json() runJSON {
	out := runJSON{Run: p.ID, State: p.State, Kind: p.Kind, Resource: p.Resource, BaseURL: p.BaseURL, File: p.File, Started: p.Since, Folder: p.Dir}
	if !p.Ended.IsZero() {
		out.Finished = &p.Ended
	}
	if p.Err != nil {
		out.Error = p.Err.Error()
	}
	if r := p.Imported; r != nil {
		out.Rows, out.Counts, out.Open, out.Report, out.Rejects, out.Copies = int64(r.Rows), r.Counts, p.Open, r.Report, r.Rejects, r.Copies
		if p.State == pastFinished || p.State == pastResumable && !p.Ended.IsZero() {
			out.Exit = &r.Exit
		}
	}
	if r := p.Exported; r != nil {
		out.Rows = r.Rows
	}
	return out
}

// listRuns lists runs, and says what there is to do about those that have not finished.
func (a *app) listRuns(root string, list []*pastRun) error {
	for _, p := range list {
		a.count(p)
	}
	if a.ui.JSON {
		out := make([]runJSON, len(list))
		for i, p := range list {
			out[i] = p.json()
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
		rows[i] = []string{name, p.State, p.Kind, p.Resource, filepath.Base(p.File), humanize.Duration(a.now().Sub(p.Since)), p.countsText()}
		if p.File == "" {
			rows[i][4] = "-"
		}
		if p.State == pastResumable {
			resumable++
		}
	}
	a.ui.Table([]string{"RUN", "STATE", "KIND", "RESOURCE", "FILE", "AGE", "ROWS"}, rows)
	if resumable > 0 {
		a.ui.Notef("%s can be resumed: crmferry runs RUN says how", humanize.Count(int64(resumable), "run"))
	}
	return nil
}
