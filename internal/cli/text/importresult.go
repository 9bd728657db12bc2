package text

import (
	"fmt"
	"maps"
	"slices"
	"strconv"
	"strings"

	"crmferry/importer/links"
	"crmferry/importer/outcome"
	"crmferry/internal/account"
	"crmferry/internal/failure"
	"crmferry/internal/humanize"
	"crmferry/internal/job"
	"crmferry/mapping"
	"crmferry/mapping/cells"
	"crmferry/mapping/match/columns"
)

// ImportResult gives the counts, says where the files are, and what to do next where no error says it.
func ImportResult(r *job.ImportResult, g Given) []Message {
	s := r.Summary
	list := []Message{Resultf("%s   in %s", outcomes(s, r.Request.DryRun), humanize.Duration(s.Elapsed))}
	if updates := s.Actions[outcome.ActionUpdate]; r.Request.DryRun && updates > 0 {
		list = append(list, mayEmpty(r.ImportFacts)...)
	}
	if missed := s.Rows - s.Reached(); missed > 0 {
		list = append(list, Resultf("not reached: %s", humanize.Count(int64(missed), "row")))
	}
	if s.Merged > 0 {
		list = append(list, Resultf("merged: %s by the vendor with the contact of an earlier row", humanize.Count(int64(s.Merged), "row")))
	}
	if before := s.Count(outcome.CodeExists); before > 0 && !r.CanLookUp && r.Request.Undo == nil {
		list = append(list, Resultf("exists  %s left, as the report says; --restart creates once more what an earlier run has created", RowsThat(before, "was", "were")))
	}
	if s.Partly > 0 {
		list = append(list, Resultf("partly: %s with a field that the vendor cannot change; the report names it", humanize.Count(int64(s.Partly), "row")))
	}
	if s.Left > 0 {
		list = append(list, Resultf("left    something of %s: the report says what, and what to do by hand", humanize.Count(int64(s.Left), "row")))
	}
	if s.Open > 0 && r.Verifies() {
		list = append(list, Resultf("in doubt: %s, which --resume verifies", humanize.Count(int64(s.Open), "row")))
	}
	if !r.Lost {
		list = append(list, Resultf("report  %s", r.Report.Path()))
	}
	if r.Rejects != nil {
		list = append(list, Resultf("rejects %s", r.Rejects.Path()))
	}
	if r.IDs != nil {
		list = append(list, Resultf("ids     %s: which id each row has got, for what goes by the old ones", r.IDs.Path()))
	}
	if u := r.Request.Undo; u != nil && len(u.Counts().Links) > 0 {
		list = append(list, Resultf("stays   %s: delete by hand what nobody uses", humanize.List(u.Counts().Links)))
	}
	for _, name := range r.Copies {
		list = append(list, Resultf("copy    %s", name))
	}
	if r.IsPlan() {
		list = append(list, Resultf("plan    %s", r.Run))
	}
	if r.Code != failure.ExitStopped && r.Code != failure.ExitFailed && !r.Lost { // else the error says it
		list = append(list, Onward(append(waysOn(r, g), withoutRefusals(r, g)...))...)
	}
	return list
}

// Onward are the lines of what comes next, or instead.
func Onward(ways []string) (list []Message) {
	word := "next"
	for _, way := range ways {
		list = append(list, Resultf("%-7s %s", word, way))
		word = "or"
	}
	return list
}

// waysOn are the commands that may come next: what flags say of most rejected rows, what most users want, and what mends fewer rows.
func waysOn(r *job.ImportResult, g Given) []string {
	s, q, then := r.Summary, r.Request, afterImport(r, g)
	again := func(g Given, add ...string) string { return once(r, g, add...) }
	if ways := giveCustom(r, g, again); ways != nil && onlyCustom(s) {
		return ways
	} else if ways != nil {
		return append(ways, then)
	}
	if s.Reached() < s.Rows || s.Open > 0 || q.Undo != nil || q.Deletes() || s.Counts[outcome.Rejected] == 0 || otherIDs(r, g) != "" {
		return []string{then}
	}
	if ways := makeApart(r, g); ways != nil {
		return append(ways, then)
	}
	sendsNone := q.DryRun && s.Sends() == 0
	first, last := mending(r, g)
	if values := giveValues(r, g); values != "" && (sendsNone || 2*unmatched(r) > s.Counts[outcome.Rejected]) {
		first = append(first, values)
	} else if values != "" {
		last = append([]string{values}, last...)
	}
	if link := linking(r, g); link != "" {
		first = append(first, link)
	}
	if ways := unlisted(r, g); ways != nil {
		return append(append(first, ways...), last...)
	}
	if first == nil || !sendsNone {
		first = append(first, then)
	}
	return append(first, last...)
}

