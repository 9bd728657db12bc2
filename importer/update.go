package importer

import (
	"context"
	"time"

	"crmferry/importer/faults"
	"crmferry/importer/item"
	"crmferry/importer/outcome"
	"crmferry/importer/phase"
	"crmferry/internal/crm"
	"crmferry/internal/leaveby"
)

// MaxAge is how long what was read may decide a write.
const MaxAge = 2 * time.Minute

// mostLate is how often a write that cannot leave in time is decided anew.
const mostLate = 2

// inTime bounds when a write of an item may leave by the age of what was read of it: what people have changed since would be
// lost. Where requests leave so slowly that it would always be too late, it leaves all the same, and the report says so.
func (r *run[C]) inTime(ctx context.Context, it *item.Row[C]) context.Context {
	if it.AsRead == nil || it.Made != nil || it.Late >= mostLate || !r.directory.RereadsOne() ||
		it.Res.Action == outcome.ActionCreate && (it.InDoubt() || r.refusesTaken(it)) {
		return ctx
	}
	return leaveby.With(ctx, it.ReadAt.Add(MaxAge))
}

// noteAge says of a row that was written although what had been read of it was old.
func (r *run[C]) noteAge(it *item.Row[C]) {
	if it.Late >= mostLate && it.Has(phase.Written) && r.since(it.ReadAt) > MaxAge {
		it.Res.Notes = append(it.Res.Notes, "requests leave so slowly that the contact was read more than two minutes before it was written")
	}
}

// update changes the contact that was found. What was read before an answer was lost does not decide another try: it
// is read again. Without an outcome the item is to be written in another way.
func (r *run[C]) update(ctx context.Context, it *item.Row[C]) error {
	first := it.Goal()
	for try := 1; ; try++ {
		ans, err := r.sendUpdate(ctx, it)
		if err == nil {
			return r.updated(it, ans)
		}
		if c := crm.ClassOf(err); faults.OfAnother(ctx, err) || it.AsRead == nil || c != crm.Transient && c != crm.Ambiguous || r.requests.GivesUp(try) {
			return err
		}
		sent, late := it.Res, r.absenceCountsAt()
		wait := r.requests.Backoff(try)
		if !r.traits.UpdateRepeatable { // what is read too early would be done twice
			wait += r.o.absenceWait()
		}
		if err := r.sleep(ctx, it, wait); err != nil {
			return err
		}
		if err := r.decideAgain(ctx, it); err != nil {
			return err
		}
		if err := r.awaitArchive(ctx, it, sent.Changed, late); err != nil {
			return err
		}
		switch done := it.ShownDone(sent.ID, sent.Changed); {
		case done != nil:
			it.Res.Changed = done
			return r.updated(it, crm.Answer[C]{ID: it.Res.ID, Contact: &it.Found[0]})
		case r.isArchiveOpen(it, sent.Changed):
			r.enter(it, phase.Planned)
			return nil
		case it.Res.Outcome != "": // what was done does not show
			it.Res.Action, it.Res.ID = sent.Action, sent.ID
			return nil
		}
		r.enter(it, phase.Planned) // what differs was not done
		if it.Goal() != first {
			return nil
		}
	}
}

// sendUpdate writes the fields that changed, once, after the journal has it.
func (r *run[C]) sendUpdate(ctx context.Context, it *item.Row[C]) (crm.Answer[C], error) {
	found := it.Found[0]
	ans := crm.Answer[C]{ID: it.Res.ID, Contact: &found}
	if err := r.intend(ctx, it); err != nil {
		return ans, err
	}
	fields := it.Res.Changed.Without(r.stepOnly)
	if len(fields) == 0 {
		return ans, nil
	}
	ctx = r.inTime(ctx, it)
	repeatable := it.AsRead == nil && r.traits.UpdateRepeatable // what cannot be read again
	err := r.requests.Write(ctx, &it.Trail, repeatable, func() (err error) {
		ans, err = r.updater.Update(ctx, found, it.Want, fields)
		return err
	})
	return ans, err
}

func (r *run[C]) updated(it *item.Row[C], ans crm.Answer[C]) error {
	it.Res.Outcome, it.Res.Action = outcome.Updated, outcome.ActionUpdate
	if it.Made != nil {
		it.Res.Outcome, it.Res.Action, it.Res.Changed = outcome.Created, outcome.ActionCreate, it.Fields
	}
	return r.accepted(it, ans, ans.Contact)
}

// accepted takes down an accepted write and goes on with the steps that the row still needs.
func (r *run[C]) accepted(it *item.Row[C], ans crm.Answer[C], have *C) error {
	r.wrote.Store(true)
	if ans.ID != "" {
		it.Res.ID = ans.ID
	}
	if ans.Status != 0 {
		it.Res.Meta = ans.Meta
	}
	r.noteWritten(it)
	if note := r.rules.WriteOnlyNote(it); note != "" {
		it.Res.Notes = append(it.Res.Notes, note)
	}
	return r.doSteps(it, have)
}

// noteWritten takes down that the vendor has taken a write of a row.
func (r *run[C]) noteWritten(it *item.Row[C]) {
	r.enter(it, phase.Written)
	r.written.Add(it)
}
