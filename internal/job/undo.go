package job

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"path/filepath"
	"strings"

	"crmferry/importer/runrows"
	"crmferry/importer/undo"
	"crmferry/internal/account"
	"crmferry/internal/failure"
	"crmferry/internal/history"
	"crmferry/internal/job/advise"
	"crmferry/internal/job/files"
	"crmferry/internal/state"
)

// Undo takes a run back: q.Undo says which. The file of the run is not read.
func (r *Runner) Undo(ctx context.Context, q *ImportRequest) (*ImportResult, error) {
	past := q.Undo.Past
	q.Input = files.Input{File: history.Relative(past.Path)}
	j := &importJob{choice: choice{Runner: r, q: q}}
	defer j.close()
	if err := j.openUndo(ctx); err != nil {
		return nil, err
	}
	return j.run(ctx)
}

// openUndo reaches for the account and writes down what there is to take back. Nothing is sent.
func (j *importJob) openUndo(ctx context.Context) (err error) {
	q := j.q
	if err := checkUndoable(q.Undo.Past); err != nil {
		return err
	}
	if j.conn, err = j.Connect(q.Resource, q.Connect); err != nil {
		return err
	}
	j.target = q.Resource.Target(j.conn.Connection)
	j.canLookUp = j.target.CanLookUp()
	q.Undo.by = j.target.Removes()
	if j.work, err = newUndoWorkspace(ctx, j.Runner, q, j.conn); err != nil {
		return err
	}
	if err := sameRunAccount(q.Undo.Past, &j.work.record); err != nil {
		return err
	}
	if err := j.work.takeLock(ctx, j.Runner, j.conn, q.Wait); err != nil {
		return err
	}
	if err := j.beginOrResumeUndo(); err != nil {
		return err
	}
	if err := j.openJournal(); err != nil {
		return err
	}
	if err := j.writeUndo(ctx); err != nil {
		return err
	}
	return j.readFile(ctx)
}

// checkUndoable refuses a run that has nothing to take back, or of which that is not known.
func checkUndoable(past *history.Record) error {
	id := past.Run.ID
	if past.Kind != history.Import && past.Kind != history.Apply && past.Kind != history.Undo {
		return failure.Refusef(advise.SeeRuns{}, "the run %s is no import: there is nothing to take back", id)
	}
	if _, err := state.ReadJournal(past.JournalPath(), func(int64, []byte) error { return nil }); errors.Is(err, fs.ErrNotExist) {
		return failure.Refusef(advise.SeeRuns{Run: id}, "the run %s has lost its journal: what it did is not known", id)
	}
	return nil
}

// sameRunAccount refuses to take a run back in another account than its own.
func sameRunAccount(past, mine *history.Record) error {
	switch {
	case past.Salt != mine.Salt:
		return failure.Refuse(history.SaltLost(past), advise.SeeRuns{Run: past.Run.ID})
	case past.Place != mine.Place:
		return failure.Refusef(advise.SeeRuns{Run: past.Run.ID}, "the run %s went into %s at %s, and this is %s", past.Run.ID, account.InAccount(past.Resource, past.Name), past.BaseURL, mine.BaseURL)
	}
	return nil
}

// newUndoWorkspace makes the folder of a run that takes another one back.
func newUndoWorkspace(ctx context.Context, r *Runner, q *ImportRequest, c *Connection) (*workspace, error) {
	w := &workspace{temporary: q.DryRun}
	err := w.makeRoot(ctx, r)
	if err == nil {
		w.run, err = state.NewRun(w.root, history.Undo, q.Resource.Vendor().ID, r.Now())
	}
	if err != nil {
		w.close()
		return nil, noRoot(ctx, err)
	}
	if err = w.describe(ctx, r, q, c); err == nil {
		past := q.Undo.Past
		w.record.Kind, w.record.Undone = history.Undo, &history.Undone{Run: past.Run.ID, Rows: q.Undo.Rows}
		w.record.File = past.File
		root := filepath.Dir(past.Run.Dir) // the salt of a folder that is thrown away knows no account
		if w.record.Salt, err = state.SaltMark(root); err == nil {
			w.record.Place, err = c.Place(ctx, root)
		}
		if err == nil {
			w.account, err = c.Fingerprint(ctx, root)
		}
	}
	if err == nil {
		err = w.record.Write()
	}
	if err != nil {
		w.close()
		return nil, err
	}
	return w, nil
}

