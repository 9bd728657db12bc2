package importer

import (
	"context"
	"fmt"
	"sync/atomic"
	"time"

	"crmferry/importer/copied"
	"crmferry/importer/decide"
	"crmferry/importer/directory"
	"crmferry/importer/faults"
	"crmferry/importer/item"
	"crmferry/importer/journal"
	"crmferry/importer/modes"
	"crmferry/importer/outcome"
	"crmferry/importer/phase"
	"crmferry/importer/requests"
	"crmferry/importer/steps"
	"crmferry/importer/survey"
	"crmferry/importer/undo"
	"crmferry/importer/workers"
	"crmferry/importer/written"
	"crmferry/internal/crm"
	"crmferry/internal/leaveby"
)

// window is how many rows may be under way or wait for an earlier one to be reported: it bounds memory.
const window = 4096

// Progress is told how a run goes. Its methods are called from one goroutine.
type Progress interface {
	// Rows says how many rows are done and how many requests are still to come, as far as known.
	Rows(done int, requestsLeft int)
	// Became is told of each outcome.
	Became(o outcome.Outcome)
}

// run is one pass over the file with a vendor at the other end.
type run[C any] struct {
	*Importer[C]
	traits   crm.Traits // of the vendor
	precheck *item.Judge[C]
	rules    decide.Rules[C]
	undoing  undo.Way[C]
	slots    chan struct{}
	ready    chan *item.Row[C]
	results  chan *item.Row[C]
	stop     context.CancelCauseFunc
	pool     *workers.Pool
	requests requests.Sender
	probe    chan struct{}   // holds the create that goes alone
	graceCtx context.Context // ends a grace after the run was told to stop
	began    time.Time

	gate  *journal.Gate // lets rows leave that the vendor knows by their tokens
	early int           // rows with early intents since the journal was last hurried

	wrote    atomic.Bool  // a write succeeded
	linked   bool         // something that rows name was created before any row
	found    atomic.Bool  // a look-up succeeded
	failed   atomic.Int64 // rows that failed
	missed   atomic.Int64 // rows that failed or are unknown, while none was written
	health   *workers.Health
	forecast workers.Forecast
	underway workers.Underway
	together *directory.Together[C] // nil where rows are read one by one
	copied   *copied.Sums[C]        // nil where contacts are not copied before they are deleted
	written  *written.Contacts[C]
	steps    *steps.Doer[C]
}

// Run sends the rows and hands their results to sink in row order. It returns a *faults.Stop if it ended early, and any other
// error if results could not be written. The context ends the run after the requests in flight. Rows that have an
// outcome in the journal are not sent again, and rows in doubt are verified first.
func (im *Importer[C]) Run(ctx context.Context, sink outcome.Sink, progress Progress) (*outcome.Summary, error) {
	ctx, cancel := context.WithCancelCause(ctx)
	defer cancel(nil)
	r := im.newRun(cancel)
	last, end := workers.WithGrace(ctx)
	defer end()
	r.graceCtx = last
	r.forecast.Start(im.plan.Rows, im.plan.LookUps, im.plan.Writes)
	early := r.prepare(leaveby.Patient(ctx, im.o.Patience), progress)
	if early == nil {
		go r.runStages(ctx)
	} else {
		close(r.results)
	}
	summary, err := r.collect(sink, progress)
	if err != nil {
		return summary, err
	}
	if early != nil {
		return summary, &faults.Stop{Reason: early, Sent: r.linked || r.wrote.Load()}
	}
	if cause := context.Cause(ctx); cause != nil && (summary.Reached() < im.survey.Rows || summary.Open > 0) {
		return summary, &faults.Stop{Reason: cause, Sent: r.wrote.Load() || r.linked}
	}
	return summary, nil
}

func (im *Importer[C]) newRun(stop context.CancelCauseFunc) *run[C] {
	r := &run[C]{
		Importer: im, traits: im.vendor.Traits(), precheck: im.newPrecheck(), undoing: undo.NewWay(im.table, im.vendor, im.matching.Merge, im.vendorTime), stop: stop,
		slots: make(chan struct{}, window), ready: make(chan *item.Row[C], workers.Queue(im.o.Workers)), results: make(chan *item.Row[C], window),
		probe: make(chan struct{}, 1), began: im.clock(), health: workers.NewHealth(im.clock, im.o.outage()), pool: workers.NewPool(im.o.Workers),
	}
	if im.answered {
		r.health.OK()
	}
	r.written = written.New(r.pool, written.Options[C]{ID: im.table.ID, LooksUp: im.directory != nil, Undoes: im.o.From == modes.FromRun, Upserts: r.traits.CreateUpserts, Most: im.mostWritten()})
	r.wrote.Store(im.o.Journal.Counts().Written > 0)
	r.requests = requests.Sender{Clock: im.clock, Pool: r.pool, Health: r.health, Spoke: r.vendorAnswered, Wrote: r.forecast.Wrote, Pause: im.o.backoff()}
	r.steps = steps.New(steps.Options[C]{Table: im.table, Vendor: im.vendor, Directory: im.directory, Journal: im.o.Journal, Requests: &r.requests, Asked: r.forecast.Looked, Now: im.vendorTime})
	r.rules = decide.Rules[C]{Table: im.table, Matching: im.matching, Mode: im.o.Mode, Replace: im.o.Replace, Accept: im.o.Accept,
		BelievesIDs: im.o.believesIDs(), LooksUp: im.directory != nil, StepOnly: im.stepOnly, InFile: im.file.Keys.Has, Written: r.written.Has, CreatedBy: im.o.CreatedBy}
	r.gate = journal.NewGate(im.o.Journal)
	r.together = im.directory.Together(func(q *directory.Query[C]) bool {
		return len(q.Keys) > 0 && q.Keys[0].ID == "" && r.since(q.ReadAt) > MaxAge/2
	})
	return r
}

