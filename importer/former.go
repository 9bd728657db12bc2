package importer

import (
	"context"

	"crmferry/importer/directory"
	"crmferry/importer/faults"
	"crmferry/importer/item"
	"crmferry/importer/phase"
	"crmferry/internal/crm"
)

// What only one contact can have, a step takes from another: the journal says from which, and an undo gives it back.

// keepFormer writes down who has what a step is about to give to the contact of an item.
func (r *run[C]) keepFormer(ctx context.Context, it *item.Row[C], step crm.Step, have *C) error {
	d, ok := r.vendor.(crm.Displacer[C])
	if !ok || it.GiveBack != nil {
		return nil
	}
	var former *C
	err := r.requests.Read(ctx, &it.Trail, func() (err error) {
		former, err = d.Holder(ctx, step, have, it.Want)
		return err
	})
	r.forecast.Looked(1)
	switch {
	case err != nil && (faults.StopsRun(err) || faults.Canceled(ctx, err)):
		return err
	case err != nil:
		it.Res.Notes = append(it.Res.Notes, step.Name+": from whom could not be read, so that an undo cannot give it back: "+err.Error())
		return nil
	}
	id := ""
	if former != nil {
		if id = r.table.ID(*former); id == it.Res.ID { // an earlier session was about to do the step
			return nil
		}
	}
	return r.o.Journal.CommitFormer(ctx, it.Seq, &it.Res, id, r.vendorTime())
}

// readFormer reads who had what the run that is taken back gave to the contact of an item, or who has what a plan takes.
func (r *run[C]) readFormer(ctx context.Context, it *item.Row[C]) (err error) {
	if p := it.Planned; p != nil && p.Former != nil {
		it.Takes, err = r.readTaken(ctx, it, it.Fields)
		return err
	}
	if it.Did == nil || it.Did.Former == nil || *it.Did.Former == "" {
		return nil
	}
	q := directory.Query[C]{Keys: []crm.Key{{ID: *it.Did.Former}}}
	if err := r.requests.Read(ctx, &it.Trail, func() error { return r.directory.Afresh(ctx, &q) }); err != nil {
		return err
	}
	if it.Former = nil; len(q.Found) > 0 {
		it.Former = &q.Found[0]
	}
	return nil
}

// giveBack lets the former contact have what the run gave to the contact of an item, which is about to be deleted. It is
// harmless to do that twice.
func (r *run[C]) giveBack(ctx context.Context, it *item.Row[C]) error {
	former := r.formerStep(it)
	trail := item.Trail{} // what is written is another contact: it says nothing of the delete
	if err := trail.Enter(phase.Intended); err != nil {
		return err
	}
	it.Gave = true
	defer func() { it.Attempts += trail.Attempts }()
	for _, step := range former.steps {
		err := r.requests.Write(ctx, &trail, true, func() error {
			_, err := r.stepper.Do(ctx, step, former.id, former.have, former.want)
			return err
		})
		if err != nil {
			return err
		}
	}
	it.GiveBack = nil
	return nil
}

// stepsOf are steps, and the contact that they are done to.
type stepsOf[C any] struct {
	steps []crm.Step
	id    string
	have  *C // as it was read or answered last
	want  C
}

// formerStep is what gives back to the former contact.
func (r *run[C]) formerStep(it *item.Row[C]) stepsOf[C] {
	return stepsOf[C]{r.stepper.Steps(it.Former, *it.GiveBack, r.stepOnly), r.table.ID(*it.Former), it.Former, *it.GiveBack}
}

// left are the steps that an item still needs after its contact was written.
func (r *run[C]) left(it *item.Row[C], have *C) stepsOf[C] {
	if it.GiveBack != nil {
		return r.formerStep(it)
	}
	return stepsOf[C]{r.stepper.Steps(have, it.Want, it.Fields), it.Res.ID, have, it.Want}
}
