package transport

import (
	"context"
	"errors"
	"net/http"
	"sync"
	"time"
)

// grace is how long a write that has left may still be answered after its caller was told to stop.
const grace = 30 * time.Second

// errGrace ends a write that was not answered within the grace.
var errGrace = errors.New("no answer within the time left after the stop")

// lasting lets a write that has left be answered although its context ends meanwhile: given up, it would have to count
// as unknown. Waiting for the turn, which comes before, ends with the context.
type lasting struct {
	next http.RoundTripper

	mu    sync.Mutex
	done  <-chan struct{} // of the context that last was made to last: the requests of a run share one
	after context.Context // ends a grace after done
}

func (l *lasting) RoundTrip(req *http.Request) (*http.Response, error) {
	if isRead(req.Method) || req.Context().Done() == nil {
		return l.next.RoundTrip(req)
	}
	ctx := l.longer(req.Context())
	resp, err := l.next.RoundTrip(req.WithContext(ctx))
	if err != nil && ctx.Err() != nil {
		err = errGrace // not the caller's own cancellation: the request did leave
	}
	return resp, err
}

// longer is a context that ends a grace after ctx.
func (l *lasting) longer(ctx context.Context) context.Context {
	l.mu.Lock()
	defer l.mu.Unlock()
	if l.done == ctx.Done() && l.after.Err() == nil {
		return l.after
	}
	after, cancel := context.WithCancelCause(context.WithoutCancel(ctx))
	context.AfterFunc(ctx, func() {
		time.AfterFunc(grace, func() { cancel(errGrace) })
	})
	l.done, l.after = ctx.Done(), after
	return after
}