// withoutRefusals is the import without people who have refused to be mailed or called, while none of them is sent.
func withoutRefusals(r *job.ImportResult, g Given) []string {
	if !r.Request.DryRun || r.Request.Undo != nil || r.Request.Deletes() || r.Summary.Sends() == 0 {
		return nil
	}
	if way := LeaveOut(r.Survey, func(add ...string) string { return g.Changed(nil, add...) }); way != "" {
		return []string{way}
	}
	return nil
}

// mending are the commands that mend rejected rows by what a flag says of all: first where that is most of them, else last.
func mending(r *job.ImportResult, g Given) (first, last []string) {
	create, words := creating(r, g)
	also := ""
	if words != "" {
		also = ", and " + strings.Replace(words, " be ", " are to be ", 1)
	}
	codes := []string{cells.CodeBadPhone}
	if r.Survey.Splittable > 0 {
		codes[0] = cells.CodeTooLong
	}
	if words != "" {
		codes = append(codes, outcome.CodeUnknownName)
	}
	again := append(create, onlyWith(r, codes)...)
	if first = MendAll(r.Survey, also, func(add ...string) string { return once(r, g, append(add, again...)...) }); first != nil || words == "" {
		return first, nil
	}
	ways := []string{"let " + words + ": " + once(r, g, append(create, onlyWith(r, codes[1:])...)...)}
	if most := r.Summary.Counts[outcome.Rejected] + r.Summary.Counts[outcome.Failed]; 2*r.Summary.Count(outcome.CodeUnknownName) >= most {
		return ways, nil
	}
	return nil, ways
}

// onlyWith leaves out the rejects that a flag does not mend, such as those that an earlier row says already: the next import would
// take them for contacts of their own.
func onlyWith(r *job.ImportResult, codes []string) (where []string) {
	if r.Request.DryRun || r.Rejects == nil {
		return nil
	}
	for _, e := range r.Summary.Errors {
		if !slices.Contains(codes, e.Code) {
			where = append(where, "--where", columns.ColumnError+"!="+e.Code)
		}
	}
	if where != nil && len(codes) == 1 {
		return []string{"--where", columns.ColumnError + "=" + codes[0]}
	}
	return where
}

// giveValues is the command that asks what values stand for that their field does not take, "" without such.
func giveValues(r *job.ImportResult, g Given) string {
	if len(r.Survey.Unmatched) == 0 || len(r.Request.Match.Values) > 0 {
		return ""
	}
	if !r.Request.DryRun && r.Rejects != nil {
		g = g.ForRejects(r.Rejects.Path())
	}
	return "see which values their field does not take, and say in the sheet Values of the report what each stands for: " + g.Look("--report", g.CheckReport())
}

// unmatched counts the cells that are none of the values that their field takes.
func unmatched(r *job.ImportResult) (rows int) {
	for _, u := range r.Survey.Unmatched {
		rows += u.Rows
	}
	return rows
}

// once is the import once more with further flags: of all rows while none was sent, else of the rejects.
func once(r *job.ImportResult, g Given, add ...string) string {
	if !slices.Contains(add, "--create-missing") && g.Kinds() != nil {
		add = append(add, "--create-missing", strings.Join(g.Kinds(), ","))
	}
	if r.Request.DryRun || r.Rejects == nil {
		return g.Changed([]string{"create-missing"}, add...)
	}
	return g.ForRejects(r.Rejects.Path()).Changed(append(FlagsOfOneFile(), "create-missing"), add...)
}

