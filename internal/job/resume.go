package job

import (
	"context"
	"errors"
	"fmt"
	"path/filepath"
	"slices"
	"strings"

	"crmferry/importer/modes"
	"crmferry/importer/runrows"
	"crmferry/internal/account"
	"crmferry/internal/failure"
	"crmferry/internal/history"
	"crmferry/internal/humanize"
	"crmferry/internal/job/advise"
	"crmferry/internal/state"
)

// choice decides which earlier run an import goes on with, if any.
type choice struct {
	*Runner
	q         *ImportRequest
	work      *workspace
	mode      modes.Mode
	canLookUp bool // contacts that an earlier run has created are found
}

// startOrResume decides whether this import starts a run or goes on with an earlier one of the same file.
func (c *choice) startOrResume(ctx context.Context) error {
	q := c.q
	if c.work.temporary || q.DryRun {
		return c.refuseResume()
	}
	past, err := c.pastRun()
	switch {
	case err != nil:
		return err
	case past == nil:
		if q.Resume != "" {
			c.Event(NothingToResume{q.Input.File, q.Resource})
		}
		return nil
	}
	if !q.Restart && (past.Unfinished() || q.Resume != "") {
		if err := c.checkPast(past); err != nil {
			return err
		}
	}
	if err := c.work.lockPast(ctx, c.Runner, past, q.Wait); err != nil {
		return err
	}
	switch {
	case q.Restart:
		c.work.record.Replace(past)
		return nil
	case q.Resume != "":
		return c.resume(past)
	}
	return c.refuseAgain(past)
}

// checkPast refuses to start a run beside an unfinished one, and to go on with one that an undo has taken back: it would send
// what the undo did not see, and report as created what is deleted.
func (c *choice) checkPast(past *history.Record) error {
	undo, err := history.TakenBackBy(c.work.root, past.Run.ID)
	switch {
	case err != nil:
		return err
	case undo != nil:
		is := "finished"
		if past.Unfinished() {
			is = "unfinished"
		}
		return failure.Refuse(fmt.Errorf("the run %s is %s and was taken back by the run %s: it cannot be resumed", past.Run.ID, is, undo.Run.ID), c.restart(""))
	case c.q.Resume == "":
		return failure.Refuse(fmt.Errorf("the run %s of %s into %s is unfinished", past.Run.ID, c.q.Input.File, c.q.Resource.Ref()), advise.ResumeNewest{}, c.restart(""))
	}
	return nil
}

// ErrNotKept refuses to resume a run of which nothing is kept: one in a sandbox, or one that writes nothing.
var ErrNotKept = errors.New("nothing is kept of such a run that could be resumed")

// refuseResume is startOrResume where nothing of a run is kept: there is none to go on with.
func (c *choice) refuseResume() error {
	if c.q.Resume != "" {
		return failure.Refuse(ErrNotKept, advise.ResumeNothing{})
	}
	if !c.q.Connect.Sandbox {
		c.TellUnreadable(c.q.Resource.Vendor())
	}
	return nil
}

// restart advises to import the file from its start; lead comes before it.
func (c *choice) restart(lead string) failure.Advice {
	return advise.Restart{Lead: lead, Twice: !c.canLookUp}
}

// refuseAgain refuses a file that was imported before, where no look-up would find the contacts.
func (c *choice) refuseAgain(past *history.Record) error {
	if c.canLookUp || !past.MayHaveCreated() {
		return nil
	}
	what, where := c.q.Input.File, "its report: "+past.Report
	if past.Limit > 0 {
		what = fmt.Sprintf("%s (its first %s)", what, humanize.Count(int64(past.Limit), "row"))
		where += "; take the rows that it lists out of the file, and import the others"
	}
	return failure.Refuse(fmt.Errorf("%s was imported into %s before, by the run %s of %s: importing it again would create every %s a second time",
		what, c.q.Resource.ID(), past.Run.ID, past.Started.Local().Format("2006-01-02 15:04"), c.q.Resource.Noun()), failure.Hint(where), advise.ImportAllTheSame{})
}

// pastRun is the run that --resume=RUN names, else that of the same file into the same account. Runs of which that cannot be
// told are heeded.
func (c *choice) pastRun() (*history.Record, error) {
	runs, unreadable, err := history.Imports(c.work.root)
	if err != nil {
		return nil, err
	}
	var past *history.Record
	if name := c.q.Resume; name != "" && name != NewestRun {
		past, err = c.namedRun(runs, unreadable, name)
	} else {
		past, err = c.newestOfFile(runs)
	}
	if err != nil {
		return nil, err
	}
	return past, c.checkDamaged(c.damagedRuns(runs, unreadable), past)
}

// newestOfFile is the unfinished run of the same file into the same account, else the newest one, nil if there is none.
func (c *choice) newestOfFile(runs []*history.Record) (*history.Record, error) {
	past, changed := history.SameFile(slices.DeleteFunc(slices.Clone(runs), c.isOfAnother), &c.work.record)
	if changed && !c.q.Restart {
		return nil, failure.Refuse(fmt.Errorf("%q has changed since the run %s of it began, which is unfinished", c.q.Input.File, past.Run.ID),
			advise.ResumeUnchanged{Run: past.Run.ID}, c.restart("as it is now, "))
	}
	return past, nil
}

