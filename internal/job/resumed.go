package job

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"strings"

	"crmferry/importer"
	"crmferry/importer/journal"
	"crmferry/importer/outcome"
	"crmferry/internal/failure"
	"crmferry/internal/history"
	"crmferry/internal/job/advise"
	"crmferry/internal/job/plans"
	"crmferry/internal/state"
	"crmferry/mapping/match/columns"
)

// checkJournal refuses to go on without a journal: which rows were sent is not known then.
func (j *importJob) checkJournal() error {
	path := j.work.record.JournalPath()
	blank, err := journal.IsBlank(path)
	switch {
	case errors.Is(err, fs.ErrNotExist):
		err = fmt.Errorf("%q is gone", path)
	case err != nil:
		return err
	case !blank:
		return nil
	default:
		err = fmt.Errorf("%q holds no record", path)
	}
	return failure.Refuse(fmt.Errorf("%w: the run %s has lost its journal: which rows were sent is not known", err, j.work.run.ID),
		j.restart("compare the file with the CRM; "))
}

// sameColumns refuses to go on where columns are put into other fields than before.
func (j *importJob) sameColumns() error {
	now := columnsOf(j.im.Survey().Columns)
	if differ := history.ColumnsThatDiffer(j.work.record.Columns, now); j.work.resumed && len(differ) > 0 {
		return failure.Refuse(fmt.Errorf("the run %s put columns into other fields: %s", j.work.run.ID, strings.Join(differ, "; ")),
			advise.NameColumns{}, j.restart(""))
	}
	j.work.record.Columns = now
	return nil
}

// columnsOf says which field each column is put into: "Email=email".
func columnsOf(sheet []columns.Column) []string {
	list := make([]string, len(sheet))
	for i, c := range sheet {
		list[i] = c.Header + "="
		if c.State == columns.Mapped {
			list[i] += c.Field
		}
	}
	return list
}

// sameAccount makes sure, where the key is another one than that of the run that goes on, of the plan that is
// applied, or of the run that is taken back, that it opens the same account.
func (j *importJob) sameAccount(ctx context.Context) error {
	rec := &j.work.record
	past, deletes, advice := rec, j.q.Deletes(), []failure.Advice{failure.Hint("use the run's key")}
	switch u := j.q.Undo; {
	case u != nil:
		past, deletes = u.Past, u.Deletes() > 0
	case j.work.resumed:
		advice = append(advice, j.anew())
	case j.q.applied != nil:
		past, advice = j.q.applied.Record, append(advice, j.anew())
	default:
		return nil
	}
	if err := j.opensAccountOf(ctx, past, deletes, advice...); err != nil {
		return err
	}
	if j.work.resumed {
		rec.Account, rec.Name = j.work.account, j.q.Resource.Account().Name // an undo asks for the account by its name
	}
	return nil
}

// opensAccountOf refuses another key than the run's unless a contact of the run is there. Where contacts are deleted that is
// not enough: another account may have the same ids.
func (j *importJob) opensAccountOf(ctx context.Context, past *history.Record, deletes bool, advice ...failure.Advice) error {
	if past.Account == j.work.account {
		return nil
	}
	refuse := func(format string, args ...any) error {
		return failure.Refuse(fmt.Errorf("the key is not the one of the run %s, and "+format, append([]any{past.Run.ID}, args...)...), advice...)
	}
	if deletes {
		return refuse("its contacts are deleted: nothing shows whether it opens the same account")
	}
	id, err := journal.SomeID(past.JournalPath())
	switch {
	case err != nil:
		return err
	case id == "" && past.Unfinished():
		return refuse("it has written no contact yet: nothing shows whether it opens the same account")
	case id == "": // nothing of it is in any account
		return nil
	}
	found, err := j.target.Exists(ctx, id)
	switch {
	case errors.Is(err, importer.ErrCannotRead) && j.work.finishedBefore(): // the organization is the same one
	case errors.Is(err, importer.ErrCannotRead):
		return refuse("%s documents no way to see whether it opens the same account", j.q.Resource.Vendor().Name)
	case err != nil:
		return j.early(ctx, err)
	case !found:
		return refuse("the contact %s of that run is not there: is it another account?", id)
	}
	return nil
}

// anew advises to begin anew: with a plan where one is to be applied.
func (j *importJob) anew() failure.Advice {
	if j.q.applied != nil && !j.work.resumed {
		return plans.Again{}
	}
	return j.restart("")
}

// repeat says again what became of a run that is finished.
func (j *importJob) repeat() (*ImportResult, error) {
	j.Event(RunFinished{j.work.run.ID})
	out, err := j.newReport()
	if err != nil {
		return nil, err
	}
	defer out.Abort()
	rec := &j.work.record
	summary, damage, err := journal.Replay(rec.JournalPath(), j.target.Traits(), out)
	if errors.Is(err, fs.ErrNotExist) {
		damage, summary, err = state.Damage{Reason: "it is gone"}, new(outcome.Summary), nil
	}
	if err != nil {
		return nil, err
	}
	if lost := rec.Lost(summary); lost > 0 || damage != (state.Damage{}) {
		return nil, j.refuseRepeat(damage, lost)
	}
	summary.Elapsed = rec.Finished.Sub(rec.Started)
	return j.conclude(context.Background(), out, summary, nil)
}

// refuseRepeat says what is left to know of a finished run whose journal has lost rows.
func (j *importJob) refuseRepeat(damage state.Damage, lost int) error {
	rec, advice := &j.work.record, j.restart("")
	if state.Exists(rec.Report) {
		advice = failure.Hint("they are in the report of that time: " + history.Relative(rec.Report))
	}
	return failure.Refuse(fmt.Errorf("the run %s is finished, and its journal %q does not say any more what became of %s", rec.Run.ID, rec.JournalPath(), history.LostRows(damage, lost)), advice)
}
