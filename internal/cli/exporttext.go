package cli

import (
	"fmt"
	"path/filepath"
	"strings"
	"time"

	"crmferry/exporter"
	"crmferry/internal/cli/text"
	"crmferry/internal/failure"
	"crmferry/internal/humanize"
	"crmferry/internal/sheet"
	"crmferry/internal/sheet/write"
)

// announce says what will be done.
func (j *exportJob) announce() {
	ui := j.app.ui
	where := "stdout"
	if j.target.path != toStdout {
		where = j.target.path
	}
	ui.Notef("%s into %s: %s", j.what(), where, humanize.Count(int64(len(j.columns)), "column"))
	if j.o.sandbox {
		ui.Notef("  from %s (sandbox: invented people, nothing leaves this machine)", j.ID())
	} else {
		ui.Notef("  from %s at %s, %s", j.ID(), j.conn.Base(), text.Pace(j.conn.Pace, j.Vendor()))
	}
	for _, line := range j.narrowed() {
		ui.Notef("  %s", line)
	}
}

// what is exported, in words: "every one of the contacts of Grow CRM".
func (j *exportJob) what() string {
	if len(j.narrowed()) > 0 {
		return j.Name() + " of " + j.Vendor().Name
	}
	return "all " + j.Name() + " of " + j.Vendor().Name
}

// narrowed says what is left out, or in which order, because the user wants it so.
func (j *exportJob) narrowed() []string {
	var lines []string
	for _, f := range j.query.Filters {
		lines = append(lines, "only or sorted by "+f.Name+"="+strings.Join(f.Values, ", "))
	}
	if !j.since.IsZero() {
		lines = append(lines, "created or changed since "+j.since.Format(time.RFC3339))
	}
	if j.o.limit > 0 {
		lines = append(lines, "the first "+humanize.Number(int64(j.o.limit))+" at most")
	}
	return lines
}

// conclude says what became of the export.
func (j *exportJob) conclude(s *exporter.Summary, stats write.Stats) error {
	ui := j.app.ui
	if ui.JSON {
		if err := ui.WriteJSON(j.summaryJSON(s, stats)); err != nil {
			return err
		}
	}
	if j.target.output != nil {
		j.app.tellOutput(j.target.output)
	}
	if ui.Quiet && len(s.Unproven) == 0 {
		return nil
	}
	ui.Resultf("exported %s, %s   in %s", humanize.Count(int64(s.Contacts), strings.TrimSuffix(j.Name(), "s")), completeness(s), humanize.Duration(s.Elapsed))
	ui.Resultf("%s", meanwhile(s, j.conn.Transport().Requests()))
	for _, why := range s.Unproven {
		ui.Resultf("not proven: %s", why)
	}
	if ui.Quiet {
		return nil
	}
	if stats.CutCells > 0 {
		ui.Resultf("cut     %s longer than a worksheet takes; each ends with a mark", humanize.Count(stats.CutCells, "cell"))
	}
	if j.target.path == toStdout {
		return nil
	}
	file := j.target.path
	if stats.Sheets > 1 {
		file += fmt.Sprintf(", %d sheets", stats.Sheets)
	}
	ui.Resultf("file    %s", file)
	ui.Resultf("next    %s", j.next(stats))
	return nil
}

// completeness is what is known of the file.
func completeness(s *exporter.Summary) string {
	if s.Limited {
		return "the first ones only: there may be more"
	}
	if len(s.Unproven) > 0 {
		return "not proven to be complete"
	}
	return "complete"
}

// meanwhile is what happened while the list was read.
func meanwhile(s *exporter.Summary, requests int64) string {
	return fmt.Sprintf("pages %s   repeats dropped %s   appeared %s   vanished %s   requests %s", humanize.Number(int64(s.Pages)),
		humanize.Number(int64(s.Repeats)), humanize.Number(int64(s.Appeared)), humanize.Number(int64(s.Vanished)), humanize.Number(requests))
}

// next is the command that most users want next.
func (j *exportJob) next(stats write.Stats) string {
	if j.o.sandbox {
		return "crmferry vendors " + j.Vendor().ID
	}
	if stats.Rows == 0 {
		return j.nextOfNothing()
	}
	if !j.Capabilities(j.o.undocumented).Create {
		return "open it, or see what else can be exported: crmferry vendors " + j.Vendor().ID
	}
	back := "what is changed in it goes back with: crmferry import " + j.ID() + " " + text.Quote(text.FileArg(j.target.path)) + " --dry-run"
	if stats.Sheets > 1 {
		name := titled(j.Name())
		back += fmt.Sprintf(" --sheet %s, then the same for each further sheet: --sheet %s", name, text.Quote(name+" 2"))
	}
	if j.target.format == sheet.XLSX {
		return "open it; " + back
	}
	return back
}

