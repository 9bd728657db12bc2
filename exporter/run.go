package exporter

import (
	"context"
	"errors"
	"time"
)

// Run reads the list into sink. Without an error, every contact that was in the list all the while was written exactly
// once, or the summary says Limited or Unproven. It returns ErrIncomplete if that cannot be shown, and what client and sink return.
// The summary is never nil. progress may be nil.
func (e *Exporter[C]) Run(ctx context.Context, sink Sink, progress Progress) (*Summary, error) {
	if progress == nil {
		progress = noProgress{}
	}
	r := &reading[C]{table: e.table, columns: e.columns, o: e.o, sink: sink, progress: progress, sum: &Summary{}, total: -1}
	start := time.Now()
	var err error
	if e.cursored != nil {
		err = r.readByCursor(ctx, e.cursored, e.o.Query)
	} else {
		err = e.readSections(ctx, r)
	}
	if errors.Is(err, errLimit) {
		r.sum.Limited, err = true, nil
	}
	if e.unnamer != nil {
		r.sum.Unnamed = e.unnamer.Unnamed()
	}
	r.sum.Elapsed = time.Since(start)
	return r.sum, err
}
