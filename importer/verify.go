package importer

import (
	"context"
	"fmt"
	"time"

	"crmferry/importer/faults"
	"crmferry/importer/item"
	"crmferry/importer/modes"
	"crmferry/importer/outcome"
	"crmferry/importer/phase"
	"crmferry/internal/crm"
)

// announce writes down that a batch of rows is soon to leave, so that one sync serves many. Where the vendor knows a create
// by its token one record speaks for many rows, which are simply sent again; else those that will be created, as far as
// that is known, get their intents early, if rows leave so fast that waiting for the disk would hold them up. Without
// look-ups they do not: each row in doubt would stay unknown.
func (r *run[C]) announce(ctx context.Context, batch []*item.Row[C]) error {
	if r.sendsByToken() {
		return r.gate.Pass(ctx, batch[len(batch)-1].Seq, r.ahead(), r.vendorTime)
	}
	if r.directory == nil || r.o.Mode == modes.UpdateOnly || r.o.DryRun || !r.fast() {
		return nil
	}
	for _, it := range batch {
		if it.Past != nil || it.Made != nil || !it.MadeAt.IsZero() || len(it.Keys) > 0 && (!it.Looked || len(it.Found) > 0 || it.Keys[0].ID != "") {
			continue
		}
		about := it.Res
		about.Action = outcome.ActionCreate
		end, err := r.o.Journal.AppendIntent(it.Seq, &about, r.vendorTime())
		if err != nil {
			return err
		}
		it.IntentAt = end
		r.enter(it, phase.Intended)
	}
	if r.early += len(batch); r.early >= cap(r.ready)/2 {
		r.early = 0
		r.o.Journal.Hurry()
	}
	return nil
}

// fast reports whether rows are done at such a rate that every worker's wait for the disk counts.
func (r *run[C]) fast() bool {
	return float64(r.forecast.Ended()) > fastRows*r.clock().Sub(r.began).Seconds()
}

// fastRows is in rows a second.
const fastRows = 500

// ahead is the number of rows that one record allows to leave: few as long as they leave slowly, because after a crash all
// of them may have left.
func (r *run[C]) ahead() int {
	if r.fast() {
		return 1024
	}
	return max(cap(r.ready), 1)
}

// ended writes down that a session that sent rows by their tokens came to its end: of those that it allowed to leave the
// ones in doubt have intents now.
func (r *run[C]) ended() {
	if !r.sendsByToken() {
		return
	}
	if err := r.o.Journal.AppendEnd(); err != nil {
		r.stop(err)
	}
}

// writeDoubt gives an item that is left open an intent, if its create may have been done.
func (r *run[C]) writeDoubt(it *item.Row[C]) {
	if !it.InDoubt() || it.SentAt.IsZero() {
		return
	}
	about := it.Res
	about.Action = outcome.ActionCreate
	if _, err := r.o.Journal.AppendIntent(it.Seq, &about, it.SentAt); err != nil {
		r.stop(err)
	}
}

// resolveDoubt finds out what became of a row that an earlier session was about to send. The item has an outcome then, or is
// to be treated as one that was never sent.
func (r *run[C]) resolveDoubt(ctx context.Context, it *item.Row[C]) error {
	r.enter(it, phase.InDoubt)
	switch in := it.Past; {
	case it.Did != nil && !it.Recreates():
		return r.resolveUndo(ctx, it)
	case r.o.Mode == modes.DeleteOnly:
		if in.Action != outcome.ActionDelete { // the journal is damaged, and nothing says that it was sent
			r.enter(it, phase.Planned)
		}
		return nil // it is read before it is deleted again
	case in.Written:
		return r.finishSteps(ctx, it)
	case in.Action == outcome.ActionUpdate:
		return r.waitForEarlierUpdate(ctx, it) // what differs then is written
	case r.sendsByToken() && forgotten(in.At, r.vendorTime()):
		return faults.ErrForgotten
	case r.sendsByToken():
		it.SentAt = in.At
		return nil
	}
	it.SentAt, it.Res.Action, it.Res.Changed = it.Past.At, outcome.ActionCreate, it.Fields
	absent, err := r.verify(ctx, it, outcome.ErrNoAnswer, r.unsureUntil())
	if absent {
		it.Past, it.Res.Action, it.Res.Changed = nil, "", nil
	}
	return err
}

