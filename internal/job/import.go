package job

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"os"
	"time"

	"crmferry/importer"
	"crmferry/importer/faults"
	"crmferry/importer/identity"
	"crmferry/importer/journal"
	"crmferry/importer/links"
	"crmferry/importer/modes"
	"crmferry/importer/outcome"
	"crmferry/importer/runrows"
	"crmferry/importer/survey"
	"crmferry/internal/account"
	"crmferry/internal/crm"
	"crmferry/internal/failure"
	"crmferry/internal/history"
	"crmferry/internal/job/advise"
	"crmferry/internal/leaveby"
	"crmferry/internal/state"
)

// importJob is one import under way.
type importJob struct {
	choice
	conn *Connection

	says    account.Identity // whose contacts the file says that it holds
	origin  string           // the same in the words of the file, "" if it says nothing
	target  importer.Target
	im      importer.Session
	plan    *importer.Plan
	asked   time.Time        // when the vendor was asked for what the plan says
	journal *journal.Journal // nil for a dry run, and where a finished run is only told again

	report  *state.Output
	rejects *state.Output // nil for none
	ids     *state.Output // nil where the file has no ids of another program
	changes *state.Output // of a plan that is a CSV file
}

// Import creates or updates every row of a file, or deletes what it names. The result is nil where nothing was begun; an
// import that has ended early has both a result and an error.
func (r *Runner) Import(ctx context.Context, q *ImportRequest) (*ImportResult, error) {
	j := &importJob{choice: choice{Runner: r, q: q}}
	defer j.close()
	if err := j.open(ctx); err != nil {
		return nil, err
	}
	return j.run(ctx)
}

func (j *importJob) close() {
	_ = j.journal.Close() // what matters of it was closed before the report
	j.work.close()
	j.conn.Close()
}

// open reaches for the account, copies the file and reads it once. Nothing is sent.
func (j *importJob) open(ctx context.Context) (err error) {
	res := j.q.Resource
	if !res.Capabilities(j.q.Connect.Undocumented).Create {
		return failure.Refusef(advise.ExportInstead{Resource: res}, "the %s of %s can be exported, not imported", res.Name(), res.Vendor().Name)
	}
	if j.conn, err = j.Connect(res, j.q.Connect); err != nil {
		return err
	}
	j.target = res.Target(j.conn.Connection)
	j.canLookUp = j.target.CanLookUp()
	if err := j.chooseMode(); err != nil {
		return err
	}
	if err := j.checkKinds(); err != nil {
		return err
	}
	if j.q.Lookup && !j.canLookUp {
		return failure.New(failure.ExitUsage, fmt.Errorf("%s documents no way to look contacts up", res.Vendor().Name), "every row is created: import without it")
	}
	if j.work, err = newWorkspace(ctx, j.Runner, j.q, j.conn); err != nil {
		return err
	}
	if err := j.work.takeLock(ctx, j.Runner, j.conn, j.q.Wait); err != nil {
		return err
	}
	if err := j.startOrResume(ctx); err != nil {
		return err
	}
	if err := j.openJournal(); err != nil {
		return err
	}
	if err := j.openFile(ctx); err != nil {
		return err
	}
	if err := j.sameColumns(); err != nil {
		return err
	}
	if err := j.checkOrigin(ctx); err != nil {
		return err
	}
	return j.checkKeyless(j.im.Survey().NoKey)
}

// openFile reads the rows that the run has kept, else the copy of the file.
func (j *importJob) openFile(ctx context.Context) error {
	err := j.readFile(ctx)
	if damaged := (*runrows.DamagedError)(nil); errors.As(err, &damaged) {
		if j.work.copyLost != nil {
			return j.work.copyLost
		}
		if err := os.Remove(j.work.rowsPath()); err != nil {
			return fmt.Errorf("remove the damaged rows of the run: %w", err)
		}
		j.Event(RowsLost{damaged})
		err = j.readFile(ctx)
	}
	if err == nil {
		return nil
	}
	if errors.As(err, new(*runrows.WriteError)) {
		return noRoot(ctx, err)
	}
	if refused := (*survey.HeaderError)(nil); errors.As(err, &refused) {
		j.Event(HeaderRefused{refused.Survey})
	}
	return refuseSheet(ctx, j.q.Resource, j.mode, &j.q.Match, j.target, err)
}

