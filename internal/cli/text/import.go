package text

import (
	"fmt"
	"strings"

	"crmferry/importer"
	"crmferry/importer/links"
	"crmferry/importer/modes"
	"crmferry/importer/survey"
	"crmferry/internal/account"
	"crmferry/internal/history"
	"crmferry/internal/humanize"
	"crmferry/internal/job"
	"crmferry/internal/state"
	"crmferry/mapping/match/columns"
)

// ImportEvent says what happens during an import. check is the command that looks at the file in the same way. There is
// nothing to say of events that are not about imports.
func ImportEvent(e job.Event, g Given, check string) []Message {
	switch e := e.(type) {
	case job.HeaderRefused:
		return []Message{Notef("%s", Headline(e.Survey)), Notef("  %s", Columns(e.Survey, g.Resource)), Notef("  %s shows each column", check)}
	case job.FileRead:
		if e.Request.Undo != nil {
			return undoRead(e)
		}
		if e.Applied != nil {
			return planRead(e)
		}
		return fileRead(e, check)
	case job.LinksAsked:
		return []Message{Notef("  asking %s for its %s", e.Resource.Ref(), humanize.List(e.Kinds))}
	case job.Prepared:
		return []Message{Notef("  prepared with %s, in %s", humanize.Count(e.Requests, "request"), humanize.Duration(e.Took))}
	case job.PlanAged:
		return []Message{Notef("  what the plan says was read %s ago: it is read again", humanize.Duration(e.Age))}
	case job.RunResumed:
		return runResumed(e)
	case job.ImportPlanned:
		if e.Request.Undo != nil {
			return atMost(e)
		}
		if e.Applied != nil {
			return planToApply(e)
		}
		return importPlanned(e)
	case job.OtherKey:
		return []Message{Warnf("another key has exported these ids (run %s): see that it is the same account", e.Run)}
	case job.OtherName:
		return []Message{Warnf("the file is of %s, and this is %s: see that it is the same account", e.Says, e.Into)}
	case job.InputChanged:
		return []Message{Warnf("%s has changed since the run began, which goes on with the file as it was", e.File)}
	case job.InputGone:
		return []Message{Notef("%s is not there any more: the run goes on by the copy that it keeps", e.File)}
	case job.CopyMade:
		return []Message{Warnf("%v; it was made anew from %s, which is as it was", e.Why, e.File)}
	case job.CopyLost:
		return []Message{Warnf("%v; the run goes on by the rows that it has kept, and cannot write rows to be mended into a rejects file", e.Why)}
	case job.RowsLost:
		return []Message{Warnf("%v; they are read from the run's copy of the file once more", e.Why)}
	case job.NothingToResume:
		return []Message{Notef("no unfinished run of %s into %s: this one starts", e.File, e.Resource.Ref())}
	case job.RunDiffers:
		return []Message{Notef("the finished run %s of %s had other options (%s): this one starts", e.Run, e.File, differences(e.Differences))}
	case job.RunFinished:
		return []Message{Notef("the run %s is finished: nothing is sent", e.Run)}
	case job.EarlierUnknown:
		return []Message{Warnf("what an earlier import has done is not known, and contacts of this file that it made are found only by their e-mail or phone: %v", e.Why)}
	case job.ContactsCopied:
		return []Message{Notef("  copied %s into %s", humanize.Count(int64(e.Contacts), "contact"), e.Path)}
	}
	return nil
}

// fileRead says how the file was understood.
func fileRead(e job.FileRead, check string) []Message {
	s, res := e.Survey, e.Request.Resource
	list := []Message{Notef("%s", Headline(s))}
	for _, f := range NotableFacts(s.Facts) {
		if f.What == "encoding" || f.What == "header" {
			list = append(list, Notef("  %s", Fact(f)))
		}
	}
	into := "into"
	if e.Request.Deletes() {
		into = "deletes from"
		list = append(list, idsRead(e)...)
	} else {
		list = append(list, Notef("  %s", Columns(s, res.ID())))
	}
	if e.Request.Connect.Sandbox {
		list = append(list, Notef("  %s %s (sandbox: nothing leaves this machine, all is forgotten at the end)", into, res.Ref()))
	} else {
		list = append(list, Notef("  %s %s at %s%s, %s", into, res.Ref(), e.Base, organization(e.Account), Pace(e.Pace, res.Vendor())))
	}
	if s.Invalid > 0 {
		list = append(list, Notef("  %s a rule and will not be sent: %s", RowsThat(s.Invalid, "breaks", "break"), Codes(s.Codes)))
	}
	for _, line := range FindingCounts(s) {
		list = append(list, Notef("  %s", line))
	}
	if s.Invalid > 0 || len(s.Findings) > 0 {
		list = append(list, Notef("  %s shows them", check))
	}
	return list
}

