// Package pipenet is a network inside the process: for tests whose time is simulated (testing/synctest), in which a
// wait for a real connection would never end.
package pipenet

import (
	"context"
	"net"
	"net/http"
	"sync"
)

// Listener accepts what is dialled by its own Dial. It is safe for concurrent use.
type Listener struct {
	conns chan net.Conn
	done  chan struct{}
	close sync.Once
}

// New returns a listener.
func New() *Listener { return &Listener{conns: make(chan net.Conn), done: make(chan struct{})} }

// Dial connects to the listener, whatever the address. It fails when the listener is closed or the context ends.
func (l *Listener) Dial(ctx context.Context, _, _ string) (net.Conn, error) {
	here, there := net.Pipe()
	select {
	case l.conns <- there:
		return here, nil
	case <-l.done:
		return nil, &net.OpError{Op: "dial", Net: "pipe", Err: net.ErrClosed}
	case <-ctx.Done():
		return nil, &net.OpError{Op: "dial", Net: "pipe", Err: context.Cause(ctx)}
	}
}

// Accept waits for a connection; it fails with net.ErrClosed when the listener is closed.
func (l *Listener) Accept() (net.Conn, error) {
	select {
	case c := <-l.conns:
		return c, nil
	case <-l.done:
		return nil, net.ErrClosed
	}
}

// Close lets Accept and Dial fail.
func (l *Listener) Close() error {
	l.close.Do(func() { close(l.done) })
	return nil
}

// Addr is an address that means nothing.
func (l *Listener) Addr() net.Addr { return &net.TCPAddr{} }

// Serve answers with h until stop is called, which also ends what is being answered. The transport reaches it at any
// address.
func Serve(h http.Handler) (t *http.Transport, stop func()) {
	l := New()
	server := &http.Server{Handler: h}
	go func() { _ = server.Serve(l) }()
	t = &http.Transport{DialContext: l.Dial, MaxIdleConnsPerHost: 100}
	return t, func() {
		_ = server.Close()
		t.CloseIdleConnections()
	}
}
