package verdict

import (
	"cmp"
	"encoding/csv"
	"fmt"
	"slices"
	"strings"

	"crmferry/importer/survey"
	"crmferry/internal/cli/text"
	"crmferry/internal/humanize"
	"crmferry/internal/job/check"
	"crmferry/mapping/match/columns"
)

// ColumnTable is how each column was understood, with its header. Room for examples is found at ExampleColumn.
func ColumnTable(s *survey.Survey, id string) [][]string {
	rows := [][]string{{"", "COLUMN", strings.ToUpper(id) + " FIELD", "FILLED", "EXAMPLE", "MATCHED BY"}}
	for i, c := range s.Columns {
		if unused(s, i) {
			continue
		}
		field, how := "-", c.Reason
		if c.State == columns.Mapped {
			field, how = c.Field, c.MatchedBy()
			if c.Reason != "" {
				how += ": " + c.Reason
			}
		}
		rows = append(rows, []string{c.Letter, humanize.Clip(c.Title(), 32), field, humanize.Number(int64(s.Filled[i])), humanize.Clip(s.Examples[i], 32), how})
	}
	return rows
}

// ExampleColumn is the column of a ColumnTable that may be cut.
const ExampleColumn = 4

// EmptyColumns names the columns that are neither used nor filled, "" for none.
func EmptyColumns(s *survey.Survey) string {
	var empty []string
	for i, c := range s.Columns {
		if unused(s, i) {
			empty = append(empty, text.ColumnName(c))
		}
	}
	if empty == nil {
		return ""
	}
	return "without a cell, and not used: " + humanize.SomeOf(empty, ", ", 12)
}

// unused reports whether a column is neither used nor filled.
func unused(s *survey.Survey, column int) bool {
	return s.Columns[column].State != columns.Mapped && s.Filled[column] == 0
}

// Findings lists what is odd about the file, what was repaired in cells, and what looks wrong in them, from the top down.
func Findings(s *survey.Survey) []text.List {
	findings := slices.SortedStableFunc(slices.Values(s.Findings), func(a, b survey.FindingCount) int { return cmp.Compare(a.First[0].Row, b.First[0].Row) })
	var lists []text.List
	for _, part := range []struct {
		kind    survey.FindingKind
		heading string
	}{
		{survey.InFile, "about the file:"},
		{survey.Repaired, "not read as the cell says:"},
		{survey.Doubtful, "read as the cell says, but have a look:"},
	} {
		var lines []string
		for _, c := range findings {
			if c.Kind == part.kind {
				lines = append(lines, findingLines(s, c)...)
			}
		}
		if lines != nil {
			lists = append(lists, text.List{Heading: part.heading, Lines: lines})
		}
	}
	return lists
}

// shownFindings bounds the cells that are shown of each kind of finding.
const shownFindings = 2

// findingLines are the first of a kind of finding, and how many there are besides.
func findingLines(s *survey.Survey, c survey.FindingCount) []string {
	var lines []string
	for _, f := range c.First[:min(len(c.First), shownFindings)] {
		lines = append(lines, text.RowName(f.Row, f.Line)+c.Code+": "+text.Describe(s, c.Kind, f))
	}
	if rest := c.Count - len(lines); rest > 0 {
		lines = append(lines, andMore(rest, c.Code))
	}
	return lines
}

func andMore(n int, code string) string {
	return fmt.Sprintf("and %s more: %s", humanize.Number(int64(n)), code)
}

// Problems lists the first problems of each code.
func Problems(p *check.Problems) []text.List {
	if len(p.Codes) == 0 {
		return nil
	}
	var lines []string
	for _, c := range p.Codes {
		for _, row := range c.First {
			lines = append(lines, text.RowName(row.Row, row.Line)+row.Code+": "+row.Message)
		}
		if rest := c.Count - len(c.First); rest > 0 {
			lines = append(lines, andMore(rest, c.About.Code))
		}
	}
	return []text.List{{Heading: "not sent:", Lines: lines}}
}

// shownUnmatched bounds the values that are shown.
const shownUnmatched = 15

// Unmatched is the beginning of a file for --values, with the values that no field knows, below a heading; nil for none.
func Unmatched(list []survey.Unmatched) []string {
	if len(list) == 0 {
		return nil
	}
	var file strings.Builder
	w := csv.NewWriter(&file)
	lines := [][]string{{"field", "from", "to", "rows"}}
	for _, u := range list[:min(len(list), shownUnmatched)] {
		lines = append(lines, []string{u.Field, u.Value, "", fmt.Sprint(u.Rows)})
	}
	_ = w.WriteAll(lines) // a strings.Builder takes everything
	all := []string{"values that their field does not take; what each stands for goes into the column \"to\" of a file like this, for --values:"}
	all = slices.AppendSeq(all, strings.Lines(file.String()))
	if rest := len(list) - shownUnmatched; rest > 0 {
		all = append(all, "and "+humanize.Count(int64(rest), "more value"))
	}
	return all
}
