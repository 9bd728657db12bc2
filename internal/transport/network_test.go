package transport

import (
	"context"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"testing/synctest"
	"time"
)

// TestIdleConnectionClosed: a server that closes a connection just when a write arrives on it sees that write at most
// once, and the caller hears of it.
func TestIdleConnectionClosed(t *testing.T) {
	var conns, posts atomic.Int64
	server := httptest.NewUnstartedServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if r.Method == http.MethodPost && posts.Add(1)%2 == 0 { // the second on each connection
			panic(http.ErrAbortHandler) // closes without an answer, as a server does that gives the connection up
		}
		fmt.Fprint(w, "{}")
	}))
	server.Config.ConnState = func(_ net.Conn, s http.ConnState) {
		if s == http.StateNew {
			conns.Add(1)
		}
	}
	server.Start()
	defer server.Close()
	client := New(Options{}).Client()
	for i := range 10 {
		before := posts.Load()
		req, err := http.NewRequest(http.MethodPost, server.URL, strings.NewReader("{}"))
		if err != nil {
			t.Fatal(err)
		}
		req.Header.Set("Idempotency-Key", "0123456789abcdef") // with it many programs take the write for repeatable
		resp, err := client.Do(req)
		if n := posts.Load() - before; n != 1 {
			t.Fatalf("write %d was seen %d times", i, n)
		}
		if (err != nil) != (i%2 == 1) {
			t.Errorf("write %d: %v", i, err)
		}
		if err == nil {
			resp.Body.Close()
		}
	}
	if n := conns.Load(); n != 5 {
		t.Errorf("%d connections: the writes were to meet connections in use before", n)
	}
}

// TestServerClosesIdleConnections: closed between two writes, a connection is not used again.
func TestServerClosesIdleConnections(t *testing.T) {
	var posts atomic.Int64
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) { posts.Add(1) }))
	defer server.Close()
	client := New(Options{}).Client()
	failed := int64(0)
	for range 20 {
		resp, err := client.Post(server.URL, "application/json", strings.NewReader("{}"))
		if err != nil {
			failed++
		} else {
			resp.Body.Close()
		}
		server.CloseClientConnections()
	}
	if n := posts.Load(); n > 20 || n < 20-failed {
		t.Errorf("20 writes, %d reported as lost, were seen %d times", failed, n)
	}
}

// TestConnections: there are no more connections than workers, and they are used again.
func TestConnections(t *testing.T) {
	var conns atomic.Int64
	server := httptest.NewUnstartedServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) { fmt.Fprint(w, "{}") }))
	server.Config.ConnState = func(_ net.Conn, s http.ConnState) {
		if s == http.StateNew {
			conns.Add(1)
		}
	}
	server.Start()
	defer server.Close()
	const workers = 16
	client := New(Options{Workers: workers}).Client()
	var wg sync.WaitGroup
	for range workers {
		wg.Go(func() {
			for range 50 {
				resp, err := client.Post(server.URL, "application/json", strings.NewReader("{}"))
				if err != nil {
					t.Error(err)
					return
				}
				resp.Body.Close() // unread: closing reads to the end
			}
		})
	}
	wg.Wait()
	if n := conns.Load(); n > workers {
		t.Errorf("%d connections for %d workers", n, workers)
	}
}

func TestRedirects(t *testing.T) {
	var other atomic.Int64
	elsewhere := httptest.NewServer(http.HandlerFunc(func(http.ResponseWriter, *http.Request) { other.Add(1) }))
	defer elsewhere.Close()
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		switch r.URL.Path {
		case "/within":
			http.Redirect(w, r, "/end", http.StatusTemporaryRedirect)
		case "/away":
			http.Redirect(w, r, elsewhere.URL, http.StatusFound)
		case "/round":
			http.Redirect(w, r, "/round", http.StatusFound)
		}
	}))
	defer server.Close()
	for _, tt := range []struct {
		method, path string
		want         int
	}{
		{"GET", "/within", 200},
		{"GET", "/away", 302},
		{"GET", "/round", 302},
		{"POST", "/within", 307},
		{"POST", "/away", 302},
		{"PATCH", "/within", 307},
	} {
		req, err := http.NewRequest(tt.method, server.URL+tt.path, nil)
		if err != nil {
			t.Fatal(err)
		}
		resp, err := New(Options{}).Client().Do(req)
		if err != nil {
			t.Errorf("%s %s: %v", tt.method, tt.path, err)
			continue
		}
		resp.Body.Close()
		if resp.StatusCode != tt.want {
			t.Errorf("%s %s: status %d, want %d", tt.method, tt.path, resp.StatusCode, tt.want)
		}
	}
	if n := other.Load(); n > 0 {
		t.Errorf("%d requests went to another host", n)
	}
}

