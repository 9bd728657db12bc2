package transport

import (
	"context"
	"errors"
	"time"
)

// grace is how long a write that has left may still be answered after its caller was told to stop.
const grace = 30 * time.Second

// errGrace ends a write that was not answered within the grace.
var errGrace = errors.New("no answer within the time left after the stop")

// lasting is the context of a write that has left, which may be answered although the caller's context ends meanwhile: given up, it
// would have to count as unknown. It ends a grace after that one. Each request has its own until it is released: kept for later
// ones, those of a run whose steps have different contexts would pile up.
func lasting(ctx context.Context) (after context.Context, cancel context.CancelCauseFunc, release func() bool) {
	after, cancel = context.WithCancelCause(context.WithoutCancel(ctx))
	release = context.AfterFunc(ctx, func() {
		timer := time.NewTimer(grace)
		defer timer.Stop()
		select {
		case <-timer.C:
			cancel(errGrace)
		case <-after.Done():
		}
	})
	return after, cancel, release
}
