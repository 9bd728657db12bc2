package decide

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"crmferry/importer/item"
	"crmferry/importer/outcome"
	"crmferry/importer/phase"
	"crmferry/importer/planfile"
	"crmferry/internal/crm"
	"crmferry/mapping"
)

// KeepToPlan leaves a row whose contact is not what the plan saw, or for which something else would be done.
func (d *Rules[C]) KeepToPlan(it *item.Row[C]) {
	p := it.Planned
	if p == nil || it.Made != nil || it.Res.Outcome == outcome.Created || it.Res.Outcome == outcome.Updated || it.Res.Outcome == outcome.Deleted {
		return
	}
	var why mapping.Problem
	switch {
	case p.Action == outcome.ActionCreate:
		why.Message = d.thereNow(it)
	case len(it.Found) != 1 || d.Table.ID(it.Found[0]) != p.ID:
		why.Message = d.anotherNow(it)
	default:
		why = d.changedNow(it)
	}
	if why.Message == "" {
		why = d.takenNow(it)
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
		it.Res.ID = d.Table.ID(it.Found[0])
	}
	it.Res.Before, it.Res.After, it.Res.Problems = nil, nil, []mapping.Problem{why}
}

// thereNow says which contact is there of a row by which the plan creates one, "" if none is.
func (d *Rules[C]) thereNow(it *item.Row[C]) string {
	if it.Res.Action == outcome.ActionCreate && it.Res.Outcome == "" {
		return ""
	}
	if len(it.Found) == 0 && d.createdBefore(it) != "" {
		return "the plan creates the " + d.Table.Noun() + ", and it was created since, by the run " + d.createdBefore(it)
	}
	return "the plan creates the " + d.Table.Noun() + ", and it is there now: " + d.whoIsFound(it)
}

// whoIsFound names the contacts that were found.
func (d *Rules[C]) whoIsFound(it *item.Row[C]) string {
	names := make([]string, len(it.Found))
	for i := range it.Found {
		names[i] = strings.TrimSuffix(d.Table.ID(it.Found[i])+", "+d.Table.Describe(&it.Found[i]), ", ")
	}
	return strings.Join(names, "; ")
}

// anotherNow says that what was found is not the contact of the plan.
func (d *Rules[C]) anotherNow(it *item.Row[C]) string {
	verb := map[outcome.Action]string{outcome.ActionUpdate: "updates", outcome.ActionDelete: "deletes"}[it.Planned.Action]
	if len(it.Found) == 0 {
		return fmt.Sprintf("the plan %s the %s %s, which is not there any more, or does not go by %q", verb, d.Table.Noun(), it.Planned.ID, it.Res.Key)
	}
	return fmt.Sprintf("the plan %s the %s %s, and what goes by %q now is %s", verb, d.Table.Noun(), it.Planned.ID, it.Res.Key, d.whoIsFound(it))
}

// changedNow says which of the fields that the plan writes, or of a contact that it deletes, are not as it saw them. What an
// earlier try of the row itself has written is.
func (d *Rules[C]) changedNow(it *item.Row[C]) mapping.Problem {
	p := it.Planned
	saw, err := d.Table.FromImage(p.Before)
	if err != nil {
		return mapping.Problem{Message: err.Error()}
	}
	fields := p.Changed
	if p.Action == outcome.ActionDelete {
		fields = d.comparable()
	}
	now := it.Found[0]
	differ := d.Table.Same(saw, now, d.Table.Readable(fields))
	if p.Action != outcome.ActionDelete && (it.Has(phase.InDoubt) || it.Past != nil) {
		if will, err := d.Table.FromImage(p.After); err == nil {
			differ = d.Table.Same(will, now, differ)
		}
	}
	parts := make([]string, len(differ))
	for i, f := range differ {
		parts[i] = fmt.Sprintf("%s: the plan saw %q, now it is %q", f, d.Table.Text(saw, f), d.Table.Text(now, f))
	}
	if len(parts) > 0 && d.Written != nil && d.Written(it.Res.ID) {
		parts = append(parts, "another row of the plan has written the "+d.Table.Noun())
	}
	return mapping.Problem{Field: strings.Join(differ, ","), Message: strings.Join(parts, "; ")}
}

// takenNow says who has what the row would take from the contact that the plan saw, if that is another one.
func (d *Rules[C]) takenNow(it *item.Row[C]) mapping.Problem {
	saw, now := it.Planned.Former, it.Takes
	if saw == nil || now == nil || saw.ID == now.ID || now.ID != "" && now.ID == it.Res.ID {
		return mapping.Problem{}
	}
	return mapping.Problem{Field: saw.Field, Message: fmt.Sprintf("%s: the plan takes it from %s, and now %s has it", saw.Field, whose(saw), whose(now))}
}

func whose(f *outcome.Former) string {
	if f.ID == "" {
		return "nobody"
	}
	return strings.TrimSuffix(f.ID+" ("+f.Name+")", " ()")
}

// Changes says field by field what a row of a plan would make of its contact, and of who has what it takes.
func Changes[C any](t *mapping.Table[C], res *outcome.Result) ([]planfile.Change, error) {
	if res.Outcome != "" || res.Action == outcome.ActionDelete {
		return nil, nil
	}
	if res.Of != nil {
		return changesOfParts(t, res)
	}
	now, err := t.FromImage(res.Before)
	if err != nil {
		return nil, err
	}
	will, err := t.FromImage(res.After)
	if err != nil {
		return nil, err
	}
	changes := make([]planfile.Change, len(res.Changed), len(res.Changed)+1)
	for i, f := range res.Changed {
		changes[i] = planfile.Change{Field: f, Now: t.Text(now, f), Will: t.Text(will, f)}
		if res.Action == outcome.ActionUpdate && t.WriteOnly(f) {
			changes[i].Now = planfile.Unread
		}
	}
	if f := res.Former; f != nil && f.ID != "" {
		changes = append(changes, planfile.Taken(f.Field, cmp.Or(f.Name, f.ID)))
	}
	return changes, nil
}

// changesOfParts are the changes of a row in parts: a field is named with the part that it is of.
func changesOfParts[C any](t *mapping.Table[C], res *outcome.Result) (all []planfile.Change, err error) {
	for i, part := range res.Of {
		changes, err := Changes(t, part)
		if err != nil {
			return nil, err
		}
		for _, c := range changes {
			c.Field = fmt.Sprintf("%s (%d/%d)", c.Field, i+1, len(res.Of))
			all = append(all, c)
		}
	}
	return all, nil
}

// comparable are the fields that people change and that can be read.
func (d *Rules[C]) comparable() crm.Fields {
	var fields crm.Fields
	for _, f := range d.Table.Info() {
		if f.Writable && !f.WriteOnly {
			fields = append(fields, f.Name)
		}
	}
	return fields
}