// mostWritten is how many rows are written at most. Of those that earlier sessions have written this one may call some invalid.
func (im *Importer[C]) mostWritten() int {
	return max(im.survey.Valid()+im.survey.Further, im.o.Journal.Counts().Written)
}

// prepare creates what is missing, lists the contacts if that is the way to look them up, and copies what is to be deleted.
func (r *run[C]) prepare(ctx context.Context, progress Progress) error {
	if err := r.o.Journal.Begin(ctx, r.survey.Rows, r.clock()); err != nil {
		return err
	}
	if !r.o.DryRun && len(r.plan.Missing) > 0 {
		if err := r.createLinks(ctx); err != nil {
			return err
		}
		r.forecast.Settle()
	}
	if err := r.listAll(ctx); err != nil {
		return err
	}
	return r.copyFirst(ctx, progress)
}

// listAll lists the contacts, once, if that is the way to look them up.
func (r *run[C]) listAll(ctx context.Context) error {
	if r.directory == nil || !r.directory.Lists() || r.directory.IsListed() {
		return nil
	}
	listing, err := r.directory.Requests(), r.directory.List(ctx)
	r.forecast.Looked(listing - r.directory.Left())
	return err
}

// runStages runs the stages (rows, look-ups, workers) until all rows are done or the context ends.
func (r *run[C]) runStages(ctx context.Context) {
	defer close(r.results)
	unwatch := r.watch(ctx)
	workers.Start(r.pool, r.ready, func(it *item.Row[C]) *workers.Place { return &it.Place }, func(it *item.Row[C]) {
		defer r.underway.End()
		if err := r.together.Begin(ctx, &it.Query); err != nil {
			r.leaveOpen(it, err)
			return
		}
		r.work(ctx, it)
	})
	if err := r.feed(ctx); err != nil {
		r.stop(err)
	}
	close(r.ready)
	r.pool.Wait()
	r.ended()
	unwatch()
}

// watch stops the run when its journal cannot be written any more.
func (r *run[C]) watch(ctx context.Context) (end func()) {
	if r.o.Journal == nil {
		return func() {}
	}
	ended := make(chan struct{})
	go func() {
		select {
		case <-r.o.Journal.Failed():
			r.stop(r.o.Journal.Err())
		case <-ended:
		case <-ctx.Done():
		}
	}()
	return func() { close(ended) }
}

