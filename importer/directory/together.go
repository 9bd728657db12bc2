package directory

import (
	"context"
	"slices"
	"sync"

	"crmferry/internal/crm"
)

// Together reads queries once more in few requests: those that are asked for while others are read are read next, all at
// once, and with them queries of rows that still wait for their turn and would be asked for soon.
type Together[C any] struct {
	batch   int                  // queries that are read at once, at most
	old     func(*Query[C]) bool // reports whether what was found is soon too old to decide by
	turn    chan struct{}        // held by who reads
	mu      sync.Mutex
	asked   []*asking[C]
	waiting []*Query[C]                   // of rows that wait for a worker, in their order
	reading map[*Query[C]]<-chan struct{} // those of them that are being read
}

// asking is one query of a row that a worker has.
type asking[C any] struct {
	query  *Query[C]
	left   bool // its row waits no longer
	served bool
	err    error
	split  bool // several were refused: each is read by itself
}

// reading is a read of queries, of which it has copies: whose row waits no longer is not touched.
type reading[C any] struct {
	asked   []*asking[C]
	waiting []*Query[C]
	copies  []*Query[C] // of those of asked, and then of waiting
	ended   chan struct{}
}

// Together returns what reads queries once more together; nil where one request reads one of them only.
func (d *Directory[C]) Together(old func(*Query[C]) bool) *Together[C] {
	if d == nil || d.finder == nil || d.batch == 1 || d.traits.FindEach {
		return nil
	}
	return &Together[C]{batch: d.batch, old: old, turn: make(chan struct{}, 1), reading: map[*Query[C]]<-chan struct{}{}}
}

// Wait takes down that the row of a query waits for a worker. Until Begin only a Together touches the query.
func (g *Together[C]) Wait(q *Query[C]) {
	if g == nil || !q.Looked {
		return
	}
	g.mu.Lock()
	defer g.mu.Unlock()
	g.waiting = append(g.waiting, q)
}

// Begin gives the query to the worker of its row, once nobody reads it; an error is the cause of the end of ctx.
func (g *Together[C]) Begin(ctx context.Context, q *Query[C]) error {
	if g == nil {
		return nil
	}
	g.mu.Lock()
	if i := slices.Index(g.waiting, q); i >= 0 { // the first ones begin first
		g.waiting = slices.Delete(g.waiting, i, i+1)
	}
	reading := g.reading[q]
	g.mu.Unlock()
	if reading == nil {
		return nil
	}
	select {
	case <-reading:
		return nil
	case <-ctx.Done():
		g.mu.Lock()
		defer g.mu.Unlock()
		delete(g.reading, q)
		return context.Cause(ctx)
	}
}

// Again reads a query once more by read, which answers queries, and others along with it. What several are refused for may be the
// fault of one: then each is read by itself.
func (g *Together[C]) Again(ctx context.Context, q *Query[C], read func(...*Query[C]) error) error {
	if g == nil {
		return read(q)
	}
	a := &asking[C]{query: q}
	g.mu.Lock()
	g.asked = append(g.asked, a)
	g.mu.Unlock()
	select {
	case g.turn <- struct{}{}:
	case <-ctx.Done():
		g.leave(a)
		return context.Cause(ctx)
	}
	if !a.served {
		g.readNext(a, read)
	}
	<-g.turn
	if a.split {
		return read(q)
	}
	return a.err
}

// leave takes back what was asked for by who waits no longer.
func (g *Together[C]) leave(a *asking[C]) {
	g.mu.Lock()
	defer g.mu.Unlock()
	a.left = true
	g.asked = slices.DeleteFunc(g.asked, func(other *asking[C]) bool { return other == a })
}

// readNext reads what is asked for, a among it.
func (g *Together[C]) readNext(a *asking[C], read func(...*Query[C]) error) {
	r := g.take(a)
	g.give(r, read(r.copies...))
}

// take takes what is asked for, a among it, and the oldest of what waits, as much as is read at once.
func (g *Together[C]) take(a *asking[C]) *reading[C] {
	g.mu.Lock()
	defer g.mu.Unlock()
	r := &reading[C]{asked: []*asking[C]{a}, ended: make(chan struct{})}
	add := func(q *Query[C]) {
		c := *q
		r.copies = append(r.copies, &c)
	}
	g.asked = slices.DeleteFunc(g.asked, func(other *asking[C]) bool {
		if other != a && len(r.asked) < g.batch {
			r.asked = append(r.asked, other)
			return true
		}
		return other == a
	})
	for _, other := range r.asked {
		add(other.query)
	}
	g.waiting = slices.DeleteFunc(g.waiting, func(q *Query[C]) bool {
		if len(r.copies) >= g.batch || !g.old(q) {
			return false
		}
		add(q)
		r.waiting, g.reading[q] = append(r.waiting, q), r.ended
		return true
	})
	return r
}

// give gives what was read to the rows that still wait for it.
func (g *Together[C]) give(r *reading[C], err error) {
	g.mu.Lock()
	defer g.mu.Unlock()
	refused := crm.ClassOf(err) == crm.Permanent
	for i, other := range r.asked {
		other.served = err == nil || refused || i == 0 // else it tries by itself
		other.err, other.split = err, refused && len(r.copies) > 1
		if err == nil && !other.left {
			*other.query = *r.copies[i]
		}
	}
	for i, q := range r.waiting {
		if g.reading[q] != r.ended { // it has begun without
			continue
		}
		if delete(g.reading, q); err == nil {
			*q = *r.copies[len(r.asked)+i]
		}
	}
	close(r.ended)
}