func TestBound(t *testing.T) {
	for _, tt := range []struct {
		size int
		err  error
	}{{0, nil}, {9, nil}, {10, nil}, {11, errTooLong}, {1000, errTooLong}} {
		rt := bound{size: 10, time: time.Minute, flight: new(flight), onSlow: func() {}, next: tripper(func(req *http.Request) (*http.Response, error) {
			return respond(req, 200, strings.Repeat("x", tt.size)), nil
		})}
		_, body, err := send(t, rt, request(t, t.Context(), http.MethodGet))
		if !errors.Is(err, tt.err) || len(body) != min(tt.size, 10) {
			t.Errorf("%d bytes: got %d, %v", tt.size, len(body), err)
		}
	}
}

// TestSlowAnswers: a try ends after its time, whether nothing comes or the body does not end.
func TestSlowAnswers(t *testing.T) {
	hang := func(ctx context.Context) error {
		<-ctx.Done()
		return ctx.Err()
	}
	for name, base := range map[string]tripper{
		"no answer": func(req *http.Request) (*http.Response, error) { return nil, hang(req.Context()) },
		"no end": func(req *http.Request) (*http.Response, error) {
			resp := respond(req, 200, "")
			resp.Body = io.NopCloser(readFunc(func([]byte) (int, error) { return 0, hang(req.Context()) }))
			return resp, nil
		},
	} {
		t.Run(name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				start := time.Now()
				_, _, err := send(t, New(Options{Base: base}), request(t, t.Context(), http.MethodPost))
				if err == nil || time.Since(start) != maxTry {
					t.Errorf("after %v: %v", time.Since(start), err)
				}
				if !errors.Is(err, errTooSlow) {
					t.Errorf("got %v", err)
				}
			})
		})
	}
}

// dripping is an answer of which so many bytes come each second, and a total of them in all; a negative one never ends.
func dripping(each, total int) tripper {
	return func(req *http.Request) (*http.Response, error) {
		resp := respond(req, 200, "")
		resp.Body = io.NopCloser(readFunc(func(p []byte) (int, error) {
			select {
			case <-req.Context().Done():
				return 0, req.Context().Err()
			case <-time.After(time.Second):
			}
			if total == 0 {
				return 0, io.EOF
			}
			total--
			return min(each, len(p)), nil
		}))
		return resp, nil
	}
}

// TestDrippingAnswers: a read whose answer comes drop by drop is given up soon and tried again a few times; the answer to
// a write is worth more patience. Meanwhile it can be seen what is waited for.
func TestDrippingAnswers(t *testing.T) {
	for _, tt := range []struct {
		name   string
		method string
		base   tripper
		want   error
		most   time.Duration
	}{
		{"for ever", http.MethodGet, dripping(1, -1), errDrips, 3*leastTime + 20*time.Second},
		{"a write", http.MethodPost, dripping(1, -1), errTooSlow, maxTry},
		{"a write that ends", http.MethodPost, dripping(1, 100), nil, 102 * time.Second},
		{"slow and steady", http.MethodGet, dripping(100, 110), nil, 112 * time.Second},
		{"slow and steady without end", http.MethodGet, dripping(100, -1), errTooSlow, 3*maxTry + 20*time.Second},
		{"short", http.MethodGet, dripping(1, 20), nil, 22 * time.Second},
	} {
		t.Run(tt.name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				start := time.Now()
				var told atomic.Int32
				tr := New(Options{Base: tt.base, OnSlow: func() { told.Add(1) }})
				ended := make(chan error)
				go func() {
					_, _, err := send(t, tr, request(t, t.Context(), tt.method))
					ended <- err
				}()
				time.Sleep(20*time.Second + time.Millisecond)
				if d, bytes := tr.Silence(); d < 20*time.Second || bytes < 20 {
					t.Errorf("silence of %v, %d bytes", d, bytes)
				}
				if err := <-ended; !errors.Is(err, tt.want) || time.Since(start) > tt.most {
					t.Errorf("after %v: %v", time.Since(start), err)
				}
				if told.Load() == 0 {
					t.Error("nobody was told")
				}
				if d, _ := tr.Silence(); d != 0 {
					t.Errorf("silence of %v with nothing under way", d)
				}
			})
		})
	}
}

type readFunc func([]byte) (int, error)

func (f readFunc) Read(p []byte) (int, error) { return f(p) }
