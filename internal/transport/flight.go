package transport

import (
	"sync"
	"time"
)

// flight knows the requests that are under way, and how long none of them was answered.
type flight struct {
	mu    sync.Mutex
	count int
	since time.Time // the last answer, or the departure of the first request since there was none under way
	bytes int64     // of answers, since then
}

// start notes that a request leaves.
func (f *flight) start() {
	f.mu.Lock()
	defer f.mu.Unlock()
	if f.count++; f.count == 1 {
		f.since, f.bytes = time.Now(), 0
	}
}

// end notes that an answer has come, or that its request was given up.
func (f *flight) end() {
	f.mu.Lock()
	defer f.mu.Unlock()
	f.count--
	f.since, f.bytes = time.Now(), 0
}

// received notes bytes of an answer.
func (f *flight) received(n int64) {
	f.mu.Lock()
	defer f.mu.Unlock()
	f.bytes += n
}

// silence is how long no request has been answered, and how much of an answer came since.
func (f *flight) silence() (d time.Duration, bytes int64) {
	f.mu.Lock()
	defer f.mu.Unlock()
	if f.count == 0 {
		return 0, 0
	}
	return time.Since(f.since), f.bytes
}
