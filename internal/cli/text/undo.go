package text

import (
	"fmt"
	"strconv"

	"crmferry/importer/outcome"
	"crmferry/importer/undo"
	"crmferry/internal/humanize"
	"crmferry/internal/job"
)

// undoRead says what there is to take back.
func undoRead(e job.FileRead) []Message {
	u, q := e.Request.Undo, e.Request
	list := []Message{
		Notef("the run %s of %s: %s", u.Past.Run.ID, u.Past.Started.Local().Format("2006-01-02 15:04"), UndoCounts(u)),
		Notef("  in %s at %s, %s", q.Resource.Ref(), e.Base, Pace(e.Pace, q.Resource.Vendor())),
	}
	if u.Removes() == undo.ByArchive && u.Counts().Created+u.Counts().Doubtful > 0 {
		list = append(list, Notef("  its creations are archived: %s documents no way to delete them%s", q.Resource.Vendor().Name, deleteAllTheSame(q)))
	}
	if u.Deletes() > 0 && q.Resource.Capabilities(false).Delete == "" {
		list = append(list, Warnf("the delete is not documented: %s", q.Resource.Capabilities(true).Delete))
	}
	if u.Past.Unfinished() {
		list = append(list, Warnf("the run is unfinished: what it has not sent yet is not taken back, and its --resume would send it"))
	}
	if links := u.Counts().Links; len(links) > 0 {
		list = append(list, Notef("  stays, although the run has created it: %s", humanize.List(links)))
	}
	return list
}

// deleteAllTheSame says that what is archived can be deleted by what the vendor does not document.
func deleteAllTheSame(q *job.ImportRequest) string {
	if q.Resource.Capabilities(true).Delete == "" {
		return ""
	}
	return "; --allow-undocumented deletes them"
}

// UndoCounts says what is taken back, and how: "12 creations (delete) and 30 updates".
func UndoCounts(u *job.Undoing) string {
	counts, how := u.Counts(), string(u.Removes())
	if how == "" {
		how = "by hand"
	}
	var parts []string
	add := func(n int, one, how string) {
		if n > 0 {
			parts = append(parts, humanize.Count(int64(n), one)+how)
		}
	}
	add(counts.Created, "creation", fmt.Sprintf(" (%s)", how))
	add(counts.Updated, "update", "")
	add(counts.Deleted, "delete", " (create again)")
	add(counts.Doubtful, "row", " in doubt")
	return humanize.List(parts)
}

// UndoQuestion asks whether a run is to be taken back; with deletes, for their number.
func UndoQuestion(q job.UndoQuestion) string {
	ask := fmt.Sprintf("Take back %s in %s at %s?", UndoCounts(q.Undoing), q.Resource.Ref(), q.Where)
	if q.Undoing.Deletes() > 0 {
		return ask + " Type the number of " + q.Resource.Noun() + "s to delete, " + humanize.Number(int64(q.Undoing.Deletes())) + ":"
	}
	return ask
}

// confirmed is the command that does what a dry run has shown, with the number that is to be confirmed: of contacts that are deleted at
// most, whatever has become of them.
func confirmed(r *job.ImportResult, g Given) string {
	most := r.Request.Undo.Deletes()
	if most == 0 {
		return g.Import(FlagsOfOneRun())
	}
	again := g.Import(FlagsOfOneRun(), "--confirm", strconv.Itoa(most))
	if now := r.Summary.Actions[outcome.ActionDelete]; now != most {
		return fmt.Sprintf("at most %s are deleted, which is the number to confirm, and %s as things are now: %s", humanize.Count(int64(most), r.Request.Resource.Noun()), humanize.Number(int64(now)), again)
	}
	return again
}

// afterUndo is what most users want next.
func afterUndo(r *job.ImportResult, g Given) string {
	switch begun := r.Request.Undo.Begun; {
	case begun != nil && begun.Rows == "":
		return g.Import(append(FlagsOfOneRun(), "rows", "resume"), "--resume")
	case begun != nil: // only the same rows are gone on with
		return g.Import(append(FlagsOfOneRun(), "rows", "resume"), "--resume", "--rows", begun.Rows)
	case r.Request.DryRun && r.Summary.Sends() > 0:
		return confirmed(r, g)
	case r.MustLook():
		return "open the report: it names what was left, and what to do by hand"
	case r.Request.DryRun:
		return "there is nothing to do"
	}
	return "open the report, or look at the " + r.Request.Resource.Noun() + "s in " + r.Request.Resource.Vendor().Name
}
