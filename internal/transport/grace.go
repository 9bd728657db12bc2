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
	if isRead(req.Method) {
		return l.next.RoundTrip(req)
	}
	ctx, cancel := context.WithCancelCause(context.WithoutCancel(req.Context()))
	stop := context.AfterFunc(req.Context(), func() {
		time.AfterFunc(grace, func() { cancel(errGrace) })
	})
	release := func() { stop(); cancel(nil) }
	resp, err := l.next.RoundTrip(req.WithContext(ctx))
	if err != nil {
		if context.Cause(ctx) == errGrace {
			err = errGrace // not the caller's own cancellation: the request did leave
		}
		release()
		return nil, err
	}
	resp.Body = &releasing{ReadCloser: resp.Body, release: release}
	return resp, nil
}

// releasing frees what a request holds once its answer is read.
type releasing struct {
	io.ReadCloser
	release func()
}

func (r *releasing) Close() error {
	defer r.release()
	return r.ReadCloser.Close()
}
