package importer

import (
	"context"
	"errors"
	"fmt"
	"strings"

	"crmferry/importer/directory"
	"crmferry/importer/faults"
	"crmferry/importer/holder"
	"crmferry/importer/item"
	"crmferry/importer/modes"
	"crmferry/importer/outcome"
	"crmferry/importer/phase"
	"crmferry/importer/requests"
	"crmferry/importer/workers"
	"crmferry/internal/crm"
	"crmferry/internal/leaveby"
	"crmferry/mapping"
)

// work brings one item to its outcome.
func (r *run[C]) work(ctx context.Context, it *item.Row[C]) {
	it.Started = r.clock()
	if ctx.Err() != nil {
		r.leaveOpen(it, context.Cause(ctx))
		return
	}
	if err := r.process(ctx, it); err != nil {
		r.endWithError(ctx, it, err)
		return
	}
	_ = r.done(it) // it has stopped the run if the journal failed
}

// process decides and does what is to be done.
func (r *run[C]) process(ctx context.Context, it *item.Row[C]) error {
	release, err := r.written.TakeKeys(ctx, it)
	if err != nil {
		return err
	}
	defer release()
	if it.Past != nil {
		if err := r.resolveDoubt(ctx, it); err != nil || it.Res.Outcome != "" {
			return err
		}
	}
	if err := r.decide(ctx, it); err != nil {
		return err
	}
	if err := r.resolveEarlierUpdate(ctx, it); err != nil {
		return err
	}
	switch {
	case it.Res.Outcome != "":
		return nil
	case r.o.DryRun:
		return r.planTaken(ctx, it)
	}
	return r.write(ctx, it)
}

// endWithError ends an item that met an error; errors that are not the row's stop the run and leave the row open.
func (r *run[C]) endWithError(ctx context.Context, it *item.Row[C], err error) {
	if r.stops(it, err) || faults.Canceled(ctx, err) {
		r.stop(err)
		r.leaveOpen(it, err)
		return
	}
	r.refuse(it, err)
	_ = r.done(it) // it has stopped the run if the journal failed
}

// leaveOpen leaves an item to a later session of the run. If a write of it may have been done, the report says so.
func (r *run[C]) leaveOpen(it *item.Row[C], err error) {
	if r.sendsByToken() {
		r.writeDoubt(it)
	} else if it.Has(phase.Intended) && it.Past == nil && !it.Gave && !it.InDoubt() && r.o.Journal.AppendNothing(it.Seq) != nil {
		r.stop(r.o.Journal.Err())
		_ = it.Enter(phase.InDoubt) // as the journal has it
	}
	if it.InDoubt() {
		if !errors.As(err, new(*crm.Error)) { // how the run ended says nothing of the row
			err = outcome.ErrNoAnswer
		}
		it.Res.LeaveOpen(err)
		it.Res.Attempts, it.Res.Finished = it.Attempts, r.clock()
		r.results <- it
	}
}

// vendorAnswered reports whether the vendor itself has answered before: else the address may be wrong.
func (r *run[C]) vendorAnswered() bool { return r.health.WasOK() || r.wrote.Load() }

// sendsByToken reports whether rows are sent without a look, and again after a crash, because the vendor knows them by their
// tokens.
func (r *run[C]) sendsByToken() bool { return r.traits.Idempotent && r.directory == nil }

// decide looks the item up, if need be, and chooses the action. What was read too long ago does not decide a write: it
// is read again.
func (r *run[C]) decide(ctx context.Context, it *item.Row[C]) error {
	if r.directory == nil || len(it.Keys) == 0 {
		if err := r.steps.ReadFormer(ctx, it); err != nil {
			return err
		}
		r.choose(it)
		return r.checkClaims(ctx, it)
	}
	if !it.Looked {
		if err := r.find(ctx, it); err != nil {
			return err
		}
	}
	if err := r.lookLonger(ctx, it); err != nil {
		return err
	}
	it.Res.Action, it.Res.ID, it.Res.Changed = "", "", nil
	if err := r.steps.ReadFormer(ctx, it); err != nil {
		return err
	}
	asRead := *it
	it.AsRead = &asRead
	r.choose(it)
	if it.Res.Outcome != "" || r.since(it.ReadAt) <= MaxAge || r.refusesTaken(it) {
		return r.checkClaims(ctx, it)
	}
	return r.decideAgain(ctx, it)
}

// decideAgain reads what was found once more and chooses the action anew.
func (r *run[C]) decideAgain(ctx context.Context, it *item.Row[C]) error {
	it.Undecide()
	if err := r.readAgain(ctx, it); err != nil {
		return err
	}
	if err := r.steps.ReadFormer(ctx, it); err != nil {
		return err
	}
	r.choose(it)
	return r.checkClaims(ctx, it)
}

// readAgain reads what was found of an item once more.
func (r *run[C]) readAgain(ctx context.Context, it *item.Row[C]) error {
	if r.directory.Alone(&it.Query) {
		return r.requests.Read(ctx, &it.Trail, func() error { return r.directory.Again(ctx, &it.Query) })
	}
	if r.together != nil {
		defer it.Place.Keep()() // who took the place would wait for this row
	}
	return r.together.Again(ctx, &it.Query, func(queries ...*directory.Query[C]) error {
		return r.requests.Read(ctx, &it.Trail, func() error { return r.directory.Again(ctx, queries...) })
	})
}

