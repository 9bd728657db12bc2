package transport

import (
	"context"
	"crypto/tls"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"slices"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"testing/synctest"
	"time"

	"crmferry/internal/leaveby"
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

// TestFailsAlone: a read that always fails is no outage while another one is answered, also where no other is under way. What the
// vendor does meanwhile decides, for each read of several.
func TestFailsAlone(t *testing.T) {
	const patience, outage = 15 * time.Minute, 5 * time.Minute
	for _, tt := range []struct {
		name       string
		bad        func(path string, since time.Duration) bool
		status     int // of those of the reads that fail
		least      time.Duration
		most       time.Duration
		away, back int
	}{
		{"one page", func(path string, _ time.Duration) bool { return path == "/bad1" }, 500, 0, time.Minute, 0, 0},
		{"several pages", func(path string, _ time.Duration) bool { return strings.HasPrefix(path, "/bad") }, 500, 0, time.Minute, 0, 0},
		{"an outage", func(_ string, since time.Duration) bool { return since < outage }, 200, outage, outage + 2*longestBack, 1, 1},
		{"an outage, and a page that fails", func(path string, since time.Duration) bool { return since < outage || path == "/bad1" }, 500, outage, outage + 2*longestBack, 1, 1},
		{"an outage without end", func(string, time.Duration) bool { return true }, 500, patience, patience + time.Minute, 1, 0},
	} {
		t.Run(tt.name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				var begun time.Time
				var away, back atomic.Int64
				tr := New(Options{Workers: 4, Known: func() bool { return true }, OnAway: func(time.Duration, string) { away.Add(1) }, OnBack: func(time.Duration) { back.Add(1) },
					Base: tripper(func(req *http.Request) (*http.Response, error) {
						time.Sleep(20 * time.Millisecond)
						if !begun.IsZero() && tt.bad(req.URL.Path, time.Since(begun)) {
							return respond(req, 500, "{}"), nil
						}
						return respond(req, 200, "{}"), nil
					})})
				ctx := leaveby.Patient(t.Context(), patience)
				read := func(path string) int {
					req := request(t, ctx, http.MethodGet)
					req.URL.Path = path
					status, _, _ := send(t, tr, req)
					return status
				}
				read("/good")
				begun = time.Now()
				worst := make([]int, 3)
				var wg sync.WaitGroup
				for i := range worst {
					wg.Go(func() { worst[i] = read(fmt.Sprint("/bad", i)) })
				}
				wg.Wait()
				if took := time.Since(begun); slices.Max(worst) != tt.status || took < tt.least || took > tt.most {
					t.Errorf("%v after %v, want %d after %v", worst, took, tt.status, tt.least)
				}
				if int(away.Load()) != tt.away || int(back.Load()) != tt.back {
					t.Errorf("told %d times that the vendor is away, %d that it is back", away.Load(), back.Load())
				}
			})
		})
	}
}
