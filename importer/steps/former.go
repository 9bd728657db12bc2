package steps

import (
	"context"

	"crmferry/importer/directory"
	"crmferry/importer/faults"
	"crmferry/importer/item"
	"crmferry/importer/outcome"
	"crmferry/importer/phase"
	"crmferry/internal/crm"
)

// keepFormer writes down who has what a step is about to give to the contact of an item.
func (d *Doer[C]) keepFormer(ctx context.Context, it *item.Row[C], step crm.Step, have *C) error {
	displacer, ok := d.o.Vendor.(crm.Displacer[C])
	if !ok || it.GiveBack != nil {
		return nil
	}
	var former *C
	err := d.o.Requests.Read(ctx, &it.Trail, func() (err error) {
		former, err = displacer.Holder(ctx, step, have, it.Want)
		return err
	})
	d.o.Asked(1)
	switch {
	case err != nil && (faults.StopsRun(err) || faults.Canceled(ctx, err)):
		return err
	case err != nil:
		it.Res.Notes = append(it.Res.Notes, step.Name+": from whom could not be read, so that an undo cannot give it back: "+err.Error())
		return nil
	}
	id := ""
	if former != nil {
		if id = d.o.Table.ID(*former); id == it.Res.ID { // an earlier session was about to do the step
			return nil
		}
	}
	return d.o.Journal.CommitFormer(ctx, it.Seq, &it.Res, id, d.o.Now())
}

// ReadFormer reads who had what the run that is taken back gave to the contact of an item, or who has what a plan takes.
func (d *Doer[C]) ReadFormer(ctx context.Context, it *item.Row[C]) (err error) {
	if p := it.Planned; p != nil && p.Former != nil {
		it.Takes, err = d.ReadTaken(ctx, it, it.Fields)
		return err
	}
	if it.Did == nil || it.Did.Former == nil || *it.Did.Former == "" {
		return nil
	}
	q := directory.Query[C]{Keys: []crm.Key{{ID: *it.Did.Former}}}
	if err := d.o.Requests.Read(ctx, &it.Trail, func() error { return d.o.Directory.Afresh(ctx, &q) }); err != nil {
		return err
	}
	if it.Former = nil; len(q.Found) > 0 {
		it.Former = &q.Found[0]
	}
	return nil
}

// ReadTaken reads from whom an item that writes fields would take what only one contact can have, nil if it takes nothing.
func (d *Doer[C]) ReadTaken(ctx context.Context, it *item.Row[C], fields crm.Fields) (former *outcome.Former, err error) {
	q := questionOf(d.o.Table, d.o.Vendor, it, fields)
	if q == nil {
		return nil, nil
	}
	err = d.o.Requests.Read(ctx, &it.Trail, func() error {
		former, err = q.ask(ctx)
		return err
	})
	d.o.Asked(1)
	return former, err
}

// GiveBack lets the former contact have what the run gave to the contact of an item, which is about to be deleted. It is
// harmless to do that twice.
func (d *Doer[C]) GiveBack(ctx context.Context, it *item.Row[C]) error {
	former := d.ofFormer(it)
	trail := item.Trail{} // what is written is another contact: it says nothing of the delete
	if err := trail.Enter(phase.Intended); err != nil {
		return err
	}
	it.Gave = true
	defer func() { it.Attempts += trail.Attempts }()
	for _, step := range former.steps {
		err := d.o.Requests.Write(ctx, &trail, true, func() error {
			_, err := d.stepper.Do(ctx, step, former.id, former.have, former.want)
			return err
		})
		if err != nil {
			return err
		}
	}
	it.GiveBack = nil
	return nil
}

// ofFormer are the steps that give back to the former contact.
func (d *Doer[C]) ofFormer(it *item.Row[C]) series[C] {
	return series[C]{d.stepper.Steps(it.Former, *it.GiveBack, d.stepper.StepFields()), d.o.Table.ID(*it.Former), it.Former, *it.GiveBack}
}
