package importer

import (
	"context"
	"slices"

	"crmferry/importer/directory"
	"crmferry/importer/faults"
	"crmferry/importer/item"
	"crmferry/importer/modes"
	"crmferry/importer/outcome"
	"crmferry/importer/phase"
	"crmferry/importer/workers"
	"crmferry/internal/crm"
)

// What is deleted is named by the vendor's own ids and by nothing else: an address can be another person's by now.

// chooseDelete chooses what to do about a contact that is there, or not there any more.
func (r *run[C]) chooseDelete(it *item.Row[C]) {
	it.Res.ID = it.Keys[0].ID
	switch {
	case len(it.Found) == 0:
		r.endGone(it)
	case r.isReported(it) && r.isCopied(it):
		it.Res.Action, it.WasThere = outcome.ActionDelete, true
		if !it.Recalled && r.keepsDeleted() {
			it.Res.Before = r.table.Image(it.Found[0], nil)
		}
	}
}

// keepsDeleted reports whether what is deleted is kept: a plan shows it, and a run that copies writes it down.
func (im *Importer[C]) keepsDeleted() bool { return im.o.DryRun || im.copies() }

// endGone gives an outcome to an item whose contact is not there.
func (r *run[C]) endGone(it *item.Row[C]) {
	switch {
	case it.InDoubt(): // by an earlier session, or by a try of this one
		r.deleted(it)
	case it.WasThere:
		it.Skip(outcome.CodeNotFound, "somebody else has deleted the "+r.table.Noun()+" meanwhile")
	default:
		it.Res.Action, it.Res.Outcome = outcome.ActionNone, outcome.Unchanged
		note := "the " + r.table.Noun() + " is not there any more"
		if it.Past != nil {
			note += "; the journal of the run is damaged, so that the run itself may have deleted it"
		}
		it.Res.Notes = append(it.Res.Notes, note)
	}
}

// remove deletes the contact that was found. Where the answer is lost, or says that there is no such contact, it is read
// again: what is gone then is deleted, or was by somebody else.
func (r *run[C]) remove(ctx context.Context, it *item.Row[C]) error {
	for try := 1; ; try++ {
		sent, err := r.sendDelete(ctx, it)
		if err == nil && !sent {
			return nil
		}
		class, missing := crm.ClassOf(err), crm.ClassOf(err) == crm.Permanent && crm.CodeOf(err) == crm.CodeNotFound
		switch {
		case err == nil:
			r.deleted(it)
			return nil
		case faults.OfAnother(ctx, err), !missing && class != crm.Ambiguous && class != crm.Transient:
			return err
		case !missing:
			if err := r.sleep(ctx, it, r.requests.Backoff(try)); err != nil {
				return err
			}
		}
		there, lookErr := r.isStillThere(ctx, it)
		switch {
		case lookErr != nil:
			return lookErr
		case !there:
			r.endGone(it)
			return nil
		case !r.isStillMeant(it):
			return nil
		case missing: // it knows the contact, and not what was asked for
			return err
		case r.requests.GivesUp(try):
			r.notDone(it)
			return faults.Confirmed(err)
		}
	}
}

// sendDelete sends a delete, after the journal has it. It is not sent where the contact was changed while another one was given
// back what the run had given to this one: the item is decided anew then.
func (r *run[C]) sendDelete(ctx context.Context, it *item.Row[C]) (sent bool, err error) {
	if err := r.intend(ctx, it); err != nil {
		return false, err
	}
	if it.GiveBack != nil {
		meant := it.Goal()
		if err := r.steps.GiveBack(r.inTime(ctx, it), it); err != nil {
			return false, err
		}
		if err := r.decideAgain(ctx, it); err != nil {
			return false, err
		}
		if it.Res.Outcome != "" || it.Goal() != meant {
			return false, nil
		}
	}
	ctx = r.inTime(ctx, it)
	return true, r.requests.Write(ctx, &it.Trail, false, func() error {
		ans, err := r.deleter.Delete(ctx, it.Res.ID)
		if err == nil {
			it.Res.Meta = ans.Meta
		}
		return err
	})
}

// isStillMeant decides an item anew by its contact as it was read after a delete that was not answered: what people have made of
// it meanwhile counts. It reports whether the contact is to be deleted still.
func (r *run[C]) isStillMeant(it *item.Row[C]) bool {
	read, former, meant := it.Query, it.Former, it.Goal()
	it.Undecide()
	it.Query, it.Former = read, former
	r.choose(it)
	if it.Res.Outcome == "" && it.Goal() == meant {
		return true
	}
	r.notDone(it)
	return false
}

// notDone takes down that nothing came of a write of an item that was in doubt, as a look has shown.
func (r *run[C]) notDone(it *item.Row[C]) {
	if it.InDoubt() {
		r.enter(it, phase.Planned)
	}
}

// isStillThere reports whether the vendor still has the contact of an item that may have been deleted. Somebody else may have its
// address by now.
func (r *run[C]) isStillThere(ctx context.Context, it *item.Row[C]) (bool, error) {
	ctx, cancel := workers.WithGrace(ctx)
	defer cancel()
	err := r.lookUntilAnswered(ctx, it)
	if err == nil && r.hasFound(it) {
		err = r.steps.ReadFormer(ctx, it)
	}
	return r.hasFound(it), err
}

// hasFound reports whether the contact that is to be deleted is among those found.
func (r *run[C]) hasFound(it *item.Row[C]) bool {
	if it.Keys[0].ID != "" {
		return len(it.Found) > 0
	}
	return slices.ContainsFunc(it.Found, func(c C) bool { return r.table.ID(c) == it.Res.ID })
}

func (r *run[C]) deleted(it *item.Row[C]) {
	r.wrote.Store(true)
	r.noteWritten(it)
	it.Res.Action, it.Res.Outcome = outcome.ActionDelete, outcome.Deleted
}

// readFirst reads the first contact that is to be deleted, so that people see whom they mean, and whether the key is good,
// before they say yes.
func (im *Importer[C]) readFirst(ctx context.Context) error {
	if im.survey.Keys == 0 || im.o.From == modes.FromPlan { // people have seen the plan, and its first row may not be approved
		return nil
	}
	it := &item.Row[C]{Query: directory.Query[C]{Keys: []crm.Key{im.file.FirstKey}}}
	if err := im.directory.Afresh(ctx, &it.Query); err != nil || len(it.Found) == 0 {
		return err
	}
	im.plan.First = im.file.FirstKey.ID
	if keys := im.table.Keys(it.Found[0]); len(keys) > 0 {
		im.plan.First += ", " + keys[0].String()
	}
	return nil
}
