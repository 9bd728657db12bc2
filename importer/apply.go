package importer

import (
	"context"

	"crmferry/importer/decide"
	"crmferry/importer/faults"
	"crmferry/importer/holder"
	"crmferry/importer/item"
	"crmferry/importer/modes"
	"crmferry/importer/outcome"
	"crmferry/importer/planfile"
	"crmferry/importer/survey"
)

// A dry run plans: its journal says what would be done with each row, and by which values. Another run does exactly that, and
// leaves each row whose contact is not any more what the plan saw.

// planned completes what a dry run says of a row.
func (r *run[C]) planned(it *item.Row[C]) {
	if !r.o.DryRun {
		return
	}
	about := &it.Want
	if len(it.Found) == 1 {
		about = &it.Found[0]
	}
	if it.Res.Name = r.table.Name(about); it.Res.Action == outcome.ActionCreate && it.Res.Outcome == "" {
		it.Res.After = r.table.Image(it.Want, it.Fields)
	}
	if it.Res.Action == outcome.ActionUpdate && it.Res.Outcome == "" && it.Did == nil && r.written.Plan(it.Res.ID) {
		it.Res.Notes = append(it.Res.Notes, "another row of the plan changes this "+r.table.Noun()+", too: of what both change, only the one that is done first is written")
	}
}

// planTaken keeps in a plan from whom an item would take what only one contact can have.
func (r *run[C]) planTaken(ctx context.Context, it *item.Row[C]) (err error) {
	if it.Did != nil || it.Res.Action == outcome.ActionDelete {
		return nil
	}
	if it.Res.Action == outcome.ActionCreate && r.traits.UniqueEmail {
		r.forecast.Looked(holder.Requests(r.traits, r.directory.Lists()))
		who, err := r.holder(ctx, it)
		if faults.StopsRun(err) || faults.Canceled(ctx, err) {
			return err
		}
		if who != "" {
			holder.Forecast(&it.Res, who)
			return nil
		}
	}
	if it.Res.Former, err = r.steps.ReadTaken(ctx, it, it.Res.Changed); err == nil || faults.StopsRun(err) || faults.Canceled(ctx, err) {
		return err
	}
	it.Res.Notes = append(it.Res.Notes, "who has now what the row takes could not be read, so that the plan does not show who loses it: "+err.Error())
	return nil
}

// holder reads who has the address of an item that no contact has, "" if nobody shows.
func (r *run[C]) holder(ctx context.Context, it *item.Row[C]) (who string, err error) {
	err = r.requests.Read(ctx, &it.Trail, func() (err error) {
		who, err = holder.Of(ctx, r.vendor, it.Keys)
		return err
	})
	return who, err
}

// Changes says field by field what a row of a plan would make of its contact, and of who has what it takes.
func (t target[C]) Changes(res *outcome.Result) ([]planfile.Change, error) {
	return decide.Changes(t.table, res)
}

// Follow writes the rows of a plan, which stand in the file from, as the rows of a run that applies it into the file to. says
// is asked for each row in its order.
func (t target[C]) Follow(ctx context.Context, from, to string, says func(seq int) (*survey.Earlier, error)) error {
	_, err := survey.Follow(ctx, t.table, from, to, func(seq int, r *survey.Row[C]) (bool, error) {
		var err error
		r.Earlier, err = says(seq)
		return true, err
	})
	return err
}

// isApplied reports whether the run applies a plan, and a row is to be sent.
func (im *Importer[C]) isApplied(says *survey.Row[C]) bool {
	e := says.Earlier
	return im.o.From == modes.FromPlan && e != nil && e.Left == "" && e.Result.Outcome == ""
}
