package job

import (
	"context"
	"fmt"
	"slices"
	"time"

	"crmferry/importer"
	"crmferry/internal/failure"
	"crmferry/internal/history"
	"crmferry/internal/state"
)

// PlanAged is told where a question stood for so long that what the plan says is read again.
type PlanAged struct{ Age time.Duration }

func (PlanAged) event() {}

// decide puts a question. Meanwhile other runs may have the account: no lock is held. What they did of the same file or run ends
// this one, and what was read too long ago is read again.
func (j *importJob) decide(ctx context.Context, q Question, refused string) error {
	before, err := j.related()
	if err != nil {
		return err
	}
	j.work.unlock()
	if err := j.Decide(ctx, q, refused); err != nil {
		return err
	}
	if err := j.work.lockAgain(ctx, j.Runner, j.conn, j.q.Wait); err != nil {
		return err
	}
	after, err := j.related()
	if err != nil {
		return err
	}
	if run := news(before, after); run != "" {
		return failure.New(failure.ExitLocked, fmt.Errorf("the run %s of the same rows began, went on or was removed while the question stood", run),
			"nothing was sent; see what it has done, then give the command again")
	}
	if age := time.Since(j.asked); age > importer.MaxAge {
		j.Event(PlanAged{age})
		return j.planAgain(ctx)
	}
	if len(j.plan.Missing) > 0 { // another run may have created them by now
		return j.planAgain(ctx)
	}
	return nil
}

// planAgain reads again what the plan says, and says so where it is another one.
func (j *importJob) planAgain(ctx context.Context) error {
	was := *j.plan
	if err := j.connectImporter(ctx); err != nil {
		return err
	}
	if j.plan.Requests() != was.Requests() || !slices.Equal(j.plan.Missing, was.Missing) || !slices.Equal(j.plan.Doubtful, was.Doubtful) {
		j.tellPlan()
	}
	return nil
}

// pastState is how far a run was.
type pastState struct {
	id, state string
	journal   int64
}

// news is a run that is not as it was, "" if all are.
func news(before, after []pastState) string {
	for _, run := range append(slices.Clone(after), before...) {
		if !slices.Contains(before, run) || !slices.Contains(after, run) {
			return run.id
		}
	}
	return ""
}

// related are the runs of the same rows, and how far each is: those of the same file, plan or undone run.
func (j *importJob) related() (runs []pastState, err error) {
	if j.work.temporary {
		return nil, nil
	}
	begun, _, err := history.Imports(j.work.root)
	if err != nil {
		return nil, err
	}
	of := j.work.record.Run.ID // which an undo may take back meanwhile
	if j.q.Undo != nil {
		of = j.q.Undo.Past.Run.ID
	}
	undos, err := history.UndosOf(j.work.root, of)
	if err != nil {
		return nil, err
	}
	for _, r := range undos {
		if r.State != history.Prepared {
			begun = append(begun, r)
		}
	}
	for _, r := range begun {
		if !j.isRelated(r) {
			continue
		}
		size, err := state.SizeOf(r.JournalPath())
		if err != nil {
			return nil, err
		}
		runs = append(runs, pastState{r.Run.ID, r.State, size})
	}
	return runs, nil
}

func (j *importJob) isRelated(r *history.Record) bool {
	mine := &j.work.record
	if u := j.q.Undo; u != nil && r.Run.ID == u.Past.Run.ID || r.Undone != nil || r.Run.ID == mine.Run.ID {
		return true
	}
	return r.Resource == mine.Resource && r.Place == mine.Place && (mine.Path != "" && r.Path == mine.Path || mine.SHA256 != "" && r.SHA256 == mine.SHA256)
}