// feed reads the rows, looks them up in batches and hands them to the workers.
func (r *run[C]) feed(ctx context.Context) error {
	var batch []*item.Row[C]
	flush := func() error {
		if len(batch) == 0 {
			return nil
		}
		defer func() { batch = batch[:0] }()
		return r.dispatch(ctx, batch)
	}
	err := r.rows(ctx, func(seq int, says *survey.Row[C], parts *item.Parts[C]) error {
		if len(r.slots) == cap(r.slots) { // none is given back before the first of the batch is done
			if err := flush(); err != nil {
				return err
			}
		}
		if err := workers.Send(ctx, r.slots, struct{}{}); err != nil {
			return err
		}
		it := r.row(seq, says)
		it.Parts = parts
		if known, err := r.recall(it); err != nil || known {
			return err
		}
		if it.Res.Outcome != "" {
			return r.done(it)
		}
		if r.recallCopy(it); it.Looked || r.directory.Alone(&it.Query) {
			return r.dispatch(ctx, []*item.Row[C]{it})
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

// recall takes over what the journal knows of a row, and reports whether that is its outcome.
func (r *run[C]) recall(it *item.Row[C]) (bool, error) {
	j := r.o.Journal
	res, written, err := j.Outcome(it.Seq)
	if err != nil {
		return false, err
	}
	if res != nil {
		it.Res, it.State = *res, phase.Recalled(written)
		if written {
			r.written.Add(it)
		}
		r.results <- it
		return true, nil
	}
	in := j.Doubt(it.Seq)
	if in == nil {
		return false, nil
	}
	if it.Past = in; !r.sendsByToken() {
		r.enter(it, phase.InDoubt)
	}
	if it.Res.Outcome == "" || !it.Misnamed && j.Intent(it.Seq) == nil {
		return false, nil
	}
	// What may have been sent then would not be sent now: a name that it bears is gone, say.
	it.Res.Problems = nil
	it.Res.MarkUnknown(outcome.ErrNoAnswer)
	return true, r.done(it)
}

// enter changes the phase of a row. What no row may become stops the run before anything else of it leaves: the engine is wrong
// about the row then, and what it would write down is.
func (r *run[C]) enter(it *item.Row[C], p phase.Phase) {
	if err := it.Enter(p); err != nil {
		r.stop(fmt.Errorf("row %d: %w", it.Res.Row, err))
	}
}

// batchSize is how many rows are looked up together; look-ups of single rows are the workers' own.
func (r *run[C]) batchSize() int {
	if r.directory == nil {
		return 1
	}
	return r.directory.Batch()
}

// dispatch looks a batch up, if that takes one request for all or none, and gives its rows to the workers. A batch that the vendor
// refuses is halved until the row whose key it refuses stands alone.
func (r *run[C]) dispatch(ctx context.Context, batch []*item.Row[C]) error {
	if together := len(batch) > 1; together || r.directory.AnswersAtOnce() {
		if err := r.awaitTurn(ctx, together); err != nil {
			return err
		}
		if err := r.find(ctx, batch...); err != nil {
			if r.stops(batch[0], err) || ctx.Err() != nil {
				return err
			}
			if crm.ClassOf(err) == crm.Permanent {
				half := len(batch) / 2
				if err := r.dispatch(ctx, batch[:half]); err != nil {
					return err
				}
				return r.dispatch(ctx, batch[half:])
			}
			for _, it := range batch {
				r.refuse(it, err)
				if err := r.done(it); err != nil {
					return err
				}
			}
			return nil
		}
	}
	if err := r.announce(ctx, batch); err != nil {
		return err
	}
	for i, it := range batch {
		r.together.Wait(&it.Query)
		r.underway.Begin()
		if err := workers.Send(ctx, r.ready, it); err != nil {
			for _, it := range batch[i:] {
				r.leaveOpen(it, err)
			}
			return err
		}
	}
	return nil
}

// soon is how long before their turn rows are looked up: long enough for the look-up, and else as late as can be.
const soon = 10 * time.Second

// awaitTurn waits until the rows under way are done soon, where few requests may leave and the vendor is to be asked.
func (r *run[C]) awaitTurn(ctx context.Context, asks bool) error {
	if n := r.rowsWithin(soon); n > 0 && asks {
		return r.underway.AtMost(ctx, n)
	}
	return nil
}

// find looks items up and tells the forecast.
func (r *run[C]) find(ctx context.Context, items ...*item.Row[C]) error {
	queries := make([]*directory.Query[C], len(items))
	for i, it := range items {
		queries[i] = &it.Query
	}
	err := r.requests.Read(ctx, &items[0].Trail, func() error { return r.directory.Find(ctx, queries...) })
	r.forecast.Looked(r.directory.CallCost(queries...))
	if err == nil {
		r.found.Store(true)
	}
	return err
}

// done takes a finished item down, passes it on, and stops the run when too many rows failed.
func (r *run[C]) done(it *item.Row[C]) error {
	r.keepDoubt(it)
	r.noteAge(it)
	r.planned(it)
	it.Res.Attempts, it.Res.Finished, it.Res.Ahead = it.Attempts, r.clock(), r.vendorAhead()
	if !it.Started.IsZero() {
		it.Res.Duration = it.Res.Finished.Sub(it.Started)
	}
	if err := it.Enter(phase.Settled); err != nil {
		r.stop(err)
		return err
	}
	err := r.o.Journal.AppendOutcome(it.Seq, &it.Res, it.Has(phase.Written))
	if err != nil {
		r.stop(err)
	}
	r.countFailure(it.Res.Outcome)
	r.results <- it
	return err
}

// trial is the number of rows after which a run without a single success stops.
const trial = 20

func (r *run[C]) countFailure(o outcome.Outcome) {
	most := int64(r.o.MaxFailures)
	if o == outcome.Failed && r.failed.Add(1) == most {
		r.stop(fmt.Errorf("%w: %d", faults.ErrTooManyFailures, most))
	}
	if most == 0 && (o == outcome.Failed || o == outcome.Unknown) && !r.wrote.Load() && r.missed.Add(1) == trial {
		r.stop(fmt.Errorf("%w (%d)", faults.ErrAllFailed, trial))
	}
}
