package transport

import (
	"context"
	"io"
	"net/http"
	"strings"
	"sync"
	"testing"
	"time"
)

// tripper makes a function an http.RoundTripper.
type tripper func(*http.Request) (*http.Response, error)

func (f tripper) RoundTrip(req *http.Request) (*http.Response, error) { return f(req) }

// respond makes an answer of a status, a body and pairs of header names and values.
func respond(req *http.Request, status int, body string, header ...string) *http.Response {
	h := http.Header{}
	for i := 0; i+1 < len(header); i += 2 {
		h.Set(header[i], header[i+1])
	}
	return &http.Response{StatusCode: status, Header: h, Body: io.NopCloser(strings.NewReader(body)), Request: req}
}

// script answers each request with the next of its functions, the last of which goes on for ever.
type script struct {
	mu    sync.Mutex
	steps []tripper
	at    []time.Time
}

func (s *script) RoundTrip(req *http.Request) (*http.Response, error) {
	s.mu.Lock()
	step := s.steps[min(len(s.at), len(s.steps)-1)]
	s.at = append(s.at, time.Now())
	s.mu.Unlock()
	return step(req)
}

// status is a step that answers with a status.
func status(code int, header ...string) tripper {
	return func(req *http.Request) (*http.Response, error) { return respond(req, code, "{}", header...), nil }
}

// broken is a step that fails.
func broken(err error) tripper {
	return func(*http.Request) (*http.Response, error) { return nil, err }
}

func request(t *testing.T, ctx context.Context, method string) *http.Request {
	t.Helper()
	var body io.Reader
	if method != http.MethodGet {
		body = strings.NewReader("{}")
	}
	req, err := http.NewRequestWithContext(ctx, method, "http://crm.example.com/v1/people?email=ann%40example.com", body)
	if err != nil {
		t.Fatal(err)
	}
	return req
}

// send sends a request and returns the status of the answer, 0 for an error, and the body read to its end.
func send(t *testing.T, rt http.RoundTripper, req *http.Request) (int, string, error) {
	t.Helper()
	resp, err := rt.RoundTrip(req)
	if err != nil {
		return 0, "", err
	}
	defer resp.Body.Close()
	body, err := io.ReadAll(resp.Body)
	return resp.StatusCode, string(body), err
}
