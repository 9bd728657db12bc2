package transport

import (
	"context"
	"errors"
	"net/http"
	"slices"
	"sync"
	"sync/atomic"
	"testing"
	"testing/synctest"
	"time"

	"golang.org/x/time/rate"

	"crmferry/internal/leaveby"
	"crmferry/internal/retryafter"
)

// TestPaceOverAMinute: what a limit allows is used to 97 % and never exceeded, whatever the vendor's latency.
func TestPaceOverAMinute(t *testing.T) {
	for _, latency := range []time.Duration{0, 30 * time.Millisecond, 700 * time.Millisecond} {
		synctest.Test(t, func(t *testing.T) {
			const limit = 10
			var mu sync.Mutex
			var at []time.Time
			tr := New(Options{Rate: limit * 0.975, Workers: 8, Base: tripper(func(req *http.Request) (*http.Response, error) {
				mu.Lock()
				at = append(at, time.Now())
				mu.Unlock()
				time.Sleep(latency)
				return respond(req, 200, ""), nil
			})})
			end := time.Now().Add(time.Minute)
			var wg sync.WaitGroup
			for range 8 {
				wg.Go(func() {
					for time.Now().Before(end) {
						if _, _, err := send(t, tr, request(t, t.Context(), http.MethodPost)); err != nil {
							t.Error(err)
						}
					}
				})
			}
			wg.Wait()
			at = slices.DeleteFunc(at, func(a time.Time) bool { return !a.Before(end) })
			if len(at) < limit*60*97/100 || len(at) > limit*60 {
				t.Errorf("latency %v: %d requests in a minute, %d allowed", latency, len(at), limit*60)
			}
			for i := limit; i < len(at); i++ {
				if span := at[i].Sub(at[i-limit]); span < time.Second {
					t.Fatalf("latency %v: %d requests within %v", latency, limit+1, span)
				}
			}
			if int(tr.Requests()) < len(at) {
				t.Errorf("%d requests counted, %d seen", tr.Requests(), len(at))
			}
		})
	}
}

// TestPaceOfABusyMachine: turns that come late, as on a machine with much else to do, are made up for only as far as no
// second sees more than the limit.
func TestPaceOfABusyMachine(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		const limit = 10
		var at []time.Time
		tr := New(Options{Rate: limit * 0.975, Base: tripper(func(req *http.Request) (*http.Response, error) {
			at = append(at, time.Now())
			switch {
			case len(at)%25 == 0:
				time.Sleep(700 * time.Millisecond) // nothing else runs meanwhile
			case len(at)%5 == 0:
				time.Sleep(120 * time.Millisecond)
			}
			return respond(req, 200, ""), nil
		})})
		for range 300 {
			send(t, tr, request(t, t.Context(), http.MethodPost))
		}
		for i := limit; i < len(at); i++ {
			if span := at[i].Sub(at[i-limit]); span < time.Second {
				t.Fatalf("%d requests within %v", limit+1, span)
			}
		}
		if rate := float64(len(at)-1) / at[len(at)-1].Sub(at[0]).Seconds(); rate < 7.5 {
			t.Errorf("%.2f requests a second", rate)
		}
	})
}

func TestNoRate(t *testing.T) {
	for _, limit := range []rate.Limit{0, rate.Inf} {
		synctest.Test(t, func(t *testing.T) {
			tr := New(Options{Rate: limit, Base: status(200)})
			start := time.Now()
			for range 100 {
				send(t, tr, request(t, t.Context(), http.MethodGet))
			}
			if d := time.Since(start); d > 0 {
				t.Errorf("rate %v: waited %v", limit, d)
			}
		})
	}
}

