package http1

import (
	"bufio"
	"context"
	"crypto/tls"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/http/httptest"
	"runtime"
	"strings"
	"sync"
	"testing"
	"time"
)

// together is a connection that writes what it is given only when it is told to.
type together struct {
	net.Conn
	w *bufio.Writer
}

func (c together) Write(p []byte) (int, error) { return c.w.Write(p) }

// numbered is a server whose answers are the number of the connection and that of the request on it. After each answer it does as after says,
// in the same breath unless it waits until the answer was heard. Whoever has heard one says so to heard, and waits for done.
func numbered(t *testing.T, secure *tls.Config, after func(c, raw net.Conn, wait func())) (address string, heard, done chan struct{}) {
	t.Helper()
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { l.Close() })
	heard, done = make(chan struct{}, 1), make(chan struct{})
	serve := func(n int, raw net.Conn) {
		defer raw.Close()
		w := bufio.NewWriterSize(raw, 64<<10)
		c := net.Conn(together{raw, w})
		if secure != nil {
			s := tls.Server(flushing{c, w}, secure)
			if s.Handshake() != nil {
				return
			}
			c = s
		}
		r := bufio.NewReader(c)
		for i := range 10 {
			if i > 0 || secure != nil {
				_ = w.Flush()
			}
			req, err := http.ReadRequest(r)
			if err != nil {
				return
			}
			_, _ = io.Copy(io.Discard, req.Body)
			text := fmt.Sprint(n, ".", i)
			fmt.Fprintf(c, "HTTP/1.1 200 OK\r\nContent-Length: %d\r\n\r\n%s", len(text), text)
			wait := sync.OnceFunc(func() {
				_ = w.Flush()
				<-heard
			})
			after(c, raw, wait)
			wait()
			_ = w.Flush()
			done <- struct{}{}
		}
	}
	go func() {
		for n := 0; ; n++ {
			raw, err := l.Accept()
			if err != nil {
				return
			}
			go serve(n, raw)
		}
	}()
	return l.Addr().String(), heard, done
}

// flushing lets a handshake go on: what was written leaves before anything is waited for.
type flushing struct {
	net.Conn
	w *bufio.Writer
}

func (c flushing) Read(p []byte) (int, error) {
	if err := c.w.Flush(); err != nil {
		return 0, err
	}
	return c.Conn.Read(p)
}

// TestNotUsedAgain: a connection that the server has ended, or on which it has said what nobody asked for, is not used again, however
// soon: the next request would be in doubt, or take for its answer what is none.
func TestNotUsedAgain(t *testing.T) {
	const stray = "HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nstray"
	certified := httptest.NewTLSServer(nil)
	defer certified.Close()
	config := func(version uint16) *tls.Config {
		return &tls.Config{Certificates: certified.TLS.Certificates, MinVersion: version, MaxVersion: version}
	}
	for name, after := range map[string]func(c, raw net.Conn, wait func()){
		"another answer at once": func(c, _ net.Conn, _ func()) { _, _ = io.WriteString(c, stray) },
		"another answer": func(c, _ net.Conn, wait func()) {
			wait()
			_, _ = io.WriteString(c, stray)
		},
		"its end": func(_, raw net.Conn, wait func()) {
			wait()
			raw.Close()
		},
		"its end at once": func(c, raw net.Conn, wait func()) {
			if s, ok := c.(*tls.Conn); ok {
				_ = s.CloseWrite() // without an end of what is below
				_ = raw.SetWriteDeadline(time.Time{})
				return
			}
			wait()
			_ = raw.(*net.TCPConn).CloseWrite()
		},
		"a reset": func(_, raw net.Conn, wait func()) {
			wait()
			_ = raw.(*net.TCPConn).SetLinger(0)
			raw.Close()
		},
	} {
		for protocol, secure := range map[string]*tls.Config{"http": nil, "TLS 1.2": config(tls.VersionTLS12), "TLS 1.3": config(tls.VersionTLS13)} {
			t.Run(name+", "+protocol, func(t *testing.T) {
				tr, scheme := trusting(certified), "https://"
				if secure == nil {
					scheme = "http://"
				}
				address, heard, done := numbered(t, secure, after)
				for i := range 4 {
					got := do(t, tr, t.Context(), http.MethodPost, scheme+address, "{}")
					if want := fmt.Sprint(i, ".0"); got.err != nil || got.body != want {
						t.Fatalf("request %d: %q, %v", i, got.body, got.err)
					}
					heard <- struct{}{}
					<-done
					if runtime.GOOS != "linux" && runtime.GOOS != "darwin" {
						time.Sleep(2 * fresh)
					}
				}
			})
		}
	}
}

// TestStuck: TLS does not wait for a farewell where the server no longer reads.
func TestStuck(t *testing.T) {
	certified := httptest.NewTLSServer(nil)
	defer certified.Close()
	l, err := tls.Listen("tcp", "127.0.0.1:0", &tls.Config{Certificates: certified.TLS.Certificates})
	if err != nil {
		t.Fatal(err)
	}
	defer l.Close()
	ctx, cancel := context.WithCancel(t.Context())
	var ended time.Time
	hang := make(chan struct{})
	defer close(hang)
	go func() {
		c, err := l.Accept()
		if err != nil {
			return
		}
		defer c.Close()
		_, _ = c.Read(make([]byte, 1))
		time.Sleep(200 * time.Millisecond) // all buffers are full
		ended = time.Now()
		cancel()
		<-hang
	}()
	got := do(t, trusting(certified), ctx, http.MethodPost, "https://"+l.Addr().String(), strings.Repeat("x", 32<<20))
	if took := time.Since(ended); !errors.Is(got.err, context.Canceled) || IsDial(got.err) || took > 3*time.Second {
		t.Errorf("after %v: %v", took, got.err)
	}
}

