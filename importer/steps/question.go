package steps

import (
	"context"

	"crmferry/importer/item"
	"crmferry/importer/outcome"
	"crmferry/internal/crm"
	"crmferry/mapping"
)

// question is who has what a row would give to its contact.
type question[C any] struct {
	table  *mapping.Table[C]
	vendor crm.Displacer[C]
	steps  []crm.Step
	have   *C
	want   C
}

// questionOf is the question that a row raises, nil if it would take nothing from anybody. fields are those that it would write.
func questionOf[C any](t *mapping.Table[C], vendor any, it *item.Row[C], fields crm.Fields) *question[C] {
	d, ok := vendor.(crm.Displacer[C])
	stepper, steps := vendor.(crm.Stepper[C])
	if !ok || !steps || len(it.Found) > 1 {
		return nil
	}
	q := &question[C]{table: t, vendor: d, want: it.Want}
	if len(it.Found) == 1 {
		q.have = &it.Found[0]
	}
	if q.have == nil && isOfNew(t, q.want) {
		return nil
	}
	if q.steps = stepper.Steps(q.have, q.want, fields); len(q.steps) == 0 {
		return nil
	}
	return q
}

// ask asks the vendor. The answer has no id if nobody has it.
func (q *question[C]) ask(ctx context.Context) (*outcome.Former, error) {
	for _, step := range q.steps {
		c, err := q.vendor.Holder(ctx, step, q.have, q.want)
		if err != nil {
			return nil, err
		}
		if c != nil {
			return &outcome.Former{Field: step.Fields[0], ID: q.table.ID(*c), Name: q.table.Describe(c)}, nil
		}
	}
	return &outcome.Former{Field: q.steps[0].Fields[0]}, nil
}

// isOfNew reports whether a contact is to be linked to a thing that is not there yet: nobody has anything there.
func isOfNew[C any](t *mapping.Table[C], want C) bool {
	for _, f := range t.Info() {
		if ref := t.Link(want, f.Name); ref.ID == "" && ref.Name != "" {
			return true
		}
	}
	return false
}
