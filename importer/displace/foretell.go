package displace

import (
	"context"

	"crmferry/importer/item"
	"crmferry/importer/outcome"
	"crmferry/internal/crm"
	"crmferry/mapping"
)

// Foretell says of a row that is about to be sent which steps behind the write of its contact the vendor would refuse. read makes the
// requests for that.
func Foretell[C any](ctx context.Context, vendor crm.Creator[C], it *item.Row[C], read func(func() error) error) (wrong []mapping.Problem, err error) {
	f, ok := vendor.(crm.Forecaster[C])
	stepper, steps := vendor.(crm.Stepper[C])
	if !ok || !steps || it.Did != nil || it.InDoubt() || it.Res.Outcome != "" || !it.Fields.Has(f.Foretold()) {
		return nil, nil
	}
	var have *C
	if it.Res.Action == outcome.ActionUpdate {
		have = &it.Found[0]
	}
	for _, step := range stepper.Steps(have, it.Want, crm.Fields{f.Foretold()}) {
		var why string
		err := read(func() (err error) {
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
