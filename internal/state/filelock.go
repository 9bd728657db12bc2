package state

import (
	"context"
	"errors"
	"time"

	"github.com/gofrs/flock"
)

// LockEnding is how the names of lock files end.
const LockEnding = ".lock"

// lockRetry lies between two tries for a lock that is waited for.
const lockRetry = 100 * time.Millisecond

// NewLock is a lock that only the user may take, not taken.
func NewLock(path string) *flock.Flock { return flock.New(path, flock.SetPermissions(0o600)) }

// briefWait is how long another process may hold a lock that is meant to be held for a moment.
const briefWait = 10 * time.Second

// LockBriefly takes a lock that others hold for a moment only. It waits until the context ends, and not for long.
func LockBriefly(ctx context.Context, lock *flock.Flock) error {
	ctx, cancel := context.WithTimeoutCause(ctx, briefWait, errors.New("another process holds it"))
	defer cancel()
	_, err := lock.TryLockContext(ctx, lockRetry/10)
	if err == nil {
		return nil
	}
	_ = lock.Close()
	if ctx.Err() != nil {
		return context.Cause(ctx)
	}
	return err
}
