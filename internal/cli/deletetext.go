package cli

import (
	"context"
	"fmt"

	"crmferry/importer/modes"
	"crmferry/internal/cli/text"
	"crmferry/internal/failure"
	"crmferry/internal/humanize"
	"crmferry/internal/job"
	"crmferry/mapping/match"
)

// deletes reports whether contacts are to be deleted.
func (o *importOptions) deletes() bool { return modes.Mode(o.mode) == modes.DeleteOnly }

// checkDelete refuses flags that say something of contacts, of which nothing is left.
func (o *importOptions) checkDelete() error {
	for _, name := range []string{"set", "default", "replace", "create-missing", "values", "clear-token"} {
		if o.flags.Changed(name) {
			return failure.Usage("leave --"+name+" out", "--%s means nothing with --mode delete: nothing but the id of a row counts", name)
		}
	}
	switch {
	case o.match == "email":
		return failure.Usage("name the column of the ids with --match id, or with --map \"HEADER=id\"", "contacts are deleted by their ids only, never by e-mail")
	case o.flags.Changed("confirm") && o.confirm < 1:
		return failure.Usage("give the number of contacts: --confirm 170", "--confirm %d confirms nothing", o.confirm)
	}
	return nil
}

// announceIDs says which ids of the file count.
func (j *importJob) announceIDs() {
	s, ui := j.im.Survey(), j.app.ui
	for _, c := range s.Columns {
		if c.State == match.Mapped {
			ui.Notef("  ids of %s from column %q, nothing else counts", j.ID(), text.ColumnName(c))
		}
	}
	if j.im.TakesBack() {
		ui.Notef("  it is the report of a run, whose account it does not tell; its %s \"created\" count", humanize.Count(int64(s.Rows-s.NotCreated), "row"))
		if s.Unkeyed > 0 {
			ui.Warnf("%s no key to compare the contact with: nothing but the id says whose it is", text.RowsThat(s.Unkeyed, "has", "have"))
		}
	}
}

// announceDelete says what there is to lose.
func (j *importJob) announceDelete() {
	ui, s := j.app.ui, j.im.Survey()
	if s.Keys == 0 {
		ui.Notef("  there is nothing to delete")
		return
	}
	ui.Notef("  deletes %s: %s", humanize.Count(int64(s.Keys), "contact"), j.Capabilities(j.o.undocumented).Delete)
	switch {
	case j.plan.First != "":
		ui.Notef("  the first of them is %s", j.plan.First)
	case !j.work.resumed: // else this run may have deleted it
		ui.Notef("  the first of them is not there any more")
	}
	j.announceCopy()
}

// checkConfirm refuses what nobody will confirm, before the vendor is asked for anything. --yes confirms no delete.
func (j *importJob) checkConfirm() error {
	n := j.im.Survey().Keys
	contacts := humanize.Count(int64(n), "contact")
	switch {
	case !j.o.deletes() || j.o.sandbox || j.o.dryRun || n == 0 || j.finishedBefore():
		return nil
	case j.o.flags.Changed("confirm") && j.o.confirm != n:
		return failure.Usage("look at what --dry-run says, then give the right number", "--confirm %d: there are %s to delete, and nothing was deleted", j.o.confirm, contacts)
	case !j.o.flags.Changed("confirm") && !j.app.ui.CanAsk():
		return failure.Usage(fmt.Sprintf("look at what --dry-run says, then add --confirm %d", n),
			"there are %s to delete, there is no terminal to ask on, and nothing was deleted", contacts)
	}
	return nil
}

// confirmDelete lets the number of contacts be typed, unless --confirm has it.
func (j *importJob) confirmDelete(ctx context.Context) (bool, error) {
	n := j.im.Survey().Keys
	if j.o.sandbox || j.o.dryRun || j.o.flags.Changed("confirm") || n == 0 {
		return true, nil
	}
	err := j.conn.Decide(ctx, job.DeleteQuestion{Vendor: j.Vendor(), Base: j.conn.Base(), Contacts: n}, "not deleted: nothing was written")
	return err == nil, err
}
