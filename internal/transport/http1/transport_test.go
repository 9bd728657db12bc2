package http1

import (
	"compress/gzip"
	"context"
	"crypto/tls"
	"errors"
	"fmt"
	"io"
	"maps"
	"net"
	"net/http"
	"net/http/httptest"
	"net/http/httputil"
	"runtime"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"
)

// TestRequests: a server gets what it gets of net/http.
func TestRequests(t *testing.T) {
	var seen string
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		dump, err := httputil.DumpRequest(r, true)
		if err != nil {
			t.Error(err)
		}
		seen = string(dump)
		if len(r.TransferEncoding) > 0 {
			t.Errorf("sent in chunks: %s", dump)
		}
	}))
	defer server.Close()
	for _, tt := range []struct{ method, path, body string }{
		{"GET", "", ""},
		{"GET", "/v1/people?email=ann%40example.com&q=a+b", ""},
		{"GET", "/a%2Fb/%C3%BC", ""},
		{"HEAD", "/x", ""},
		{"DELETE", "/x", ""},
		{"DELETE", "/x", "why"},
		{"POST", "/x", ""},
		{"PATCH", "/x", ""},
		{"PUT", "/x", "{}"},
		{"POST", "/x", strings.Repeat("ü", 100_000)},
	} {
		sent := func(rt http.RoundTripper) string {
			req, err := http.NewRequest(tt.method, server.URL+tt.path, strings.NewReader(tt.body))
			if err != nil {
				t.Fatal(err)
			}
			if tt.body == "" {
				req.Body = http.NoBody
			}
			req.Header = http.Header{"Authorization": {"Bearer k"}, "User-Agent": {"test"}, "Accept": {"a", "b"}, "X-Empty": {""}}
			header := req.Header.Clone()
			resp, err := rt.RoundTrip(req)
			if err != nil {
				t.Fatal(err)
			}
			resp.Body.Close()
			if !maps.EqualFunc(req.Header, header, func(a, b []string) bool { return strings.Join(a, "|") == strings.Join(b, "|") }) {
				t.Errorf("the caller's header was changed: %v", req.Header)
			}
			return seen
		}
		if got, want := sent(newTransport()), sent(&http.Transport{}); got != want {
			t.Errorf("%s %s: sent %q, net/http sends %q", tt.method, tt.path, got, want)
		}
	}
}

// TestRefused: what cannot be sent as it is is not sent at all.
func TestRefused(t *testing.T) {
	tr := newTransport()
	tr.Dial = func(context.Context, string, string) (net.Conn, error) {
		here, there := net.Pipe()
		go func() {
			if n, _ := there.Read(make([]byte, 1)); n > 0 {
				t.Error("sent")
			}
		}()
		return here, nil
	}
	for name, change := range map[string]func(*http.Request){
		"no length":        func(r *http.Request) { r.Body, r.ContentLength = io.NopCloser(strings.NewReader("x")), 0 },
		"length not known": func(r *http.Request) { r.ContentLength = -1 },
		"no body":          func(r *http.Request) { r.Body = nil },
		"too short a body": func(r *http.Request) { r.ContentLength = 2 },
		"too long a body":  func(r *http.Request) { r.Body = io.NopCloser(strings.NewReader("xy")) },
		"query":            func(r *http.Request) { r.URL.RawQuery = "a HTTP/1.1\r\nX: b" },
		"field Host":       func(r *http.Request) { r.Host = "a\r\nX: b" },
		"value of a field": func(r *http.Request) { r.Header.Set("Authorization", "Bearer a\r\nX: b") },
		"name of a field":  func(r *http.Request) { r.Header["a b"] = []string{"x"} },
		"method":           func(r *http.Request) { r.Method = "GET / HTTP/1.1\r\nX:" },
		"scheme":           func(r *http.Request) { r.URL.Scheme = "ftp" },
		"host":             func(r *http.Request) { r.URL.Host = "" },
	} {
		req, err := http.NewRequest(http.MethodPost, "http://crm.example.com", strings.NewReader("x"))
		if err != nil {
			t.Fatal(err)
		}
		change(req)
		if _, err := tr.RoundTrip(req); !IsDial(err) || !errors.Is(err, ErrUnsendable) || strings.Contains(err.Error(), "Bearer") {
			t.Errorf("%s: %v", name, err)
		}
	}
}

