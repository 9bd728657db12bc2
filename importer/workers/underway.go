package workers

import (
	"context"
	"sync"
)

// Underway counts the rows that were handed to workers and are not done. The zero value is ready to use.
type Underway struct {
	mu    sync.Mutex
	rows  int
	fewer chan struct{} // closed when a row is done; nil where nobody waits for that
}

// Begin counts a row.
func (u *Underway) Begin() {
	u.mu.Lock()
	defer u.mu.Unlock()
	u.rows++
}

// End takes note that a row is done.
func (u *Underway) End() {
	u.mu.Lock()
	defer u.mu.Unlock()
	u.rows--
	if u.fewer != nil {
		close(u.fewer)
		u.fewer = nil
	}
}

// AtMost waits until no more than n rows are under way, or the context ends.
func (u *Underway) AtMost(ctx context.Context, n int) error {
	for {
		u.mu.Lock()
		if u.rows <= n {
			u.mu.Unlock()
			return nil
		}
		if u.fewer == nil {
			u.fewer = make(chan struct{})
		}
		fewer := u.fewer
		u.mu.Unlock()
		select {
		case <-fewer:
		case <-ctx.Done():
			return context.Cause(ctx)
		}
	}
}