// refusesTaken reports whether a create that should not be would be refused by the vendor: then nothing is read for it.
func (r *run[C]) refusesTaken(it *item.Row[C]) bool {
	return len(it.Found) == 0 && r.traits.UniqueEmail && it.Keys[0].Email != ""
}

// choose chooses the action by what was found, and the outcome if there is nothing to send.
func (r *run[C]) choose(it *item.Row[C]) {
	if it.Did != nil {
		r.chooseUndo(it)
		return
	}
	if r.o.Mode == modes.DeleteOnly {
		r.chooseDelete(it)
	} else {
		r.rules.Choose(it)
	}
	if it.Made != nil && it.Res.Outcome == outcome.Created { // along with a link, whose record was its intent
		if it.Phase() == phase.Planned {
			r.enter(it, phase.Intended)
		}
		r.noteWritten(it)
	}
	r.rules.KeepToPlan(it)
	if p := it.Planned; p != nil && p.Action == outcome.ActionDelete && it.Res.Outcome == outcome.Skipped && len(it.Found) > 0 {
		r.notDone(it) // it is there
	}
}

// write sends the item until it has an outcome: what turns out to be another contact, or none, when it is read again is
// begun anew, so that no row waits for one contact while it holds another.
func (r *run[C]) write(ctx context.Context, it *item.Row[C]) error {
	for it.Res.Outcome == "" && !r.lacks(it) {
		err := r.writeDecided(ctx, it)
		if errors.Is(err, leaveby.ErrLate) {
			it.Late++
			err = r.decideAgain(ctx, it)
		}
		if err != nil {
			return err
		}
	}
	return nil
}

// writeDecided sends the item as it was decided. Without an outcome it was decided anew.
func (r *run[C]) writeDecided(ctx context.Context, it *item.Row[C]) error {
	meant := it.Goal()
	release, err := r.lockContact(ctx, it)
	if err != nil {
		return err
	}
	defer release()
	if it.Res.Outcome != "" || it.Goal() != meant {
		return nil
	}
	switch it.Res.Action {
	case outcome.ActionUpdate:
		return r.update(ctx, it)
	case outcome.ActionDelete:
		return r.remove(ctx, it)
	}
	return r.create(ctx, it)
}

// lockContact waits until no other row changes the contact that was found, and lets nobody else until release is called. If
// an earlier row has changed it since it was read, the action is chosen anew.
func (r *run[C]) lockContact(ctx context.Context, it *item.Row[C]) (release func(), err error) {
	if r.directory == nil || it.Res.Action != outcome.ActionUpdate || it.Made != nil {
		return func() {}, nil
	}
	id := it.Res.ID
	if release, err = r.written.Take(ctx, it); err != nil || !r.written.Has(id) {
		return release, err
	}
	if err := r.decideAgain(ctx, it); err != nil {
		release()
		return nil, err
	}
	return release, nil
}

// create makes the contact of an item. A create whose answer is lost is not repeated before look-ups have shown that
// nothing came of it, unless the vendor tells by the token that it is the same.
func (r *run[C]) create(ctx context.Context, it *item.Row[C]) error {
	for try := 1; ; try++ {
		ans, err := r.sendCreate(ctx, it)
		switch {
		case err == nil:
			it.Res.Outcome = outcome.Created
			if !ans.Created { // an undo must not take it for one that was made
				it.Res.Outcome, it.Res.Action = outcome.Updated, outcome.ActionUpdate
			}
			return r.accepted(it, ans, ans.Contact)
		case crm.CodeOf(err) == crm.CodeTaken && r.directory != nil:
			return r.taken(ctx, it, err)
		}
		if faults.OfAnother(ctx, err) {
			return err
		}
		absent, failed := r.checkCreate(ctx, it, err, try)
		if failed != nil || !absent {
			return failed
		}
		if r.requests.GivesUp(try) {
			return faults.Confirmed(err)
		}
	}
}

// checkCreate finds out what came of a try to create that met an error; absent says that nothing did, so that it may be sent
// again.
func (r *run[C]) checkCreate(ctx context.Context, it *item.Row[C], err error, try int) (absent bool, failed error) {
	switch c := crm.ClassOf(err); {
	case r.traits.Idempotent: // was repeated as often as it may be
		if it.InDoubt() && c == crm.Permanent {
			r.enter(it, phase.Planned) // a refusal is the answer to the first try, too
		}
		if c != crm.Ambiguous || faults.StopsRun(err) {
			return false, err
		}
		if absent, failed = r.verify(ctx, it, err, r.absenceCountsAt()); absent {
			return false, faults.Confirmed(err)
		}
		return false, failed
	case c == crm.Ambiguous:
		return r.verify(ctx, it, err, r.absenceCountsAt())
	}
	return false, err
}

