package importer

import (
	"context"

	"crmferry/internal/sheet"
	"crmferry/mapping/cells"
)

// profile reads all rows, whatever the limit, so that a sheet is understood the same however much of it is taken. It
// keeps the layout of the file for all later readings.
func profile(ctx context.Context, o *Options) (*cells.Profile, error) {
	r, err := o.open()
	if err != nil {
		return nil, err
	}
	defer r.Close()
	o.layout = r.Layout()
	p := cells.NewProfile(r.Header())
	asTheyStand := func(int, sheet.Row, *struct{}) {}
	err = inBatches(ctx, source{Reader: r}, asTheyStand, func(_ int, row sheet.Row, _ *struct{}) error {
		p.Add(row.Cells, row.Points...)
		return nil
	})
	return p, err
}