// readFile opens the file for the engine.
func (j *importJob) readFile(ctx context.Context) (err error) {
	q, match := j.q, j.q.Match
	match.NeedsRequired = j.mode != modes.UpdateOnly
	j.im, err = j.target.Open(ctx, importer.Options{
		Path: j.work.input, Name: q.Input.Name(), Sheet: q.Sheet, Match: match, Mode: j.mode, Limit: q.Limit,
		Accept: q.Accept, MatchesPhones: j.target.Traits().MatchesPhones && j.mode != modes.UpdateOnly, Replace: match.Replace, CreateMissing: q.CreateMissing, DryRun: q.DryRun, From: q.from(),
		Lookup: q.Lookup, MaxFailures: q.MaxFailures, Workers: q.Connect.Workers, Pace: j.conn.Pace.PerSecond(), Keep: j.work.rowsPath(), Run: j.work.run.ID, Journal: j.journal,
		Offset: j.conn.Transport().ClockOffset, Settle: j.Settle, Late: j.Late, Backoff: j.Backoff, Patience: j.patience(), Copies: j.copies(), CopyAnew: j.work.record.CopiesGone(), CreatedBy: j.createdBy(),
	})
	return err
}

// openJournal begins the journal of the run, or goes on with it.
func (j *importJob) openJournal() (err error) {
	if j.q.DryRun && j.work.temporary || j.work.finishedBefore() {
		return nil
	}
	if j.work.resumed {
		if err := j.checkJournal(); err != nil {
			return err
		}
	}
	if j.journal, err = journal.Open(j.work.record.JournalPath()); err != nil || !j.work.resumed {
		return err
	}
	return j.journal.Expect(j.work.record.Journal)
}

// chooseMode takes the mode that was asked for, or the vendor's default.
func (j *importJob) chooseMode() error {
	j.mode = j.q.Mode
	if j.mode == "" {
		j.mode = j.target.DefaultMode()
	}
	err := j.target.CheckMode(j.mode)
	var mode *modes.Error
	if !errors.As(err, &mode) {
		return err
	}
	e := &failure.Advised{Code: failure.ExitUsage, Err: &advise.ModeRefusedError{Resource: j.q.Resource, Mode: mode}}
	v, more := j.q.Resource.Vendor(), j.q.Resource.Capabilities(true)
	e.Advice = []failure.Advice{advise.CreateEvery{}}
	if j.q.Deletes() {
		e.Advice = []failure.Advice{advise.DeleteThere{Vendor: v}}
	}
	if !j.q.Connect.Undocumented && (j.q.Deletes() && more.Delete != "" || !j.q.Deletes() && more.Update) {
		e.Advice = append(e.Advice, advise.UseUndocumented{Vendor: v})
	}
	return e
}

// checkKinds refuses to create kinds of records that the vendor does not let be created.
func (j *importJob) checkKinds() error {
	err := j.target.CheckKinds(j.q.CreateMissing)
	var kind *links.KindError
	if !errors.As(err, &kind) {
		return err
	}
	return &failure.Advised{Code: failure.ExitUsage, Err: err, Advice: []failure.Advice{advise.ChooseKind{Resource: j.q.Resource, Kind: kind.Kind, Known: kind.Known}}}
}

