package pastruns

import (
	"fmt"
	"time"

	"crmferry/importer/outcome"
	"crmferry/internal/cli/text"
	"crmferry/internal/history"
	"crmferry/internal/humanize"
	"crmferry/internal/state"
)

// Run is a past run, for what is said of it.
type Run struct {
	*history.Past
	Rows *history.Rows // what its journal tells; nil if nothing
	// Again is the import as it was given with another file, less some flags and with some words added.
	Again func(file string, less []string, add ...string) string
}

// PastJSON is one run as --json shows it.
type PastJSON struct {
	RunJSON
	Args   []string       `json:"args,omitempty"`
	Errors map[string]int `json:"errors,omitempty"`
	Missed int            `json:"not_reached"`
	Damage string         `json:"journal_damage,omitempty"` // what the journal does not tell any more
	First  []PastRowJSON  `json:"first_rows,omitempty"`     // of those that were rejected, failed or are unknown
	Next   string         `json:"next,omitempty"`
}

// PastRowJSON is a row as --json shows it.
type PastRowJSON struct {
	Row     int             `json:"row"`
	Outcome outcome.Outcome `json:"outcome"`
	Key     string          `json:"key"`
	ID      string          `json:"id,omitempty"`
	Error   string          `json:"error"`
	Message string          `json:"message"`
}

// JSON is the run for programs.
func (r Run) JSON() PastJSON {
	rows := r.Rows
	out := PastJSON{RunJSON: NewRunJSON(r.Past), Args: r.Args(), Next: r.next()}
	if rows == nil {
		return out
	}
	if rows.Lost > 0 || rows.Damage != (state.Damage{}) {
		out.Damage = history.LostRows(rows.Damage, rows.Lost)
	}
	if r.State != history.Finished {
		out.Missed = max(0, rows.Rows-rows.Reached())
	}
	out.Errors = map[string]int{}
	for _, e := range rows.Errors {
		out.Errors[e.Code] = e.Rows
	}
	for _, row := range rows.First {
		out.First = append(out.First, PastRowJSON{row.Row, row.Outcome, row.Key, row.ID, row.Codes(), text.RowMessage(&row)})
	}
	return out
}

// Facts are what is known of the run, line by line.
func (r Run) Facts() [][]string {
	p, rows := r.Past, r.Rows
	var facts [][]string
	add := func(name, value string) {
		if value != "" {
			facts = append(facts, []string{name, value})
		}
	}
	add("run", p.ID)
	add("state", runState(p))
	add("what", p.Kind+" "+RunResource(p))
	add("address", p.BaseURL())
	add("organization", p.Organization())
	add("file", RunFile(p))
	add("command", text.CommandLine(p.Args()...))
	add("started", p.Since.Local().Format(time.DateTime))
	if !p.Ended.IsZero() {
		add("ended", fmt.Sprintf("%s, after %s", p.Ended.Local().Format(time.DateTime), humanize.Duration(p.Ended.Sub(p.Since))))
	}
	add("rows", runCounts(p))
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
	add("next", r.next())
	return facts
}

// runState is the state with what explains it.
func runState(p *history.Past) string {
	switch {
	case p.State == history.Running:
		return fmt.Sprintf("running: %s", p.Holder)
	case p.Err != nil:
		return fmt.Sprintf("%s: %v", p.State, p.Err)
	}
	return p.State
}

// RunFile is the file of the run, as it is found from here.
func RunFile(p *history.Past) string {
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

// next is what there is to be done about the run.
func (r Run) next() string {
	p := r.Past
	switch {
	case p.State == history.Resumable:
		return "to go on with it: " + r.Resume()
	case p.State == history.Stopped:
		return "to start it again: " + text.CommandLine(p.Args()...)
	case p.State != history.Finished || !p.Imported():
		return ""
	case p.Unapplied():
		return "to apply it: " + applyOf(p)
	case p.Kind == history.Plan:
		return ""
	case p.Record.Rejects != "" && state.Exists(p.Record.Rejects):
		rejects := history.Relative(p.Record.Rejects)
		return fmt.Sprintf("mend the rows in %s, then: %s", rejects, r.Again(rejects, text.FlagsOfOneFile()))
	case p.Record.Counts[outcome.Unknown] > 0:
		return "look the unknown rows up in the CRM, see the report"
	case !state.Exists(p.Record.Report):
		return "to write its report again: crmferry runs " + p.ID + " --report FILE"
	}
	return ""
}

// applyOf is the command that applies a plan.
func applyOf(p *history.Past) string {
	if state.Exists(p.Record.Report) {
		return text.CommandLine("apply", text.FileArg(history.Relative(p.Record.Report)))
	}
	return text.CommandLine("apply", p.ID)
}

// Resume is the command that goes on with the run.
func (r Run) Resume() string {
	if r.Kind == history.Apply && r.Record != nil {
		return text.CommandLine("apply", r.Record.Plan, "--resume")
	}
	if r.Record != nil && r.Record.Undone != nil {
		return text.Given{Undo: r.Record.Undone.Run, Flags: undoneRows(r.Record.Undone.Rows)}.Resume()
	}
	return r.Again(RunFile(r.Past), nil, "--resume="+r.ID)
}

// undoneRows is the flag that names the rows of an undo, nothing for all.
func undoneRows(rows string) []text.Flag {
	if rows == "" {
		return nil
	}
	return []text.Flag{{Name: "rows", Words: []string{"--rows", rows}}}
}

// Damage says what the journal does not tell any more, and who does.
func (r Run) Damage() []text.Message {
	p, rows := r.Past, r.Rows
	damaged := rows.Damage != (state.Damage{})
	switch {
	case p.State == history.Finished && (damaged || rows.Lost > 0):
		return []text.Message{text.Warnf("the journal does not say any more what became of %s. %s", history.LostRows(rows.Damage, rows.Lost), otherSource(p))}
	case damaged && p.State == history.Resumable:
		return []text.Message{text.Warnf("the journal is damaged (%s): what stands behind that is not counted, and its rows are verified by --resume", rows.Damage)}
	case damaged:
		return []text.Message{text.Warnf("the journal is damaged (%s): what stands behind that is not counted", rows.Damage)}
	}
	return nil
}

// otherSource is where the outcome of rows can be found that a journal has lost.
func otherSource(p *history.Past) string {
	if state.Exists(p.Record.Report) {
		return "They are in the report of that time: " + history.Relative(p.Record.Report)
	}
	return "Look them up in the CRM"
}

// RowTable are rows that need a look, as a table.
func RowTable(list []outcome.Result) [][]string {
	table := [][]string{{"ROW", "OUTCOME", "KEY", "ERROR", "MESSAGE"}}
	for _, r := range list {
		table = append(table, []string{fmt.Sprint(r.Row), string(r.Outcome), r.Key, r.Codes(), text.RowMessage(&r)})
	}
	return table
}
