package steps

import (
	"context"

	"crmferry/importer/item"
	"crmferry/importer/outcome"
	"crmferry/internal/crm"
	"crmferry/mapping"
)

// Foretell says of a row that is about to be sent which steps behind the write of its contact the vendor would refuse.
func (d *Doer[C]) Foretell(ctx context.Context, it *item.Row[C]) (wrong []mapping.Problem, err error) {
	f, ok := d.o.Vendor.(crm.Forecaster[C])
	if !ok || d.stepper == nil || it.Did != nil || it.InDoubt() || it.Res.Outcome != "" || !it.Fields.Has(f.Foretold()) {
		return nil, nil
	}
	var have *C
	if it.Res.Action == outcome.ActionUpdate {
		have = &it.Found[0]
	}
	for _, step := range d.stepper.Steps(have, it.Want, crm.Fields{f.Foretold()}) {
		var why string
		err := d.o.Requests.Read(ctx, &it.Trail, func() (err error) {
			why, err = f.Refuses(ctx, step, have, it.Want)
			return err
		})
		if err != nil {
			return nil, err
		}
		if why != "" {
			wrong = append(wrong, mapping.Problem{Code: mapping.CodeBadID, Field: f.Foretold(), Message: f.Foretold() + ": " + why})
		}
	}
	return wrong, nil
}

// Foretelling is how many requests that takes for rows at most, of which sets says how many set a field.
func Foretelling[C any](vendor crm.Creator[C], sets map[string]int) int {
	if f, ok := vendor.(crm.Forecaster[C]); ok {
		return sets[f.Foretold()]
	}
	return 0
}
