package importer

import (
	"context"
	"errors"
	"fmt"
	"sync"
	"sync/atomic"

	"crmferry/internal/crm"
	"crmferry/internal/sheet"
)

// window is how many rows may be under way or wait for an earlier one to be reported: it bounds memory.
const window = 4096

// Progress is told how a run goes. Its methods are called from one goroutine.
type Progress interface {
	// Rows says how many rows are done and how many requests are still to come, as far as known.
	Rows(done int, requestsLeft int)
}

// Sink takes the results of a run in the order of the rows.
type Sink interface {
	Write(r *Result) error
}

// Stop is a run that ended before all rows were done.
type Stop struct {
	Reason error
	// Sent is false if nothing was written at the vendor.
	Sent bool
}

// Error is the reason.
func (s *Stop) Error() string { return s.Reason.Error() }

// Unwrap returns the reason.
func (s *Stop) Unwrap() error { return s.Reason }

// Reasons for which a run stops by itself.
var (
	ErrAllFailed       = errors.New("all of the first rows failed")
	ErrTooManyFailures = errors.New("too many rows failed")
)

// run is one pass over the file with a vendor at the other end.
type run[C any] struct {
	*Importer[C]
	judge   *judge[C]
	slots   chan struct{}
	ready   chan *item[C]
	results chan *item[C]
	stop    context.CancelCauseFunc

	wrote    atomic.Bool  // a write succeeded
	linked   bool         // something that rows name was created before any row
	found    atomic.Bool  // a look-up succeeded
	failed   atomic.Int64 // rows that failed or are unknown
	lastOK   atomic.Int64 // when a request last succeeded, in nanoseconds since 1970
	forecast forecast

	ids *idSet // of contacts that were written, as reported; nil where rows are only created

	mu       sync.Mutex
	wroteIDs *idSet                   // of contacts that were written, as answered; nil without look-ups
	busy     map[string]chan struct{} // by id: closed when the row that changes the contact is done
}

// Run sends the rows and hands their results to sink in row order. It returns a *Stop if it ended early, and any other
// error if results could not be written. The context ends the run after the requests in flight.
func (im *Importer[C]) Run(ctx context.Context, sink Sink, progress Progress) (*Summary, error) {
	ctx, cancel := context.WithCancelCause(ctx)
	defer cancel(nil)
	r := &run[C]{
		Importer: im, judge: newJudge(im), stop: cancel,
		slots: make(chan struct{}, window), ready: make(chan *item[C], im.o.Workers), results: make(chan *item[C], window),
		busy: map[string]chan struct{}{},
	}
	if im.lookup != nil || im.vendor.Traits().CreateUpserts {
		r.ids = newIDSet(im.survey.Valid())
	}
	if im.lookup != nil {
		r.wroteIDs = newIDSet(im.survey.Valid())
	}
	r.forecast.start(im.plan)
	if err := r.prepare(ctx); err != nil {
		return newSummary(im), &Stop{Reason: err, Sent: r.linked}
	}
	go r.pump(ctx)
	summary, err := r.collect(sink, progress)
	if err != nil {
		return summary, err
	}
	if cause := context.Cause(ctx); cause != nil && summary.Reached() < im.survey.Rows {
		return summary, &Stop{Reason: cause, Sent: r.wrote.Load() || r.linked}
	}
	return summary, nil
}

// prepare creates what is missing and lists the contacts if that is the way to look them up.
func (r *run[C]) prepare(ctx context.Context) error {
	if !r.o.DryRun && len(r.plan.Missing) > 0 {
		if err := r.createLinks(ctx); err != nil {
			return err
		}
	}
	if r.lookup == nil || !r.lookup.useList {
		return nil
	}
	if err := r.lookup.list(ctx); err != nil {
		return err
	}
	r.forecast.lookUps.Store(int64(r.lookup.left()))
	return nil
}

