package verdict

import (
	"cmp"
	"fmt"
	"path/filepath"
	"slices"
	"strings"

	"crmferry/importer/survey"
	"crmferry/internal/cli/text"
	"crmferry/internal/humanize"
	"crmferry/internal/job/check"
	"crmferry/mapping/match/columns"
)

// Checked is a check that was made, for what is said at its end.
type Checked struct {
	*check.Result
	Given     text.Given
	Report    string // the report that was asked for, "" for none
	HasValues bool   // with --values
	By        text.Adviser
}

// Verdict says what is wrong altogether, what to do about it, and the command that comes next.
func (c Checked) Verdict() []text.Message {
	lines := c.remarks()
	note, ready := text.Notef, c.Survey.Rows-c.Problems.Rejected-c.Problems.Skipped
	onward := c.Given.Import([]string{"json", "write-map", "report", "quiet"}, "--dry-run")
	if c.Problems.Rejected == 0 {
		lines = append(lines, text.Notef("%s", readyLine(c.Survey, ready)), text.Notef("next    %s", onward))
	} else {
		note = text.Resultf
		lines = append(lines, text.Resultf("%s of %s would be rejected; %s", humanize.Count(int64(c.Problems.Rejected), "row"), humanize.Number(int64(c.Survey.Rows)), readyLine(c.Survey, ready)))
		for _, line := range problemAdvice(c.Problems.Codes, c.By) {
			lines = append(lines, text.Resultf("  %s", line))
		}
		lines = append(lines, text.Onward(c.mend())...)
		if ready > 0 {
			lines = append(lines, text.Resultf("or      import the others: %s", onward))
		}
	}
	if way := text.LeaveOut(c.Survey, func(add ...string) string {
		return c.Given.Import([]string{"json", "write-map", "report", "quiet"}, append(add, "--dry-run")...)
	}); way != "" && ready > 0 {
		lines = append(lines, note("or      %s", way))
	}
	if confirm := c.confirm(); confirm != "" {
		lines = append(lines, note("or      %s", confirm))
	}
	return lines
}

// remarks are what else there is to know about the rows.
func (c Checked) remarks() []text.Message {
	lines, s := append(text.WrongColumns(c.Survey), text.FlagValues(c.Survey)...), c.Survey
	if n := c.Problems.Skipped - s.LeftOut - s.Empty; n > 0 {
		why := "an earlier row says the same"
		if s.NotCreated > 0 {
			why += ", or the contact was not created by the run that the report tells of"
		}
		lines = append(lines, text.Notef("%s would be skipped: %s", humanize.Count(int64(n), "row"), why))
	}
	if s.SharedPhones.Groups > 0 {
		lines = append(lines, text.Warnf("%s", text.SharedPhones(s.SharedPhones, c.Given.Resource)))
	}
	if s.NoKey > 0 {
		lines = append(lines, text.Warnf("%s neither e-mail nor phone with a name: every import creates %s again", text.RowsThat(s.NoKey, "has", "have"), text.Them(s.NoKey)))
	}
	return lines
}

// confirm is the command that uses the columns that are proposed, "" without any. Of several for one field it takes the
// first.
func (c Checked) confirm() string {
	var maps, taken []string
	for _, column := range c.Survey.Columns {
		if column.State != columns.Proposed || slices.Contains(taken, column.Field) {
			continue
		}
		taken = append(taken, column.Field)
		maps = append(maps, "--map", column.Ref(c.Survey.Columns)+"="+column.Field)
	}
	if maps == nil {
		return ""
	}
	return "use what is proposed above, too: " + c.again(maps...)
}

// again is this check once more, with further flags.
func (c Checked) again(add ...string) string {
	return c.Given.Check([]string{"json", "quiet", "write-map"}, add...)
}

// readyLine counts the rows that nothing is wrong with.
func readyLine(s *survey.Survey, ready int) string {
	switch {
	case ready == s.Rows && s.Limited && ready == 1:
		return text.RowCount(s) + " is ready"
	case ready == s.Rows && s.Limited:
		return text.RowCount(s) + " are ready"
	case ready == s.Rows:
		return "all rows are ready"
	case ready == 0:
		return "no row is ready"
	}
	return text.RowsThat(ready, "is ready", "are ready")
}

// problemAdvice says for each code what to do, the most frequent first.
func problemAdvice(codes []check.CodeProblems, by text.Adviser) []string {
	codes = slices.DeleteFunc(slices.Clone(codes), func(c check.CodeProblems) bool { return c.Rejected == 0 })
	slices.SortStableFunc(codes, func(a, b check.CodeProblems) int { return cmp.Compare(b.Rejected, a.Rejected) })
	lines := make([]string, len(codes))
	for i, c := range codes {
		lines[i] = fmt.Sprintf("%s %s: %s", c.About.Code, humanize.Number(int64(c.Rejected)), by.InLine(c.About))
	}
	return lines
}

// mend says what to do first about rows that would be rejected, or instead: what a flag can say of all of them, then the rest.
func (c Checked) mend() []string {
	onward := text.MendAll(c.Survey, "", c.again)
	switch {
	case onward != nil:
	case len(c.Survey.Unmatched) > 0 && !c.HasValues:
		onward = []string{c.giveValues()}
	case c.Report != "":
		onward = []string{fmt.Sprintf("mend them as %s says, and check again: %s", c.Report, c.again())}
	default:
		onward = []string{"mend them, and check again; the report lists each with what to do: " + c.again("--report", c.Given.CheckReport())}
	}
	return onward
}

// giveValues says how values that their field does not take are given others: in the sheet of the report that lists them.
func (c Checked) giveValues() string {
	if strings.EqualFold(filepath.Ext(c.Report), ".xlsx") {
		return fmt.Sprintf("fill the column \"to\" of the sheet Values in %s (nothing leaves a value out), and check again: %s", c.Report,
			c.Given.Check([]string{"json", "quiet", "write-map", "report", "overwrite"}, "--values", c.Report))
	}
	return "write a report, whose sheet Values asks what each of the values above stands for: " +
		c.Given.Check([]string{"json", "quiet", "write-map", "report"}, "--report", c.Given.CheckReport())
}

// MapWritten says how a map file is used.
func MapWritten(path, resource string) text.Message {
	return text.Notef("map     %s: change its column field (crmferry fields %s lists the names), save it as CSV, and add --map-file %s", path, resource, text.Quote(path))
}
