package importer

import (
	"context"
	"errors"
	"io"

	"crmferry/internal/sheet"
	"crmferry/mapping"
)

// batch is some rows on their way from the reader to the profile: all their cells, and where each row ends.
type batch struct {
	cells []string
	ends  []int
}

const (
	batches   = 4
	batchRows = 512
)

// profile reads all rows, whatever the limit, so that a sheet is understood the same however much of it is taken.
func profile(ctx context.Context, o Options) (*mapping.Profile, error) {
	r, err := sheet.Open(o.Path, o.Sheet)
	if err != nil {
		return nil, err
	}
	defer r.Close()
	p := mapping.NewProfile(r.Header())
	full, empty := make(chan *batch, batches), make(chan *batch, batches)
	for range batches {
		empty <- &batch{}
	}
	done := make(chan struct{})
	go func() {
		defer close(done)
		for b := range full {
			start := 0
			for _, end := range b.ends {
				p.Add(b.cells[start:end])
				start = end
			}
			empty <- b
		}
	}()
	err = readBatches(ctx, r, full, empty)
	close(full)
	<-done

	return p, err
}

// readBatches sends all rows in batches, and uses again those that come back.
func readBatches(ctx context.Context, r *sheet.Reader, full chan<- *batch, empty <-chan *batch) error {
	for {
		if ctx.Err() != nil {
			return context.Cause(ctx)
		}
		b := <-empty
		b.cells, b.ends = b.cells[:0], b.ends[:0]
		for len(b.ends) < batchRows {
			row, err := r.Next()
			if errors.Is(err, io.EOF) {
				full <- b
				return nil
			}
			if err != nil {
				return err
			}
			b.cells = append(b.cells, row.Cells...)
			b.ends = append(b.ends, len(b.cells))
		}
		full <- b
	}
}
