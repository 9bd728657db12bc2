package transport

import (
	"context"
	"errors"
	"io"
	"net/http"
	"time"
)

// grace is how long a write that has left may still be answered after its caller was told to stop.
const grace = 30 * time.Second

// errGrace ends a write that was not answered within the grace.
var errGrace = errors.New("no answer within the time left after the stop")

// lasting lets a write that has left be answered although its context ends meanwhile: given up, it would have to count
// as unknown. Waiting for the turn, which comes before, ends with the context.
type lasting struct{ next http.RoundTripper }

func (l lasting) RoundTrip(req *http.Request) (*http.Response, error) {
	if isRead(req.Method) || req.Context().Done() == nil {
		return l.next.RoundTrip(req)
	}
	ctx, release := longer(req.Context())
	resp, err := l.next.RoundTrip(req.WithContext(ctx))
	if err != nil {
		if ctx.Err() != nil {
			err = errGrace // not the caller's own cancellation: the request did leave
		}
		release()
		return nil, err
	}
	resp.Body = &releasingBody{resp.Body, release}
	return resp, nil
}

// longer is a context that ends a grace after ctx. Each request has its own until it is released: kept for later ones,
// those of a run whose steps have different contexts would pile up.
func longer(ctx context.Context) (after context.Context, release func()) {
	after, cancel := context.WithCancelCause(context.WithoutCancel(ctx))
	stop := context.AfterFunc(ctx, func() {
		timer := time.NewTimer(grace)
		defer timer.Stop()
		select {
		case <-timer.C:
			cancel(errGrace)
		case <-after.Done():
		}
	})
	return after, func() {
		stop()
		cancel(nil)
	}
}

// releasingBody releases what was held for an answer that is read to its end.
type releasingBody struct {
	io.ReadCloser
	release func()
}

func (b *releasingBody) Close() error {
	defer b.release()
	return b.ReadCloser.Close()
}