// TestWrongSize: a body that is shorter than it says leaves a request that no server takes for whole.
func TestWrongSize(t *testing.T) {
	var whole atomic.Int64
	server := httptest.NewServer(http.HandlerFunc(func(_ http.ResponseWriter, r *http.Request) {
		if _, err := io.ReadAll(r.Body); err == nil {
			whole.Add(1)
		}
	}))
	defer server.Close()
	req, err := http.NewRequest(http.MethodPost, server.URL, strings.NewReader(strings.Repeat("x", 10_000)))
	if err != nil {
		t.Fatal(err)
	}
	req.ContentLength = 20_000
	if _, err := newTransport().RoundTrip(req); !errors.Is(err, errWrongSize) || IsDial(err) {
		t.Errorf("got %v", err)
	}
	if n := whole.Load(); n != 0 {
		t.Errorf("%d requests arrived whole", n)
	}
}

// hello is an answer after which the connection stays open.
const hello = "HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nhello"

// TestAnswers: answers are read as they are meant, and a connection is used again only where its answer has surely ended.
func TestAnswers(t *testing.T) {
	for name, tt := range map[string]struct {
		text  string
		want  string // status and body, or what the error says
		again bool
	}{
		"length":          {hello, "200 hello", true},
		"chunks":          {"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n2\r\nhe\r\n3\r\nllo\r\n0\r\n\r\n", "200 hello", true},
		"trailer":         {"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n2\r\nhe\r\n0\r\nX: y\r\n\r\n", "200 he", true},
		"empty":           {"HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n", "200 ", true},
		"no content":      {"HTTP/1.1 204 No Content\r\n\r\n", "204 ", true},
		"not modified":    {"HTTP/1.1 304 Not Modified\r\nContent-Length: 5\r\n\r\n", "304 ", true},
		"closes":          {"HTTP/1.1 200 OK\r\nConnection: close\r\nContent-Length: 5\r\n\r\nhello", "200 hello", false},
		"old, closes":     {"HTTP/1.0 200 OK\r\nContent-Length: 5\r\n\r\nhello", "200 hello", false},
		"old, stays":      {"HTTP/1.0 200 OK\r\nConnection: keep-alive\r\nContent-Length: 5\r\n\r\nhello", "200 hello", true},
		"early hints":     {"HTTP/1.1 103 Early Hints\r\nLink: x\r\n\r\nHTTP/1.1 100 Continue\r\n\r\n" + hello, "200 hello", true},
		"only hints":      {strings.Repeat("HTTP/1.1 103 Early Hints\r\n\r\n", longestHead/28+1), errLongHead.Error(), false},
		"more than asked": {hello + hello, "200 hello", false},
		"other protocol":  {"HTTP/1.1 101 Switching Protocols\r\nUpgrade: x\r\n\r\n", "101 ", false},
		"no HTTP":         {"SSH-2.0-x\r\n\r\n", "malformed HTTP", false},
		"long header":     {"HTTP/1.1 200 OK\r\nX: " + strings.Repeat("x", longestHead) + "\r\n\r\n", errLongHead.Error(), false},
		"many fields":     {"HTTP/1.1 200 OK\r\n" + strings.Repeat("X: x\r\n", longestHead/6) + "\r\n", errLongHead.Error(), false},
		"two lengths":     {"HTTP/1.1 200 OK\r\nContent-Length: 5\r\nContent-Length: 6\r\n\r\nhello", "Content-Length", false},
	} {
		t.Run(name, func(t *testing.T) {
			tr, conns := answering(t, tt.text, true)
			for i := range 2 {
				got := do(t, tr, t.Context(), http.MethodPost, "http://crm.example.com/", "{}")
				text := fmt.Sprint(got.status, " ", got.body)
				if got.err != nil {
					text = got.err.Error()
				}
				if text != tt.want && (got.err == nil || !strings.Contains(text, tt.want)) || IsDial(got.err) {
					t.Errorf("got %.80q, want %q", text, tt.want)
				}
				if n, want := conns.Load(), int64(i+1); !tt.again && n != want || tt.again && n != 1 {
					t.Errorf("%d connections after %d requests", n, want)
				}
			}
		})
	}
}