// creating is the flag that creates the names which the vendor does not have, in words, too; "" where none is missing.
func creating(r *job.ImportResult, g Given) (flag []string, words string) {
	if r.Lacking == nil {
		return nil, ""
	}
	kinds := strings.Join(append(g.Kinds(), r.Lacking...), ",")
	return []string{"--create-missing", kinds}, fmt.Sprintf("the %s be created that %s does not have", humanize.List(r.Lacking), r.Request.Resource.Vendor().Name)
}

// linking is the way on for rows that lack a required link, "" where no flag is one.
func linking(r *job.ImportResult, g Given) string {
	for field, rows := range r.Survey.Lacking {
		if kind := account.Makeable(r.Request.Resource, field); kind != "" {
			return fmt.Sprintf("let %s that no %s is named in belong to one, which is made if it is not there: %s", humanize.Count(int64(rows), "row"), strings.TrimSuffix(kind, "s"), g.linkAll(field, kind))
		}
	}
	return ""
}

// unlisted are the ways on for names that only ids stand for: writing these, or leaving the column out. There are none where most
// rejected rows have something else.
func unlisted(r *job.ImportResult, g Given) []string {
	var names string
	var field mapping.Info
	rows := 0
	for _, d := range r.Unlisted {
		rows, names = rows+d.Rows, humanize.Count(int64(len(r.Unlisted)), d.One)
		for _, f := range r.Request.Resource.Fields() {
			if f.Link == d.Kind {
				field = f
			}
		}
	}
	column := links.ColumnOf(r.Survey.Columns, field.Name)
	if column == "" || 2*rows <= r.Summary.Counts[outcome.Rejected] {
		return nil
	}
	ways := []string{fmt.Sprintf("write the ids of %s into column %q (%s), then: %s", names, column, humanize.Count(int64(rows), "row"), once(r, g))}
	if field.Required { // without its column, all rows would be refused
		return append(ways, fmt.Sprintf("take one %s for all rows, in place of that column: %s", field.Label, once(r, g, "--map", column+"=", "--default", field.Name+"=ID")))
	}
	return append(ways, "leave that column out: "+once(r, g, "--map", column+"="))
}

// outcomes counts the rows by outcome; a dry run counts them by what would be done.
func outcomes(s *outcome.Summary, dry bool) string {
	var parts []string
	if dry {
		for _, a := range s.Planned() {
			parts = append(parts, fmt.Sprintf("would %s %d", a, s.Actions[a]))
		}
		for _, o := range []outcome.Outcome{outcome.Unchanged, outcome.Skipped, outcome.Rejected, outcome.Failed} {
			parts = append(parts, fmt.Sprintf("%s %d", o, s.Counts[o]))
		}
		return strings.Join(parts, "   ")
	}
	for _, o := range s.Outcomes() {
		parts = append(parts, fmt.Sprintf("%s %d", o, s.Counts[o]))
	}
	return strings.Join(parts, "   ")
}

// afterImport is the command that most users want next.
func afterImport(r *job.ImportResult, g Given) string {
	s, q, ofOneRun := r.Summary, r.Request, FlagsOfOneRun()
	vendor := q.Resource.Vendor().Name
	switch {
	case s.Reached() < s.Rows || s.Open > 0:
		return goOn(r.Temporary, g)
	case q.Undo != nil:
		return afterUndo(r, g)
	case s.Count(outcome.CodeChangedSincePlan) > 0:
		return fmt.Sprintf("%s not what the plan saw: see the report; to plan again: %s",
			RowsThat(s.Count(outcome.CodeChangedSincePlan), "was left, as its contact is", "were left, as their contacts are"), g.planAgain())
	case otherIDs(r, g) != "":
		return otherIDs(r, g)
	case misset(r, g) != "":
		return misset(r, g)
	case r.Rejects != nil:
		return fmt.Sprintf("mend the rows in %s, then: %s", r.Rejects.Path(), g.ForRejects(r.Rejects.Path()).Import(append(ofOneRun, FlagsOfOneFile()...)))
	case s.Counts[outcome.Unknown] > 0:
		return "look the unknown rows up in the CRM, see the report"
	case r.IsPlan() && s.Sends() == 0 && s.Counts[outcome.Rejected] == 0:
		return nothingToDo(r, g)
	case r.IsPlan() && s.Sends() > 0:
		return CommandLine("apply", FileArg(r.Report.Path()))
	case q.DryRun && s.Sends() == 0 && s.Counts[outcome.Rejected] > 0:
		return "mend the rows; the report lists each with what to do: " + g.Look("--report", g.CheckReport())
	case q.DryRun:
		return g.Import(ofOneRun)
	case q.Deletes() && s.Counts[outcome.Deleted]+s.Counts[outcome.Unknown] == 0:
		return "there is nothing to do"
	case q.Connect.Sandbox:
		return fmt.Sprintf("crmferry check %s YOURFILE", q.Resource.Ref())
	case q.Deletes():
		return "open the report: it names every " + q.Resource.Noun() + " that was deleted" + bringBack(r)
	case q.Limit > 0 && !r.CanLookUp:
		return fmt.Sprintf("look at these %ss in %s, then take their rows out of the file and import the others: done twice, they would be created twice", q.Resource.Noun(), vendor)
	case q.Limit > 0:
		return fmt.Sprintf("look at these %ss in %s, then: %s", q.Resource.Noun(), vendor, g.Import(append(ofOneRun, "limit")))
	}
	return "open the report, or look at the " + q.Resource.Noun() + "s in " + vendor
}

