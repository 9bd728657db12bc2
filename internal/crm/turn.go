package crm

import "context"

// Turn is a lock that a caller stops waiting for when its context ends.
type Turn chan struct{}

// NewTurn returns one that nobody holds.
func NewTurn() Turn { return make(Turn, 1) }

// Take waits for it; the error is that of the context.
func (t Turn) Take(ctx context.Context) error {
	select {
	case t <- struct{}{}:
		return nil
	case <-ctx.Done():
		return context.Cause(ctx)
	}
}

// Pass gives it back.
func (t Turn) Pass() { <-t }
