package text

import (
	"fmt"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"crmferry/exporter"
	"crmferry/internal/account"
	"crmferry/internal/failure"
	"crmferry/internal/humanize"
	"crmferry/internal/job/export"
	"crmferry/internal/sheet"
	"crmferry/mapping"
)

// ExportPlan says what an export will do.
func ExportPlan(p *export.Plan) []string {
	where := "stdout"
	if !p.File.ToStdout() {
		where = p.File.Path
	}
	if p.Last != nil && where != "stdout" {
		where += " (or, as no file is replaced, one with a number behind its name)"
	}
	from := "  from " + p.Resource.Ref() + " (sandbox: invented people, nothing leaves this machine)"
	if !p.Sandbox {
		from = fmt.Sprintf("  from %s at %s%s, %s", p.Resource.Ref(), p.Base, organization(p.Account), Pace(p.Pace, p.Resource.Vendor()))
	}
	lines := []string{fmt.Sprintf("%s into %s: %s", exported(p), where, humanize.Count(int64(len(p.Columns)), "column")), from}
	for _, line := range narrowed(p) {
		lines = append(lines, "  "+line)
	}
	return lines
}

// exported is what is exported: "all contacts of Grow CRM".
func exported(p *export.Plan) string {
	what := p.Resource.Name() + " of " + p.Resource.Vendor().Name
	if p.Narrowed() || p.Lacks != "" {
		return what
	}
	return "all " + what
}

// narrowed say what is left out, or in which order, because the user wants it so.
func narrowed(p *export.Plan) []string {
	var lines []string
	for _, f := range p.Filters {
		lines = append(lines, "with --filter "+f.Name+"="+strings.Join(f.Values, ", "))
	}
	if p.Lacks != "" && !p.Narrowed() {
		lines = append(lines, "without "+p.Lacks+"; --allow-undocumented exports them, too")
	}
	if !p.Since.IsZero() {
		lines = append(lines, "created or changed since "+p.Since.Format(time.RFC3339))
	}
	if p.Last != nil {
		lines = append(lines, sinceLast(p))
	}
	if p.Limit > 0 {
		lines = append(lines, "the first "+humanize.Number(int64(p.Limit))+" at most")
	}
	return lines
}

// sinceLast says since when changes are exported.
func sinceLast(p *export.Plan) string {
	switch last := p.Last; {
	case p.Sandbox:
		return "everything: of the sandbox within the program no earlier export is known"
	case last.Why != "":
		return "everything, as what the last export knew cannot be read: " + last.Why
	case last.Began.IsZero():
		return "everything: it is the first export with --since last of this account, these filters, columns and file"
	default:
		return "created or changed since the last export, of " + last.Began.Local().Format("2006-01-02 15:04:05")
	}
}

// gone says what became of contacts that the last export has read.
func gone(r *export.Result) []string {
	switch g := r.Gone; {
	case r.Last == nil || r.Sandbox:
		return nil
	case g == nil && r.Complete():
		return nil // it is the first of its series
	case g == nil:
		return []string{"the next export with --since last begins where this one did: the list could not be shown to be complete"}
	case g.Count == 0:
		return nil
	case g.Output == nil:
		return []string{"gone    " + humanize.Count(int64(g.Count), r.Resource.Noun()) + " since the last export; with --output FILE their ids are written beside it"}
	default:
		return []string{"gone    " + humanize.Count(int64(g.Count), r.Resource.Noun()) + " since the last export: " + g.Output.Path()}
	}
}

