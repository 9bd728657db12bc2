package job

import (
	"context"
	"errors"
	"fmt"
	"iter"
	"time"

	"crmferry/importer/modes"
	"crmferry/importer/report"
	"crmferry/importer/survey"
	"crmferry/internal/account"
	"crmferry/internal/crm"
	"crmferry/internal/failure"
	"crmferry/internal/history"
	"crmferry/internal/job/advise"
	"crmferry/internal/job/files"
	"crmferry/internal/job/plans"
	"crmferry/internal/sheet"
	"crmferry/mapping/hint"
)

// ApplyRequest asks for what a plan says to be done.
type ApplyRequest struct {
	Plan        *plans.Plan
	Resource    account.Resource // that of the plan
	Connect     ConnectOptions
	Wait        time.Duration // as of ImportRequest
	MaxFailures int
	Yes         bool
	Confirm     *int // contacts to delete, in place of an answer
	NoCopy      bool
	Resume      bool
	Restart     bool
	Report      string // "" for beside the plan
	Rejects     string
	Overwrite   bool
	PlainCSV    bool
	Words       hint.Words
	Adviser     report.Adviser
}

// Apply does what a plan says with the rows that are approved, and nothing else. A row whose contact is not any more what the
// plan saw is left. What it returns is as of Import.
func (r *Runner) Apply(ctx context.Context, q *ApplyRequest) (*ImportResult, error) {
	j := &importJob{choice: choice{Runner: r, q: q.request()}}
	defer j.close()
	if err := j.openPlan(ctx); err != nil {
		return nil, err
	}
	return j.run(ctx)
}

// request is the import by which the rows of the plan are sent.
func (q *ApplyRequest) request() *ImportRequest {
	rec := q.Plan.Record
	how := rec.Planned
	connect := q.Connect
	connect.Undocumented = how.Undocumented
	i := &ImportRequest{
		Resource: q.Resource, Input: files.Input{File: q.Plan.Name()}, Connect: connect, Wait: q.Wait, Sheet: sheet.Options{Sheet: how.Sheet, Encoding: how.Encoding, Delimiter: how.Delimiter},
		Mode: modes.Mode(rec.Asked["mode"]), CreateMissing: how.CreateMissing, Accept: how.Accept, MaxFailures: q.MaxFailures, Yes: q.Yes, Confirm: q.Confirm, NoCopy: q.NoCopy,
		Restart: q.Restart, Report: q.Report, Rejects: q.Rejects, Overwrite: q.Overwrite, PlainCSV: q.PlainCSV, Adviser: q.Adviser, applied: &plans.Applied{Plan: q.Plan},
	}
	i.Match.Words, i.Match.Replace, i.Match.MatchID = q.Words, crm.Fields(how.Replace), how.MatchID
	if q.Resume {
		i.Resume = NewestRun
	}
	return i
}

// openPlan reaches for the account, compares the file of the plan with what was planned, and takes over its rows.
func (j *importJob) openPlan(ctx context.Context) (err error) {
	if j.conn, err = j.Connect(j.q.Resource, j.q.Connect); err != nil {
		return err
	}
	j.target = j.q.Resource.Target(j.conn.Connection)
	j.canLookUp = j.target.CanLookUp()
	if err := j.chooseMode(); err != nil {
		return err
	}
	if j.q.applied, err = plans.Compare(j.q.applied.Plan, j.target); err != nil {
		return err
	}
	j.q.Options = map[string]string{approvedRows: j.q.applied.Marks()}
	if err := j.q.applied.CheckKept(); err != nil {
		return err
	}
	if j.work, err = newWorkspace(ctx, j.Runner, j.q, j.conn); err != nil {
		return err
	}
	if err := j.samePlace(); err != nil {
		return err
	}
	if err := j.work.takeLock(ctx, j.Runner, j.conn, j.q.Wait); err != nil {
		return err
	}
	if err := j.applyOrResume(ctx); err != nil {
		return err
	}
	if !j.work.resumed {
		if err := j.takeRows(ctx); err != nil {
			return err
		}
	}
	if err := j.openJournal(); err != nil {
		return err
	}
	return j.openFile(ctx)
}

// approvedRows is the name by which the record of a run says which rows of a plan were approved when it began.
const approvedRows = "approved"

// sameMarks refuses to go on with a run that has begun with other rows than are approved by now: it would send what somebody has
// refused since.
func (j *importJob) sameMarks(past *history.Record) error {
	was := past.Asked[approvedRows]
	if was == "" || was == j.q.applied.Marks() || !past.Unfinished() {
		return nil
	}
	return failure.Refuse(fmt.Errorf("the run %s has begun with other marks than %q has now: put those back that it had, and it goes on", past.Run.ID, j.q.Input.Name()),
		j.restart("with the marks of now, "))
}

