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
	served bool
	err    error
	split  bool // several were refused: each is read by itself
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

// Begin gives the query to the worker of its row, once nobody reads it: the read has a context, with which that wait ends.
func (g *Together[C]) Begin(q *Query[C]) {
	if g == nil {
		return
	}
	g.mu.Lock()
	if i := slices.Index(g.waiting, q); i >= 0 { // the first ones begin first
		g.waiting = slices.Delete(g.waiting, i, i+1)
	}
	reading := g.reading[q]
	g.mu.Unlock()
	if reading != nil {
		<-reading
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

// leave takes back what was asked for by who waits no longer, or waits for the end of the read that it is in, which has a context: until
// then the query is not the row's.
func (g *Together[C]) leave(a *asking[C]) {
	g.mu.Lock()
	i := slices.Index(g.asked, a)
	if i >= 0 {
		g.asked = slices.Delete(g.asked, i, i+1)
	}
	g.mu.Unlock()
	if i < 0 {
		g.turn <- struct{}{}
		<-g.turn
	}
}

// readNext reads what is asked for, a among it.
func (g *Together[C]) readNext(a *asking[C], read func(...*Query[C]) error) {
	asked, queries, done := g.take(a)
	err := read(queries...)
	done()
	refused := crm.ClassOf(err) == crm.Permanent
	for _, other := range asked {
		other.served = err == nil || refused || other == a // else it tries by itself
		other.err, other.split = err, refused && len(queries) > 1
	}
}

// take takes what is asked for, a among it, and the oldest of what waits, as much as is read at once.
func (g *Together[C]) take(a *asking[C]) (asked []*asking[C], queries []*Query[C], done func()) {
	g.mu.Lock()
	defer g.mu.Unlock()
	asked = []*asking[C]{a}
	g.asked = slices.DeleteFunc(g.asked, func(other *asking[C]) bool {
		if other != a && len(asked) < g.batch {
			asked = append(asked, other)
			return true
		}
		return other == a
	})
	for _, other := range asked {
		queries = append(queries, other.query)
	}
	ended := make(chan struct{})
	g.waiting = slices.DeleteFunc(g.waiting, func(q *Query[C]) bool {
		if len(queries) >= g.batch || !g.old(q) {
			return false
		}
		queries, g.reading[q] = append(queries, q), ended
		return true
	})
	return asked, queries, func() { g.release(queries[len(asked):], ended) }
}

// release lets the rows of queries begin that were read while they waited.
func (g *Together[C]) release(read []*Query[C], ended chan struct{}) {
	g.mu.Lock()
	defer g.mu.Unlock()
	for _, q := range read {
		delete(g.reading, q)
	}
	close(ended)
}
