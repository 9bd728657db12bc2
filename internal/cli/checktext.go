package cli

import (
	"cmp"
	"encoding/csv"
	"fmt"
	"slices"
	"strings"

	"crmferry/importer/survey"
	"crmferry/internal/humanize"
	"crmferry/internal/sheet"
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
	a.ui.Notef("%s", headline(s))
	for _, f := range notable(s.Facts) {
		a.ui.Notef("  %s", factLine(f))
	}
	a.showColumns(s, id)
}

// headline is the file, its size and what wrote it.
func headline(s *survey.Survey) string {
	line := fileName(s)
	if s.Rows > 0 {
		line += ": " + rowsOf(s)
	}
	if s.Source != "" {
		line += ", " + s.Source
	}
	return line
}

// rowsOf counts the rows that were looked at.
func rowsOf(s *survey.Survey) string {
	switch {
	case s.Limited && s.Rows == 1:
		return "the first row"
	case s.Limited:
		return "the first " + humanize.Count(int64(s.Rows), "row")
	}
	return humanize.Count(int64(s.Rows), "row")
}

// notable are the facts about a file that is not just a CSV file as programs exchange them.
func notable(facts []sheet.Fact) []sheet.Fact {
	var list []sheet.Fact
	for _, f := range facts {
		usual := f.What == "encoding" && f.Value == "UTF-8" || f.What == "delimiter" && f.Value == "comma"
		if !usual {
			list = append(list, f)
		}
	}
	return list
}

func factLine(f sheet.Fact) string {
	line := f.What + " " + f.Value
	if f.What == "sheet" {
		line = fmt.Sprintf("sheet %q", f.Value) // a name that people gave
	}
	if why := factReason(f); why != "" {
		line += " (" + why + ")"
	}
	return line
}

// showColumns prints the table of columns, and names those that are neither used nor filled.
func (a *app) showColumns(s *survey.Survey, id string) {
	rows := [][]string{{"", "COLUMN", strings.ToUpper(id) + " FIELD", "FILLED", "EXAMPLE", "MATCHED BY"}}
	var empty []string
	for i, c := range s.Columns {
		if c.State != match.Mapped && s.Filled[i] == 0 {
			empty = append(empty, columnName(c))
			continue
		}
		field, how := "-", c.Reason
		if c.State == match.Mapped {
			field, how = c.Field, c.How
			if c.Reason != "" {
				how += ": " + c.Reason
			}
		}
		rows = append(rows, []string{c.Letter, clipText(c.Header, 32), field, humanize.Number(int64(s.Filled[i])), clipText(s.Examples[i], 32), how})
	}
	const example = 4
	if room := a.ui.Room(rows, example); room > 0 {
		for _, row := range rows {
			row[example] = clipText(row[example], room)
		}
	}
	a.ui.Rows(rows)
	if len(empty) > 0 {
		a.list("without a cell, and not used: " + someOf(empty, ", ", 12))
	}
}

// someOf lists words, at most about so many.
func someOf(words []string, separator string, most int) string {
	if len(words) <= most+1 {
		return strings.Join(words, separator)
	}
	return fmt.Sprintf("%s%sand %d more", strings.Join(words[:most], separator), separator, len(words)-most)
}

// clipText keeps a text short enough for a line.
func clipText(s string, most int) string {
	runes := []rune(s)
	if len(runes) <= most {
		return s
	}
	return string(runes[:most-1]) + "…"
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
		lines = append(lines, rowName(f.Row, f.Line)+c.Code+": "+describe(s, c.Kind, f))
	}
	if rest := c.Count - len(lines); rest > 0 {
		lines = append(lines, fmt.Sprintf("and %s more: %s", humanize.Number(int64(rest)), c.Code))
	}
	return lines
}

// findingText is a finding with its row.
func findingText(s *survey.Survey, kind survey.FindingKind, f survey.Finding) string {
	return rowName(f.Row, f.Line) + describe(s, kind, f)
}

// describe is the message of a finding. That of the file itself does not say where and what.
func describe(s *survey.Survey, kind survey.FindingKind, f survey.Finding) string {
	text := f.Message
	if kind != survey.InFile {
		return text
	}
	if f.Before != "" {
		text = fmt.Sprintf("%q: %s", clipText(f.Before, 60), text)
	}
	if f.Column >= 0 && f.Column < len(s.Columns) {
		text = match.ColumnWords(s.Columns[f.Column].Ref(s.Columns)) + ": " + text
	}
	return text
}

// rowName begins a line about a row, "" if it is about none. The line of a text file is given where it is not the row's
// number.
func rowName(row, line int) string {
	switch {
	case row == 0:
		return ""
	case line == 0 || line == row:
		return fmt.Sprintf("row %d: ", row)
	}
	return fmt.Sprintf("row %d (line %d): ", row, line)
}

// showProblems prints the first problems of each code.
func (a *app) showProblems(problems *problemList) {
	if len(problems.counts) == 0 {
		return
	}
	var lines []string
	for _, c := range problems.counts {
		for _, p := range c.first {
			lines = append(lines, rowName(p.Row, p.Line)+p.Code+": "+p.Message)
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
