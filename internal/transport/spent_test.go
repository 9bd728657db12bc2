package transport

import (
	"errors"
	"net/http"
	"strconv"
	"sync"
	"testing"
	"testing/synctest"
	"time"
)

// TestSpent: a vendor that asks to come back after hours is not asked again. Whoever waits, for a turn, for the end of
// a pause or before another try, gets that refusal at once, with the vendor's words.
func TestSpent(t *testing.T) {
	const words = `{"message": "daily quota exceeded"}`
	tests := []struct {
		name   string
		code   int
		header string
		want   time.Duration
	}{
		{"429", 429, "7200", 2 * time.Hour},
		{"429 with a date", 429, time.Date(2000, 1, 1, 6, 0, 5, 0, time.UTC).Format(http.TimeFormat), 6 * time.Hour}, // synctest begins at 2000-01-01
		{"503", 503, "3600", time.Hour},
		{"absurd", 429, "1e300", 366 * 24 * time.Hour},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				failing := true
				tr := New(Options{Rate: 0.1, Workers: 8, Base: tripper(func(req *http.Request) (*http.Response, error) {
					time.Sleep(time.Second)
					if req.Method == http.MethodGet && failing { // waits before its next try
						failing = false
						return respond(req, 500, "{}"), nil
					}
					time.Sleep(4 * time.Second)
					return respond(req, tt.code, words, "Retry-After", tt.header, "Content-Type", "application/json"), nil
				})})
				start := time.Now()
				var wg sync.WaitGroup
				answer := func(method string) {
					wg.Go(func() {
						resp, err := tr.RoundTrip(request(t, t.Context(), method))
						if err != nil {
							t.Error(err)
							return
						}
						defer resp.Body.Close()
						left, err := strconv.ParseFloat(resp.Header.Get("Retry-After"), 64)
						if err == nil && resp.StatusCode == 429 && time.Duration(left)*time.Second > tt.want {
							t.Errorf("asked to wait %v s, want %v", left, tt.want)
						}
					})
				}
				answer(http.MethodGet)
				synctest.Wait() // it is the first
				for range 8 {
					answer(http.MethodPost)
				}
				wg.Wait()
				if d := time.Since(start); d != 15*time.Second { // the second request, 10 s after the first, is refused after 5 s
					t.Errorf("ended after %v", d)
				}
				sent := tr.Requests()
				status, body, err := send(t, tr, request(t, t.Context(), http.MethodPost))
				if status != 429 || body != words || err != nil || tr.Requests() != sent || sent > 3 {
					t.Errorf("%d, %s, %v after %d requests of %d", status, body, err, tr.Requests(), sent)
				}
			})
		})
	}
}

// TestSpentKeepsTheRefusal: the request that was refused gets the vendor's own answer.
func TestSpentKeepsTheRefusal(t *testing.T) {
	for _, method := range []string{http.MethodGet, http.MethodPost} {
		for _, code := range []int{429, 503} {
			tr := New(Options{Base: status(code, "Retry-After", "7200", "X-Request-Id", "r-1")})
			resp, err := tr.RoundTrip(request(t, t.Context(), method))
			if err != nil || resp.StatusCode != code || resp.Header.Get("X-Request-Id") != "r-1" || tr.Requests() != 1 {
				t.Errorf("%s, %d: %+v, %v, %d requests", method, code, resp, err, tr.Requests())
				continue
			}
			if resp, err = tr.RoundTrip(request(t, t.Context(), method)); err != nil || resp.StatusCode != 429 || resp.Header.Get("X-Request-Id") != "" {
				t.Errorf("%s, after %d: %+v, %v", method, code, resp, err)
			}
		}
	}
}

// TestSpentWithABodyThatBreaks: words that are cut do not hide the refusal.
func TestSpentWithABodyThatBreaks(t *testing.T) {
	tr := New(Options{Base: tripper(func(req *http.Request) (*http.Response, error) {
		resp, err := cut(req)
		resp.StatusCode = 429
		resp.Header.Set("Retry-After", "7200")
		return resp, err
	})})
	if status, body, err := send(t, tr, request(t, t.Context(), http.MethodGet)); status != 429 || body != `{"da` || err != nil {
		t.Errorf("%d, %q, %v", status, body, err)
	}
	if !errors.Is(tr.pace.wait(t.Context()), errSpent) {
		t.Error("a request would leave")
	}
}
