package main

import (
	"errors"
	"fmt"
	"io/fs"
	"path/filepath"
	"slices"

	"crmferry/importer"
	"crmferry/importer/journal"
	"crmferry/importer/outcome"
	"crmferry/internal/crm"
	"crmferry/internal/failure"
	"crmferry/internal/humanize"
	"crmferry/internal/state"
)

// firstRows is how many rows that need a look are shown of a run.
const firstRows = 10

// pastRows is what the journal of an import knows of its rows.
type pastRows struct {
	*outcome.Summary
	first  []outcome.Result // of those that were rejected, failed or are unknown
	damage state.Damage
	lost   int          // rows of a finished run that the journal has lost
	over   bool         // the run is finished
	sink   outcome.Sink // where the rows go as well; may be nil
}

// Write takes up the next row.
func (r *pastRows) Write(res *outcome.Result) error {
	if r.over && res.Open {
		return nil // it has an outcome, which is lost
	}
	if slices.Contains([]outcome.Outcome{outcome.Rejected, outcome.Failed, outcome.Unknown}, res.Outcome) && len(r.first) < firstRows {
		r.first = append(r.first, *res)
	}
	if r.sink == nil {
		return nil
	}
	return r.sink.Write(res)
}

// journalOf is where the journal of a run is.
func (p *pastRun) journal() string { return filepath.Join(p.Dir, journalName) }

// rows reads the journal of an import, into sink as well if that is not nil. The cause is fs.ErrNotExist if the run has
// none.
func (a *app) rows(p *pastRun, sink outcome.Sink) (*pastRows, error) {
	var traits crm.Traits
	if r, err := a.registry.Find(p.Resource); err == nil { // else a later version knows it, and says merged of other rows
		traits = r.Capabilities(false).Traits
	}
	rows := &pastRows{sink: sink, over: p.State == pastFinished}
	var err error
	if rows.Summary, rows.damage, err = journal.Replay(p.journal(), traits, rows); err != nil {
		return nil, err
	}
	if p.Imported != nil {
		rows.lost = p.Imported.lost(rows.Summary)
	}
	if rows.over {
		rows.Counts[outcome.Unknown] -= rows.Open
		rows.Open = 0
	}
	if !p.Ended.IsZero() {
		rows.Elapsed = p.Ended.Sub(p.Since)
	}
	return rows, nil
}

// count brings the counts of an import that has not finished up to date: its record has those of its last stop, if any.
// What its journal cannot tell stays as it is.
func (a *app) count(p *pastRun) {
	if p.Imported == nil || p.State != pastRunning && p.State != pastResumable {
		return
	}
	if rows, err := a.rows(p, nil); err == nil {
		p.take(rows)
	} else if !errors.Is(err, fs.ErrNotExist) {
		p.Err = err
	}
}

// take brings the counts of the record up to date, unless it knows more than the journal.
func (p *pastRun) take(rows *pastRows) {
	if rows.lost > 0 {
		return
	}
	p.Imported.Counts, p.Imported.Rows, p.Open = rows.Counts, rows.Rows, rows.Open
}

// writeReport writes the report of an import from its journal.
func (a *app) writeReport(p *pastRun, path string, o outputOptions) error {
	if p.Imported == nil {
		return failure.Usage("only imports have reports", "the run %s is no import that has begun", p.ID)
	}
	if err := checkOutputs(p.Imported.Path, path, ""); err != nil {
		return err
	}
	out, err := a.output(state.ReportOutput, "--report", path, o)
	if err != nil {
		return err
	}
	out.Input = p.Imported.Path
	about := importer.About{Title: titleOf(p.Resource, p.Imported.Mode == string(importer.DeleteOnly)), File: p.File, Run: p.ID, Time: p.over()}
	report, err := importer.NewReport(out, reportFormat(path), nil, about, importer.Options{})
	if err != nil {
		return err
	}
	defer report.Abort()
	rows, err := a.rows(p, report)
	if errors.Is(err, fs.ErrNotExist) {
		return failure.Usage("", "the run %s has no journal: nothing is known of its rows", p.ID)
	}
	if err != nil {
		return err
	}
	if _, err := report.Finish(rows.Summary); err != nil {
		return err
	}
	a.tellOutput(out)
	a.warnDamage(p, rows)
	if missed := rows.Rows - rows.Reached(); missed > 0 && p.State != pastFinished {
		a.ui.Notef("not reached: %s", humanize.Count(int64(missed), "row"))
	}
	a.ui.Notef("report  %s: %s", out.Path(), humanize.Count(int64(rows.Reached()), "row"))
	return nil
}

// warnDamage says what the journal does not tell any more, and who does.
func (a *app) warnDamage(p *pastRun, rows *pastRows) {
	damaged := rows.damage != (state.Damage{})
	switch {
	case p.State == pastFinished && (damaged || rows.lost > 0):
		a.ui.Warnf("the journal does not say any more what became of %s. %s", lostText(rows.damage, rows.lost), otherSource(p))
	case damaged && p.State == pastResumable:
		a.ui.Warnf("the journal is damaged (%s): what stands behind that is not counted, and its rows are verified by --resume", rows.damage)
	case damaged:
		a.ui.Warnf("the journal is damaged (%s): what stands behind that is not counted", rows.damage)
	}
}

// otherSource is where the outcome of rows can be found that a journal has lost.
func otherSource(p *pastRun) string {
	if isThere(p.Imported.Report) {
		return "They are in the report of that time: " + fromHere(p.Imported.Report)
	}
	return "Look them up in the CRM"
}

// rowTable are the rows that need a look, as a table.
func rowTable(list []outcome.Result) [][]string {
	table := [][]string{{"ROW", "OUTCOME", "KEY", "ERROR", "MESSAGE"}}
	for _, r := range list {
		table = append(table, []string{fmt.Sprint(r.Row), string(r.Outcome), r.Key, r.Codes(), r.Message()})
	}
	return table
}