// ExportResult says what became of an export: all of it, or what is said under --quiet too.
func ExportResult(r *export.Result, quiet bool) []string {
	s := &r.Summary
	if quiet && len(s.Unproven) == 0 {
		if r.Last != nil && r.Last.Why != "" { // who reads changes gets everything
			return []string{"exported " + sinceLast(&r.Plan)}
		}
		return nil
	}
	lines := []string{
		fmt.Sprintf("exported %s, %s   in %s", humanize.Count(int64(s.Contacts), r.Resource.Noun()), completeness(s), humanize.Duration(s.Elapsed)),
		fmt.Sprintf("pages %s   repeats dropped %s   appeared %s   vanished %s   requests %s", humanize.Number(int64(s.Pages)),
			humanize.Number(int64(s.Repeats)), humanize.Number(int64(s.Appeared)), humanize.Number(int64(s.Vanished)), humanize.Number(r.Requests)),
	}
	for _, why := range s.Unproven {
		lines = append(lines, "not proven: "+why)
	}
	if quiet {
		return lines
	}
	if r.Stats.CutCells > 0 {
		lines = append(lines, fmt.Sprintf("cut     %s longer than a worksheet takes; each ends with a mark, and a CSV export has it whole", humanize.Count(r.Stats.CutCells, "cell")))
	}
	if s.Unnamed > 0 {
		lines = append(lines, unnamed(r))
	}
	lines = append(lines, gone(r)...)
	if r.File.ToStdout() {
		return lines
	}
	file := r.File.Path
	if r.Stats.Sheets > 1 {
		file += fmt.Sprintf(", %d sheets", r.Stats.Sheets)
	}
	return append(lines, "file    "+file, "next    "+NextAfterExport(r))
}

