package http1

import (
	"context"
	"io"
	"net"
	"net/http"
	"strings"
	"testing"
	"time"
)

// FuzzAnswer compares what is made of whatever a server says with what net/http makes of it.
func FuzzAnswer(f *testing.F) {
	for _, text := range []string{
		hello, "", "HTTP/1.1 200\r\n\r\nx", "HTTP/1.1 200 OK\nContent-Length: 1\n\nx", "HTTP/1.1 204 No\r\nContent-Length: 2\r\n\r\nxx",
		"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5;a=b\r\nhello\r\n0\r\n\r\n", "HTTP/1.1 100 Continue\r\n\r\n" + hello,
		"HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\n\r\n\x1f\x8b", "HTTP/1.0 500 No\r\nConnection: keep-alive\r\n\r\nhello",
		"HTTP/1.1 200 OK\r\nContent-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n", "HTTP/1.1 200 OK\r\nX : y\r\n\r\n", "HTTP/1.1 101 x\r\n\r\n",
	} {
		f.Add(text)
	}
	f.Fuzz(func(t *testing.T, text string) {
		ctx, cancel := context.WithTimeout(t.Context(), 5*time.Second)
		defer cancel()
		dial := func(context.Context, string, string) (net.Conn, error) {
			here, there := net.Pipe()
			go func() {
				_, _ = there.Read(make([]byte, 4096))
				_ = there.SetWriteDeadline(time.Now().Add(time.Second))
				_, _ = io.WriteString(there, text)
				there.Close()
			}()
			return here, nil
		}
		tr := newTransport()
		tr.Dial = dial
		theirs := &http.Transport{DialContext: dial, DisableKeepAlives: false, MaxResponseHeaderBytes: longestHead}
		defer theirs.CloseIdleConnections()
		got := do(t, tr, ctx, http.MethodPost, "http://crm.example.com/", "{}")
		want := do(t, theirs, ctx, http.MethodPost, "http://crm.example.com/", "{}")
		if (got.err == nil) != (want.err == nil) && !strings.HasPrefix(text, "HTTP/1.1 101") || got.err == nil && (got.status != want.status || got.body != want.body) {
			t.Errorf("%q: got %d %q, %v; net/http: %d %q, %v", text, got.status, got.body, got.err, want.status, want.body, want.err)
		}
		if ctx.Err() != nil {
			t.Errorf("%q: it took too long", text)
		}
		if len(tr.free) != 0 {
			t.Errorf("%q: the connection was not let go", text)
		}
	})
}