// organization is that of an account, for those vendors that have it.
func organization(of account.Identity) string {
	if of.Organization == "" {
		return ""
	}
	return ", organization " + of.Organization
}

// idsRead says which ids of the file count.
func idsRead(e job.FileRead) []Message {
	var list []Message
	s := e.Survey
	for _, c := range s.Columns {
		if c.State == columns.Mapped {
			list = append(list, Notef("  ids of %s from column %q, nothing else counts", e.Request.Resource.ID(), ColumnName(c)))
		}
	}
	if !e.TakesBack {
		return list
	}
	whose := "whose account it does not tell"
	if e.Says != (account.Identity{}) {
		whose = "into " + e.Says.String()
	}
	list = append(list, Notef("  it is the report of a run, %s; its %s \"created\" count", whose, humanize.Count(int64(s.Rows-s.NotCreated), "row")))
	if s.Unkeyed > 0 {
		list = append(list, Warnf("%s no key to compare the contact with: nothing but the id says whose it is", RowsThat(s.Unkeyed, "has", "have")))
	}
	return list
}

// runResumed says what of a resumed run is done.
func runResumed(e job.RunResumed) []Message {
	done := humanize.Count(int64(e.Done), "row") + " done"
	if e.InDoubt > 0 {
		done += fmt.Sprintf(", %d in doubt", e.InDoubt)
		if e.CanLookUp {
			done += " and verified first"
		}
		if e.CanLookUp && !e.Traits.Idempotent && e.Request.Undo == nil {
			done += "; what is not there is sent 2 min from now, behind the others"
		}
	}
	list := []Message{Notef("  goes on with the run %s of %s: %s", e.Run, e.Started.Local().Format("2006-01-02 15:04"), done)}
	if e.Damage != (state.Damage{}) {
		list = append(list, Warnf("its journal is damaged (%s): every row without an outcome before that is verified first; the whole file is kept beside it", e.Damage))
	}
	return list
}

// importPlanned says what the run will do and how long it will take.
func importPlanned(e job.ImportPlanned) []Message {
	var list []Message
	s, deletes := e.Survey, e.Request.Deletes()
	list = append(list, namesPlanned(e.Plan)...)
	if deletes {
		list = append(list, deletePlanned(e)...)
	}
	vendor := e.Request.Resource.Vendor().Name
	switch {
	case s.NoKey == 0 || e.Mode == modes.UpdateOnly:
	case e.Traits.CreateUpserts:
		list = append(list, Warnf("%s neither e-mail nor phone with a name: whether they are new is %s's own decision, now and with every further import", RowsThat(s.NoKey, "has", "have"), vendor))
	default:
		list = append(list, Warnf("%s neither e-mail nor phone with a name: created now, and again by every further import", RowsThat(s.NoKey, "has", "have")))
	}
	if s.Unproven > 0 && e.Mode != modes.CreateOnly && e.CanLookUp {
		list = append(list, Warnf("%s an id and at most one of e-mail, phone and name: up to as many %ss are changed without knowing whether they are the ones meant",
			RowsThat(s.Unproven, "holds", "hold"), e.Request.Resource.Noun()))
	}
	if s.SharedPhones.Groups > 0 {
		list = append(list, Warnf("%s", SharedPhones(s.SharedPhones, vendor)))
	}
	if s.Repeats > 0 {
		list = append(list, Notef("  %s the %s of an earlier row", RowsThat(s.Repeats, "repeats", "repeat"), map[bool]string{true: "id", false: "key"}[deletes]))
	}
	list = append(list, fieldsAnnounced(e, s)...)
	list = append(list, unreadPlanned(e)...)
	list = append(append(list, WrongColumns(s)...), FlagValues(s)...)
	if e.Plan.Blind {
		list = append(list, Notef("  %s finds contacts by itself and does not say what they held: updates of this run cannot be taken back; with --lookup they can", vendor))
	}
	return append(list, atMost(e)...)
}

// atMost says how long it will take, where something limits it.
func atMost(e job.ImportPlanned) (list []Message) {
	lead := ""
	if res := e.Request.Resource; e.Plan.Endless {
		list, lead = append(list, Notef("  lists all %ss first, however many there are: %s does not say", res.Noun(), res.Vendor().Name)), "then "
	}
	if e.Took > 0 {
		list = append(list, Notef("  %sat most %s, about %s", lead, humanize.Count(int64(e.Plan.Requests()), "request"), humanize.Duration(e.Took)))
	}
	if e.Plan.Waits > 0 {
		list = append(list, Notef("  rows in doubt may take %s more: they are looked for until no request of them can be under way", humanize.Duration(e.Plan.Waits)))
	}
	return list
}

