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
	"crmferry/internal/job/plans"
	"crmferry/internal/state"
	"crmferry/mapping/match"
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
			NameColumns{}, j.restart(""))
	}
	j.work.record.Columns = now
	return nil
}

// columnsOf says which field each column is put into: "Email=email".
func columnsOf(columns []match.Column) []string {
	list := make([]string, len(columns))
	for i, c := range columns {
		list[i] = c.Header + "="
		if c.State == match.Mapped {
			list[i] += c.Field
		}
	}
	return list
}

// sameAccount makes sure, where the key is another one than the run's, that it opens the same account: a contact of the
// run, or of the plan that is applied, must be there.
func (j *importJob) sameAccount(ctx context.Context) error {
	rec := &j.work.record
	switch {
	case j.work.resumed:
	case j.q.applied != nil:
		rec = j.q.applied.Record
	default:
		return nil
	}
	if rec.Account == j.work.account {
		return nil
	}
	if j.q.Deletes() {
		return failure.Refuse(fmt.Errorf("the key is not the one of the run %s, and its contacts are deleted: nothing shows whether it opens the same account", rec.Run.ID),
			failure.Hint("use the run's key"), j.anew())
	}
	id, err := journal.SomeID(rec.JournalPath())
	if err != nil || id == "" {
		return err
	}
	found, err := j.target.Exists(ctx, id)
	switch {
	case errors.Is(err, importer.ErrCannotRead) && j.work.finishedBefore(): // the organization is the same one
	case errors.Is(err, importer.ErrCannotRead):
		return failure.Refuse(fmt.Errorf("the key is not the one of the run %s, and %s documents no way to see whether it opens the same account", rec.Run.ID, j.q.Resource.Vendor().Name),
			failure.Hint("use the run's key"), j.anew())
	case err != nil:
		return j.early(ctx, err)
	case !found:
		return failure.Refuse(fmt.Errorf("the key is not the one of the run %s, and the contact %s of that run is not there: is it another account?", rec.Run.ID, id),
			failure.Hint("use the run's key"), j.anew())
	}
	j.work.record.Account = j.work.account
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
	return failure.Refuse(fmt.Errorf("the run %s is finished, and its journal %q does not say any more what became of %s", rec.Run.ID, rec.JournalPath(), LostRows(damage, lost)), advice)
}