// nothingToDo says how what is left alone can be changed, where the vendor documents no way to.
func nothingToDo(r *job.ImportResult, g Given) string {
	q, there := r.Request, r.Summary.Count(outcome.CodeExists)
	if there == 0 || q.Mode != "" || q.Connect.Undocumented || q.Resource.Capabilities(false).Update || !q.Resource.Capabilities(true).Update {
		return "there is nothing to do"
	}
	return fmt.Sprintf("%s there already and left alone, as %s documents no way to change it; by what it does not document: %s",
		RowsThat(there, "is", "are"), q.Resource.Vendor().Name, g.Import(nil, "--allow-undocumented"))
}

// bringBack is the command that makes deleted contacts anew: their ids are gone. It is "" without a copy.
func bringBack(r *job.ImportResult) string {
	var commands []string
	for _, name := range r.Copies {
		commands = append(commands, Given{Resource: r.Request.Resource.Ref(), File: name}.Import(nil, "--match", "email"))
	}
	if commands == nil {
		return ""
	}
	return "; to make them anew: " + strings.Join(commands, " and ")
}

// misset is the way on where what a flag gives rows is not there: another value in that flag. It is "" where most rejected rows have
// something else.
func misset(r *job.ImportResult, g Given) string {
	s := r.Summary
	if 2*(s.Count(mapping.CodeBadID)+s.Count(outcome.CodeUnknownName)) <= s.Counts[outcome.Rejected] {
		return ""
	}
	var flags []string
	g.Flags = slices.Clone(g.Flags)
	for i, f := range g.Flags {
		if f.Name != "set" && f.Name != "default" {
			continue
		}
		f.Words = slices.Clone(f.Words)
		for j, word := range f.Words {
			if field, _, _ := strings.Cut(word, "="); slices.Contains(r.Misset, field) {
				flags, f.Words[j] = append(flags, "--"+f.Name+" "+field), field+"=ID"
			}
		}
		g.Flags[i] = f
	}
	if flags == nil {
		return ""
	}
	return fmt.Sprintf("give %s something that %s has: %s", humanize.List(flags), r.Request.Resource.Vendor().Name, once(r, g))
}

// otherIDs says how to go on where the ids of the file are not those of the account, "" where they are.
func otherIDs(r *job.ImportResult, g Given) string {
	s, file := r.Summary, r.Request.Input.File
	byEmail := elsewhere(r.Linked) + g.Changed([]string{"match"}, "--match", "email")
	switch {
	case r.Survey.ByID == 0 || r.Request.Deletes() || r.Applied != nil:
		return ""
	case s.Known == 0 && s.Count(outcome.CodeNotFound) > 0:
		return fmt.Sprintf("none of the ids is there: if %s is from another account, %s", file, byEmail)
	case misnamed(s, g) != "":
		return misnamed(s, g)
	case 2*s.Count(outcome.CodeMismatch) > s.Counts[outcome.Rejected]+s.Counts[outcome.Failed]:
		return fmt.Sprintf("%s not about the %ss that their ids are of: if %s is from another account, %s",
			RowsThat(s.Count(outcome.CodeMismatch), "is", "are"), r.Request.Resource.Noun(), file, byEmail)
	}
	return ""
}