// isOfAnother reports whether a run went into another account at the same address, by their names; one key is one account.
func (c *choice) isOfAnother(past *history.Record) bool {
	return past.Account != c.work.record.Account && c.q.Resource.Vendor().TellsApart(past.Name, c.work.record.Name)
}

// namedRun is the one run whose id ends in name or is name.
func (c *choice) namedRun(runs []*history.Record, unreadable []*history.Damaged, name string) (*history.Record, error) {
	for _, o := range unreadable {
		if strings.HasSuffix(o.Run.ID, name) {
			return nil, c.refuseDamaged(o, "the run %s cannot be resumed: %w", o.Run.ID, o.Why)
		}
	}
	found := history.Named(runs, name)
	mine := &c.work.record
	switch {
	case len(found) == 0:
		return nil, failure.Refusef(advise.SeeRuns{}, "no import has the run %q", name)
	case len(found) > 1:
		return nil, failure.Refusef(advise.SeeRuns{Lead: "give the whole id: "}, "%d runs end in %q", len(found), name)
	case found[0].Salt != mine.Salt:
		return nil, failure.Refuse(history.SaltLost(found[0]), c.restart(""))
	case found[0].Resource != mine.Resource || found[0].Place != mine.Place || c.isOfAnother(found[0]):
		return nil, failure.Refusef(advise.SeeRuns{Run: name}, "the run %s is an import into %s at %s", found[0].Run.ID, account.InAccount(found[0].Resource, found[0].Name), found[0].BaseURL)
	case found[0].State == history.Abandoned:
		return nil, failure.Refusef(advise.SeeRuns{Then: ": a later run has taken its place"}, "the run %s was abandoned: its file was imported anew", found[0].Run.ID)
	case found[0].SHA256 != mine.SHA256 && found[0].Path != mine.Path:
		return nil, failure.Refusef(advise.SeeRuns{Run: name}, "the run %s is of another file, %q", found[0].Run.ID, found[0].File)
	}
	if found[0].SHA256 != mine.SHA256 {
		c.Event(InputChanged{c.q.Input.File})
	}
	return found[0], nil
}

// resume takes the place of a new run by an earlier one, unless it was asked for something else. A finished run that was
// is none to go on with: the new one starts.
func (c *choice) resume(past *history.Record) error {
	if past.Kind == history.Apply {
		return c.besideApply(past)
	}
	differ := history.Differences(past.Asked, c.q.asked(c.mode))
	switch {
	case len(differ) == 0:
		return c.adopt(past)
	case past.Unfinished() || c.q.Resume != NewestRun:
		return failure.Refuse(&advise.OptionsDifferError{Run: past.Run.ID, Differences: differ}, advise.ResumeAsBegun{Past: history.ReadPast(c.work.root, past.Run)}, c.restart(""))
	}
	if err := c.refuseAgain(past); err != nil {
		return err
	}
	c.Event(RunDiffers{past.Run.ID, c.q.Input.File, differ})
	return nil
}

// besideApply starts a new run after one that has applied a plan of the file: that is none for an import to go on with.
func (c *choice) besideApply(past *history.Record) error {
	if past.Unfinished() || c.q.Resume != NewestRun {
		err := fmt.Errorf("the run %s applies a plan of this file: an import cannot go on with it", past.Run.ID)
		return failure.Refuse(err, advise.SeeRuns{Run: past.Run.ID}, c.restart(""))
	}
	if err := c.refuseAgain(past); err != nil {
		return err
	}
	c.Event(NothingToResume{c.q.Input.File, c.q.Resource})
	return nil
}

// adopt goes on with an earlier run. Where its copy of the input is not what it was, the file takes its place if that is as it
// was; else the run goes on by its rows, which it has kept, and cannot write rejects.
func (c *choice) adopt(past *history.Record) error {
	if past.Erased {
		if err := c.work.lend(past); err != nil {
			return err
		}
	}
	input := past.Run.Input(past.File)
	err := state.CheckInput(input, past.Size, past.SHA256)
	switch {
	case err == nil:
		return c.work.adopt(past, input)
	case past.SHA256 == c.work.record.SHA256:
		if err := c.work.lend(past); err != nil {
			return err
		}
		c.Event(CopyMade{Why: err, File: c.q.Input.File})
	case state.Exists(filepath.Join(past.Run.Dir, runrows.Name)):
		c.work.copyLost = c.refuseCopy(past, err)
		c.Event(CopyLost{Why: err})
	default:
		return c.refuseCopy(past, err)
	}
	return c.work.adopt(past, input)
}

// refuseCopy refuses to go on with a run whose copy of the input is lost, and which has kept no rows that can be read.
func (c *choice) refuseCopy(past *history.Record, err error) error {
	return failure.Refuse(fmt.Errorf("the run %s cannot be resumed: %w", past.Run.ID, err), c.restart(""))
}
