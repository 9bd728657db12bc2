package transport

import (
	"context"
	"crypto/tls"
	"errors"
	"fmt"
	"io"
	"log"
	"math/rand/v2"
	"net"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"crmferry/internal/transport/http1"
)

// leaky is a connection of whose writes only so many bytes leave; negative: all.
type leaky struct {
	net.Conn
	left *atomic.Int64
}

var errReset = errors.New("connection reset by peer")

func (l leaky) Write(p []byte) (int, error) {
	most := l.left.Load()
	if most < 0 || most >= int64(len(p)) {
		return l.Conn.Write(p)
	}
	n, err := l.Conn.Write(p[:most])
	return n, errors.Join(err, errReset)
}

// trusting is newHTTP for a server of a test, over connections made by wrap.
func trusting(server *httptest.Server, wrap func(net.Conn) net.Conn) *http1.Transport {
	base := newHTTP(1, new(net.Dialer))
	base.Dial = func(ctx context.Context, network, address string) (net.Conn, error) {
		conn, err := new(net.Dialer).DialContext(ctx, network, address)
		if err != nil {
			return nil, err
		}
		return wrap(conn), nil
	}
	if server.TLS != nil {
		base.TLS = &tls.Config{RootCAs: server.Client().Transport.(*http.Transport).TLSClientConfig.RootCAs}
	}
	return base
}

func newServer(secure bool, idle time.Duration, h http.HandlerFunc) *httptest.Server {
	server := httptest.NewUnstartedServer(h)
	server.Config.ErrorLog, server.Config.IdleTimeout = log.New(io.Discard, "", 0), idle
	if secure {
		server.StartTLS()
	} else {
		server.Start()
	}
	return server
}

// TestNothingSent: a write of which nothing could leave by a connection in use before is told as one that got none; as
// soon as something left it is in doubt.
func TestNothingSent(t *testing.T) {
	for _, secure := range []bool{false, true} {
		for _, tt := range []struct {
			leaves int64 // bytes of the second write
			dial   bool
		}{{0, true}, {1, secure}, {100, false}} { // of one byte of a record of TLS nothing can be read
			t.Run(fmt.Sprintf("TLS %v, %d bytes leave", secure, tt.leaves), func(t *testing.T) {
				var posts, leaves atomic.Int64
				leaves.Store(-1)
				server := newServer(secure, 0, func(_ http.ResponseWriter, r *http.Request) {
					if _, err := io.Copy(io.Discard, r.Body); err == nil { // its head may arrive alone
						posts.Add(1)
					}
				})
				defer server.Close()
				tr := New(Options{Base: trusting(server, func(c net.Conn) net.Conn { return leaky{c, &leaves} })})
				post := func() error {
					req, err := http.NewRequest(http.MethodPost, server.URL, strings.NewReader(strings.Repeat("x", 200)))
					if err != nil {
						t.Fatal(err)
					}
					_, _, err = send(t, tr, req)
					return err
				}
				if err := post(); err != nil {
					t.Fatal(err)
				}
				leaves.Store(tt.leaves)
				if err := post(); !errors.Is(err, errReset) || http1.IsDial(err) != tt.dial {
					t.Errorf("got %v", err)
				}
				if n := posts.Load(); n != 1 {
					t.Errorf("%d writes arrived", n)
				}
			})
		}
	}
}

// TestPlainTextOnTLS: what a gateway writes below TLS after a write was carried out is no failed handshake, whether the
// connection was in use before or not; where a server speaks no TLS at all, nothing left.
func TestPlainTextOnTLS(t *testing.T) {
	for _, said := range []string{"upstream connect error\n", "HTTP/1.1 400 Bad Request\r\n\r\n"} {
		var arrived atomic.Int64
		server := newServer(true, 0, func(w http.ResponseWriter, _ *http.Request) {
			if arrived.Add(1) == 1 {
				return
			}
			conn, _, err := http.NewResponseController(w).Hijack()
			if err != nil {
				t.Error(err)
				return
			}
			raw := conn.(*tls.Conn).NetConn()
			_, _ = io.WriteString(raw, said)
			raw.Close()
		})
		defer server.Close()
		client := New(Options{Base: trusting(server, func(c net.Conn) net.Conn { return c })}).Client()
		for i := range 3 {
			resp, err := client.Post(server.URL, "application/json", strings.NewReader("{}"))
			if err == nil {
				resp.Body.Close()
			}
			if (err == nil) != (i == 0) || http1.IsDial(err) {
				t.Errorf("%q, write %d: %v", said, i, err)
			}
		}
		if n := arrived.Load(); n != 3 {
			t.Errorf("%d writes arrived", n)
		}
		plain := newServer(false, 0, func(http.ResponseWriter, *http.Request) { t.Error("something arrived") })
		defer plain.Close()
		if _, err := client.Post(strings.Replace(plain.URL, "http:", "https:", 1), "application/json", strings.NewReader("{}")); !http1.IsDial(err) {
			t.Errorf("no TLS there: %v", err)
		}
	}
}

// TestIdleTimeout: a server that closes idle connections just when they are used again sees each write at most once,
// and none of which nothing was sent.
func TestIdleTimeout(t *testing.T) {
	for _, secure := range []bool{false, true} {
		t.Run(fmt.Sprint("TLS ", secure), func(t *testing.T) {
			var mu sync.Mutex
			seen := map[string]int{}
			server := newServer(secure, time.Millisecond, func(w http.ResponseWriter, r *http.Request) {
				mu.Lock()
				defer mu.Unlock()
				seen[r.URL.Path]++
			})
			defer server.Close()
			tr := New(Options{Base: trusting(server, func(c net.Conn) net.Conn { return c })})
			outcomes := map[string]int{}
			for i := range 200 {
				path := fmt.Sprint("/", i)
				req, err := http.NewRequest(http.MethodPost, server.URL+path, strings.NewReader("{}"))
				if err != nil {
					t.Fatal(err)
				}
				req.Header.Set("Idempotency-Key", "0123456789abcdef") // with it many programs take the write for repeatable
				_, _, err = send(t, tr, req)
				time.Sleep(500*time.Microsecond + rand.N(time.Millisecond))
				mu.Lock()
				n := seen[path]
				mu.Unlock()
				switch {
				case err == nil && n != 1, http1.IsDial(err) && n != 0, n > 1:
					t.Errorf("write %d was seen %d times: %v", i, n, err)
				case err == nil:
					outcomes["done"]++
				case http1.IsDial(err):
					outcomes["nothing sent"]++
				default:
					outcomes["in doubt"]++
				}
			}
			if outcomes["done"] < 20 {
				t.Errorf("%v of 200 writes", outcomes)
			}
		})
	}
}