// elsewhere says how rows of another account go in. linked is a field of ids of that account that no e-mail replaces, "" if there is
// none.
func elsewhere(linked string) string {
	if linked != "" {
		return "write names in place of the ids in " + linked + ", then: "
	}
	return "match by e-mail: "
}

// misnamed says how to take the names that were edited beside their ids, "" if that is not all that ids are wrong about.
func misnamed(s *outcome.Summary, g Given) string {
	var flags, columns []string
	rows := 0
	for _, name := range slices.SortedFunc(maps.Keys(s.Names), func(a, b outcome.Name) int { return strings.Compare(a.Column, b.Column) }) {
		flags, rows = append(flags, "--map", name.Column+"="+name.Field), rows+s.Names[name]
		columns = append(columns, strconv.Quote(name.Column))
	}
	if rows == 0 || rows < s.Count(outcome.CodeMismatch) {
		return ""
	}
	return fmt.Sprintf("%s another name in %s than what has the id beside it: correct the one that is wrong, or go by the names: %s",
		RowsThat(rows, "has", "have"), humanize.List(columns), g.Changed(nil, flags...))
}

// ImportJSON is what became of an import, for programs (--json).
type ImportJSON struct {
	Run      string                  `json:"run"`
	Resource string                  `json:"resource"`
	Account  account.Identity        `json:"account"`
	File     string                  `json:"file"`
	Sandbox  bool                    `json:"sandbox"`
	DryRun   bool                    `json:"dry_run"`
	Plan     string                  `json:"plan,omitempty"` // that was applied
	Rows     int                     `json:"rows"`
	Counts   map[outcome.Outcome]int `json:"counts"`
	Actions  map[outcome.Action]int  `json:"actions"`
	Errors   map[string]int          `json:"errors"`
	Merged   int                     `json:"merged"`
	Missed   int                     `json:"not_reached"`
	Requests int64                   `json:"requests"`
	Seconds  float64                 `json:"seconds"`
	Report   string                  `json:"report"`
	Rejects  string                  `json:"rejects,omitempty"`
	IDs      string                  `json:"ids,omitempty"`    // which id what had another one has got
	Copies   []string                `json:"copies,omitempty"` // of what was deleted
	Stays    []LinkJSON              `json:"stays,omitempty"`  // what the run that was taken back has created beside contacts, or may have
	Kept     []string                `json:"kept,omitempty"`   // earlier ones that were changed and stay
	Exit     int                     `json:"exit"`
}

// LinkJSON is a thing that contacts are linked to.
type LinkJSON struct {
	Kind string `json:"kind"` // tags, segments, organizations, clients
	Name string `json:"name"`
}

// NewImportJSON puts what became of an import into the form for programs.
func NewImportJSON(r *job.ImportResult) ImportJSON {
	s, q := r.Summary, r.Request
	out := ImportJSON{Run: r.Run, Resource: q.Resource.ID(), Account: r.Account, File: q.Input.File, Sandbox: q.Connect.Sandbox, DryRun: q.DryRun, Rows: s.Rows,
		Counts: map[outcome.Outcome]int{}, Actions: s.Actions, Errors: map[string]int{}, Merged: s.Merged, Missed: s.Rows - s.Reached(),
		Requests: r.Requests, Seconds: s.Elapsed.Seconds(), Copies: r.Copies, Kept: KeptFiles(r.Outputs()...), Exit: int(r.Code)}
	if !r.Lost {
		out.Report = r.Report.Path()
	}
	if q.Undo != nil {
		for _, link := range q.Undo.Counts().Links {
			kind, name, _ := strings.Cut(link, " ")
			out.Stays = append(out.Stays, LinkJSON{kind, name})
		}
	}
	if r.Applied != nil {
		out.Plan = r.Applied.Record.Run.ID
	}
	if r.Rejects != nil {
		out.Rejects = r.Rejects.Path()
	}
	if r.IDs != nil {
		out.IDs = r.IDs.Path()
	}
	for _, o := range outcome.Outcomes() {
		out.Counts[o] = s.Counts[o]
	}
	for _, e := range s.Errors {
		out.Errors[e.Code] = e.Rows
	}
	return out
}
