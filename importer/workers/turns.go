package workers

import (
	"context"
	"sync"
)

// Turns lets one job at a time have what is called by a name.
type Turns struct {
	pool *Pool
	mu   sync.Mutex
	busy map[string]chan struct{} // closed when the job that has it is done
}

// NewTurns returns turns of the jobs of a pool.
func NewTurns(pool *Pool) *Turns { return &Turns{pool: pool, busy: map[string]chan struct{}{}} }

// Take waits until no other job has the name, and keeps it until release is called. Meanwhile the job gives its place away.
func (t *Turns) Take(ctx context.Context, place *Place, name string) (release func(), err error) {
	mine := make(chan struct{})
	for {
		t.mu.Lock()
		other, taken := t.busy[name]
		if !taken {
			t.busy[name] = mine
		}
		t.mu.Unlock()
		if !taken {
			return func() { t.release(name, mine) }, nil
		}
		if err := t.await(ctx, place, other); err != nil {
			return nil, err
		}
	}
}

func (t *Turns) release(name string, mine chan struct{}) {
	t.mu.Lock()
	defer t.mu.Unlock()
	delete(t.busy, name)
	close(mine)
}

// await waits for a job that has the name.
func (t *Turns) await(ctx context.Context, place *Place, other <-chan struct{}) error {
	defer t.pool.Leave(place)()
	select {
	case <-other:
		return nil
	case <-ctx.Done():
		return context.Cause(ctx)
	}
}
