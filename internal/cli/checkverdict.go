package cli

import (
	"cmp"
	"fmt"
	"path/filepath"
	"slices"
	"strings"

	"crmferry/importer/survey"
	"crmferry/internal/cli/text"
	"crmferry/internal/humanize"
	"crmferry/mapping/cells"
	"crmferry/mapping/match"
)

// verdict prints the last lines: what is wrong altogether, what to do about it, and the command that comes next.
func (a *app) verdict(s *survey.Survey, problems *problemList, o *checkOptions, id string) {
	a.announceValues(s)
	if problems.skipped > 0 {
		why := "an earlier row says the same"
		if s.NotCreated > 0 {
			why += ", or the contact was not created by the run that the report tells of"
		}
		a.ui.Notef("%s would be skipped: %s", humanize.Count(int64(problems.skipped), "row"), why)
	}
	if s.SharedPhones.Groups > 0 {
		a.ui.Warnf("%s", text.SharedPhones(s.SharedPhones, id))
	}
	if s.NoKey > 0 {
		a.ui.Warnf("%s neither e-mail nor phone with a name: every import creates %s again", text.RowsThat(s.NoKey, "has", "have"), text.Them(s.NoKey))
	}
	ready, onward := s.Rows-problems.rejected-problems.skipped, o.given.Import(checkOnly(), "--dry-run")
	if problems.rejected == 0 {
		a.ui.Notef("%s", readyLine(s, ready))
		a.ui.Notef("next    %s", onward)
		if confirm := o.confirm(s, id); confirm != "" {
			a.ui.Notef("or      %s", confirm)
		}
		return
	}
	a.ui.Resultf("%s of %s would be rejected; %s", humanize.Count(int64(problems.rejected), "row"), humanize.Number(int64(s.Rows)), readyLine(s, ready))
	for _, line := range problems.advice() {
		a.ui.Resultf("  %s", line)
	}
	a.ui.Resultf("next    %s", o.mend(s, problems, id))
	if ready > 0 {
		a.ui.Resultf("or      import the others: %s", onward)
	}
	if confirm := o.confirm(s, id); confirm != "" {
		a.ui.Resultf("or      %s", confirm)
	}
}

// confirm is the command that uses the columns that are proposed, "" without any. Of several for one field it takes the
// first.
func (o *checkOptions) confirm(s *survey.Survey, id string) string {
	var maps, taken []string
	for _, c := range s.Columns {
		if c.State != match.Proposed || slices.Contains(taken, c.Field) {
			continue
		}
		taken = append(taken, c.Field)
		maps = append(maps, "--map", c.Ref(s.Columns)+"="+c.Field)
	}
	if maps == nil {
		return ""
	}
	return "use what is proposed above, too: " + o.again(maps...)
}

// again is this check once more, with further flags.
func (o *checkOptions) again(add ...string) string {
	return o.given.Check([]string{"json", "quiet", "write-map"}, add...)
}

// checkOnly are the flags of check that an import of the same file does not take over.
func checkOnly() []string { return []string{"json", "write-map", "report", "quiet"} }

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

// advice says for each code what to do, the most frequent first.
func (l *problemList) advice() []string {
	counts := slices.DeleteFunc(slices.Clone(l.counts), func(c problemCount) bool { return c.rejected == 0 })
	slices.SortStableFunc(counts, func(a, b problemCount) int { return cmp.Compare(b.rejected, a.rejected) })
	lines := make([]string, len(counts))
	for i, c := range counts {
		advice := text.Adviser{}.OnProblem(c.about)
		lines[i] = fmt.Sprintf("%s %s: %s", c.about.Code, humanize.Number(int64(c.rejected)), strings.ToLower(advice[:1])+strings.TrimSuffix(advice[1:], "."))
	}
	return lines
}

// mend says what to do first about rows that would be rejected: what a flag can say of all of them, then the rest.
func (o *checkOptions) mend(s *survey.Survey, problems *problemList, id string) string {
	switch {
	case problems.local > 0:
		perhaps, region := likelyRegions(s, problems.examples)
		return fmt.Sprintf("say which country the phones without a country code are from, %s: %s", perhaps, o.again("--region", region))
	case len(s.Unmatched) > 0 && o.values == "":
		return "write the values above into a file, with what each stands for, and give it: " + o.again("--values", "values.csv")
	case o.report != "":
		return fmt.Sprintf("mend them as %s says, and check again: %s", o.report, o.again())
	}
	return "mend them, and check again; the report lists each with what to do: " + o.again("--report", checkReportName(o.file))
}

// likelyRegions names the countries that phone numbers may be from, and what to give --region: the country if there is only
// one, else a word that stands for what only the user knows.
func likelyRegions(s *survey.Survey, numbers []string) (perhaps, region string) {
	const most, open = 5, "COUNTRY"
	header := make([]string, len(s.Columns))
	for i, c := range s.Columns {
		header[i] = c.Header
	}
	regions, fit := cells.LikelyRegions(header, numbers)
	if fit == 0 || len(regions) > most {
		return "by its two letters", open
	}
	last := len(regions) - 1
	perhaps, region = regions[last], regions[last]
	if last > 0 {
		region = open
		perhaps = strings.Join(regions[:last], ", ") + " or " + perhaps
	}
	return fmt.Sprintf("perhaps %s (%d of %d fit)", perhaps, fit, len(numbers)), region
}

// checkReportName is where a report of a file is proposed to be written.
func checkReportName(file string) string {
	file = reportStem(file)
	return strings.TrimSuffix(file, filepath.Ext(file)) + ".check.xlsx"
}
