package cli

import (
	"errors"
	"fmt"
	"io/fs"
	"time"

	"crmferry/importer/outcome"
	"crmferry/internal/cli/text"
	"crmferry/internal/history"
	"crmferry/internal/humanize"
	"crmferry/internal/job"
	"crmferry/internal/state"
	"crmferry/internal/terminal"
)

// pastJSON is one run as --json shows it.
type pastJSON struct {
	runJSON
	Args   []string       `json:"args,omitempty"`
	Errors map[string]int `json:"errors,omitempty"`
	Missed int            `json:"not_reached"`
	Damage string         `json:"journal_damage,omitempty"` // what the journal does not tell any more
	First  []pastRowJSON  `json:"first_rows,omitempty"`     // of those that were rejected, failed or are unknown
	Next   string         `json:"next,omitempty"`
}

// pastRowJSON is a row as --json shows it.
type pastRowJSON struct {
	Row     int             `json:"row"`
	Outcome outcome.Outcome `json:"outcome"`
	Key     string          `json:"key"`
	ID      string          `json:"id,omitempty"`
	Error   string          `json:"error"`
	Message string          `json:"message"`
}

// showRun prints all there is to know of one run.
func (a *app) showRun(p *history.Past) error {
	var rows *history.Rows
	if p.Imported() {
		var err error
		if rows, err = p.Rows(a.traits(p), nil); err != nil && !errors.Is(err, fs.ErrNotExist) {
			return err
		}
	}
	if rows != nil {
		p.TakeCounts(rows)
	}
	if a.ui.JSON {
		return a.ui.WriteJSON(a.pastJSON(p, rows))
	}
	a.ui.Rows(a.facts(p, rows))
	if rows != nil && len(rows.First) > 0 {
		a.ui.Printf("\n")
		a.ui.Rows(rowTable(rows.First))
	}
	if rows != nil {
		a.warnDamage(p, rows)
	}
	return nil
}

func (a *app) pastJSON(p *history.Past, rows *history.Rows) pastJSON {
	out := pastJSON{runJSON: newRunJSON(p), Args: p.Args(), Next: a.nextOf(p)}
	if rows == nil {
		return out
	}
	if rows.Lost > 0 || rows.Damage != (state.Damage{}) {
		out.Damage = job.LostRows(rows.Damage, rows.Lost)
	}
	if p.State != history.Finished {
		out.Missed = max(0, rows.Rows-rows.Reached())
	}
	out.Errors = map[string]int{}
	for _, e := range rows.Errors {
		out.Errors[e.Code] = e.Rows
	}
	for _, r := range rows.First {
		out.First = append(out.First, pastRowJSON{r.Row, r.Outcome, r.Key, r.ID, r.Codes(), text.RowMessage(&r)})
	}
	return out
}

// facts are what is known of a run, line by line.
func (a *app) facts(p *history.Past, rows *history.Rows) [][]string {
	var facts [][]string
	add := func(name, value string) {
		if value != "" {
			facts = append(facts, []string{name, value})
		}
	}
	add("run", p.ID)
	add("state", stateText(p))
	add("what", p.Kind+" "+p.Resource)
	add("address", p.BaseURL())
	add("file", placeText(p))
	add("command", text.CommandLine(p.Args()...))
	add("started", p.Since.Local().Format(time.DateTime))
	if !p.Ended.IsZero() {
		add("ended", fmt.Sprintf("%s, after %s", p.Ended.Local().Format(time.DateTime), humanize.Duration(p.Ended.Sub(p.Since))))
	}
	add("rows", countsText(p))
	if rows != nil {
		if missed := rows.Rows - rows.Reached(); missed > 0 && p.State != history.Finished {
			add("not reached", humanize.Count(int64(missed), "row"))
		}
		if rows.Lost == 0 {
			add("errors", text.Codes(rows.Errors))
		}
	}
	if p.Imported() {
		add("report", present(p.Record.Report))
		add("rejects", present(p.Record.Rejects))
		for _, path := range p.Record.Copies {
			add("copy", present(path))
		}
	}
	add("folder", p.Dir)
	add("next", a.nextOf(p))
	return facts
}

// stateText is the state with what explains it.
func stateText(p *history.Past) string {
	switch {
	case p.State == history.Running:
		return fmt.Sprintf("running: %s", p.Holder)
	case p.Err != nil:
		return fmt.Sprintf("%s: %v", p.State, p.Err)
	}
	return p.State
}

// placeText is the file of the run, as it is found from here.
func placeText(p *history.Past) string {
	if !p.Imported() || p.Record.Path == "" {
		return p.File
	}
	return history.Relative(p.Record.Path)
}

// present is a file that a run has written, and says so if it is not there any more.
func present(path string) string {
	if path == "" {
		return ""
	}
	if !state.Exists(path) {
		return history.Relative(path) + " (it is not there)"
	}
	return history.Relative(path)
}

// nextOf is what there is to be done about a run.
func (a *app) nextOf(p *history.Past) string {
	switch {
	case p.State == history.Resumable:
		return "to go on with it: " + a.resumeOf(p)
	case p.State == history.Stopped:
		return "to start it again: " + text.CommandLine(p.Args()...)
	case p.State != history.Finished || !p.Imported():
		return ""
	case p.Record.Rejects != "" && state.Exists(p.Record.Rejects):
		rejects := history.Relative(p.Record.Rejects)
		return fmt.Sprintf("mend the rows in %s, then: %s", rejects, a.importOf(p, rejects, []string{"limit"}))
	case p.Record.Counts[outcome.Unknown] > 0:
		return "look the unknown rows up in the CRM, see the report"
	case !state.Exists(p.Record.Report):
		return "to write its report again: crmferry runs " + p.ID + " --report FILE"
	}
	return ""
}

// resumeOf is the command that goes on with an import.
func (a *app) resumeOf(p *history.Past) string {
	return a.importOf(p, placeText(p), nil, "--resume="+p.ID)
}

// importOf is the command of an import with another file, less the flags that are of one run only and some more, and
// with some words added.
func (a *app) importOf(p *history.Past, file string, less []string, add ...string) string {
	less = append(less, flagsOfOneRun()...)
	other := &app{ui: new(terminal.UI), registry: a.registry} // whose flags change nothing here
	cmd := newImportCommand(other)
	if args := p.Args(); len(args) > 0 {
		if err := cmd.ParseFlags(args[1:]); err != nil { // of another version
			return text.Given{Resource: p.Resource, File: file}.Import(nil)
		}
	}
	return text.Given{Resource: p.Resource, File: file, Flags: givenFlags(cmd.Flags())}.Import(less, add...)
}
