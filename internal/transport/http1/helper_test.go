package http1

import (
	"context"
	"io"
	"net"
	"net/http"
	"strings"
	"sync/atomic"
	"testing"
	"time"
)

// newTransport has one connection, without proxy and TLS.
func newTransport() *Transport {
	return &Transport{Dial: new(net.Dialer).DialContext, Conns: 1, ReadBuffer: 4096}
}

// answering dials a server that reads each request to its end and says text, then keeps the connection open or not. It
// counts connections.
func answering(t *testing.T, text string, keep bool) (tr *Transport, conns *atomic.Int64) {
	t.Helper()
	tr, conns = newTransport(), new(atomic.Int64)
	tr.Dial = func(context.Context, string, string) (net.Conn, error) {
		conns.Add(1)
		here, there := net.Pipe()
		go func() {
			defer there.Close()
			buf := make([]byte, 64<<10)
			for {
				if _, err := there.Read(buf); err != nil { // requests of these tests leave in one piece
					return
				}
				_ = there.SetWriteDeadline(time.Now().Add(time.Second))
				if _, err := io.WriteString(there, text); err != nil || !keep {
					return
				}
			}
		}()
		return here, nil
	}
	return tr, conns
}

// answer is what came of a request.
type answer struct {
	status int
	body   string
	err    error
}

// do sends a request with a body, or without one.
func do(t *testing.T, rt http.RoundTripper, ctx context.Context, method, url, body string) answer {
	t.Helper()
	var r io.Reader
	if body != "" {
		r = strings.NewReader(body)
	}
	req, err := http.NewRequestWithContext(ctx, method, url, r)
	if err != nil {
		t.Fatal(err)
	}
	resp, err := rt.RoundTrip(req)
	if err != nil {
		return answer{err: err}
	}
	defer resp.Body.Close()
	text, err := io.ReadAll(resp.Body)
	return answer{resp.StatusCode, string(text), err}
}
