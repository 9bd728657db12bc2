package transport

import (
	"context"
	"errors"
	"net"
	"net/http/httptrace"
	"sync/atomic"
)

// dial follows one request to its connection, so that errors of requests that never got one, a failed TLS handshake
// included, can be told as errors of dialling: nothing was sent, which not all of net/http's own errors say.
type dial struct{ tried, got atomic.Bool }

// trace returns a context with which the request is followed.
func (d *dial) trace(ctx context.Context) context.Context {
	return httptrace.WithClientTrace(ctx, &httptrace.ClientTrace{
		GetConn: func(string) { d.tried.Store(true) },
		GotConn: func(httptrace.GotConnInfo) { d.got.Store(true) },
	})
}

// mark returns err as an error of dialling if there was no connection.
func (d *dial) mark(err error) error {
	if !d.tried.Load() || d.got.Load() || isDial(err) {
		return err
	}
	return &net.OpError{Op: "dial", Net: "tcp", Err: err}
}

// isDial says whether err is there because no connection could be made.
func isDial(err error) bool {
	var op *net.OpError
	return errors.As(err, &op) && op.Op == "dial"
}
