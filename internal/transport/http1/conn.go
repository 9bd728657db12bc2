package http1

import (
	"bufio"
	"context"
	"errors"
	"io"
	"net"
	"net/http"
	"os"
	"runtime"
	"sync/atomic"
	"time"
)

// counted counts the bytes that leave by a connection, one goroutine at a time: the one whose request is on it.
type counted struct {
	net.Conn
	left   int64
	broken bool // something could not leave
}

func (c *counted) Write(p []byte) (int, error) {
	n, err := c.Conn.Write(p)
	c.left += int64(n)
	if runtime.GOOS == "windows" && errors.Is(err, os.ErrDeadlineExceeded) { // it says 0 of what it takes back, of which some may have left
		c.left += int64(len(p) - n)
	}
	c.broken = c.broken || err != nil
	return n, err
}

// conn is a connection, which one request has at a time.
type conn struct {
	net.Conn // with TLS, if there is any
	raw      *counted
	r        *bufio.Reader
	w        *bufio.Writer
	to       destination
	from     *Transport
	since    time.Time   // that it is idle
	before   int64       // bytes that had left when the request came
	head     int64       // bytes that a head may still have; negative while a body is read
	unwatch  func() bool // lets go of the context of the request
}

// watch ends what the connection reads and writes when the context ends.
func (c *conn) watch(ctx context.Context) {
	c.before = c.raw.left
	if ctx.Done() == nil {
		c.unwatch = func() bool { return true }
		return
	}
	c.unwatch = context.AfterFunc(ctx, func() { _ = c.SetDeadline(time.Unix(1, 0)) })
}

// hasEarly reports whether there may be an answer to a request that could not leave whole: a server that refuses it (401, 413, 429)
// need not read it, and closes the connection.
func (c *conn) hasEarly(ctx context.Context) bool {
	return c.raw.broken && c.sent() && ctx.Err() == nil && c.SetReadDeadline(time.Now().Add(time.Second)) == nil
}

// failed closes the connection and returns the error of its request.
func (c *conn) failed(ctx context.Context, err error) error {
	sent := c.sent()
	c.raw.Close() // TLS would say goodbye first, and wait if it cannot
	c.release(false)
	if cause := context.Cause(ctx); cause != nil {
		err = cause
	}
	if !sent {
		return notSent(err)
	}
	if IsDial(err) { // the context ended because of another request
		return &net.OpError{Op: "exchange", Net: "tcp", Err: err}
	}
	return err
}

// sent reports whether anybody may have read anything of the request: of a record of TLS nothing can be read before all of it
// is there, and one with the shortest head of a request is longer.
func (c *conn) sent() bool {
	left := c.raw.left - c.before
	if c.to.secure {
		return left > 40
	}
	return left > 0
}

// release ends the request; it leaves the connection to the next one if that may use it.
func (c *conn) release(again bool) {
	if c.unwatch() && again && c.r.Buffered() == 0 {
		c.from.put(c)
	} else {
		c.Close()
	}
	<-c.from.free
}

const (
	fresh = 10 * time.Millisecond // since its last answer a connection is taken to be open, where only time can tell
	look  = time.Millisecond      // is how long it is looked at then
)

// idleFor is how long the connection is idle: by the clock on the wall too, as the other one may stop while the machine sleeps.
func (c *conn) idleFor() time.Duration { return max(time.Since(c.since), time.Since(c.since.Round(0))) }

// isAlive reports whether nothing says that the server has closed the connection: it has sent no end, and nothing that
// nobody has asked for. It asks TLS, which may hold bytes already, and which takes its own messages (tickets) for itself.
func (c *conn) isAlive() bool {
	come, known := arrived(c.raw.Conn)
	if known && !c.to.secure {
		return !come
	}
	until := time.Unix(1, 0) // read no more than TLS holds
	if come || !known && c.idleFor() > fresh {
		until = time.Now().Add(look)
	}
	if c.SetReadDeadline(until) != nil {
		return false
	}
	var b [1]byte
	n, err := c.Conn.Read(b[:])
	timeout, ok := err.(net.Error)
	return n == 0 && ok && timeout.Timeout() && c.SetReadDeadline(time.Time{}) == nil
}

// Read reads from the connection, of a head no more than it may have.
func (c *conn) Read(p []byte) (int, error) {
	if c.head == 0 {
		return 0, errLongHead
	}
	if c.head > 0 && int64(len(p)) > c.head {
		p = p[:c.head]
	}
	n, err := c.Conn.Read(p)
	if c.head > 0 {
		c.head -= int64(n)
	}
	return n, err
}

// receive reads the answer up to its body.
func (c *conn) receive(req *http.Request) (*http.Response, error) {
	c.head = longestHead
	for {
		resp, err := http.ReadResponse(c.r, req)
		switch {
		case err != nil && c.head == 0:
			return nil, errLongHead
		case err != nil:
			return nil, err
		case resp.StatusCode/100 != 1 || resp.StatusCode == http.StatusSwitchingProtocols:
			c.head = -1
			return resp, nil
		}
	}
}

// body is the body of an answer.
type body struct {
	io.ReadCloser
	conn  atomic.Pointer[conn] // nil once it was let go; who closes need not be who reads
	ctx   context.Context
	again bool // the connection may be used again
}

func (b *body) Read(p []byte) (int, error) {
	n, err := b.ReadCloser.Read(p)
	if err == nil {
		return n, nil
	}
	if cause := context.Cause(b.ctx); err != io.EOF && cause != nil {
		err = cause
	}
	b.end(err == io.EOF && b.again)
	return n, err
}

// Close lets the connection go, which nobody uses again if the body was not read to its end.
func (b *body) Close() error {
	b.end(false)
	return nil
}

func (b *body) end(again bool) {
	if c := b.conn.Swap(nil); c != nil {
		c.release(again)
	}
}
