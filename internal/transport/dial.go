package transport

import (
	"errors"
	"net"
	"net/http"
	"net/http/httptrace"
	"sync/atomic"
)

// dialed marks the errors of requests that never got a connection, a failed TLS handshake included, as errors of
// dialling: nothing was sent, which not all of net/http's own errors tell.
type dialed struct{ next http.RoundTripper }

func (d dialed) RoundTrip(req *http.Request) (*http.Response, error) {
	var tried, got atomic.Bool
	ctx := httptrace.WithClientTrace(req.Context(), &httptrace.ClientTrace{
		GetConn: func(string) { tried.Store(true) },
		GotConn: func(httptrace.GotConnInfo) { got.Store(true) },
	})
	resp, err := d.next.RoundTrip(req.WithContext(ctx))
	if err != nil && tried.Load() && !got.Load() && req.Context().Err() == nil && !isDial(err) {
		err = &net.OpError{Op: "dial", Net: "tcp", Err: err}
	}
	return resp, err
}

// isDial says whether err is there because no connection could be made.
func isDial(err error) bool {
	var op *net.OpError
	return errors.As(err, &op) && op.Op == "dial"
}