// TestCutAnswers: an answer that ends early is an error, wherever it ends, and never one of a request that was not sent.
func TestCutAnswers(t *testing.T) {
	for _, text := range []string{hello, "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n2\r\nhe\r\n3\r\nllo\r\n0\r\n\r\n"} {
		for n := range len(text) {
			tr, _ := answering(t, text[:n], false)
			if got := do(t, tr, t.Context(), http.MethodPost, "http://crm.example.com/", "{}"); got.err == nil || IsDial(got.err) {
				t.Errorf("%q: %d %q, %v", text[:n], got.status, got.body, got.err)
			}
			if got := do(t, tr, t.Context(), http.MethodPost, "http://crm.example.com/", "{}"); IsDial(got.err) {
				t.Errorf("%q: the connection was not let go: %v", text[:n], got.err)
			}
		}
	}
}

// TestZipped: an answer comes zipped and is read plain; who asks for zipped answers himself gets them so.
func TestZipped(t *testing.T) {
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if r.Header.Get("Accept-Encoding") != "gzip" {
			t.Errorf("accepts %q", r.Header.Get("Accept-Encoding"))
		}
		w.Header().Set("Content-Encoding", "gzip")
		z := gzip.NewWriter(w)
		_, _ = io.WriteString(z, strings.Repeat("hello ", 10_000))
		if r.URL.Path != "/cut" {
			z.Close()
		}
	}))
	defer server.Close()
	tr := newTransport()
	for range 2 {
		if got := do(t, tr, t.Context(), http.MethodGet, server.URL, ""); got.err != nil || got.body != strings.Repeat("hello ", 10_000) {
			t.Errorf("%d bytes, %v", len(got.body), got.err)
		}
	}
	if got := do(t, tr, t.Context(), http.MethodGet, server.URL+"/cut", ""); !errors.Is(got.err, io.ErrUnexpectedEOF) {
		t.Errorf("a cut answer: %v", got.err)
	}
	req, err := http.NewRequest(http.MethodGet, server.URL, nil)
	if err != nil {
		t.Fatal(err)
	}
	req.Header.Set("Accept-Encoding", "gzip")
	resp, err := tr.RoundTrip(req)
	if err != nil {
		t.Fatal(err)
	}
	defer resp.Body.Close()
	if resp.Header.Get("Content-Encoding") != "gzip" {
		t.Error("unzipped")
	}
}

// TestIdle: a connection that the server closes while it is idle is not used again, nor one that was idle for long.
func TestIdle(t *testing.T) {
	for _, secure := range []bool{false, true} {
		var opened, posts atomic.Int64
		server := httptest.NewUnstartedServer(http.HandlerFunc(func(http.ResponseWriter, *http.Request) { posts.Add(1) }))
		server.Config.ConnState = func(_ net.Conn, s http.ConnState) {
			if s == http.StateNew {
				opened.Add(1)
			}
		}
		start(server, secure)
		defer server.Close()
		tr := trusting(server)
		post := func() {
			t.Helper()
			if got := do(t, tr, t.Context(), http.MethodPost, server.URL, "{}"); got.err != nil {
				t.Error(got.err)
			}
		}
		for i := range int64(5) {
			post()
			time.Sleep(2 * fresh) // it is looked at
			post()
			if n := opened.Load(); n != i+1 {
				t.Fatalf("TLS %v: %d connections in round %d", secure, n, i)
			}
			server.CloseClientConnections()
			time.Sleep(2 * fresh)
		}
		post()
		tr.idle[0].since = time.Now().Add(-longestIdle - time.Second)
		post()
		if n := opened.Load(); n != 7 {
			t.Errorf("TLS %v: %d connections", secure, n)
		}
		if n := posts.Load(); n != 12 {
			t.Errorf("TLS %v: %d posts", secure, n)
		}
	}
}

func start(server *httptest.Server, secure bool) {
	if secure {
		server.StartTLS()
	} else {
		server.Start()
	}
}

// trusting is newTransport with trust in the server of a test.
func trusting(server *httptest.Server) *Transport {
	tr := newTransport()
	if server.TLS != nil {
		tr.TLS = &tls.Config{RootCAs: server.Client().Transport.(*http.Transport).TLSClientConfig.RootCAs}
	}
	return tr
}