// TestCauseOfAnother: what had left is in doubt though its context ended because another request was not sent.
func TestCauseOfAnother(t *testing.T) {
	hang := make(chan struct{})
	ctx, cancel := context.WithCancelCause(t.Context())
	server := httptest.NewServer(http.HandlerFunc(func(http.ResponseWriter, *http.Request) {
		cancel(notSent(errors.New("no route")))
		<-hang
	}))
	defer server.Close()
	defer close(hang)
	if got := do(t, newTransport(), ctx, http.MethodPost, server.URL, "{}"); got.err == nil || IsDial(got.err) {
		t.Errorf("got %v", got.err)
	}
}

// TestEndedBefore: with a context that has ended nothing is sent, though there is a connection.
func TestEndedBefore(t *testing.T) {
	tr, _ := answering(t, hello, true)
	ctx, cancel := context.WithCancel(t.Context())
	do(t, tr, ctx, http.MethodPost, "http://crm.example.com/", "{}")
	cancel()
	for range 100 {
		if got := do(t, tr, ctx, http.MethodPost, "http://crm.example.com/", "{}"); !IsDial(got.err) || !errors.Is(got.err, context.Canceled) {
			t.Fatalf("got %v", got.err)
		}
	}
}

// TestClosedByAnother: who closes a body need not be who reads it, and more than one may.
func TestClosedByAnother(t *testing.T) {
	server := httptest.NewUnstartedServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
		for range 50 {
			if _, err := w.Write(make([]byte, 10_000)); err != nil {
				return
			}
		}
	}))
	server.Config.ErrorLog = quiet()
	server.Start()
	defer server.Close()
	tr := newTransport()
	for i := range 200 {
		req, err := http.NewRequestWithContext(t.Context(), http.MethodGet, server.URL, nil)
		if err != nil {
			t.Fatal(err)
		}
		resp, err := tr.RoundTrip(req)
		if err != nil {
			t.Fatal(err)
		}
		read := make(chan struct{})
		go func() {
			defer close(read)
			_, _ = io.Copy(io.Discard, resp.Body)
		}()
		time.Sleep(time.Duration(i) * 10 * time.Microsecond)
		resp.Body.Close()
		resp.Body.Close()
		<-read
		if n := len(tr.free); n != 0 {
			t.Fatalf("%d connections in use", n)
		}
	}
}

// TestNames: a host is looked up by its name in ASCII, however it is written.
func TestNames(t *testing.T) {
	for host, want := range map[string]string{
		"crm.example.com": "crm.example.com:80", "crm.example.com:8080": "crm.example.com:8080", "[::1]": "[::1]:80",
		"bücher.example": "xn--bcher-kva.example:80", "BÜCHER.example:81": "xn--bcher-kva.example:81", "bu\u0308cher.example": "xn--bcher-kva.example:80",
	} {
		tr, _ := answering(t, hello, true)
		dial := tr.Dial
		tr.Dial = func(ctx context.Context, network, address string) (net.Conn, error) {
			if address != want {
				t.Errorf("%s: connects to %s", host, address)
			}
			return dial(ctx, network, address)
		}
		if got := do(t, tr, t.Context(), http.MethodPost, "http://"+host+"/", "{}"); got.err != nil {
			t.Errorf("%s: %v", host, got.err)
		}
	}
}

// TestEarlyAnswer: a server that refuses a request need not read it; what it says is heard though the rest could not leave.
func TestEarlyAnswer(t *testing.T) {
	certified := httptest.NewTLSServer(nil)
	defer certified.Close()
	for _, secure := range []bool{false, true} {
		l, err := net.Listen("tcp", "127.0.0.1:0")
		if err != nil {
			t.Fatal(err)
		}
		defer l.Close()
		url := "http://" + l.Addr().String()
		if secure {
			l, url = tls.NewListener(l, &tls.Config{Certificates: certified.TLS.Certificates}), "https://"+l.Addr().String()
		}
		go func() {
			for {
				c, err := l.Accept()
				if err != nil {
					return
				}
				_, _ = bufio.NewReader(c).ReadString('\n')
				_, _ = io.WriteString(c, "HTTP/1.1 413 Content Too Large\r\nContent-Length: 3\r\n\r\nbig")
				time.Sleep(20 * time.Millisecond) // its reset takes back what has not left yet
				c.Close()
			}
		}()
		tr := trusting(certified)
		for range 5 {
			if got := do(t, tr, t.Context(), http.MethodPost, url, strings.Repeat("x", 8<<20)); got.err != nil || got.status != http.StatusRequestEntityTooLarge || got.body != "big" {
				t.Errorf("TLS %v: %d %q, %v", secure, got.status, got.body, got.err)
			}
		}
		if len(tr.idle) > 0 || len(tr.free) > 0 {
			t.Errorf("%d connections are idle, %d in use", len(tr.idle), len(tr.free))
		}
	}
}
