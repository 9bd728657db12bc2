package importer

import (
	"context"
	"sync"
	"sync/atomic"
	"time"
)

// crew are the workers of a run. As many are at work as there are places; one that waits for something other than an
// answer leaves its place to another.
type crew struct {
	sync.WaitGroup
	places chan struct{}
	away   atomic.Int32 // workers that have left their places
	hire   func()       // lets one more worker take rows until there are none
}

// recruit hires the workers of a run, which ends with ctx.
func (r *run[C]) recruit(ctx context.Context) {
	r.crew.hire = func() {
		r.crew.Go(func() {
			for it := range r.ready {
				r.crew.places <- struct{}{}
				it.placed = true
				r.work(ctx, it)
				<-r.crew.places
				if it.replaced {
					return
				}
			}
		})
	}
	for range r.o.Workers {
		r.crew.hire()
	}
}

// leave gives the place of an item's worker to another one, until back is called.
func (r *run[C]) leave(it *item[C]) (back func()) {
	if !it.placed {
		return func() {}
	}
	r.crew.away.Add(1)
	again := r.vacate(it)
	return func() {
		again()
		r.crew.away.Add(-1)
	}
}

// vacate is leave for a reason that is the item's alone.
func (r *run[C]) vacate(it *item[C]) (back func()) {
	if !it.placed {
		return func() {}
	}
	if !it.replaced {
		it.replaced = true
		r.crew.hire()
	}
	<-r.crew.places
	return func() { r.crew.places <- struct{}{} }
}

// rest waits for d, or until the context ends, without holding a place. When many rest already, they do so for a reason
// that the next rows would meet too: then the place is kept.
func (r *run[C]) rest(ctx context.Context, it *item[C], d time.Duration) error {
	if int(r.crew.away.Load()) < r.o.Workers {
		defer r.leave(it)()
	}
	return sleep(ctx, d)
}

// stepAside waits for d, or until the context ends, while other rows go first, however many wait so.
func (r *run[C]) stepAside(ctx context.Context, it *item[C], d time.Duration) error {
	defer r.vacate(it)()
	return sleep(ctx, d)
}
