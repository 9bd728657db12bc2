package text

import (
	"fmt"
	"strconv"
	"strings"

	"crmferry/importer/survey"
	"crmferry/importer/survey/shared"
	"crmferry/internal/humanize"
	"crmferry/internal/sheet"
	"crmferry/mapping/match/columns"
)

// Headline is the file, its size and what wrote it.
func Headline(s *survey.Survey) string {
	line := fileName(s)
	if s.Rows > 0 {
		line += ": " + RowCount(s)
	}
	if s.LeftOut > 0 {
		line += fmt.Sprintf(", of which --where leaves %s out", humanize.Number(int64(s.LeftOut)))
	}
	if s.Empty > 0 {
		line += fmt.Sprintf(", of which %s nothing to import", map[bool]string{true: "1 holds", false: humanize.Number(int64(s.Empty)) + " hold"}[s.Empty == 1])
	}
	if s.Source != "" {
		line += ", " + s.Source
	}
	return line
}

// fileName is the file and, for a workbook, its sheet.
func fileName(s *survey.Survey) string {
	if s.SheetName == "" {
		return s.Name
	}
	return fmt.Sprintf("%s, sheet %q", s.Name, s.SheetName)
}

// RowCount counts the rows that were looked at.
func RowCount(s *survey.Survey) string {
	switch {
	case s.Limited && s.Rows == 1:
		return "the first row"
	case s.Limited:
		return "the first " + humanize.Count(int64(s.Rows), "row")
	}
	return humanize.Count(int64(s.Rows), "row")
}

// NotableFacts are the facts about a file that is not just a CSV file as programs exchange them.
func NotableFacts(facts []sheet.Fact) []sheet.Fact {
	var list []sheet.Fact
	for _, f := range facts {
		usual := f.What == "encoding" && f.Value == "UTF-8" || f.What == "delimiter" && f.Value == "comma"
		if !usual {
			list = append(list, f)
		}
	}
	return list
}

// Fact is a fact about a file, and why it is believed.
func Fact(f sheet.Fact) string {
	line := f.What + " " + f.Value
	if f.What == "sheet" {
		line = fmt.Sprintf("sheet %q", f.Value) // a name that people gave
	}
	if why := FactReason(f); why != "" {
		line += " (" + why + ")"
	}
	return line
}

// FactReason is why a file was understood as it was, with the flag that has it understood otherwise.
func FactReason(f sheet.Fact) string {
	switch {
	case f.What == "encoding" && f.Alternative != "":
		return f.Why + ", say --encoding " + f.Alternative
	case f.What == "delimiter" && f.Value == "none":
		return f.Why + "; --delimiter names another character that stands between cells"
	}
	return f.Why
}

// Columns counts the columns and gives the reason for each that is ignored although it holds something.
func Columns(s *survey.Survey, id string) string {
	line := humanize.Count(int64(s.Count(columns.Mapped)), "column") + " mapped"
	var ignored []columns.Column
	var proposed, known, kept []string
	own, without := 0, 0
	for i, c := range s.Columns {
		switch {
		case columns.IsOwnColumn(c.Header):
			own++
		case c.Kept:
			kept = append(kept, ColumnName(c)+": "+c.Reason)
		case c.State == columns.Ignored && s.Filled[i] == 0:
			without++
		case c.State == columns.Ignored:
			ignored = append(ignored, c)
		case c.State == columns.Proposed:
			proposed = append(proposed, fmt.Sprintf("%s: %s", ColumnName(c), c.Reason))
		case c.State == columns.ReadOnlyColumn:
			known = append(known, ColumnName(c))
		}
	}
	if len(kept) > 0 {
		line += fmt.Sprintf(", %d kept (%s)", len(kept), kept[0])
	}
	if len(proposed) > 0 {
		line += fmt.Sprintf(", %d not used until you confirm (%s)", len(proposed), humanize.SomeOf(proposed, "; ", 6))
	}
	if len(ignored) > 0 {
		line += fmt.Sprintf(", %d ignored (%s)", len(ignored), humanize.SomeOf(byReason(ignored), "; ", 6))
	}
	if without > 0 {
		line += fmt.Sprintf(", %d empty", without)
	}
	if own > 0 {
		line += fmt.Sprintf(", %d of crmferry's own left alone", own)
	}
	if len(known) > 0 {
		line += fmt.Sprintf(", %d left alone because %s lets them only be read (%s)", len(known), id, humanize.SomeOf(known, ", ", 12))
	}
	return line
}

