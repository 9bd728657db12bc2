package cli

import (
	"path/filepath"
	"strings"

	"crmferry/importer/survey"
	"crmferry/internal/cli/text"
	"crmferry/internal/failure"
	"crmferry/internal/humanize"
	"crmferry/internal/job"
)

// showCheck prints what a check found, for programs or for people; under --quiet only what is wrong.
func (a *app) showCheck(c *job.CheckResult, req job.CheckRequest, o *checkOptions) error {
	if c.Report != nil {
		a.say(text.Outputs(c.Report)...)
	}
	code := failure.ExitOK
	if c.Problems.Rejected > 0 {
		code = failure.ExitRows
	}
	if a.ui.JSON {
		if err := a.ui.WriteJSON(text.NewCheckJSON(req.Input.Name(), c, code)); err != nil {
			return err
		}
		return failure.Quietly(code)
	}
	if !a.ui.Quiet {
		a.showUnderstood(c.Survey, req.Resource.ID())
	}
	a.list(text.Problems(&c.Problems)...)
	for _, line := range text.Unmatched(c.Survey.Unmatched) {
		a.ui.Rows([][]string{{line}})
	}
	if c.Report != nil {
		a.ui.Notef("report  %s", c.Report.Path())
	}
	a.say(text.Checked{CheckResult: c, Given: o.given, Report: o.report, Proposed: checkReportName(o.file), HasValues: o.values != ""}.Verdict()...)
	return failure.Quietly(code)
}

// showUnderstood prints how the file was understood, each column, and what was found in cells.
func (a *app) showUnderstood(s *survey.Survey, id string) {
	a.ui.Notef("%s", text.Headline(s))
	for _, f := range text.NotableFacts(s.Facts) {
		a.ui.Notef("  %s", text.Fact(f))
	}
	table := text.ColumnTable(s, id)
	if room := a.ui.Room(table, text.ExampleColumn); room > 0 {
		for _, row := range table {
			row[text.ExampleColumn] = humanize.Clip(row[text.ExampleColumn], room)
		}
	}
	a.ui.Rows(table)
	if empty := text.EmptyColumns(s); empty != "" {
		a.list(text.List{Heading: empty})
	}
	a.list(text.Findings(s)...)
}

// checkReportName is where a report of a file is proposed to be written.
func checkReportName(file string) string {
	file = job.Input{File: file}.Stem()
	return strings.TrimSuffix(file, filepath.Ext(file)) + ".check.xlsx"
}
