package transport

import (
	"context"
	"errors"
	"io"
	"net/http"
	"time"
)

// errGrace ends a write that was not answered within the grace.
var errGrace = errors.New("no answer within the time left after the stop")

// lasting lets a write that has left be answered although its context ends meanwhile: given up, it would have to count
// as unknown. Waiting for the turn, which comes before, ends with the context.
type lasting struct {
	next  http.RoundTripper
	grace time.Duration // for the answer after the context has ended; 0 for none
}

func (l lasting) RoundTrip(req *http.Request) (*http.Response, error) {
	if l.grace == 0 || isRead(req.Method) {
		return l.next.RoundTrip(req)
	}
	ctx, cancel := context.WithCancelCause(context.WithoutCancel(req.Context()))
	stop := context.AfterFunc(req.Context(), func() {
		time.AfterFunc(l.grace, func() { cancel(errGrace) })
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
