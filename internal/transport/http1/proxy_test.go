package http1

import (
	"bufio"
	"context"
	"encoding/binary"
	"errors"
	"io"
	"log"
	"net"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strconv"
	"strings"
	"sync/atomic"
	"testing"
	"time"
)

func quiet() *log.Logger { return log.New(io.Discard, "", 0) }

// join copies both ways until one end is over.
func join(a, b net.Conn) {
	go func() {
		_, _ = io.Copy(a, b)
		a.Close()
	}()
	_, _ = io.Copy(b, a)
	b.Close()
}

// newProxy is an HTTP proxy that makes tunnels for those who give that user and password.
func newProxy(t *testing.T, secure bool, tunnels *atomic.Int64) *httptest.Server {
	t.Helper()
	proxy := httptest.NewUnstartedServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		switch {
		case r.Method != http.MethodConnect:
			http.Error(w, "tunnels only", http.StatusBadRequest)
			return
		case r.Header.Get("Authorization") != "" || r.URL.RawQuery != "":
			t.Errorf("the proxy was told too much: %v", r)
		case r.Header.Get("Proxy-Authorization") != "Basic YW5uOnMzY3JldA==":
			http.Error(w, "who are you?", http.StatusProxyAuthRequired)
			return
		}
		there, err := net.Dial("tcp", r.Host)
		if err != nil {
			http.Error(w, err.Error(), http.StatusBadGateway)
			return
		}
		tunnels.Add(1)
		here, rest, err := http.NewResponseController(w).Hijack()
		if err != nil {
			t.Error(err)
			return
		}
		_, _ = rest.WriteString("HTTP/1.1 200 Connection established\r\n\r\n")
		_ = rest.Flush()
		join(here, there)
	}))
	proxy.Config.ErrorLog = quiet()
	start(proxy, secure)
	t.Cleanup(proxy.Close)
	return proxy
}

// TestProxy: with a proxy a request leaves by a tunnel that it makes; without a tunnel nothing was sent.
func TestProxy(t *testing.T) {
	for _, secure := range []bool{false, true} {
		var posts, tunnels atomic.Int64
		server := httptest.NewTLSServer(http.HandlerFunc(func(http.ResponseWriter, *http.Request) { posts.Add(1) }))
		defer server.Close()
		proxy := newProxy(t, secure, &tunnels)
		for _, tt := range []struct {
			user *url.Userinfo
			to   string
			err  string // what it says; empty: none
		}{
			{url.UserPassword("ann", "s3cret"), server.URL, ""},
			{url.UserPassword("ann", "s3cret"), "https://127.0.0.1:1", "502 Bad Gateway"},
			{url.UserPassword("ann", "wrong"), server.URL, ErrProxyRefused.Error() + ": 407 Proxy Authentication Required"},
			{nil, server.URL, ErrProxyRefused.Error() + ": 407 Proxy Authentication Required"},
		} {
			tr := trusting(server)
			tr.Proxy = func(*http.Request) (*url.URL, error) {
				u, err := url.Parse(proxy.URL)
				u.User = tt.user
				return u, err
			}
			posted, made := posts.Load(), tunnels.Load()
			for i := range 2 {
				req, err := http.NewRequest(http.MethodPost, tt.to+"/x?y=z", strings.NewReader("{}"))
				if err != nil {
					t.Fatal(err)
				}
				req.Header.Set("Authorization", "Bearer key")
				resp, err := tr.RoundTrip(req)
				if err == nil {
					resp.Body.Close()
				}
				switch {
				case tt.err == "" && (err != nil || posts.Load()-posted != int64(i+1) || tunnels.Load()-made != 1):
					t.Errorf("TLS %v: %d posts by %d tunnels, %v", secure, posts.Load()-posted, tunnels.Load()-made, err)
				case tt.err != "" && (!IsDial(err) || !strings.Contains(err.Error(), tt.err) || strings.Contains(err.Error(), "wrong") || posts.Load() != posted):
					t.Errorf("TLS %v, %v: got %v", secure, tt.user, err)
				}
			}
		}
	}
}

