package cli

import (
	"cmp"
	"encoding/csv"
	"fmt"
	"slices"
	"strings"

	"crmferry/importer/survey"
	"crmferry/internal/cli/text"
	"crmferry/internal/humanize"
	"crmferry/mapping/match"
)

// showCheck prints what a check found, for people; under --quiet only what is wrong.
func (a *app) showCheck(s *survey.Survey, id string, problems *problemList) {
	if !a.ui.Quiet {
		a.showUnderstood(s, id)
		a.showFindings(s)
	}
	a.showProblems(problems)
	a.showUnmatched(s.Unmatched)
}

// showUnderstood prints how the file was understood, and each column.
func (a *app) showUnderstood(s *survey.Survey, id string) {
	a.ui.Notef("%s", text.Headline(s))
	for _, f := range text.NotableFacts(s.Facts) {
		a.ui.Notef("  %s", text.Fact(f))
	}
	a.showColumns(s, id)
}

// showColumns prints the table of columns, and names those that are neither used nor filled.
func (a *app) showColumns(s *survey.Survey, id string) {
	rows := [][]string{{"", "COLUMN", strings.ToUpper(id) + " FIELD", "FILLED", "EXAMPLE", "MATCHED BY"}}
	var empty []string
	for i, c := range s.Columns {
		if c.State != match.Mapped && s.Filled[i] == 0 {
			empty = append(empty, text.ColumnName(c))
			continue
		}
		field, how := "-", c.Reason
		if c.State == match.Mapped {
			field, how = c.Field, c.How
			if c.Reason != "" {
				how += ": " + c.Reason
			}
		}
		rows = append(rows, []string{c.Letter, text.Clip(c.Header, 32), field, humanize.Number(int64(s.Filled[i])), text.Clip(s.Examples[i], 32), how})
	}
	const example = 4
	if room := a.ui.Room(rows, example); room > 0 {
		for _, row := range rows {
			row[example] = text.Clip(row[example], room)
		}
	}
	a.ui.Rows(rows)
	if len(empty) > 0 {
		a.list("without a cell, and not used: " + text.SomeOf(empty, ", ", 12))
	}
}

// list prints lines of a listing below a heading, each on a line of its own.
func (a *app) list(heading string, lines ...string) {
	rows := [][]string{{heading}}
	a.ui.Rows(rows)
	rows = rows[:0]
	for _, l := range lines {
		rows = append(rows, []string{"", l})
	}
	a.ui.Rows(rows)
}

// shownFindings bounds the cells that are shown of each kind of finding.
const shownFindings = 2

// findingPart is the heading of a kind of findings.
type findingPart struct {
	kind    survey.FindingKind
	heading string
}

func findingParts() []findingPart {
	return []findingPart{{survey.InFile, "about the file:"}, {survey.Repaired, "not read as the cell says:"},
		{survey.Doubtful, "taken as the cell says, but have a look:"}}
}

// showFindings prints what is odd about the file, what was repaired in cells, and what looks wrong in them, from the top
// of the file down.
func (a *app) showFindings(s *survey.Survey) {
	findings := slices.SortedStableFunc(slices.Values(s.Findings), func(a, b survey.FindingCount) int { return cmp.Compare(a.First[0].Row, b.First[0].Row) })
	for _, part := range findingParts() {
		var lines []string
		for _, c := range findings {
			if c.Kind == part.kind {
				lines = append(lines, findingLines(s, c)...)
			}
		}
		if lines != nil {
			a.list(part.heading, lines...)
		}
	}
}

// findingLines are the first of a kind of finding, and how many there are besides.
func findingLines(s *survey.Survey, c survey.FindingCount) []string {
	var lines []string
	for _, f := range c.First[:min(len(c.First), shownFindings)] {
		lines = append(lines, text.RowName(f.Row, f.Line)+c.Code+": "+text.Describe(s, c.Kind, f))
	}
	if rest := c.Count - len(lines); rest > 0 {
		lines = append(lines, fmt.Sprintf("and %s more: %s", humanize.Number(int64(rest)), c.Code))
	}
	return lines
}

// showProblems prints the first problems of each code.
func (a *app) showProblems(problems *problemList) {
	if len(problems.counts) == 0 {
		return
	}
	var lines []string
	for _, c := range problems.counts {
		for _, p := range c.first {
			lines = append(lines, text.RowName(p.Row, p.Line)+p.Code+": "+p.Message)
		}
		if rest := c.count - len(c.first); rest > 0 {
			lines = append(lines, fmt.Sprintf("and %s more: %s", humanize.Number(int64(rest)), c.about.Code))
		}
	}
	a.list("not sent:", lines...)
}

// shownUnmatched bounds the values that are shown.
const shownUnmatched = 15

// showUnmatched prints the values that no field knows as the beginning of a file for --values.
func (a *app) showUnmatched(list []survey.Unmatched) {
	if len(list) == 0 {
		return
	}
	a.list("values that their field does not take; put these lines into a file, what each stands for into its column \"to\", and give it with --values:")
	var text strings.Builder
	w := csv.NewWriter(&text)
	lines := [][]string{{"field", "from", "to", "rows"}}
	for _, u := range list[:min(len(list), shownUnmatched)] {
		lines = append(lines, []string{u.Field, u.Value, "", fmt.Sprint(u.Rows)})
	}
	_ = w.WriteAll(lines) // a strings.Builder takes everything
	for line := range strings.Lines(text.String()) {
		a.ui.Rows([][]string{{line}})
	}
	if rest := len(list) - shownUnmatched; rest > 0 {
		a.list(fmt.Sprintf("and %s", humanize.Count(int64(rest), "more value")))
	}
}