// run says what will happen, asks, does it, and returns what happened.
func (j *importJob) run(ctx context.Context) (*ImportResult, error) {
	if err := j.place(); err != nil {
		return nil, err
	}
	if !j.work.finishedBefore() {
		j.Event(FileRead{j.facts()})
	}
	if err := j.checkConfirm(); err != nil {
		return nil, err
	}
	if err := j.sameAccount(leaveby.Patient(ctx, j.patience())); err != nil {
		return nil, err
	}
	if j.work.finishedBefore() {
		return j.repeat()
	}
	if err := j.connectImporter(ctx); err != nil {
		return nil, err
	}
	j.tellPlan()
	if err := j.confirm(ctx); err != nil {
		return nil, err
	}
	out, err := j.newReport()
	if err != nil {
		return nil, err
	}
	defer out.Abort()
	j.work.record.Asked = j.q.asked(j.mode)
	if err := j.beginApply(); err != nil {
		return nil, err
	}
	if err := j.work.record.Begin(j.report.Path(), j.im.Survey().Rows, j.journal.Size(), j.Now()); err != nil {
		return nil, j.neverBegan(err)
	}
	return j.send(ctx, out)
}

// facts are what is known of the import.
func (j *importJob) facts() ImportFacts {
	return ImportFacts{Request: j.q, Mode: j.mode, Run: j.work.run.ID, Base: j.conn.Base(), Account: j.conn.Identity(), Says: j.says, Pace: j.conn.Pace, Traits: j.target.Traits(), CanLookUp: j.canLookUp,
		Resumed: j.work.resumed, Temporary: j.work.temporary, Survey: j.im.Survey(), TakesBack: j.im.TakesBack(), Applied: j.q.applied}
}

// connectImporter reads what the plan needs.
func (j *importJob) connectImporter(ctx context.Context) (err error) {
	if kinds := j.im.LinkKinds(); len(kinds) > 0 && !j.q.Connect.Sandbox {
		j.Event(LinksAsked{j.q.Resource, kinds})
	}
	j.asked = time.Now()
	told := j.tellPreparation()
	j.plan, err = j.im.Connect(leaveby.Patient(ctx, j.patience()))
	told(err == nil)
	if err == nil {
		return nil
	}
	var mode *modes.Error
	var mismatch *identity.MismatchError
	switch {
	case errors.As(err, &mode):
		return failure.New(failure.ExitUsage, mode)
	case errors.As(err, &mismatch):
		return &failure.Advised{Code: failure.ExitUsage, Err: fmt.Errorf("%w; nothing was sent", err), Advice: []failure.Advice{advise.MatchByEmail{File: j.q.Input.File, Linked: onlyIDs(j.q.Resource.Fields())}, advise.AcceptMismatch{}}}
	}
	return j.early(ctx, err)
}

// patience is for how long a vendor that is away is waited for: who sits at a terminal, and is asked, decides by himself.
func (j *importJob) patience() time.Duration {
	q := j.q
	if answered := q.Yes || q.Confirm != nil || q.DryRun; !answered && j.CanAsk() {
		return 0
	}
	return cmp.Or(q.Wait, j.Patience)
}

// tellPlan says what the run goes on with, and what it will do.
func (j *importJob) tellPlan() {
	if j.work.resumed {
		j.Event(RunResumed{ImportFacts: j.facts(), Started: j.work.record.Started, Done: j.plan.Settled, InDoubt: j.journal.Counts().InDoubt, Damage: j.journal.Damage()})
	}
	planned := ImportPlanned{ImportFacts: j.facts(), Plan: j.plan, Took: j.conn.Takes(j.plan.Requests())}
	if j.q.Deletes() {
		planned.Copies, planned.CopyPath = j.work.record.CopyNames(), j.copyPath()
	}
	j.Event(planned)
}

// confirm asks, unless the request answers already.
func (j *importJob) confirm(ctx context.Context) error {
	q, contacts := j.q, j.deletions()
	switch {
	case q.Connect.Sandbox || q.DryRun:
		return nil
	case q.Undo != nil && q.Undo.answered(q.Yes, q.Confirm):
		return nil
	case q.Undo != nil:
		return j.decide(ctx, UndoQuestion{q.Resource, q.Undo, j.conn.Base().String()}, "not taken back: nothing was sent")
	case !q.Deletes() && q.Yes, q.Deletes() && (q.Confirm != nil || contacts == 0):
		return nil
	case q.Deletes():
		return j.decide(ctx, DeleteQuestion{Vendor: q.Resource.Vendor(), Base: j.conn.Base(), Contacts: contacts}, "not deleted: nothing was sent")
	}
	if q.applied != nil {
		return j.decide(ctx, ApplyQuestion{q.Resource, q.applied}, "not applied: nothing was sent")
	}
	return j.decide(ctx, ImportQuestion{Resource: q.Resource, Rows: j.plan.Rows}, "not imported: nothing was sent")
}