// sendCreate sends a create, after the journal has it.
func (r *run[C]) sendCreate(ctx context.Context, it *item.Row[C]) (ans crm.Answer[C], err error) {
	fields := it.Fields
	if !it.Looked && r.traits.CreateUpserts { // the vendor may know a contact where we have no key
		fields = fields.Without(r.stepOnly)
	}
	if err := r.intend(ctx, it); err != nil {
		return ans, err
	}
	next, err := r.createFirstAlone(ctx, it)
	if err != nil {
		return ans, err
	}
	defer next()
	token := requests.Token(r.o.Run, it.Res.Row)
	err = r.requests.Write(r.inTime(ctx, it), &it.Trail, r.traits.Idempotent, func() (err error) {
		if it.InDoubt() && forgotten(it.SentAt, r.vendorTime()) {
			return faults.ErrForgotten
		}
		ans, err = r.vendor.Create(r.inTime(ctx, it), it.Want, fields, token) // one in doubt by now leaves at any time
		return err
	})
	if faults.StopsRun(err) {
		r.stop(err) // before the next one goes
	}
	return ans, err
}

// createFirstAlone lets creates go one at a time until the vendor has answered one, where nothing else can show that the address
// is right and look-ups could not tell what became of the others.
func (r *run[C]) createFirstAlone(ctx context.Context, it *item.Row[C]) (next func(), err error) {
	if r.vendorAnswered() || r.directory != nil || r.traits.Idempotent {
		return func() {}, nil
	}
	if err := workers.Send(ctx, r.probe, struct{}{}); err != nil {
		return nil, err
	}
	if ctx.Err() != nil {
		<-r.probe
		return nil, context.Cause(ctx)
	}
	restore := it.Place.Keep() // the others wait in theirs
	return func() {
		restore()
		<-r.probe
	}, nil
}

// intend writes down that a write is about to leave, and waits until that is durable. Writes that the vendor knows by
// their token need no such record.
func (r *run[C]) intend(ctx context.Context, it *item.Row[C]) error {
	if !it.InDoubt() { // else it is sent again, and stays so until there is an answer
		r.enter(it, phase.Intended)
	}
	if it.Err() != nil {
		return it.Err()
	}
	if it.Res.Action == outcome.ActionCreate && !it.InDoubt() {
		it.SentAt = r.vendorTime()
	}
	if r.sendsByToken() {
		return nil
	}
	early := it.IntentAt
	it.IntentAt = 0
	if early != 0 && it.Res.Action == outcome.ActionCreate {
		return r.o.Journal.Sync(ctx, early)
	}
	return r.o.Journal.CommitIntent(ctx, it.Seq, &it.Res, r.vendorTime())
}

// taken handles a create that was refused because somebody has the value already: look again, update. After a create
// whose answer was lost, that somebody may be the contact that it made.
func (r *run[C]) taken(ctx context.Context, it *item.Row[C], refused error) error {
	if it.InDoubt() {
		absent, err := r.verify(ctx, it, refused, r.absenceCountsAt())
		if absent {
			it.Res.MarkUnknown(refused)
		}
		return err
	}
	if err := r.lookUntil(ctx, it, r.absenceCountsAt()); err != nil {
		return err
	}
	if len(it.Found) == 0 {
		r.refuse(it, refused)
		if r.traits.UniqueEmail {
			who, err := r.holder(ctx, it)
			holder.Explain(&it.Res, who, err)
		}
		return nil
	}
	return r.existing(ctx, it)
}

// existing goes on with an item whose contact turned out to be there already.
func (r *run[C]) existing(ctx context.Context, it *item.Row[C]) error {
	if err := r.decide(ctx, it); err != nil || it.Res.Outcome != "" {
		return err
	}
	return r.write(ctx, it)
}

// doSteps does what is left after the contact itself was written. A row that has begun is finished even if the run is
// told to stop. What stops the run leaves the steps to a later session.
func (r *run[C]) doSteps(it *item.Row[C], have *C) error {
	left, err := r.steps.Do(r.graceCtx, it, have, !r.sendsByToken())
	switch {
	case len(left) == 0:
		return err
	case faults.StopsRun(err) || faults.Canceled(r.graceCtx, err):
		r.enter(it, phase.InDoubt) // of the steps
		return err
	}
	r.stepFailed(it, left, err)
	return nil
}

func (r *run[C]) stepFailed(it *item.Row[C], left []crm.Step, err error) {
	done, written := string(it.Res.Outcome), it.Res.Changed
	names := make([]string, len(left))
	for i, s := range left {
		names[i] = s.Name
		written = written.Without(s.Fields)
	}
	r.refuse(it, err)
	it.Res.Outcome, it.Res.Changed = outcome.Failed, written
	said := it.Res.Problems[len(it.Res.Problems)-1].Message
	it.Res.Problems[len(it.Res.Problems)-1] = mapping.Problem{Code: outcome.CodeStepFailed, Field: strings.Join(left[0].Fields, ","),
		Message: fmt.Sprintf("the %s %s was %s; not done: %s; %s", r.table.Noun(), it.Res.ID, done, strings.Join(names, ", "), said)}
}