// TestSilentProxy: a proxy that does not answer is waited for no longer than the request lasts.
func TestSilentProxy(t *testing.T) {
	tr := newTransport()
	tr.Dial = func(context.Context, string, string) (net.Conn, error) {
		here, there := net.Pipe()
		go func() { _, _ = io.Copy(io.Discard, there) }()
		return here, nil
	}
	tr.Proxy = func(*http.Request) (*url.URL, error) { return url.Parse("http://proxy.example.com") }
	stopped := errors.New("stopped")
	ctx, cancel := context.WithCancelCause(t.Context())
	time.AfterFunc(20*time.Millisecond, func() { cancel(stopped) })
	if got := do(t, tr, ctx, http.MethodPost, "https://crm.example.com", "{}"); !errors.Is(got.err, stopped) || !IsDial(got.err) {
		t.Errorf("got %v", got.err)
	}
}

// TestSocks: a SOCKS proxy is told the name of the host, which it looks up.
func TestSocks(t *testing.T) {
	server := httptest.NewTLSServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) { _, _ = io.WriteString(w, "hello") }))
	defer server.Close()
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer l.Close()
	asked := make(chan string, 1)
	go func() {
		c, err := l.Accept()
		if err != nil {
			return
		}
		r := bufio.NewReader(c)
		read := func(n int) []byte {
			b := make([]byte, n)
			_, _ = io.ReadFull(r, b)
			return b
		}
		read(int(read(2)[1])) // version, and the ways to prove who one is
		_, _ = c.Write([]byte{5, 0})
		name := read(int(read(5)[4])) // version, command, reserved, type, length
		port := binary.BigEndian.Uint16(read(2))
		asked <- string(name)
		there, err := net.Dial("tcp", net.JoinHostPort("127.0.0.1", strconv.Itoa(int(port))))
		if err != nil {
			return
		}
		_, _ = c.Write([]byte{5, 0, 0, 1, 0, 0, 0, 0, 0, 0})
		join(c, there)
	}()
	tr := trusting(server)
	tr.Proxy = func(*http.Request) (*url.URL, error) { return url.Parse("socks5://" + l.Addr().String()) }
	_, port, _ := net.SplitHostPort(server.Listener.Addr().String())
	if got := do(t, tr, t.Context(), http.MethodGet, "https://example.com:"+port, ""); got.err != nil || got.body != "hello" {
		t.Errorf("got %q, %v", got.body, got.err)
	}
	if name := <-asked; name != "example.com" {
		t.Errorf("asked for %q", name)
	}
}

// TestSocksRefuses: a SOCKS proxy that does not let this user or this destination pass is told from one that cannot connect now.
func TestSocksRefuses(t *testing.T) {
	for _, tt := range []struct {
		name    string
		user    *url.Userinfo
		says    []string // in turn, to what it reads
		refused bool
	}{
		{"a wrong password", url.UserPassword("ann", "wrong"), []string{"\x05\x02", "\x01\x01"}, true},
		{"no user", nil, []string{"\x05\xff"}, true},
		{"an empty user", url.UserPassword("", "s3cret"), []string{"\x05\x02"}, true},
		{"a destination that is not allowed", nil, []string{"\x05\x00", "\x05\x02\x00\x01\x00\x00\x00\x00\x00\x00"}, true},
		{"a destination that is away", nil, []string{"\x05\x00", "\x05\x05\x00\x01\x00\x00\x00\x00\x00\x00"}, false},
		{"no answer", nil, nil, false},
	} {
		t.Run(tt.name, func(t *testing.T) {
			tr := newTransport()
			tr.Dial = func(context.Context, string, string) (net.Conn, error) {
				here, there := net.Pipe()
				go func() {
					defer there.Close()
					for _, text := range tt.says {
						_, _ = there.Read(make([]byte, 1<<10))
						_, _ = io.WriteString(there, text)
					}
				}()
				return here, nil
			}
			tr.Proxy = func(*http.Request) (*url.URL, error) {
				return &url.URL{Scheme: "socks5", Host: "proxy.example.com", User: tt.user}, nil
			}
			got := do(t, tr, t.Context(), http.MethodPost, "https://crm.example.com", "{}")
			if !IsDial(got.err) || errors.Is(got.err, ErrProxyRefused) != tt.refused || strings.Contains(got.err.Error(), "wrong") || strings.Contains(got.err.Error(), "s3cret") {
				t.Errorf("got %v", got.err)
			}
		})
	}
}