// beginOrResumeUndo goes on with an unfinished undo of the run if that is asked for.
func (j *importJob) beginOrResumeUndo() error {
	if j.work.temporary { // what would be done then is no matter of the folder that is thrown away
		if past, err := history.UndoOf(filepath.Dir(j.q.Undo.Past.Run.Dir), j.q.Undo.Past.Run.ID); err == nil && past != nil {
			j.q.Undo.Begun = past.Undone
		}
		return nil
	}
	past, err := history.UndoOf(j.work.root, j.q.Undo.Past.Run.ID)
	switch {
	case err != nil:
		return err
	case past == nil && j.q.Resume != "":
		return failure.Refusef(advise.SeeRuns{}, "no undo of the run %s is unfinished", j.q.Undo.Past.Run.ID)
	case past == nil:
		return nil
	case j.q.Resume == "":
		return failure.Refuse(fmt.Errorf("the undo %s of the run %s is unfinished", past.Run.ID, j.q.Undo.Past.Run.ID), advise.ResumeNewest{})
	case past.Undone.Rows != j.q.Undo.Rows:
		return failure.Refuse(fmt.Errorf("the undo %s is unfinished and takes back other rows: %s", past.Run.ID, orAll(past.Undone.Rows)), failure.Hint("ask for the same rows"))
	}
	delete(past.Asked, "mode") // which earlier versions noted of an undo
	if differ := history.Differences(past.Asked, j.q.asked("")); len(differ) > 0 {
		return failure.Refuse(&advise.OptionsDifferError{Run: past.Run.ID, Differences: differ}, advise.ResumeAsBegun{Past: history.ReadPast(j.work.root, past.Run)})
	}
	fresh := j.work.run
	j.work.run, j.work.record, j.work.resumed = &past.Run, *past, true
	return errors.Join(j.work.lock.GoesOnWith(past.Run.ID), fresh.Remove())
}

func orAll(rows string) string {
	if rows == "" {
		return "all"
	}
	return rows
}

// writeUndo writes down what there is to take back, unless an earlier session did.
func (j *importJob) writeUndo(ctx context.Context) error {
	u, past := j.q.Undo, j.q.Undo.Past
	if j.work.resumed {
		u.counts = *j.work.record.Undone
		return nil
	}
	source := undo.Source{Journal: past.JournalPath(), Rows: filepath.Join(past.Run.Dir, runrows.Name), Takes: u.Takes}
	if !state.Exists(source.Rows) {
		source.Rows = ""
	}
	if err := j.addUndos(&source, past.Run.ID); err != nil {
		return err
	}
	counts, err := j.target.TakeBack(ctx, source, j.work.rowsPath())
	var damaged *undo.DamagedError
	switch {
	case errors.Is(err, undo.ErrNothing) && u.Rows != "":
		return failure.Refusef(advise.SeeRuns{Run: past.Run.ID}, "none of the rows %s was written by the run %s: there is nothing to take back", u.Rows, past.Run.ID)
	case errors.Is(err, undo.ErrNothing):
		return failure.Refusef(advise.SeeRuns{Run: past.Run.ID}, "the run %s has written nothing: there is nothing to take back", past.Run.ID)
	case errors.As(err, &damaged):
		return failure.Refuse(fmt.Errorf("take back the run %s: %w", past.Run.ID, err), advise.SeeRuns{Run: past.Run.ID})
	case err != nil:
		return fmt.Errorf("take back the run %s: %w", past.Run.ID, err)
	}
	if u.Unmet != nil {
		if unmet := u.Unmet(); len(unmet) > 0 {
			return failure.Refusef(advise.SeeRuns{Run: past.Run.ID}, "the run %s has written none of these rows: %s; leave them out of %s", past.Run.ID, strings.Join(unmet, ", "), u.Rows)
		}
	}
	u.counts = history.Undone{Run: past.Run.ID, Rows: u.Rows, Created: counts.Created, Updated: counts.Updated, Deleted: counts.Deleted, Doubtful: counts.Doubtful}
	for _, l := range counts.Links {
		u.counts.Links = append(u.counts.Links, l.Kind+" "+l.Name)
	}
	j.work.record.Undone = &u.counts
	return j.work.record.Write()
}

// addUndos gives a source the journals of the undos of a run, and of their undos: they have written its contacts, too.
func (j *importJob) addUndos(to *undo.Source, run string) error {
	undos, err := history.UndosOf(filepath.Dir(j.q.Undo.Past.Run.Dir), run)
	if err != nil {
		return err
	}
	for _, u := range undos {
		if u.Run.ID == j.work.run.ID {
			continue
		}
		to.Undone = append(to.Undone, u.JournalPath())
		if err := j.addUndos(to, u.Run.ID); err != nil {
			return err
		}
	}
	return nil
}