// TestPause: all requests wait for the end of a pause, and the next one leaves right then.
func TestPause(t *testing.T) {
	date := time.Date(2000, 1, 1, 0, 0, 40, 0, time.UTC).Format(http.TimeFormat) // synctest begins at 2000-01-01
	tests := []struct {
		name   string
		answer tripper
		want   time.Duration
	}{
		{"seconds", status(429, "Retry-After", "7"), 7 * time.Second},
		{"fraction", status(429, "Retry-After", "1.5"), 1500 * time.Millisecond},
		{"date", status(429, "Retry-After", date), 40 * time.Second},
		{"date by the server's clock", status(429, "Retry-After", date, "Date", "Sat, 01 Jan 2000 00:00:30 GMT"), 10 * time.Second},
		{"date in the past", status(429, "Retry-After", "Fri, 31 Dec 1999 00:00:00 GMT"), time.Second},
		{"as long as anybody waits", status(429, "Retry-After", "900"), 15 * time.Minute},
		{"absent", status(429), time.Second},
		{"zero", status(429, "Retry-After", "0"), time.Second},
		{"not a time", status(429, "Retry-After", "soon"), time.Second},
		{"negative", status(429, "Retry-After", "-5"), time.Second},
		{"503", status(503, "Retry-After", "9"), 9 * time.Second},
		{"503 without", status(503), 0},
		{"500 with", status(500, "Retry-After", "9"), 0},
		{"200 with", status(200, "Retry-After", "9"), 0},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				waits := 0
				base := &script{steps: []tripper{tt.answer, status(200)}}
				tr := New(Options{Base: base, OnWait: func(d time.Duration, why string) {
					waits++
					if d != tt.want || why == "" {
						t.Errorf("told to wait %v (%s)", d, why)
					}
				}})
				start := time.Now()
				send(t, tr, request(t, t.Context(), http.MethodPost))
				if until := tr.PausedUntil(); tt.want > 0 && until.Sub(start) != tt.want || tt.want == 0 && !until.IsZero() {
					t.Errorf("paused until %v", until)
				}
				var wg sync.WaitGroup
				for range 4 {
					wg.Go(func() { send(t, tr, request(t, t.Context(), http.MethodPost)) })
				}
				wg.Wait()
				if d := base.at[1].Sub(start); d != tt.want {
					t.Errorf("waited %v, want %v", d, tt.want)
				}
				if d := time.Since(start) - tt.want; d > time.Second {
					t.Errorf("the last of four requests left %v after the pause", d)
				}
				if told := tt.want > 0; told != (waits == 1) {
					t.Errorf("told %d times", waits)
				}
			})
		})
	}
}

// TestPauseGrows: where the vendor does not say how long, each refusal in a row doubles the pause; an answer ends that.
func TestPauseGrows(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		steps := []tripper{status(200)}
		for range 9 {
			steps = append(steps, status(429))
		}
		base := &script{steps: append(steps, status(422), status(429), status(200))}
		tr := New(Options{Base: base})
		for range 13 {
			send(t, tr, request(t, t.Context(), http.MethodPost))
		}
		var gaps []time.Duration
		for i := 1; i < len(base.at); i++ {
			gaps = append(gaps, base.at[i].Sub(base.at[i-1])/time.Second)
		}
		if want := []time.Duration{0, 1, 2, 4, 8, 16, 32, 60, 60, 60, 0, 1}; !slices.Equal(gaps, want) {
			t.Errorf("pauses %v, want %v", gaps, want)
		}
	})
}

// TestRefusalsOfOneMoment: requests in flight that are refused together are one reason to wait, not eight.
func TestRefusalsOfOneMoment(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		told := 0
		tr := New(Options{Workers: 8, OnWait: func(time.Duration, string) { told++ }, Base: tripper(func(req *http.Request) (*http.Response, error) {
			time.Sleep(50 * time.Millisecond)
			return respond(req, 429, ""), nil
		})})
		var wg sync.WaitGroup
		for range 8 {
			wg.Go(func() { send(t, tr, request(t, t.Context(), http.MethodPost)) })
		}
		wg.Wait()
		if d := time.Until(tr.PausedUntil()); d != time.Second || told != 1 {
			t.Errorf("paused for %v, told %d times", d, told)
		}
	})
}

