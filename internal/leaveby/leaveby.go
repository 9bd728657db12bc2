// Package leaveby says by when a request has to leave, for those who know for how long it makes sense and those who let it
// wait.
package leaveby

import (
	"context"
	"errors"
	"time"
)

// ErrLate is the error of a request that could not leave in time. Nothing of it was sent.
var ErrLate = errors.New("the request could not leave in time")

type key struct{}

// With returns a context whose requests leave by a time or not at all. Their answers may come later.
func With(ctx context.Context, by time.Time) context.Context {
	return context.WithValue(ctx, key{}, by)
}

// Of is by when the requests of a context have to leave; ok is false where they may leave at any time.
func Of(ctx context.Context) (by time.Time, ok bool) {
	by, ok = ctx.Value(key{}).(time.Time)
	return by, ok
}

// Late reports whether at is too late for the requests of a context, by the clock on the wall, which goes on while the machine
// sleeps, or by the one that nobody sets.
func Late(ctx context.Context, at time.Time) bool {
	by, ok := Of(ctx)
	return ok && (at.After(by) || at.Round(0).After(by.Round(0)))
}