// pump runs the stages (rows, look-ups, workers) until all rows are done or the context ends.
func (r *run[C]) pump(ctx context.Context) {
	defer close(r.results)
	var workers sync.WaitGroup
	for range r.o.Workers {
		workers.Go(func() {
			for it := range r.ready {
				r.work(ctx, it)
			}
		})
	}
	if err := r.feed(ctx); err != nil {
		r.stop(err)
	}
	close(r.ready)
	workers.Wait()
}

// feed reads the rows, looks them up in batches and hands them to the workers.
func (r *run[C]) feed(ctx context.Context) error {
	src, err := sheet.Open(r.o.Path, r.o.Sheet)
	if err != nil {
		return r.named(err)
	}
	defer src.Close()
	var batch []*item[C]
	flush := func() error {
		defer func() { batch = batch[:0] }()
		return r.hand(ctx, batch)
	}
	err = r.each(ctx, src, func(row sheet.Row) error {
		if err := send(ctx, r.slots, struct{}{}); err != nil {
			return err
		}
		it := r.judge.row(row)
		if it.res.Outcome != "" {
			r.results <- it
			return nil
		}
		if batch = append(batch, it); len(batch) < r.batchSize() {
			return nil
		}
		return flush()
	})
	if err != nil {
		return err
	}
	return flush()
}

// batchSize is how many rows are looked up together; look-ups of single rows are the workers' own.
func (r *run[C]) batchSize() int {
	if r.lookup == nil || r.lookup.all != nil {
		return 1
	}
	return r.lookup.batch
}

// hand looks a batch up, if that takes one request for all, and gives its rows to the workers. A batch that the vendor
// refuses is halved until the row whose key it refuses stands alone.
func (r *run[C]) hand(ctx context.Context, batch []*item[C]) error {
	if len(batch) > 1 {
		if err := r.find(ctx, batch...); err != nil {
			if r.stops(batch[0], err) || ctx.Err() != nil {
				return err
			}
			if crm.ClassOf(err) == crm.Permanent {
				half := len(batch) / 2
				if err := r.hand(ctx, batch[:half]); err != nil {
					return err
				}
				return r.hand(ctx, batch[half:])
			}
			for _, it := range batch {
				r.refuse(it, err)
				r.done(it)
			}
			return nil
		}
	}
	for _, it := range batch {
		if err := send(ctx, r.ready, it); err != nil {
			return err
		}
	}
	return nil
}

// send passes v on unless the context ends first.
func send[T any](ctx context.Context, to chan<- T, v T) error {
	select { // one case and a default cost a tenth of two cases
	case to <- v:
		return nil
	default:
	}
	select {
	case to <- v:
		return nil
	case <-ctx.Done():
		return context.Cause(ctx)
	}
}

// find looks items up and tells the forecast.
func (r *run[C]) find(ctx context.Context, items ...*item[C]) error {
	err := r.retry(ctx, items[0], true, func() error { return r.lookup.match(ctx, items) })
	r.forecast.looked(r.lookup.cost(len(items)) + int(r.lookup.setup.Swap(0)))
	if err == nil {
		r.found.Store(true)
	}
	return err
}

// done passes a finished item on, and stops the run when too many rows failed.
func (r *run[C]) done(it *item[C]) {
	it.res.Finished = r.clock()
	if !it.started.IsZero() {
		it.res.Duration = it.res.Finished.Sub(it.started)
	}
	if it.res.Outcome == Failed || it.res.Outcome == Unknown {
		r.countFailure(r.failed.Add(1))
	}
	r.results <- it
}

// trial is the number of rows after which a run without a single success stops.
const trial = 20

func (r *run[C]) countFailure(failed int64) {
	switch most := int64(r.o.MaxFailures); {
	case most > 0 && failed >= most:
		r.stop(fmt.Errorf("%w: %d", ErrTooManyFailures, failed))
	case most == 0 && failed >= trial && !r.wrote.Load():
		r.stop(fmt.Errorf("%w (%d)", ErrAllFailed, trial))
	}
}