// TestPauseByCaller also reaches requests that have waited for their turn already, and keeps the pace afterwards.
func TestPauseByCaller(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		base := &script{steps: []tripper{status(200)}}
		tr := New(Options{Rate: 1, Workers: 3, Base: base})
		start := time.Now()
		var wg sync.WaitGroup
		for range 4 {
			wg.Go(func() { send(t, tr, request(t, t.Context(), http.MethodPost)) })
		}
		time.Sleep(500 * time.Millisecond)
		tr.Pause(10*time.Second, "the vendor")
		tr.Pause(time.Second, "the vendor") // shorter: changes nothing
		wg.Wait()
		for i, at := range base.at {
			since := at.Sub(start)
			if i > 0 && since < 10500*time.Millisecond {
				t.Errorf("request %d left during the pause, after %v", i, since)
			}
			if i > 0 && at.Sub(base.at[i-1]) < time.Second {
				t.Errorf("request %d left %v after the one before", i, at.Sub(base.at[i-1]))
			}
		}
	})
}

// TestWaitsEndWithTheContext: for the turn, for the end of a pause, and before another try.
func TestWaitsEndWithTheContext(t *testing.T) {
	cause := errors.New("stopped by the user")
	for name, o := range map[string]Options{
		"turn":  {Rate: 0.001, Base: status(200)},
		"queue": {Rate: 0.001, Base: status(200)},
		"pause": {Base: status(429, "Retry-After", "600")},
		"retry": {Base: status(503, "Retry-After", "600")},
	} {
		t.Run(name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				tr := New(o)
				ctx, cancel := context.WithCancelCause(t.Context())
				time.AfterFunc(3*time.Second, func() { cancel(cause) })
				start := time.Now()
				send(t, tr, request(t, ctx, http.MethodGet))
				if name == "queue" { // behind one that waits for its turn for longer
					longer, end := context.WithCancel(context.WithoutCancel(ctx))
					defer end()
					go func() { _ = tr.pace.wait(longer) }()
					synctest.Wait()
				}
				_, _, err := send(t, tr, request(t, ctx, http.MethodGet))
				if !errors.Is(err, cause) || time.Since(start) != 3*time.Second {
					t.Errorf("after %v: %v", time.Since(start), err)
				}
			})
		})
	}
}

// TestDeadline: a deadline that is nearer than the turn is waited for, not foreseen, and nothing is sent.
func TestDeadline(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		tr := New(Options{Rate: 0.01, Base: status(200)})
		send(t, tr, request(t, t.Context(), http.MethodPost))
		ctx, cancel := context.WithTimeout(t.Context(), time.Second)
		defer cancel()
		if _, _, err := send(t, tr, request(t, ctx, http.MethodPost)); !errors.Is(err, context.DeadlineExceeded) || tr.Requests() != 1 {
			t.Errorf("%v, %d requests", err, tr.Requests())
		}
	})
}

// TestAnnouncedPauses: each pause that the vendor asks for is told with its end, those that are guessed are not.
func TestAnnouncedPauses(t *testing.T) {
	for _, tt := range []struct {
		name string
		step tripper
		want []time.Duration // from the start
	}{
		{"seconds", status(429, "Retry-After", "3"), []time.Duration{4 * time.Second}},
		{"a date", status(429, "Retry-After", "Sat, 01 Jan 2000 00:00:07 GMT"), []time.Duration{8 * time.Second}},
		{"not available", status(503, "Retry-After", "3"), []time.Duration{4 * time.Second}},
		{"a quota", status(429, "Retry-After", "7200"), []time.Duration{2*time.Hour + time.Second}},
		{"no time", status(429), []time.Duration{2 * time.Second}},
		{"not available, and no time", status(503), nil},
		{"no refusal", status(200, "Retry-After", "3"), nil},
	} {
		t.Run(tt.name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				start := time.Now()
				var told []time.Duration
				tr := New(Options{Base: tt.step, OnAsked: func(until time.Time) { told = append(told, until.Sub(start)) }})
				send(t, tr, request(t, t.Context(), http.MethodPost))
				if !slices.Equal(told, tt.want) {
					t.Errorf("told %v, want %v", told, tt.want)
				}
			})
		})
	}
}