// byReason lists columns by why they are ignored.
func byReason(columns []columns.Column) []string {
	var reasons []string
	names := map[string][]string{}
	for _, c := range columns {
		if names[c.Reason] == nil {
			reasons = append(reasons, c.Reason)
		}
		names[c.Reason] = append(names[c.Reason], ColumnName(c))
	}
	for i, reason := range reasons {
		reasons[i] = humanize.SomeOf(names[reason], ", ", 6) + ": " + reason
	}
	return reasons
}

// ColumnName is a header, or the letter of a column without one.
func ColumnName(c columns.Column) string {
	if c.Title() == "" {
		return "column " + c.Letter
	}
	return c.Title()
}

// FindingCounts has a line for each kind of what was repaired or looks wrong: how often, and the first of it. Of many kinds
// only some are told.
func FindingCounts(s *survey.Survey) []string {
	const most = 6
	var lines []string
	for _, c := range s.Findings[:min(len(s.Findings), most)] {
		lines = append(lines, fmt.Sprintf("%s %s: %s", c.Code, humanize.Number(int64(c.Count)), Finding(s, c.Kind, c.First[0])))
	}
	if rest := len(s.Findings) - most; rest > 0 {
		lines = append(lines, "and "+humanize.Count(int64(rest), "more kind")+" of such")
	}
	return lines
}

// Finding is a finding with its row.
func Finding(s *survey.Survey, kind survey.FindingKind, f survey.Finding) string {
	return RowName(f.Row, f.Line) + Describe(s, kind, f)
}

// Describe is the message of a finding. That of the file itself does not say where and what.
func Describe(s *survey.Survey, kind survey.FindingKind, f survey.Finding) string {
	text := f.Message
	if kind != survey.InFile {
		return text
	}
	if f.Before != "" {
		text = fmt.Sprintf("%q: %s", humanize.Clip(f.Before, 60), text)
	}
	if f.Column >= 0 && f.Column < len(s.Columns) {
		text = columns.ColumnWords(s.Columns[f.Column].Ref(s.Columns)) + ": " + text
	}
	return text
}

// RowName begins a line about a row, "" if it is about none. The line of a text file is given where it is not the row's
// number.
func RowName(row, line int) string {
	switch {
	case row == 0:
		return ""
	case line == 0 || line == row:
		return fmt.Sprintf("row %d: ", row)
	}
	return fmt.Sprintf("row %d (line %d): ", row, line)
}

// WrongColumns warns of columns that hold something and are not used, though their headers name fields.
func WrongColumns(s *survey.Survey) (lines []Message) {
	for i, c := range s.Columns {
		if c.Wrong && c.State == columns.Ignored && s.Filled[i] > 0 {
			lines = append(lines, Warnf("%s (%s) is left out: %s", columns.ColumnWords(c.Ref(s.Columns)), humanize.Count(int64(s.Filled[i]), "cell"), c.Reason))
		}
	}
	return lines
}

// FlagValues says what the rows erase, and what flags put in place of empty cells and of others.
func FlagValues(s *survey.Survey) []Message {
	var lines []Message
	if len(s.Defaulted) > 0 {
		lines = append(lines, Notef("  --default fills what rows have no value for: %s", counts(s.Defaulted)))
	}
	if n := sum(s.Replaced); n > 0 {
		lines = append(lines, Warnf("--set replaces %s of the file: %s; --default fills only the rows that have none", humanize.Count(int64(n), "value"), counts(s.Replaced)))
	}
	if n := sum(s.Clears); len(s.Clears) > 0 {
		lines = append(lines, Warnf("up to %s will be erased: %s", humanize.Count(int64(n), "value"), counts(s.Clears)))
	}
	return lines
}

// SharedPhones names rows that a vendor may take for one contact.
func SharedPhones(s shared.Phones, vendor string) string {
	groups := make([]string, len(s.First))
	for i, rows := range s.First {
		words := make([]string, len(rows))
		for k, row := range rows {
			words[k] = strconv.Itoa(row)
		}
		groups[i] = humanize.List(words)
	}
	line := "rows " + strings.Join(groups, "; ")
	if more := s.Groups - len(groups); more > 0 {
		line += "; and " + humanize.Count(int64(more), "more such group")
	}
	return line + ": they share a phone and not an e-mail, so that " + vendor + " may take them for one contact and keep the last"
}
