package sandbox

import (
	"sync"
	"time"
)

// window lets at most limit requests pass in any span of time of the given length. Refused requests do not count.
type window struct {
	limit int
	span  time.Duration
	mu    sync.Mutex
	times []time.Time // of the last requests that passed, oldest first
}

// take returns 0 if a request may pass now, else how long it has to wait.
func (w *window) take(now time.Time) time.Duration {
	w.mu.Lock()
	defer w.mu.Unlock()
	for len(w.times) > 0 && now.Sub(w.times[0]) >= w.span {
		w.times = w.times[1:]
	}
	if len(w.times) >= w.limit {
		return w.times[0].Add(w.span).Sub(now)
	}
	w.times = append(w.times, now)
	return 0
}