// TestPauseFromBefore: a pause that is known before the first request is kept, and one that is too long lets none leave.
func TestPauseFromBefore(t *testing.T) {
	for d, want := range map[time.Duration]int{10 * time.Second: 200, retryafter.MaxWait: 200, retryafter.MaxWait + time.Second: 429} {
		synctest.Test(t, func(t *testing.T) {
			why, start := "", time.Now()
			base := &script{steps: []tripper{status(200)}}
			tr := New(Options{Base: base, OnWait: func(_ time.Duration, w string) { why = w }, OnAsked: func(time.Time) { t.Error("it was told as new") }})
			tr.Pause(d, "the vendor, as before")
			code, _, err := send(t, tr, request(t, t.Context(), http.MethodPost))
			if code != want || err != nil || (why == "the vendor, as before") != (want == 200) || (len(base.at) == 1) != (want == 200) {
				t.Errorf("%v: %d, %v after %d requests, told %q", d, code, err, len(base.at), why)
			}
			if want == 200 && time.Since(start) != d {
				t.Errorf("%v: waited %v", d, time.Since(start))
			}
		})
	}
}

// TestLeaveBy: a write that may not leave in time is told so at once, and nothing of it leaves; one that may leaves.
func TestLeaveBy(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		var left int
		tr := New(Options{Rate: rate.Every(time.Minute), Workers: 4, Base: tripper(func(req *http.Request) (*http.Response, error) {
			if left++; left == 1 {
				return respond(req, 429, "{}", "Retry-After", "300"), nil
			}
			return respond(req, 200, "{}"), nil
		})})
		send(t, tr, request(t, t.Context(), http.MethodPost))
		start := time.Now()
		for _, method := range []string{http.MethodPost, http.MethodGet} {
			req := request(t, leaveby.With(t.Context(), start.Add(2*time.Minute)), method)
			if _, _, err := send(t, tr, req); !errors.Is(err, leaveby.ErrLate) || time.Since(start) > 0 || left != 1 {
				t.Errorf("%s: %v after %v, %d requests left", method, err, time.Since(start), left)
			}
		}
		var wg sync.WaitGroup
		var late atomic.Int32
		for range 5 { // one can leave at the end of the pause, the others at most one a minute
			wg.Go(func() {
				if _, _, err := send(t, tr, request(t, leaveby.With(t.Context(), start.Add(6*time.Minute+30*time.Second)), http.MethodPost)); errors.Is(err, leaveby.ErrLate) {
					late.Add(1)
				}
			})
		}
		wg.Wait()
		if n := int(late.Load()); n < 3 || n+left != 6 || time.Since(start) > 6*time.Minute+30*time.Second {
			t.Errorf("%d were too late, %d requests left, after %v", n, left, time.Since(start))
		}
	})
}

// TestTurnAfterPause: who met a pause while he waited for his turn takes another one, also where the pause is over when he looks again.
func TestTurnAfterPause(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		var paused atomic.Bool
		base := &script{steps: []tripper{status(200)}}
		tr := New(Options{Rate: 1, Workers: 3, Base: base, Turns: alone{}, Look: func(context.Context) {
			if paused.Load() {
				time.Sleep(3 * time.Second) // longer than the pause
			}
		}})
		send(t, tr, request(t, t.Context(), http.MethodPost))
		var wg sync.WaitGroup
		for range 3 {
			wg.Go(func() { send(t, tr, request(t, t.Context(), http.MethodPost)) })
		}
		time.Sleep(500 * time.Millisecond)
		tr.Pause(2*time.Second, "the vendor")
		paused.Store(true)
		wg.Wait()
		for i, at := range base.at[1:] {
			if gap := at.Sub(base.at[i]); gap < time.Second {
				t.Errorf("request %d left %v after the one before", i+1, gap)
			}
		}
	})
}

// alone are turns that nobody shares, of which each is there at once.
type alone struct{}

func (alone) Every() time.Duration { return 0 }

func (alone) Take(context.Context, time.Duration) (Turn, bool) { return nil, false }
