package cli

import (
	"errors"
	"fmt"
	"io/fs"

	"crmferry/importer/modes"
	"crmferry/importer/outcome"
	"crmferry/importer/report"
	"crmferry/internal/cli/text"
	"crmferry/internal/failure"
	"crmferry/internal/history"
	"crmferry/internal/humanize"
	"crmferry/internal/job"
	"crmferry/internal/state"
)

// writeReport writes the report of an import from its journal.
func (a *app) writeReport(p *history.Past, path string, o outputOptions) error {
	if !p.Imported() {
		return failure.Usage("only imports have reports", "the run %s is no import that has begun", p.ID)
	}
	if err := job.CheckOutputs(p.Record.Path, path, ""); err != nil {
		return err
	}
	out, err := a.jobEnv().Output(state.ReportOutput, path, o.overwrite)
	if err != nil {
		return err
	}
	out.Input = p.Record.Path
	about := report.About{Title: job.ImportTitle(p.Resource, p.Record.Mode == string(modes.DeleteOnly)), File: p.File, Run: p.ID, Time: p.Over()}
	w, err := report.NewWriter(out, job.FormatOf(path), nil, about, nil, text.Adviser{})
	if err != nil {
		return err
	}
	defer w.Abort()
	rows, err := p.Rows(a.traits(p), w)
	if errors.Is(err, fs.ErrNotExist) {
		return failure.Usage("", "the run %s has no journal: nothing is known of its rows", p.ID)
	}
	if err != nil {
		return err
	}
	if _, err := w.Finish(rows.Summary); err != nil {
		return err
	}
	a.tellOutput(out)
	a.warnDamage(p, rows)
	if missed := rows.Rows - rows.Reached(); missed > 0 && p.State != history.Finished {
		a.ui.Notef("not reached: %s", humanize.Count(int64(missed), "row"))
	}
	a.ui.Notef("report  %s: %s", out.Path(), humanize.Count(int64(rows.Reached()), "row"))
	return nil
}

// warnDamage says what the journal does not tell any more, and who does.
func (a *app) warnDamage(p *history.Past, rows *history.Rows) {
	damaged := rows.Damage != (state.Damage{})
	switch {
	case p.State == history.Finished && (damaged || rows.Lost > 0):
		a.ui.Warnf("the journal does not say any more what became of %s. %s", job.LostRows(rows.Damage, rows.Lost), otherSource(p))
	case damaged && p.State == history.Resumable:
		a.ui.Warnf("the journal is damaged (%s): what stands behind that is not counted, and its rows are verified by --resume", rows.Damage)
	case damaged:
		a.ui.Warnf("the journal is damaged (%s): what stands behind that is not counted", rows.Damage)
	}
}

// otherSource is where the outcome of rows can be found that a journal has lost.
func otherSource(p *history.Past) string {
	if state.Exists(p.Record.Report) {
		return "They are in the report of that time: " + history.Relative(p.Record.Report)
	}
	return "Look them up in the CRM"
}

// rowTable are the rows that need a look, as a table.
func rowTable(list []outcome.Result) [][]string {
	table := [][]string{{"ROW", "OUTCOME", "KEY", "ERROR", "MESSAGE"}}
	for _, r := range list {
		table = append(table, []string{fmt.Sprint(r.Row), string(r.Outcome), r.Key, r.Codes(), text.RowMessage(&r)})
	}
	return table
}
