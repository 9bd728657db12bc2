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
	"crmferry/internal/humanize"
	"crmferry/internal/state"
	"crmferry/mapping/match"
)

// startOrResume decides whether this import starts a run or goes on with an earlier one of the same file.
func (j *importJob) startOrResume(ctx context.Context) error {
	q := j.q
	if j.work.temporary {
		return j.refuseResume()
	}
	past, err := j.pastRun()
	switch {
	case err != nil:
		return err
	case past == nil:
		if q.Resume != "" {
			j.Event(NothingToResume{q.Input.File, q.Resource})
		}
		return nil
	case past.Unfinished() && !q.Restart && q.Resume == "":
		return failure.Refuse(fmt.Errorf("the run %s of %s into %s is unfinished", past.Run.ID, q.Input.File, q.Resource.Ref()), ResumeNewest{}, j.restart(""))
	}
	if err := j.work.lockPast(ctx, j.Runner, past, q.Wait); err != nil {
		return err
	}
	switch {
	case q.Restart:
		j.work.record.Replace(past)
		return nil
	case q.Resume != "":
		return j.resume(past)
	}
	return j.refuseAgain(past)
}

// ErrNotKept refuses to resume a run of which nothing is kept: one in a sandbox, or one that writes nothing.
var ErrNotKept = errors.New("nothing is kept of such a run that could be resumed")

// refuseResume is startOrResume where nothing of a run is kept: there is none to go on with.
func (j *importJob) refuseResume() error {
	if j.q.Resume != "" {
		return failure.Refuse(ErrNotKept, ResumeNothing{})
	}
	if !j.q.Connect.Sandbox {
		j.TellUnreadable(j.q.Resource.Vendor())
	}
	return nil
}

// restart advises to import the file from its start; lead comes before it.
func (j *importJob) restart(lead string) failure.Advice {
	return Restart{Lead: lead, Twice: !j.target.CanLookUp()}
}

// refuseAgain refuses a file that was imported before, where no look-up would find the contacts.
func (j *importJob) refuseAgain(past *history.Record) error {
	if j.target.CanLookUp() || !past.MayHaveCreated() {
		return nil
	}
	what, where := j.q.Input.File, "its report: "+past.Report
	if past.Limit > 0 {
		what = fmt.Sprintf("%s (its first %s)", what, humanize.Count(int64(past.Limit), "row"))
		where += "; take the rows that it lists out of the file, and import the others"
	}
	return failure.Refuse(fmt.Errorf("%s was imported into %s before, by the run %s of %s: importing it again would create every contact a second time",
		what, j.q.Resource.ID(), past.Run.ID, past.Started.Format("2006-01-02 15:04")), failure.Hint(where), ImportAllTheSame{})
}

// pastRun is the run that --resume=RUN names, else that of the same file into the same account. Runs of which that cannot be
// told are heeded.
func (j *importJob) pastRun() (*history.Record, error) {
	runs, unreadable, err := history.Imports(j.work.root)
	if err != nil {
		return nil, err
	}
	var past *history.Record
	if name := j.q.Resume; name != "" && name != NewestRun {
		past, err = j.namedRun(runs, unreadable, name)
	} else {
		past, err = j.newestOfFile(runs)
	}
	if err != nil {
		return nil, err
	}
	return past, j.checkDamaged(j.damagedRuns(runs, unreadable), past)
}

// newestOfFile is the unfinished run of the same file into the same account, else the newest one, nil if there is none.
func (j *importJob) newestOfFile(runs []*history.Record) (*history.Record, error) {
	past, changed := history.SameFile(runs, &j.work.record)
	if changed && !j.q.Restart {
		return nil, failure.Refuse(fmt.Errorf("%q has changed since the run %s of it began, which is unfinished", j.q.Input.File, past.Run.ID),
			ResumeUnchanged{past.Run.ID}, j.restart("as it is now, "))
	}
	return past, nil
}