// nextOfNothing is what to do about a file without rows.
func (j *exportJob) nextOfNothing() string {
	if len(j.narrowed()) > 0 {
		return "nothing fits; if something should, leave out what narrows it: " + strings.Join(j.narrowed(), ", ")
	}
	return "if there should be some, see what the key may do: crmferry vendors " + j.Vendor().ID + " --check"
}

// about is the second sheet of a workbook: what, when, from where, and how complete.
func (j *exportJob) about(s *exporter.Summary) [][]string {
	from := j.conn.Base().String()
	if j.o.sandbox {
		from = "sandbox of crmferry: invented people"
	}
	lines := [][]string{
		{"What", j.what()},
		{"From", from},
		{"When", j.started.UTC().Format("2006-01-02 15:04:05") + " UTC"},
		{"Made by", userAgent()},
	}
	if id := j.work.id(); id != "" {
		lines = append(lines, []string{"Run", id})
	}
	for _, line := range j.narrowed() {
		lines = append(lines, []string{"Selected", line})
	}
	count := func(name string, n int) { lines = append(lines, []string{name, humanize.Number(int64(n))}) }
	lines = append(lines, nil, []string{"Completeness"})
	count(titled(j.Name()), s.Contacts)
	lines = append(lines, []string{"Complete", completeCell(s)})
	count("Pages read", s.Pages)
	count("Repeats dropped", s.Repeats)
	count("Appeared meanwhile", s.Appeared)
	count("Vanished meanwhile", s.Vanished)
	count("Requests", int(j.conn.Transport().Requests()))
	return append(lines, []string{"Time taken", humanize.Duration(s.Elapsed)})
}

// completeCell is what a workbook says of its completeness.
func completeCell(s *exporter.Summary) string {
	switch {
	case s.Limited:
		return "no: the first ones only, because --limit was given"
	case len(s.Unproven) > 0:
		return "not proven: " + strings.Join(s.Unproven, "; ")
	}
	return "yes: everything that was there throughout, each once"
}

// titled is a resource as the name of a sheet.
func titled(s string) string { return strings.ToUpper(s[:1]) + s[1:] }

// exportSummary is the summary of an export for programs (--json).
type exportSummary struct {
	Run      string   `json:"run,omitempty"`
	Resource string   `json:"resource"`
	File     string   `json:"file"`
	Format   string   `json:"format"`
	Kept     []string `json:"kept,omitempty"`    // where the file is now that was changed and whose place this one took
	Removed  []string `json:"removed,omitempty"` // files kept earlier
	Sandbox  bool     `json:"sandbox"`
	Filters  []string `json:"filters,omitempty"`
	Since    string   `json:"since,omitempty"`
	Columns  []string `json:"columns"`
	Rows     int64    `json:"rows"`
	Complete bool     `json:"complete"`
	Unproven []string `json:"unproven,omitempty"` // why it cannot be shown to be complete
	Pages    int      `json:"pages"`
	Repeats  int      `json:"repeats_dropped"`
	Appeared int      `json:"appeared"`
	Vanished int      `json:"vanished"`
	Rereads  int      `json:"rereads"`
	CutCells int64    `json:"cut_cells"`
	Sheets   int      `json:"sheets"`
	Requests int64    `json:"requests"`
	Seconds  float64  `json:"seconds"`
	Exit     int      `json:"exit"`
}

func (j *exportJob) summaryJSON(s *exporter.Summary, stats write.Stats) exportSummary {
	out := exportSummary{Run: j.work.id(), Resource: j.ID(), File: filepath.Clean(j.target.path), Format: string(j.target.format),
		Sandbox: j.o.sandbox, Filters: j.o.filters, Rows: stats.Rows, Complete: !s.Limited && len(s.Unproven) == 0, Unproven: s.Unproven, Pages: s.Pages, Repeats: s.Repeats,
		Appeared: s.Appeared, Vanished: s.Vanished, Rereads: s.Rereads, CutCells: stats.CutCells, Sheets: stats.Sheets,
		Requests: j.conn.Transport().Requests(), Seconds: s.Elapsed.Seconds(), Exit: int(failure.ExitOK)}
	if o := j.target.output; o != nil {
		out.Kept, out.Removed = keptOf(o), o.Removed
	}
	if !j.since.IsZero() {
		out.Since = j.since.Format(time.RFC3339)
	}
	for _, c := range j.columns {
		out.Columns = append(out.Columns, c.Name)
	}
	return out
}
