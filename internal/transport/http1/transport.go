package http1

import (
	"bufio"
	"context"
	"crypto/tls"
	"errors"
	"fmt"
	"net"
	"net/http"
	"net/url"
	"sync"
	"time"
)

const (
	longestIdle = 30 * time.Second // servers close idle connections too; the longer, the likelier both at once
	longestHead = 1 << 20          // bytes of the status and the header of an answer
)

// ErrUnsendable is there if a request cannot be sent as it is, however often that is tried: by its address, its header, its body.
var ErrUnsendable = errors.New("the request cannot be sent")

var (
	errLongHead   = fmt.Errorf("the header of the answer is longer than %d KiB", longestHead>>10)
	errNoLength   = fmt.Errorf("%w: the length of the request's body is not known", ErrUnsendable)
	errWrongSize  = fmt.Errorf("%w: the request's body is not as long as it says", ErrUnsendable)
	errWrongParts = fmt.Errorf("%w: the method, the address or a header of the request has characters that it may not have", ErrUnsendable)
)

// Transport is an http.RoundTripper that sends each request once over HTTP/1.1. An error of a request of which nothing
// was sent is a net.OpError whose Op is "dial". It is safe for concurrent use; its fields may not change after the first
// request.
type Transport struct {
	// Dial opens a connection.
	Dial Dialer
	// TLS is for https; nil: the defaults of the machine.
	TLS *tls.Config
	// Proxy is the proxy for a request, nil for none; a nil Proxy is none for all. See http.ProxyFromEnvironment.
	Proxy func(*http.Request) (*url.URL, error)
	// Conns is how many connections there are at most; who needs one more waits. At least 1.
	Conns int
	// ReadBuffer is the size of a connection's buffer for answers, in bytes.
	ReadBuffer int

	once sync.Once
	free chan struct{} // has one for each connection that may be in use
	mu   sync.Mutex
	idle []*conn // the one used last is the last
}

var _ http.RoundTripper = (*Transport)(nil)

// RoundTrip sends a request, whose body has to have a known length. The connection is used again once the answer's body was read
// to its end.
func (t *Transport) RoundTrip(req *http.Request) (*http.Response, error) {
	if req.Body != nil {
		defer req.Body.Close()
	}
	c, err := t.connection(req)
	if err != nil {
		return nil, notSent(err)
	}
	c.watch(req.Context())
	cut := c.send(req)
	if cut != nil && !c.hasEarly(req.Context()) {
		return nil, c.failed(req.Context(), cut)
	}
	resp, err := c.receive(req)
	if err != nil {
		if cut != nil {
			err = cut
		}
		return nil, c.failed(req.Context(), err)
	}
	resp.Close = resp.Close || cut != nil
	if resp.Body == http.NoBody {
		c.release(!resp.Close && resp.StatusCode != http.StatusSwitchingProtocols)
		return resp, nil
	}
	unzip(resp)
	b := &body{ReadCloser: resp.Body, ctx: req.Context(), again: !resp.Close}
	b.conn.Store(c)
	resp.Body = b
	return resp, nil
}

// notSent tells an error of a request of which nothing left as one of dialling.
func notSent(err error) error {
	if IsDial(err) {
		return err
	}
	return &net.OpError{Op: "dial", Net: "tcp", Err: err}
}

// IsDial reports whether err is there because no connection could be made, or because nothing left by the one there was.
func IsDial(err error) bool {
	var op *net.OpError
	return errors.As(err, &op) && op.Op == "dial"
}

// connection takes an idle connection to where the request goes, or makes one.
func (t *Transport) connection(req *http.Request) (*conn, error) {
	if err := check(req); err != nil {
		return nil, err
	}
	to, err := t.destination(req)
	if err != nil {
		return nil, err
	}
	t.once.Do(func() { t.free = make(chan struct{}, max(t.Conns, 1)) })
	ctx := req.Context()
	if ctx.Err() != nil { // which a free connection would hide
		return nil, context.Cause(ctx)
	}
	select {
	case t.free <- struct{}{}:
	case <-ctx.Done():
		return nil, context.Cause(ctx)
	}
	for {
		c := t.take(to)
		if c == nil {
			break
		}
		if c.isAlive() {
			return c, nil
		}
		c.Close()
	}
	c, err := t.connect(ctx, to)
	if err != nil {
		<-t.free
		if cause := context.Cause(ctx); cause != nil {
			return nil, cause
		}
		return nil, err
	}
	return c, nil
}

// take takes the idle connection to a destination that was used last; nil if there is none. Those that were idle for
// too long are closed.
func (t *Transport) take(to destination) *conn {
	t.mu.Lock()
	defer t.mu.Unlock()
	for len(t.idle) > 0 && t.idle[0].idleFor() > longestIdle {
		t.idle[0].Close()
		t.idle = t.idle[1:]
	}
	for i := len(t.idle) - 1; i >= 0; i-- {
		if c := t.idle[i]; c.to == to {
			t.idle = append(t.idle[:i], t.idle[i+1:]...)
			return c
		}
	}
	return nil
}

// put makes a connection idle.
func (t *Transport) put(c *conn) {
	c.since = time.Now()
	t.mu.Lock()
	t.idle = append(t.idle, c)
	t.mu.Unlock()
}

// newConn makes a connection of what was dialled.
func (t *Transport) newConn(to destination, raw *counted, c net.Conn) *conn {
	n := &conn{Conn: c, raw: raw, to: to, from: t}
	n.r, n.w = bufio.NewReaderSize(n, t.ReadBuffer), bufio.NewWriter(n)
	return n
}