// namedRun is the one run whose id ends in name or is name.
func (j *importJob) namedRun(runs []*history.Record, unreadable []*history.Damaged, name string) (*history.Record, error) {
	for _, o := range unreadable {
		if strings.HasSuffix(o.Run.ID, name) {
			return nil, j.refuseDamaged(o, "the run %s cannot be resumed: %w", o.Run.ID, o.Why)
		}
	}
	found := history.Named(runs, name)
	mine := &j.work.record
	switch {
	case len(found) == 0:
		return nil, failure.Refusef(SeeRuns{}, "no import has the run %q", name)
	case len(found) > 1:
		return nil, failure.Refusef(SeeRuns{Lead: "give the whole id: "}, "%d runs end in %q", len(found), name)
	case found[0].Salt != mine.Salt:
		return nil, failure.Refuse(history.SaltLost(found[0]), j.restart(""))
	case found[0].Resource != mine.Resource || found[0].Place != mine.Place:
		return nil, failure.Refusef(SeeRuns{Run: name}, "the run %s is an import into %s at %s", found[0].Run.ID, found[0].Resource, found[0].BaseURL)
	case found[0].State == history.Abandoned:
		return nil, failure.Refusef(SeeRuns{Then: ": a later run has taken its place"}, "the run %s was abandoned: its file was imported anew", found[0].Run.ID)
	case found[0].SHA256 != mine.SHA256 && found[0].Path != mine.Path:
		return nil, failure.Refusef(SeeRuns{Run: name}, "the run %s is of another file, %q", found[0].Run.ID, found[0].File)
	}
	if found[0].SHA256 != mine.SHA256 {
		j.Event(InputChanged{j.q.Input.File})
	}
	return found[0], nil
}

// resume takes the place of a new run by an earlier one, unless it was asked for something else. A finished run that was
// is none to go on with: the new one starts.
func (j *importJob) resume(past *history.Record) error {
	differ := history.Differences(past.Asked, j.q.asked(j.mode))
	switch {
	case len(differ) == 0:
		return j.adopt(past)
	case past.Unfinished() || j.q.Resume != NewestRun:
		return failure.Refuse(&OptionsDifferError{past.Run.ID, differ}, ResumeAsBegun{history.ReadPast(j.work.root, past.Run)}, j.restart(""))
	}
	if err := j.refuseAgain(past); err != nil {
		return err
	}
	j.Event(RunDiffers{past.Run.ID, j.q.Input.File, differ})
	return nil
}

// adopt goes on with an earlier run, if its copy of the input is as it was.
func (j *importJob) adopt(past *history.Record) error {
	if past.Erased {
		if err := j.work.lend(past); err != nil {
			return err
		}
	}
	input := past.Run.Input(past.File)
	err := state.CheckInput(input, past.Size, past.SHA256)
	if err == nil {
		return j.work.adopt(past, input)
	}
	advice := j.restart("")
	if past.SHA256 == j.work.record.SHA256 {
		advice = ResumeWithFile{Run: past.Run.ID, File: j.q.Input.File, Copy: input}
	}
	return failure.Refuse(fmt.Errorf("the run %s cannot be resumed: %w", past.Run.ID, err), advice)
}

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
// run must be there.
func (j *importJob) sameAccount(ctx context.Context) error {
	rec := &j.work.record
	if !j.work.resumed || rec.Account == j.work.account {
		return nil
	}
	if j.q.Deletes() {
		return failure.Refuse(fmt.Errorf("the key is not the one of the run %s, and its contacts are deleted: nothing shows whether it opens the same account", j.work.run.ID),
			failure.Hint("use the run's key"), j.restart(""))
	}
	id, err := journal.SomeID(j.work.record.JournalPath())
	if err != nil || id == "" {
		return err
	}
	found, err := j.target.Exists(ctx, id)
	switch {
	case errors.Is(err, importer.ErrCannotRead) && j.work.finishedBefore(): // the organization is the same one
	case errors.Is(err, importer.ErrCannotRead):
		return failure.Refuse(fmt.Errorf("the key is not the one of the run %s, and %s documents no way to see whether it opens the same account", j.work.run.ID, j.q.Resource.Vendor().Name),
			failure.Hint("use the run's key"), j.restart(""))
	case err != nil:
		return j.early(ctx, err)
	case !found:
		return failure.Refuse(fmt.Errorf("the key is not the one of the run %s, and the contact %s of that run is not there: is it another account?", j.work.run.ID, id),
			failure.Hint("use the run's key"), j.restart(""))
	}
	rec.Account = j.work.account
	return nil
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