// TestConns: there are never more connections than allowed, and each is let go whatever becomes of its answer.
func TestConns(t *testing.T) {
	server := httptest.NewUnstartedServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		time.Sleep(100 * time.Microsecond)
		switch r.URL.Path {
		case "/cut":
			w.Header().Set("Content-Length", "10")
			fmt.Fprint(w, "half")
		case "/gone":
			panic(http.ErrAbortHandler)
		case "/long":
			fmt.Fprint(w, strings.Repeat("x", 100_000))
		}
	}))
	server.Config.ErrorLog = quiet()
	server.Start()
	defer server.Close()
	tr := newTransport()
	tr.Conns = 4
	var open atomic.Int64
	tr.Dial = func(ctx context.Context, network, address string) (net.Conn, error) {
		if n := open.Add(1); n > 4 {
			t.Errorf("%d connections", n)
		}
		c, err := new(net.Dialer).DialContext(ctx, network, address)
		return &closing{Conn: c, open: &open}, err
	}
	var wg sync.WaitGroup
	for range 16 {
		wg.Go(func() {
			for i := range 60 {
				ctx, cancel := context.WithTimeout(t.Context(), 20*time.Second)
				req, err := http.NewRequestWithContext(ctx, http.MethodPost, server.URL+[]string{"/", "/cut", "/gone", "/long"}[i%4], strings.NewReader("{}"))
				if err != nil {
					t.Error(err)
				}
				resp, err := tr.RoundTrip(req)
				if err == nil {
					_, _ = io.CopyN(io.Discard, resp.Body, 50)
					resp.Body.Close()
				}
				if IsDial(err) || (err != nil) != (i%4 == 2) {
					t.Errorf("request %d: %v", i, err)
				}
				cancel()
			}
		})
	}
	wg.Wait()
	if n, idle := len(tr.free), int64(len(tr.idle)); n != 0 || idle != open.Load() {
		t.Errorf("%d connections were not let go; %d are idle of %d", n, idle, open.Load())
	}
}

// closing is a connection that counts when it is closed.
type closing struct {
	net.Conn
	open *atomic.Int64
	once sync.Once
}

func (c *closing) Close() error {
	c.once.Do(func() { c.open.Add(-1) })
	return c.Conn.Close()
}

// TestCancel: a request ends with its context, whatever it waits for, and says for its reason; only what had left is in doubt.
func TestCancel(t *testing.T) {
	stopped := errors.New("stopped")
	hang := make(chan struct{})
	defer close(hang)
	server := httptest.NewUnstartedServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if r.URL.Path == "/body" {
			fmt.Fprint(w, "begun")
			_ = http.NewResponseController(w).Flush()
		}
		<-hang
	}))
	server.Config.ErrorLog = quiet()
	server.Start()
	defer server.CloseClientConnections()
	for name, tt := range map[string]struct {
		path string
		busy bool // the only connection is in use
		dial func(context.Context, string, string) (net.Conn, error)
		want bool // nothing was sent
	}{
		"waiting for a connection": {busy: true, want: true},
		"connecting": {dial: func(ctx context.Context, _, _ string) (net.Conn, error) {
			<-ctx.Done()
			return nil, ctx.Err()
		}, want: true},
		"writing": {dial: func(context.Context, string, string) (net.Conn, error) {
			here, _ := net.Pipe() // nobody reads
			return here, nil
		}, want: runtime.GOOS != "windows"},
		"waiting for the answer": {path: "/"},
		"reading the answer":     {path: "/body"},
	} {
		t.Run(name, func(t *testing.T) {
			tr := newTransport()
			if tt.dial != nil {
				tr.Dial = tt.dial
			}
			if tt.busy {
				tr.once.Do(func() { tr.free = make(chan struct{}, 1) })
				tr.free <- struct{}{}
			}
			ctx, cancel := context.WithCancelCause(t.Context())
			time.AfterFunc(20*time.Millisecond, func() { cancel(stopped) })
			got := do(t, tr, ctx, http.MethodPost, server.URL+tt.path, "{}")
			if !errors.Is(got.err, stopped) || IsDial(got.err) != tt.want {
				t.Errorf("got %v", got.err)
			}
			if n := len(tr.free); n != 0 && !tt.busy || len(tr.idle) > 0 {
				t.Errorf("%d connections in use, %d idle", n, len(tr.idle))
			}
		})
	}
}
