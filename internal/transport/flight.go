package transport

import (
	"sync"
	"time"
)

// longTurn is from where on waiting for a turn, or for an answer, is told.
const longTurn = 10 * time.Second

// underway is a try that is under way.
type underway struct {
	began          time.Time
	most           time.Duration // that it may take, more than longTurn
	told           toldSlow
	ended          bool
	before, behind *underway
	try            interface {
		isSlow() // is called once longTurn is over
		isLate() // is called once it has taken as long as it may
	}
}

// toldSlow is what a try was told of how long it takes.
type toldSlow int

const (
	isSlow toldSlow = iota + 1
	isLate
)

// flight knows the tries that are under way, how long none of them was answered, and which of them take long.
type flight struct {
	mu          sync.Mutex
	count       int
	since       time.Time // the last answer, or the departure of the first request since there was none under way
	bytes       int64     // of answers, since then
	first, last *underway // in the order in which they left
	watch       *time.Timer
	watched     bool // by a watch that goes off when one of them may be slow: one for all costs less than one for each
}

// start notes that a try leaves.
func (f *flight) start(t *underway) {
	f.mu.Lock()
	defer f.mu.Unlock()
	t.began = time.Now()
	if f.count++; f.count == 1 {
		f.since, f.bytes = t.began, 0
	}
	if t.before = f.last; t.before != nil {
		t.before.behind = t
	} else {
		f.first = t
	}
	if f.last = t; !f.watched {
		f.wake(longTurn)
	}
}

// end notes that an answer has come, or that its try was given up. It reports whether that is news.
func (f *flight) end(t *underway) bool {
	f.mu.Lock()
	defer f.mu.Unlock()
	if t.ended {
		return false
	}
	t.ended = true
	f.count--
	f.since, f.bytes = time.Now(), 0
	if t.before != nil {
		t.before.behind = t.behind
	} else {
		f.first = t.behind
	}
	if t.behind != nil {
		t.behind.before = t.before
	} else {
		f.last = t.before
	}
	t.before, t.behind = nil, nil
	return true
}

// wake lets the watch go off after a time. The caller holds mu.
func (f *flight) wake(after time.Duration) {
	if f.watched = true; f.watch == nil {
		f.watch = time.AfterFunc(after, f.look)
		return
	}
	f.watch.Reset(after)
}

// look tells those tries that are slow, and those that have taken as long as they may.
func (f *flight) look() {
	f.mu.Lock()
	var slow, late []*underway
	next := longTurn
	for t := f.first; t != nil; t = t.behind {
		age := time.Since(t.began)
		if t.told == 0 && age >= longTurn {
			t.told, slow = isSlow, append(slow, t)
		}
		if t.told == isSlow && age >= t.most {
			t.told, late = isLate, append(late, t)
		}
		switch t.told {
		case 0:
			next = min(next, longTurn-age)
		case isSlow:
			next = min(next, t.most-age)
		}
	}
	if f.watched = false; f.first != nil {
		f.wake(next)
	}
	f.mu.Unlock()
	for _, t := range slow {
		t.try.isSlow()
	}
	for _, t := range late {
		t.try.isLate()
	}
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
