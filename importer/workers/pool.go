package workers

import (
	"context"
	"sync"
	"sync/atomic"
	"time"
)

// Pool are the workers of a run. As many are at work as there are places; one that waits for something other than an
// answer leaves its place to another.
type Pool struct {
	workers sync.WaitGroup
	places  chan struct{}
	away    atomic.Int32 // workers that have left their places
	start   func()       // lets one more worker take jobs until there are none
}

// Place is what the worker of a job holds. Only that worker touches it.
type Place struct {
	held     bool
	replaced bool // the worker has found a replacement, and ends after this job
}

// NewPool returns a pool with places for so many workers.
func NewPool(workers int) *Pool { return &Pool{places: make(chan struct{}, workers)} }

// Start starts the workers of a pool, which take jobs until there are none. place is the Place of a job.
func Start[T any](p *Pool, jobs <-chan T, place func(T) *Place, work func(T)) {
	p.start = func() {
		p.workers.Go(func() {
			for job := range jobs {
				p.places <- struct{}{}
				place(job).held = true
				work(job)
				<-p.places
				if place(job).replaced {
					return
				}
			}
		})
	}
	for range cap(p.places) {
		p.start()
	}
}

// Wait returns once all workers have ended.
func (p *Pool) Wait() { p.workers.Wait() }

// Leave gives a place to another worker, until back is called.
func (p *Pool) Leave(place *Place) (back func()) {
	if !place.held {
		return func() {}
	}
	p.away.Add(1)
	again := p.vacate(place)
	return func() {
		again()
		p.away.Add(-1)
	}
}

// vacate is Leave for a reason that is the job's alone.
func (p *Pool) vacate(place *Place) (back func()) {
	if !place.held {
		return func() {}
	}
	if !place.replaced {
		place.replaced = true
		p.start()
	}
	<-p.places
	return func() { p.places <- struct{}{} }
}

// Sleep waits for d, or until the context ends, without holding the place. When many wait already, they do so for a reason
// that the next jobs would meet too: then the place is kept.
func (p *Pool) Sleep(ctx context.Context, place *Place, d time.Duration) error {
	if int(p.away.Load()) < cap(p.places) {
		defer p.Leave(place)()
	}
	return Sleep(ctx, d)
}

// SleepAside waits for d, or until the context ends, while other jobs go first, however many wait so.
func (p *Pool) SleepAside(ctx context.Context, place *Place, d time.Duration) error {
	defer p.vacate(place)()
	return Sleep(ctx, d)
}

// Keep lets a worker keep its place while it waits, until restore is called.
func (place *Place) Keep() (restore func()) {
	held := place.held
	place.held = false
	return func() { place.held = held }
}

// Sleep waits for d, or until the context ends; then it returns the cause.
func Sleep(ctx context.Context, d time.Duration) error {
	select {
	case <-time.After(d):
		return nil
	case <-ctx.Done():
		return context.Cause(ctx)
	}
}

// Queue is how many rows may wait for a worker, looked up already. Few, because what was read gets old; but where many
// requests are in flight the disk, which makes their intents durable, has to be far ahead of them.
func Queue(workers int) int {
	if workers < manyWorkers {
		return workers
	}
	return 8 * workers
}

const manyWorkers = 32

// Send passes v on unless the context ends first.
func Send[T any](ctx context.Context, to chan<- T, v T) error {
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

// grace is how long a row that has begun may go on after the run was told to stop.
const grace = 30 * time.Second

// WithGrace returns a context that outlives ctx by the grace of rows that have begun.
func WithGrace(ctx context.Context) (context.Context, context.CancelFunc) {
	long, cancel := context.WithCancel(context.WithoutCancel(ctx))
	stop := context.AfterFunc(ctx, func() { time.AfterFunc(grace, cancel) })
	return long, func() { stop(); cancel() }
}
