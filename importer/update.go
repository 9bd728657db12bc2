package importer

import (
	"context"
	"slices"
	"strings"
	"time"

	"crmferry/importer/faults"
	"crmferry/importer/outcome"
	"crmferry/internal/crm"
	"crmferry/internal/leaveby"
)

// maxAge is how long what was read may decide a write.
const maxAge = 2 * time.Minute

// mostLate is how often a write that cannot leave in time is decided anew.
const mostLate = 2

// inTime bounds when a write of an item may leave by the age of what was read of it: what people have changed since would be
// lost. Where requests leave so slowly that it would always be too late, it leaves all the same, and the report says so.
func (r *run[C]) inTime(ctx context.Context, it *item[C]) context.Context {
	if it.asRead == nil || it.made != nil || it.late >= mostLate || !r.directory.RereadsOne() ||
		it.res.Action == outcome.ActionCreate && (it.uncertain || r.refusesTaken(it)) {
		return ctx
	}
	return leaveby.With(ctx, it.ReadAt.Add(maxAge))
}

// noteAge says of a row that was written although what had been read of it was old.
func (r *run[C]) noteAge(it *item[C]) {
	if it.late >= mostLate && it.written && r.since(it.ReadAt) > maxAge {
		it.res.Notes = append(it.res.Notes, "requests leave so slowly that the contact was read more than two minutes before it was written")
	}
}

// update changes the contact that was found. What was read before an answer was lost does not decide another try: it
// is read again. Without an outcome the item is to be written in another way.
func (r *run[C]) update(ctx context.Context, it *item[C]) error {
	first := it.goal()
	for try := 1; ; try++ {
		ans, err := r.sendUpdate(ctx, it)
		if err == nil {
			return r.updated(ctx, it, ans)
		}
		if c := crm.ClassOf(err); faults.OfAnother(ctx, err) || it.asRead == nil || c != crm.Transient && c != crm.Ambiguous || try >= tries && !r.health.Down() {
			return err
		}
		it.uncertain = true
		changed := it.res.Changed
		wait := r.backoff(try)
		if !r.vendor.Traits().UpdateRepeatable { // what is read too early would be done twice
			wait += r.o.absenceWait()
		}
		if err := r.pool.Sleep(ctx, &it.place, wait); err != nil {
			return err
		}
		if err := r.decideAgain(ctx, it); err != nil {
			return err
		}
		it.uncertain = false
		switch {
		case it.res.Outcome == outcome.Unchanged:
			it.res.Changed = changed
			return r.updated(ctx, it, crm.Answer[C]{ID: it.res.ID, Contact: &it.Found[0]})
		case it.res.Outcome != "" || it.goal() != first:
			return nil
		}
	}
}

// sendUpdate writes the fields that changed, once, after the journal has it.
func (r *run[C]) sendUpdate(ctx context.Context, it *item[C]) (crm.Answer[C], error) {
	found := it.Found[0]
	ans := crm.Answer[C]{ID: it.res.ID, Contact: &found}
	if err := r.intend(ctx, it); err != nil {
		return ans, err
	}
	fields := it.res.Changed.Without(r.stepOnly)
	if len(fields) == 0 {
		return ans, nil
	}
	ctx = r.inTime(ctx, it)
	repeatable := it.asRead == nil && r.vendor.Traits().UpdateRepeatable // what cannot be read again
	err := r.retry(ctx, it, writing(repeatable), func() (err error) {
		ans, err = r.updater.Update(ctx, found, it.want, fields)
		return err
	})
	return ans, err
}

func (r *run[C]) updated(ctx context.Context, it *item[C], ans crm.Answer[C]) error {
	it.uncertain = false
	it.res.Outcome, it.res.Action = outcome.Updated, outcome.ActionUpdate
	if it.made != nil {
		it.res.Outcome, it.res.Action, it.res.Changed = outcome.Created, outcome.ActionCreate, it.fields
	}
	return r.answered(ctx, it, ans, ans.Contact)
}

// answered takes down an accepted write and goes on with the steps that the row still needs.
func (r *run[C]) answered(ctx context.Context, it *item[C], ans crm.Answer[C], have *C) error {
	r.wrote.Store(true)
	if ans.ID != "" {
		it.res.ID = ans.ID
	}
	if ans.Status != 0 {
		it.res.Meta = ans.Meta
	}
	r.noteWritten(it)
	if note := r.writeOnlyNote(it); note != "" {
		it.res.Notes = append(it.res.Notes, note)
	}
	return r.steps(ctx, it, have)
}

// writeOnlyNote says which of the written fields could not be compared, because they cannot be read back.
func (r *run[C]) writeOnlyNote(it *item[C]) string {
	if it.res.Outcome != outcome.Updated {
		return ""
	}
	blind := slices.DeleteFunc(slices.Clone(it.res.Changed), func(f string) bool { return !r.writeOnlyFields.Has(f) })
	if len(blind) == 0 {
		return ""
	}
	return strings.Join(blind, ", ") + ": sent without comparing, the vendor does not let them be read"
}
