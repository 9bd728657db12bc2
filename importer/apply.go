package importer

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"crmferry/importer/item"
	"crmferry/importer/outcome"
	"crmferry/importer/phase"
	"crmferry/importer/planfile"
	"crmferry/importer/survey"
	"crmferry/internal/crm"
	"crmferry/mapping"
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
	if it.Res.Action == outcome.ActionUpdate && it.Res.Outcome == "" && it.Did == nil && r.isPlannedTwice(it.Res.ID) {
		it.Res.Notes = append(it.Res.Notes, "another row of the plan changes this contact, too: of what both change, only the one that is done first is written")
	}
}

// isPlannedTwice reports whether another row of a dry run would write the contact, too.
func (r *run[C]) isPlannedTwice(id string) bool {
	if r.wroteIDs == nil {
		return false
	}
	r.mu.Lock()
	defer r.mu.Unlock()
	return r.wroteIDs.Add(id)
}

// Changes says field by field what a row of a plan would make of its contact.
func (t target[C]) Changes(res *outcome.Result) ([]planfile.Change, error) {
	if res.Outcome != "" || res.Action == outcome.ActionDelete {
		return nil, nil
	}
	now, err := t.table.FromImage(res.Before)
	if err != nil {
		return nil, err
	}
	will, err := t.table.FromImage(res.After)
	if err != nil {
		return nil, err
	}
	changes := make([]planfile.Change, len(res.Changed))
	for i, f := range res.Changed {
		changes[i] = planfile.Change{Field: f, Now: t.table.Text(now, f), Will: t.table.Text(will, f)}
	}
	return changes, nil
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
	return im.o.Applies && e != nil && e.Left == "" && e.Result.Outcome == ""
}

// keepToPlan leaves a row whose contact is not what the plan saw, or for which something else would be done.
func (r *run[C]) keepToPlan(it *item.Row[C]) {
	p := it.Planned
	if p == nil || it.Made != nil || it.Res.Outcome == outcome.Created || it.Res.Outcome == outcome.Updated || it.Res.Outcome == outcome.Deleted {
		return
	}
	var why mapping.Problem
	switch {
	case p.Action == outcome.ActionCreate:
		why.Message = r.thereNow(it)
	case len(it.Found) != 1 || r.table.ID(it.Found[0]) != p.ID:
		why.Message = r.anotherNow(it)
	default:
		why = r.changedNow(it)
	}
	if why.Message == "" {
		if len(it.Res.Problems) == 0 {
			it.Res.Problems = slices.Clone(p.Problems) // of fields that are not written
		}
		return
	}
	why.Code = outcome.CodeChangedSincePlan
	it.Res.Action, it.Res.Outcome, it.Res.ID, it.Res.Changed = outcome.ActionNone, outcome.Skipped, p.ID, nil
	if len(it.Found) == 1 {
		it.Res.ID = r.table.ID(it.Found[0])
	}
	it.Res.Before, it.Res.After, it.Res.Problems = nil, nil, []mapping.Problem{why}
}

// thereNow says which contact is there of a row by which the plan creates one, "" if none is.
func (r *run[C]) thereNow(it *item.Row[C]) string {
	if it.Res.Action == outcome.ActionCreate && it.Res.Outcome == "" {
		return ""
	}
	return "the plan creates the contact, and it is there now: " + r.whoIsFound(it)
}

// whoIsFound names the contacts that were found.
func (r *run[C]) whoIsFound(it *item.Row[C]) string {
	names := make([]string, len(it.Found))
	for i := range it.Found {
		names[i] = strings.TrimSuffix(r.table.ID(it.Found[i])+", "+r.table.Describe(&it.Found[i]), ", ")
	}
	return strings.Join(names, "; ")
}

// anotherNow says that what was found is not the contact of the plan.
func (r *run[C]) anotherNow(it *item.Row[C]) string {
	verb := map[outcome.Action]string{outcome.ActionUpdate: "updates", outcome.ActionDelete: "deletes"}[it.Planned.Action]
	if len(it.Found) == 0 {
		return fmt.Sprintf("the plan %s the contact %s, which is not there any more, or does not go by %q", verb, it.Planned.ID, it.Res.Key)
	}
	return fmt.Sprintf("the plan %s the contact %s, and what goes by %q now is %s", verb, it.Planned.ID, it.Res.Key, r.whoIsFound(it))
}

// changedNow says which of the fields that the plan writes, or of a contact that it deletes, are not as it saw them. What an
// earlier try of the row itself has written is.
func (r *run[C]) changedNow(it *item.Row[C]) mapping.Problem {
	p := it.Planned
	saw, err := r.table.FromImage(p.Before)
	if err != nil {
		return mapping.Problem{Message: err.Error()}
	}
	fields := p.Changed
	if p.Action == outcome.ActionDelete {
		fields = r.comparable()
	}
	now := it.Found[0]
	differ := r.table.Same(saw, now, slices.DeleteFunc(slices.Clone(fields), r.writeOnlyFields.Has))
	if it.Has(phase.InDoubt) || it.Past != nil {
		if will, err := r.table.FromImage(p.After); err == nil {
			differ = r.table.Same(will, now, differ)
		}
	}
	parts := make([]string, len(differ))
	for i, f := range differ {
		parts[i] = fmt.Sprintf("%s: the plan saw %q, now it is %q", f, r.table.Text(saw, f), r.table.Text(now, f))
	}
	if len(parts) > 0 && r.written(it.Res.ID) {
		parts = append(parts, "another row of the plan has written the contact")
	}
	return mapping.Problem{Field: strings.Join(differ, ","), Message: strings.Join(parts, "; ")}
}

// comparable are the fields that people change and that can be read.
func (im *Importer[C]) comparable() crm.Fields {
	var fields crm.Fields
	for _, f := range im.table.Info() {
		if f.Writable && !f.WriteOnly {
			fields = append(fields, f.Name)
		}
	}
	return fields
}