// unnamed says of how many records only ids are known.
func unnamed(r *export.Result) string {
	were, them, ids := "were", "them", "their ids are"
	if r.Summary.Unnamed == 1 {
		were, them, ids = "was", "it", "its id is"
	}
	return fmt.Sprintf("unnamed %s of these %s %s not found: names and addresses of %s are empty in the file, %s there",
		humanize.Count(int64(r.Summary.Unnamed), "record"), r.Resource.Name(), were, them, ids)
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

// NextAfterExport is the command that most users want next.
func NextAfterExport(r *export.Result) string {
	switch {
	case r.Sandbox:
		return "crmferry vendors " + r.Resource.Vendor().ID
	case r.Stats.Rows == 0 && r.Last != nil && len(r.Filters) == 0:
		return "nothing has changed since; the same command again finds what changes from now on"
	case r.Stats.Rows == 0 && r.Narrowed():
		return "nothing fits; if something should, leave out what narrows it: " + strings.Join(narrowed(&r.Plan), ", ")
	case r.Stats.Rows == 0:
		return "if there should be some, see what the key may do: crmferry vendors " + r.Resource.Account().ID() + " --check"
	case !r.Resource.Capabilities(r.Undocumented).Create:
		return "open it, or see what else can be exported: crmferry vendors " + r.Resource.Vendor().ID
	}
	if lacks := lackingToReturn(r); lacks != nil {
		return "open it; what is changed in it goes back only if --columns names " + humanize.List(lacks) + ", too, by which its rows are known"
	}
	back := "what is changed in it goes back with: crmferry import " + r.Resource.Ref() + " " + Quote(FileArg(r.File.Path))
	if can := r.Resource.Capabilities(false); r.Undocumented && (!can.Update || can.Traits.Lacks != "") { // without it nothing of it is changed
		back += " --allow-undocumented"
	}
	back += " --dry-run"
	if r.Stats.Sheets > 1 {
		name := humanize.Title(r.Resource.Name())
		back += fmt.Sprintf(" --sheet %s, then the same for each further sheet: --sheet %s", name, Quote(name+" 2"))
	}
	if r.File.Format == sheet.XLSX {
		return "open it; " + back
	}
	return back
}

// lackingToReturn are the columns that an export lacks by which its rows are known when they are imported: the id, and what a record is on.
func lackingToReturn(r *export.Result) (lacks []string) {
	if len(r.Columns) == 0 {
		return nil
	}
	spec, info := r.Resource.Spec(), r.Resource.Fields()
	for i := range spec.Fields {
		f := &spec.Fields[i]
		known := f.ID || r.Resource.OfOthers() && info[i].CreateOnly && !info[i].WriteOnly
		if known && !slices.ContainsFunc(r.Columns, func(c mapping.ExportColumn) bool { return c.Name == f.Name }) {
			lacks = append(lacks, f.Name)
		}
	}
	return lacks
}

// ExportAbout is the second sheet of a workbook: what, when, from where, and how complete. maker is the program.
func ExportAbout(r *export.Result, maker string) [][]string {
	from := r.Base.String()
	if r.Sandbox {
		from = "sandbox of crmferry: invented people"
	}
	lines := [][]string{
		{"What", exported(&r.Plan)},
		{"From", from},
		{"Account", r.Account.String()},
		{"When", r.Started.UTC().Format("2006-01-02 15:04:05") + " UTC"},
		{"Made by", maker},
	}
	if r.Run != "" {
		lines = append(lines, []string{"Run", r.Run})
	}
	for _, line := range narrowed(&r.Plan) {
		lines = append(lines, []string{"Selected", line})
	}
	s := &r.Summary
	count := func(name string, n int) { lines = append(lines, []string{name, humanize.Number(int64(n))}) }
	lines = append(lines, nil, []string{"Completeness"})
	count(humanize.Title(r.Resource.Name()), s.Contacts)
	lines = append(lines, []string{"Complete", completeCell(s)})
	count("Pages read", s.Pages)
	count("Repeats dropped", s.Repeats)
	count("Appeared meanwhile", s.Appeared)
	count("Vanished meanwhile", s.Vanished)
	count("Requests", int(r.Requests))
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

// ExportJSON is the summary of an export for programs (--json).
type ExportJSON struct {
	Run      string           `json:"run,omitempty"`
	Resource string           `json:"resource"`
	Account  account.Identity `json:"account"`
	File     string           `json:"file"`
	Format   string           `json:"format"`
	Kept     []string         `json:"kept,omitempty"`    // where the file is now that was changed and whose place this one took
	Removed  []string         `json:"removed,omitempty"` // files kept earlier
	Sandbox  bool             `json:"sandbox"`
	Filters  []string         `json:"filters,omitempty"`
	Since    string           `json:"since,omitempty"`
	Gone     *int             `json:"gone,omitempty"`      // contacts that the last export had, with --since last
	GoneFile string           `json:"gone_file,omitempty"` // their ids
	Columns  []string         `json:"columns"`
	Rows     int64            `json:"rows"`
	Complete bool             `json:"complete"`
	Unproven []string         `json:"unproven,omitempty"` // why it cannot be shown to be complete
	Pages    int              `json:"pages"`
	Repeats  int              `json:"repeats_dropped"`
	Appeared int              `json:"appeared"`
	Vanished int              `json:"vanished"`
	Rereads  int              `json:"rereads"`
	Unnamed  int              `json:"unnamed,omitempty"` // records that were not found by which names would be known
	CutCells int64            `json:"cut_cells"`
	Sheets   int              `json:"sheets"`
	Requests int64            `json:"requests"`
	Seconds  float64          `json:"seconds"`
	Exit     int              `json:"exit"`
}

// NewExportJSON is what a result says to programs; filters are as they were given.
func NewExportJSON(r *export.Result, filters []string) ExportJSON {
	s := &r.Summary
	out := ExportJSON{Run: r.Run, Resource: r.Resource.ID(), Account: r.Account, File: filepath.Clean(r.File.Path), Format: string(r.File.Format),
		Sandbox: r.Sandbox, Filters: filters, Rows: r.Stats.Rows, Complete: r.Complete(), Unproven: s.Unproven, Pages: s.Pages, Repeats: s.Repeats,
		Appeared: s.Appeared, Vanished: s.Vanished, Rereads: s.Rereads, CutCells: r.Stats.CutCells, Sheets: r.Stats.Sheets,
		Requests: r.Requests, Seconds: s.Elapsed.Seconds(), Exit: int(failure.ExitOK)}
	if o := r.Output; o != nil {
		out.Kept, out.Removed = KeptFiles(o), o.Removed
	}
	if !r.Since.IsZero() {
		out.Since = r.Since.Format(time.RFC3339)
	}
	if r.Last != nil && !r.Last.Began.IsZero() {
		out.Since = r.Last.Began.Format(time.RFC3339)
	}
	if g := r.Gone; g != nil {
		if out.Gone = &g.Count; g.Output != nil {
			out.GoneFile = g.Output.Path()
		}
	}
	for _, c := range r.Columns {
		out.Columns = append(out.Columns, c.Name)
	}
	return out
}
