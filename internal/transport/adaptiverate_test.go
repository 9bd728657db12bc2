package transport

import (
	"context"
	"fmt"
	"net/http"
	"strconv"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"golang.org/x/time/rate"
)

// shared is a vendor that lets max requests pass in any window, of which another program takes a share.
type shared struct {
	max    int
	window time.Duration
	bare   bool // refusals do not say how long to wait

	mu      sync.Mutex
	passed  []time.Time // of anybody
	ours    []time.Time // passed
	refused []time.Time
}

// free returns how long the next request has to wait, and takes note of it if that is 0. s.mu is held.
func (s *shared) free(now time.Time) time.Duration {
	for len(s.passed) > 0 && now.Sub(s.passed[0]) >= s.window {
		s.passed = s.passed[1:]
	}
	if len(s.passed) >= s.max {
		return s.passed[0].Add(s.window).Sub(now)
	}
	s.passed = append(s.passed, now)
	return 0
}

func (s *shared) RoundTrip(req *http.Request) (*http.Response, error) {
	time.Sleep(50 * time.Millisecond)
	s.mu.Lock()
	defer s.mu.Unlock()
	now := time.Now()
	wait := s.free(now)
	if wait == 0 {
		s.ours = append(s.ours, now)
		return respond(req, 200, "{}"), nil
	}
	s.refused = append(s.refused, now)
	if s.bare {
		return respond(req, 429, "{}"), nil
	}
	return respond(req, 429, "{}", "Retry-After", strconv.Itoa(int((wait+time.Second-1)/time.Second))), nil
}

// other takes a share of the limit, evenly, until the context ends.
func (s *shared) other(ctx context.Context, every time.Duration) {
	for ; ctx.Err() == nil; time.Sleep(every) {
		s.mu.Lock()
		s.free(time.Now())
		s.mu.Unlock()
	}
}

// between counts the times from a to b after start.
func between(times []time.Time, start time.Time, a, b time.Duration) int {
	n := 0
	for _, at := range times {
		if d := at.Sub(start); d >= a && d < b {
			n++
		}
	}
	return n
}

// flood sends with 8 workers, as fast as the transport lets them, for a time.
func flood(t *testing.T, tr *Transport, d time.Duration) {
	end := time.Now().Add(d)
	var wg sync.WaitGroup
	for range 8 {
		wg.Go(func() {
			for time.Now().Before(end) {
				if _, _, err := send(t, tr, request(t, t.Context(), http.MethodPost)); err != nil {
					t.Error(err)
					return
				}
			}
		})
	}
	wg.Wait()
}

// TestSlowStart: after a pause requests come up to their rate instead of leaving all at once.
func TestSlowStart(t *testing.T) {
	for _, limit := range []rate.Limit{10, rate.Inf} {
		for _, code := range []int{429, 503} {
			t.Run(fmt.Sprint(limit, code), func(t *testing.T) {
				synctest.Test(t, func(t *testing.T) {
					refuse := sync.OnceValue(func() time.Time { return time.Now() })
					var mu sync.Mutex
					var at []time.Time
					tr := New(Options{Rate: limit, Workers: 8, Base: tripper(func(req *http.Request) (*http.Response, error) {
						mu.Lock()
						at = append(at, time.Now())
						n := len(at)
						mu.Unlock()
						time.Sleep(20 * time.Millisecond)
						if n == 50 {
							refuse()
							return respond(req, code, "", "Retry-After", "10"), nil
						}
						return respond(req, 200, ""), nil
					})})
					flood(t, tr, 30*time.Second)
					end := refuse().Add(10 * time.Second)
					if n := between(at, end, -10*time.Second+time.Nanosecond, 0); n > 0 {
						t.Errorf("%d requests left during the pause", n)
					}
					if n := between(at, end, 0, 300*time.Millisecond); n < 1 || n > 3 { // of 8 workers
						t.Errorf("%d requests left at the end of the pause", n)
					}
					first, then := between(at, end, 0, time.Second), between(at, end, 4*time.Second, 5*time.Second)
					if limit == 10 && (then <= first || then > 10) {
						t.Errorf("%d requests in the first second after the pause, %d in the fifth", first, then)
					}
				})
			})
		}
	}
}

// TestSharedKey: where another program takes half of the limit, the rate falls to what is left, and comes back, never
// above the limit, when the other one ends.
func TestSharedKey(t *testing.T) {
	tests := []struct {
		max    int
		window time.Duration
		bare   bool
	}{
		{10, time.Second, false},
		{10, time.Second, true},
		{20, time.Minute, false},
		{20, time.Minute, true},
	}
	for _, tt := range tests {
		t.Run(fmt.Sprintf("%d in %v, bare %v", tt.max, tt.window, tt.bare), func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				vendor := &shared{max: tt.max, window: tt.window, bare: tt.bare}
				limit := rate.Limit(float64(tt.max) / tt.window.Seconds() * 0.975)
				tr := New(Options{Rate: limit, Workers: 8, Base: vendor})
				ctx, stop := context.WithTimeout(t.Context(), 20*time.Minute)
				defer stop()
				go vendor.other(ctx, 2*tt.window/time.Duration(tt.max))
				start := time.Now()
				flood(t, tr, 35*time.Minute)
				whole := float64(limit) * 1200
				passed, refused := between(vendor.ours, start, 0, 20*time.Minute), between(vendor.refused, start, 0, 20*time.Minute)
				if float64(passed) < 0.6*whole/2 || refused > passed/10 {
					t.Errorf("shared: %d passed of %.0f, %d were refused", passed, whole/2, refused)
				}
				passed, refused = between(vendor.ours, start, 28*time.Minute, 35*time.Minute), between(vendor.refused, start, 28*time.Minute, 35*time.Minute)
				if float64(passed) < 0.99*whole*7/20 || refused > 0 || tr.Rate() != limit {
					t.Errorf("alone: %d passed of %.0f, %d were refused, %v a second", passed, whole*7/20, refused, tr.Rate())
				}
			})
		})
	}
}

// TestFindsARate: where no rate was set, refusals teach it, though a vendor that does not say how long to wait refuses
// more of them.
func TestFindsARate(t *testing.T) {
	tests := []struct {
		max     int
		window  time.Duration
		bare    bool
		refused int // of the passed, one in
	}{
		{10, time.Second, false, 300},
		{10, time.Second, true, 300},
		{100, 10 * time.Second, false, 300},
		{20, time.Minute, false, 10},
		{20, time.Minute, true, 3},
	}
	for _, tt := range tests {
		t.Run(fmt.Sprintf("%d in %v, bare %v", tt.max, tt.window, tt.bare), func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				vendor := &shared{max: tt.max, window: tt.window, bare: tt.bare}
				tr := New(Options{Workers: 8, Base: vendor})
				flood(t, tr, 20*time.Minute)
				possible := float64(tt.max) / tt.window.Seconds() * 1200
				passed, refused := len(vendor.ours), len(vendor.refused)
				if float64(passed) < 0.75*possible || refused*tt.refused > passed {
					t.Errorf("%d passed of %.0f, %d were refused", passed, possible, refused)
				}
			})
		})
	}
}