// finishSteps goes on with a row whose contact an earlier session has written: it is read, and the steps that it lacks
// are done.
func (r *run[C]) finishSteps(ctx context.Context, it *item.Row[C]) error {
	it.Res.Action, it.Res.ID, it.Res.Changed = it.Past.Action, it.Past.ID, it.Past.Changed
	keys := it.Keys
	it.Keys = []crm.Key{{ID: it.Past.ID}}
	err := r.lookUntil(ctx, it, r.absenceCountsAt()) // look-ups lag
	it.Keys = keys
	if err != nil {
		return err
	}
	if len(it.Found) != 1 {
		it.Res.MarkUnknown(fmt.Errorf("the %s %s was written, and is not found by its id now", r.table.Noun(), it.Past.ID))
		return nil
	}
	r.rules.Rejoin(it)
	it.Res.Outcome = outcome.Updated
	if it.Past.Action == outcome.ActionCreate {
		it.Res.Outcome = outcome.Created
	}
	return r.accepted(it, crm.Answer[C]{ID: it.Past.ID}, &it.Found[0])
}

// resolveEarlierUpdate says what became of an update that an earlier session was about to send, once the row is decided: who lacks
// nothing now was updated, and what differs is written again.
func (r *run[C]) resolveEarlierUpdate(ctx context.Context, it *item.Row[C]) error {
	in := it.Past
	if in == nil || in.Action != outcome.ActionUpdate || !it.InDoubt() || it.Res.Outcome == outcome.Created {
		return nil
	}
	if err := r.awaitArchive(ctx, it, in.Changed, r.unsureUntil()); err != nil {
		return err
	}
	switch done := it.ShownDone(in.ID, in.Changed); {
	case done != nil:
		it.Res.Outcome, it.Res.Action, it.Res.Changed = outcome.Updated, outcome.ActionUpdate, done
		r.enter(it, phase.Written)
	case it.Res.Outcome == "", r.isArchiveOpen(it, in.Changed):
		r.enter(it, phase.Planned)
	default:
		it.Res.Action, it.Res.ID = in.Action, in.ID
	}
	return nil
}

// keepDoubt makes unknown what has no other outcome than a decision by what is there now, although a write of it may have been
// done: that says nothing of what became of it.
func (r *run[C]) keepDoubt(it *item.Row[C]) {
	switch it.Res.Outcome {
	case outcome.Rejected, outcome.Skipped, outcome.Unchanged:
	default:
		return
	}
	if !it.InDoubt() || it.Attempts == 0 && r.o.Journal.Intent(it.Seq) == nil {
		return
	}
	for _, p := range it.Res.Problems {
		it.Res.Notes = append(it.Res.Notes, p.Message)
	}
	it.Res.Problems = nil
	it.Res.MarkUnknown(outcome.ErrNotShown)
	if how := r.undoing.HowToVerify(it.Did, it.Res.Action); how != "" {
		it.Res.Problems[0].Message = outcome.ErrNotShown.Error() + "; " + how
	}
}

// unsureUntil is until when a request of an earlier session may still be carried out.
func (r *run[C]) unsureUntil() time.Time { return r.began.Add(r.o.late()) }

// waitForEarlierUpdate waits until an update that an earlier session was about to send cannot be carried out any more, where done
// twice it would do more than once, and reads the contact after that.
func (r *run[C]) waitForEarlierUpdate(ctx context.Context, it *item.Row[C]) error {
	if r.traits.UpdateRepeatable || r.directory == nil {
		return nil
	}
	if err := r.sleepAside(ctx, it, r.unsureUntil().Sub(r.clock())); err != nil {
		return err
	}
	if !it.Looked {
		if err := r.find(ctx, it); err != nil {
			return err
		}
	}
	return r.readAgain(ctx, it)
}