// takeRows takes over the rows of the plan, each with what is to be done with it.
func (j *importJob) takeRows(ctx context.Context) error {
	a := j.q.applied
	next, stop := iter.Pull2(a.Results())
	defer stop()
	err := j.target.Follow(ctx, a.RowsPath(), j.work.rowsPath(), func(seq int) (*survey.Earlier, error) {
		row, err, ok := next()
		if err == nil && (!ok || row.Seq != seq) {
			err = plans.Damaged(a.Record, errors.New("its rows are not those of its journal"))
		}
		if err != nil {
			return nil, err
		}
		return &survey.Earlier{Result: *row.Result, Left: a.Left(row.Result.Row)}, nil
	})
	var known *failure.Advised
	if err == nil || errors.As(err, &known) || ctx.Err() != nil {
		return err
	}
	return plans.Damaged(a.Record, err)
}

// samePlace refuses a plan for another account. Whether another key opens the same one is seen later.
func (j *importJob) samePlace() error {
	plan, mine := j.q.applied.Record, &j.work.record
	switch {
	case plan.Salt != mine.Salt:
		return failure.Refuse(history.SaltLost(plan), plans.Again{})
	case plan.Place != mine.Place:
		return failure.Refuse(fmt.Errorf("the plan %s is for %s, and the settings of %s here are of %s", plan.Run.ID, whereIs(plan), j.q.Resource.Ref(), whereIs(mine)), plans.Again{})
	}
	return nil
}

// whereIs says where the account of a run is.
func whereIs(rec *history.Record) string {
	if rec.Organization != "" {
		return fmt.Sprintf("the organization %s at %s", rec.Organization, rec.BaseURL)
	}
	return rec.BaseURL
}

// applyOrResume decides whether the plan is applied anew, or a run goes on that has begun to.
func (j *importJob) applyOrResume(ctx context.Context) error {
	q, plan := j.q, j.q.applied.Record
	begun, unreadable, err := history.Imports(j.work.root)
	if err != nil {
		return err
	}
	var past *history.Record
	applied := plan.AppliedBy(begun)
	if len(applied) > 0 {
		past = applied[0]
	}
	switch {
	case len(applied) == 0:
		return j.notImported(begun, unreadable)
	case past == nil, past.State == history.Abandoned:
		return j.refuseApplied(plan.Planned.Applied[len(plan.Planned.Applied)-1], past)
	case past.Unfinished() && q.Resume == "" && !q.Restart:
		return failure.Refuse(fmt.Errorf("the run %s that applies the plan %s is unfinished", past.Run.ID, plan.Run.ID), advise.ResumeNewest{}, j.restart(""))
	case q.Resume != "":
		if err := j.sameMarks(past); err != nil {
			return err
		}
		if err := j.work.lockPast(ctx, j.Runner, past, q.Wait); err != nil {
			return err
		}
		return j.work.adopt(past, past.Run.Input(past.File))
	case past.Unfinished():
		if err := j.work.lockPast(ctx, j.Runner, past, q.Wait); err != nil {
			return err
		}
		j.work.record.Replace(past)
		return nil
	}
	return j.refuseApplied(past.Run.ID, past)
}

// refuseApplied refuses a plan that was applied before, unless that is wanted and shows for each row.
func (j *importJob) refuseApplied(run string, past *history.Record) error {
	if j.q.Restart && j.canLookUp {
		return nil
	}
	when := ""
	if past != nil {
		when = " of " + past.Started.Local().Format("2006-01-02 15:04")
	}
	advice := []failure.Advice{plans.Again{}}
	if j.canLookUp {
		advice = append(advice, plans.ApplyRest{})
	}
	return failure.Refuse(fmt.Errorf("the plan %s was applied before, by the run %s%s", j.q.applied.Record.Run.ID, run, when), advice...)
}

// notImported refuses a plan whose file an import is at work on, or has imported where its contacts are not found again.
func (j *importJob) notImported(begun []*history.Record, unreadable []*history.Damaged) error {
	past, _ := history.SameFile(begun, &j.work.record)
	if past != nil && !j.q.Restart {
		if past.Unfinished() && past.SHA256 == j.work.record.SHA256 {
			return failure.Refuse(fmt.Errorf("the run %s of %s into %s is unfinished", past.Run.ID, past.File, j.q.Resource.Ref()), advise.SeeRuns{Run: past.Run.ID}, j.restart(""))
		}
		if err := j.refuseAgain(past); err != nil {
			return err
		}
	}
	return j.checkDamaged(j.damagedRuns(begun, unreadable), nil)
}

// beginApply records in the plan that it is being applied.
func (j *importJob) beginApply() error {
	if j.q.applied == nil || j.work.resumed {
		return nil
	}
	return j.q.applied.Record.BeginApply(j.work.run.ID)
}

// neverBegan lets nothing be kept of a run that has sent nothing, for the reason err.
func (j *importJob) neverBegan(err error) error {
	if j.q.applied != nil && !j.work.resumed {
		err = failure.With(err, j.q.applied.Record.UnbeginApply(j.work.run.ID))
	}
	return j.work.neverBegan(err)
}
