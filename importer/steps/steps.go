// Package steps does what is left of a row after its contact itself was written. What only one contact can have, a step takes
// from another: the journal says from which, and an undo gives it back.
package steps

import (
	"context"
	"time"

	"crmferry/importer/directory"
	"crmferry/importer/item"
	"crmferry/importer/journal"
	"crmferry/importer/requests"
	"crmferry/internal/crm"
	"crmferry/mapping"
)

// Options are what steps are done with.
type Options[C any] struct {
	Table     *mapping.Table[C]
	Vendor    crm.Creator[C]
	Directory *directory.Directory[C] // reads who had what a run gave to another; nil where nobody is looked up
	Journal   *journal.Journal
	Requests  *requests.Sender
	Asked     func(requests int) // is told of requests that only read
	Now       func() time.Time   // by the vendor's clock
}

// Doer does the steps of a run. It is safe for concurrent use by different rows.
type Doer[C any] struct {
	o       Options[C]
	stepper crm.Stepper[C] // nil: the vendor takes a contact in one request
}

// New returns what does the steps of a run.
func New[C any](o Options[C]) *Doer[C] {
	d := &Doer[C]{o: o}
	d.stepper, _ = o.Vendor.(crm.Stepper[C])
	return d
}

// series are steps, and the contact that they are done to.
type series[C any] struct {
	steps []crm.Step
	id    string
	have  *C // as it was read or answered last
	want  C
}

// of are the steps that an item still needs after its contact was written, as have is.
func (d *Doer[C]) of(it *item.Row[C], have *C) series[C] {
	if it.GiveBack != nil {
		return d.ofFormer(it)
	}
	return series[C]{d.stepper.Steps(have, it.Want, it.Fields), it.Res.ID, have, it.Want}
}

// Do does the steps that an item still needs after its contact was written, as have is; the journal has that they are about to be
// done, if keep. It returns the error of the first that was not done, and with it all that were not: none if nothing could be kept.
func (d *Doer[C]) Do(ctx context.Context, it *item.Row[C], have *C, keep bool) (left []crm.Step, err error) {
	if d.stepper == nil {
		return nil, nil
	}
	do := d.of(it, have)
	if keep && len(do.steps) > 0 {
		if err := d.o.Journal.AppendStep(it.Seq, &it.Res, d.o.Now()); err != nil {
			return nil, err
		}
	}
	for i, step := range do.steps {
		var ans crm.Answer[C]
		err := d.keepFormer(ctx, it, step, do.have)
		if err == nil {
			err = d.o.Requests.Write(ctx, &it.Trail, true, func() (err error) {
				ans, err = d.stepper.Do(ctx, step, do.id, do.have, do.want)
				return err
			})
		}
		if err != nil {
			return do.steps[i:], err
		}
		if ans.Contact != nil {
			do.have = ans.Contact
		}
	}
	return nil, nil
}