// verify finds out what became of a create whose answer was lost because of cause; until then "not found" says nothing.
// If the contact is there the item goes on with it, and has an outcome unless there is an error. absent says that nothing
// came of the create. A row that this session has sent is verified even if the run is told to stop.
func (r *run[C]) verify(ctx context.Context, it *item.Row[C], cause error, until time.Time) (absent bool, err error) {
	if r.verifier == nil && r.health.Down() {
		return false, fmt.Errorf("%w: %w", faults.ErrOutage, cause)
	}
	if r.verifier == nil || len(it.Keys) == 0 {
		it.Res.MarkUnknown(cause)
		return false, nil
	}
	if it.Past == nil {
		ctx = r.graceCtx
	}
	if err := r.lookUntil(ctx, it, until); err != nil {
		return false, err
	}
	if len(it.Found) > 0 {
		return false, r.recognise(ctx, it)
	}
	r.enter(it, phase.Planned)
	return true, nil
}

// absenceCountsAt is when "not found" counts that is asked from now on.
func (r *run[C]) absenceCountsAt() time.Time { return r.clock().Add(r.o.absenceWait()) }

// lookUntil looks for an item's contact until it is found or is not there at a moment, nor was before: "not found" counts only
// if it holds for a while, because look-ups lag and vendors commit late. Where the moment is far, other rows go first.
func (r *run[C]) lookUntil(ctx context.Context, it *item.Row[C], until time.Time) error {
	for looks := 1; ; looks++ {
		err := r.lookUntilAnswered(ctx, it)
		if err == nil && len(it.Found) > 0 {
			return nil
		}
		if err != nil {
			return err
		}
		left := until.Sub(r.clock())
		if looks > 1 && left <= 0 {
			return nil
		}
		sleep := r.sleep
		if left > r.o.absenceWait() {
			sleep = r.sleepAside
		}
		if err := sleep(ctx, it, max(left, r.o.absenceWait()/5)); err != nil {
			return err
		}
	}
}

// sleep lets an item wait for d.
func (r *run[C]) sleep(ctx context.Context, it *item.Row[C], d time.Duration) error {
	return r.pool.Sleep(ctx, &it.Place, d)
}

// sleepAside lets an item wait for d while other rows go first: it does not count among those under way.
func (r *run[C]) sleepAside(ctx context.Context, it *item.Row[C], d time.Duration) error {
	r.underway.End()
	defer r.underway.Begin()
	return r.pool.SleepAside(ctx, &it.Place, d)
}

// look reads what the vendor has for an item's keys.
func (r *run[C]) look(ctx context.Context, it *item.Row[C]) error {
	err := r.requests.Read(ctx, &it.Trail, func() error { return r.verifier.Afresh(ctx, &it.Query) })
	r.written.DropOthers(it)
	return err
}

// lookUntilAnswered looks until it succeeds or the vendor is out of reach for so long that the run has to stop: a row in doubt
// is worth more than a few tries.
func (r *run[C]) lookUntilAnswered(ctx context.Context, it *item.Row[C]) error {
	began := r.clock()
	for {
		err := r.look(ctx, it)
		if crm.ClassOf(err) != crm.Transient || faults.StopsRun(err) || r.clock().Sub(began) >= r.o.outage() {
			return err
		}
	}
}

// recognise goes on with contacts that were found after a create whose answer was lost: with the one that it made, or
// with one that was there.
func (r *run[C]) recognise(ctx context.Context, it *item.Row[C]) error {
	mine := r.rules.OwnContact(it, it.SentAt)
	switch {
	case mine == nil && r.sendsByToken():
		return r.upserted(ctx, it)
	case mine == nil:
		r.enter(it, phase.Planned)
		return r.existing(ctx, it)
	}
	it.Res.Action, it.Res.Outcome, it.Res.Changed = outcome.ActionCreate, outcome.Created, it.Fields
	return r.accepted(it, crm.Answer[C]{ID: r.table.ID(*mine), Created: true}, mine)
}

// upserted goes on with a contact that was there before a create that updates what is there. What it lacks is written; if it
// lacks nothing, the create was carried out.
func (r *run[C]) upserted(ctx context.Context, it *item.Row[C]) error {
	if err := r.decide(ctx, it); err != nil {
		return err
	}
	switch it.Res.Outcome {
	case outcome.Unchanged:
	case "":
		r.enter(it, phase.Planned)
		return r.write(ctx, it)
	default:
		return nil
	}
	it.Res.Action, it.Res.Outcome, it.Res.Changed = outcome.ActionUpdate, outcome.Updated, it.Fields
	return r.accepted(it, crm.Answer[C]{ID: it.Res.ID}, &it.Found[0])
}
