package api

import (
	"sync"
	"time"
)

// Window lets at most limit requests pass in any span of time of the given length. Refused requests do not count.
type Window struct {
	Limit int
	Span  time.Duration
	mu    sync.Mutex
	times []time.Time // of the last requests that passed, oldest first
}

// take returns 0 if a request may pass now, else how long it has to wait.
func (w *Window) take(now time.Time) time.Duration {
	w.mu.Lock()
	defer w.mu.Unlock()
	for len(w.times) > 0 && now.Sub(w.times[0]) >= w.Span {
		w.times = w.times[1:]
	}
	if len(w.times) >= w.Limit {
		return w.times[0].Add(w.Span).Sub(now)
	}
	w.times = append(w.times, now)
	return 0
}