// fieldsAnnounced says what is special about fields that rows set.
func fieldsAnnounced(e job.ImportPlanned, s *survey.Survey) []Message {
	var list []Message
	for _, f := range e.Request.Resource.Fields() {
		if n := s.Announced[f.Name]; n > 0 {
			list = append(list, Warnf("up to "+f.Announce, n))
		}
	}
	return list
}

// shownNames is how many names of a kind are shown.
const shownNames = 5

// namesPlanned says which names of the file the vendor does not know, or several times.
func namesPlanned(p *importer.Plan) []Message {
	list := someNames(p.Doubtful, doubtful)
	if kinds := links.Lacking(p.Doubtful); kinds != nil {
		list = append(list, Notef("  such rows are rejected; --create-missing %s creates what is missing", strings.Join(kinds, ",")))
	} else if len(p.Doubtful) > 0 {
		list = append(list, Notef("  such rows are rejected"))
	}
	for _, why := range links.Unfound(p.Doubtful) {
		list = append(list, Notef("  %s", why))
	}
	for _, u := range p.Unproven {
		list = append(list, Notef("  whether the %s with these ids exist is not known before their rows are sent: %s; %s", u.Kind, humanize.SomeOf(u.IDs, ", ", shownNames), u.Why))
	}
	return append(list, someNames(p.Missing, func(d links.Count) string {
		return fmt.Sprintf("creates the %s %q first, if a row needs it (in at most %s)", d.One, d.Name, humanize.Count(int64(d.Rows), "row"))
	})...)
}

// someNames says something of the first names of each kind, and counts the others.
func someNames(names []links.Count, say func(links.Count) string) (list []Message) {
	shown := map[string]int{}
	for i, d := range names {
		if shown[d.Kind]++; shown[d.Kind] <= shownNames {
			list = append(list, Notef("  %s", say(d)))
		}
		if rest := shown[d.Kind] - shownNames; rest > 0 && (i+1 == len(names) || names[i+1].Kind != d.Kind) {
			list = append(list, Notef("  and %s more of the %s", humanize.Number(int64(rest)), d.Kind))
		}
	}
	return list
}

func doubtful(d links.Count) string {
	rows := humanize.Count(int64(d.Rows), "row")
	if d.Matches == 0 {
		return fmt.Sprintf("no %s %q (in %s)", d.One, d.Name, rows)
	}
	return fmt.Sprintf("%d %s are called %q (in %s), their ids are %s: put that of the one meant into the cell", d.Matches, d.Kind, d.Name, rows, humanize.SomeOf(strings.Split(d.IDs, ", "), ", ", shownNames))
}

// deletePlanned says what there is to lose.
func deletePlanned(e job.ImportPlanned) []Message {
	q, s := e.Request, e.Survey
	if s.Keys == 0 {
		return []Message{Notef("  there is nothing to delete")}
	}
	list := []Message{Notef("  deletes %s: %s", humanize.Count(int64(s.Keys), q.Resource.Noun()), q.Resource.Capabilities(q.Connect.Undocumented).Delete)}
	switch {
	case e.Plan.First != "":
		list = append(list, Notef("  the first of them is %s", e.Plan.First))
	case !e.Resumed: // else this run may have deleted it
		list = append(list, Notef("  the first of them is not there any more"))
	}
	return append(list, copyPlanned(e))
}

// copyPlanned says where contacts are copied before they are deleted.
func copyPlanned(e job.ImportPlanned) Message {
	switch {
	case e.Copies != nil:
		return Notef("  has copied them into %s; whom somebody has changed since is copied into %s first", humanize.List(e.Copies), e.CopyPath)
	case e.Request.NoCopy:
		return Notef("  no copy of them is kept (--no-copy)")
	case e.Request.DryRun:
		return Notef("  would copy them into %s first", e.CopyPath)
	}
	return Notef("  copies them into %s before the first is deleted", e.CopyPath)
}

// differences says which options differ.
func differences(list []history.Difference) string {
	words := make([]string, len(list))
	for i, d := range list {
		switch {
		case d.Is == nil:
			words[i] = fmt.Sprintf("--%s was %q, now it is not given", d.Option, *d.Was)
		case d.Was == nil:
			words[i] = fmt.Sprintf("--%s was not given, now it is %q", d.Option, *d.Is)
		default:
			words[i] = fmt.Sprintf("--%s was %q, now it is %q", d.Option, *d.Was, *d.Is)
		}
	}
	return strings.Join(words, "; ")
}