// checkConfirm refuses what nobody will confirm, before the vendor is asked for anything. That rows may be imported without
// being asked confirms no delete.
func (j *importJob) checkConfirm() error {
	q, n := j.q, j.deletions()
	if !q.Deletes() && q.Undo == nil || q.Connect.Sandbox || q.DryRun || n == 0 || j.work.finishedBefore() {
		return nil
	}
	if q.Confirm == nil && j.CanAsk() || q.Confirm != nil && *q.Confirm == n {
		return nil
	}
	return &failure.Advised{Code: failure.ExitUsage, Err: &advise.UnconfirmedError{Contacts: n, AtMost: q.Undo != nil && q.Undo.counts.Doubtful > 0, Given: q.Confirm, Noun: q.Resource.Noun()}, Advice: []failure.Advice{advise.ConfirmNumber{Contacts: n, Given: q.Confirm != nil}}}
}

// deletions is how many contacts are to be deleted.
func (j *importJob) deletions() int {
	switch {
	case j.q.Undo != nil:
		return j.q.Undo.Deletes()
	case j.q.applied != nil:
		return j.q.applied.Actions[outcome.ActionDelete]
	}
	return j.im.Survey().Keys
}

// send sends the rows.
func (j *importJob) send(ctx context.Context, out reporter) (*ImportResult, error) {
	progress := j.Progress("row", int64(j.im.Survey().Rows), j.conn)
	progress.Set(int64(j.plan.Settled))
	defer progress.Done()
	summary, runErr := j.im.Run(ctx, out, &meter{progress, account.Speed{Conn: j.conn.Connection}})
	progress.Done()
	reported := ctx.Err() != nil && j.work.record.Replaces == "" // an interruption ends with a report, unless it would cost an earlier run
	if stop := (*faults.Stop)(nil); errors.As(runErr, &stop) && !reported && !stop.Sent && summary.Sent() == 0 && !j.work.resumed {
		return nil, j.neverBegan(j.early(ctx, stop.Reason))
	}
	if err := j.journal.Close(); err != nil && runErr == nil {
		runErr = &journal.Error{Err: err}
	}
	return j.conclude(ctx, out, summary, runErr)
}

// early explains an error before anything was written: a wrong key is wrong use then.
func (j *importJob) early(ctx context.Context, err error) error {
	if ctx.Err() != nil {
		return failure.New(failure.ExitStopped, errors.New("interrupted; nothing was written"))
	}
	explained := j.conn.Explain(err)
	if !isExplained(explained) {
		return explained
	}
	e := failure.Advise(explained)
	if c := crm.ClassOf(err); c == crm.Unauthorized || c == crm.Forbidden {
		e.Code = failure.ExitUsage
	}
	if e.Code == failure.ExitFailed && (j.work.resumed || j.conn.IsAway(err)) {
		e.Code = failure.ExitStopped // it worked before: a loop may try it again
	}
	if j.work.resumed {
		e.Advice = append(e.Advice, advise.GoOn{Lead: "the run stays as it was; ", Temporary: j.work.temporary})
	}
	return e
}

// isExplained reports whether an error knows its exit class.
func isExplained(err error) bool {
	var e *failure.Advised
	var f *failure.Error
	return errors.As(err, &e) || errors.As(err, &f)
}

// createdBy says which earlier run has created the row with a key; nil where a look-up finds it, or where it is wanted once more, be it in an
// earlier session of the run.
func (j *importJob) createdBy() func(key string) string {
	if j.canLookUp || j.work.record.Anew || j.q.Undo != nil || j.work.temporary {
		return nil
	}
	return history.ReadCreated(j.work.root, &j.work.record, j.isOfAnother, func(err error) { j.Event(RunUnreadable{j.q.Resource.ID(), err}) }).By
}
