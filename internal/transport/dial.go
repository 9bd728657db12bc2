package transport

import (
	"context"
	"errors"
	"net"
	"net/http/httptrace"
	"sync"
	"sync/atomic"
)

// dial follows one request to its connection, so that errors of requests of which nothing left can be told as errors
// of dialling, which not all of net/http's own errors say: those that never got a connection, a failed TLS handshake
// included, and those that got one which the server was just closing.
type dial struct {
	mu     sync.Mutex
	tried  bool
	got    bool
	conn   *measured // nil if it is not one of ours
	before int64     // bytes that had left by conn
	spare  int64     // bytes that may leave by it without being of the request
}

// trace returns a context with which the request is followed.
func (d *dial) trace(ctx context.Context) context.Context {
	return httptrace.WithClientTrace(ctx, &httptrace.ClientTrace{
		GetConn: func(string) {
			d.mu.Lock()
			defer d.mu.Unlock()
			d.tried = true
		},
		GotConn: func(info httptrace.GotConnInfo) {
			d.mu.Lock()
			defer d.mu.Unlock()
			d.got, d.conn, d.spare = true, measuredBelow(info.Conn), 0
			if d.conn != nil {
				d.before = d.conn.left.Load()
			}
			if info.Conn != net.Conn(d.conn) {
				d.spare = farewell
			}
		},
	})
}

// mark returns err as an error of dialling if nothing was sent. net/http has ended all writing when it returns an error
// that is not the context's.
func (d *dial) mark(err error) error {
	if isDial(err) || !d.nothingSent() {
		return err
	}
	return &net.OpError{Op: "dial", Net: "tcp", Err: err}
}

// farewell is no less than the bytes with which TLS says that it closes. A record with the head of a request is longer, and
// nothing of it can be read before all of it is there.
const farewell = 63

func (d *dial) nothingSent() bool {
	d.mu.Lock()
	defer d.mu.Unlock()
	if !d.got {
		return d.tried
	}
	return d.conn != nil && d.conn.left.Load()-d.before <= d.spare
}

// isDial reports whether err is there because no connection could be made.
func isDial(err error) bool {
	var op *net.OpError
	return errors.As(err, &op) && op.Op == "dial"
}

// measured is a connection that counts the bytes that leave by it.
type measured struct {
	net.Conn
	left atomic.Int64
}

func (m *measured) Write(p []byte) (int, error) {
	m.left.Add(int64(len(p))) // counted while they leave, as somebody may look meanwhile
	n, err := m.Conn.Write(p)
	m.left.Add(int64(n - len(p)))
	return n, err
}

// measuredBelow finds the connection that is measured, below TLS, if there is one.
func measuredBelow(c net.Conn) *measured {
	for {
		switch conn := c.(type) {
		case *measured:
			return conn
		case interface{ NetConn() net.Conn }: // TLS
			c = conn.NetConn()
		default:
			return nil
		}
	}
}

// dialer opens connections.
type dialer func(ctx context.Context, network, address string) (net.Conn, error)

// measure measures the connections that d opens.
func (d dialer) measure(ctx context.Context, network, address string) (net.Conn, error) {
	conn, err := d(ctx, network, address)
	if err != nil {
		return nil, err
	}
	return &measured{Conn: conn}, nil
}
