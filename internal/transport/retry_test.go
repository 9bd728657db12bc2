package transport

import (
	"context"
	"crypto/tls"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"strings"
	"testing"
	"testing/synctest"
	"time"
)

var (
	errDial    = &net.OpError{Op: "dial", Err: errors.New("connection refused")}
	errNoName  = &net.OpError{Op: "dial", Err: &net.DNSError{Err: "no such host", Name: "crm.example.com", IsNotFound: true}}
	errBadCert = fmt.Errorf("handshake: %w", &tls.CertificateVerificationError{Err: errors.New("expired")})
)

// cut answers with a body that ends too early.
func cut(req *http.Request) (*http.Response, error) {
	resp := respond(req, 200, "")
	resp.Body = io.NopCloser(io.MultiReader(strings.NewReader(`{"da`), failing{io.ErrUnexpectedEOF}))
	return resp, nil
}

type failing struct{ err error }

func (f failing) Read([]byte) (int, error) { return 0, f.err }

func TestRepeatedReads(t *testing.T) {
	tests := []struct {
		name   string
		steps  []tripper
		sent   int
		status int
		err    error
	}{
		{"fine", []tripper{status(200)}, 1, 200, nil},
		{"refused for good", []tripper{status(404)}, 1, 404, nil},
		{"not implemented", []tripper{status(501)}, 1, 501, nil},
		{"took too long to send", []tripper{status(408), status(200)}, 2, 200, nil},
		{"too early", []tripper{status(425), status(200)}, 2, 200, nil},
		{"closed for hours", []tripper{status(503, "Retry-After", "7200"), status(200)}, 1, 503, nil},
		{"quota used up", []tripper{status(429, "Retry-After", "7200"), status(200)}, 1, 429, nil},
		{"server fails once", []tripper{status(500), status(200)}, 2, 200, nil},
		{"server fails", []tripper{status(502)}, maxTries, 502, nil},
		{"unavailable", []tripper{status(503, "Retry-After", "2"), status(200)}, 2, 200, nil},
		{"connection lost", []tripper{broken(io.EOF), broken(io.ErrUnexpectedEOF), status(200)}, 3, 200, nil},
		{"connections lost", []tripper{broken(io.EOF)}, maxTries, 0, io.EOF},
		{"answer cut", []tripper{cut, status(200)}, 2, 200, nil},
		{"answers cut", []tripper{cut}, maxTries, 0, io.ErrUnexpectedEOF},
		{"nobody answers", []tripper{broken(errDial)}, maxDials, 0, errDial},
		{"nobody answers at first", []tripper{broken(errDial), status(200)}, 2, 200, nil},
		{"no such host", []tripper{broken(errNoName)}, 1, 0, errNoName},
		{"bad certificate", []tripper{broken(errBadCert)}, 1, 0, errBadCert},
		{"refused by the limit", []tripper{status(429), status(429), status(200)}, 3, 200, nil},
		{"refused by the limit for good", []tripper{status(429, "Retry-After", "1")}, maxRefusals, 429, nil},
		{"refusals are no failures", []tripper{status(429), status(429), status(429), status(429), status(429), status(500), status(200)}, 7, 200, nil},
		{"answer too long", []tripper{func(req *http.Request) (*http.Response, error) {
			return respond(req, 200, strings.Repeat(" ", maxBody+1)), nil
		}}, 1, 0, errTooLong},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				base := &script{steps: tt.steps}
				got, _, err := send(t, New(Options{Base: base}), request(t, t.Context(), http.MethodGet))
				if got != tt.status || !errors.Is(err, tt.err) || len(base.at) != tt.sent {
					t.Errorf("sent %d times, want %d: status %d, error %v", len(base.at), tt.sent, got, err)
				}
			})
		})
	}
}

func TestWritesAreNotRepeated(t *testing.T) {
	for _, method := range []string{http.MethodPost, http.MethodPut, http.MethodPatch, http.MethodDelete} {
		for name, step := range map[string]tripper{"500": status(500), "429": status(429), "lost": broken(io.EOF), "cut": cut, "dial": broken(errDial)} {
			base := &script{steps: []tripper{step}}
			send(t, New(Options{Base: base}), request(t, t.Context(), method))
			if len(base.at) != 1 {
				t.Errorf("%s, %s: sent %d times", method, name, len(base.at))
			}
		}
	}
}

func TestBackoff(t *testing.T) {
	var most time.Duration
	for try := 1; try < 100; try++ {
		for range 20 {
			d := backoff(try)
			if d < 0 || d >= min(firstBack<<min(try-1, 20), longestBack) {
				t.Fatalf("try %d: %v", try, d)
			}
			most = max(most, d)
		}
	}
	if most < longestBack/2 {
		t.Errorf("never more than %v", most)
	}
}

// TestRepetitionsKeepThePace: tries are requests like any other.
func TestRepetitionsKeepThePace(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		base := &script{steps: []tripper{status(500)}}
		tr := New(Options{Rate: 0.01, Base: base})
		send(t, tr, request(t, t.Context(), http.MethodGet))
		for i := 1; i < len(base.at); i++ {
			if gap := base.at[i].Sub(base.at[i-1]); gap < 99*time.Second {
				t.Errorf("try %d left %v after the one before", i+1, gap)
			}
		}
		if tr.Requests() != maxTries {
			t.Errorf("%d requests counted", tr.Requests())
		}
	})
}

// TestRetryIsTold: people hear why nothing happens for seconds.
func TestRetryIsTold(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		var slept time.Duration
		tr := New(Options{Base: status(500), OnWait: func(d time.Duration, why string) {
			if d < time.Second || !strings.Contains(why, "500") {
				t.Errorf("told %v, %s", d, why)
			}
			slept += d
		}})
		start := time.Now()
		for range 20 {
			send(t, tr, request(t, t.Context(), http.MethodGet))
		}
		if slept == 0 || slept > time.Since(start) {
			t.Errorf("told of %v in %v", slept, time.Since(start))
		}
	})
}

func TestRetryStopsWithContext(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		ctx, cancel := context.WithCancel(t.Context())
		base := &script{steps: []tripper{func(req *http.Request) (*http.Response, error) {
			cancel()
			return respond(req, 500, ""), nil
		}}}
		_, _, err := send(t, New(Options{Base: base}), request(t, ctx, http.MethodGet))
		if len(base.at) != 1 || err != nil && !errors.Is(err, context.Canceled) {
			t.Errorf("sent %d times: %v", len(base.at), err)
		}
	})
}
