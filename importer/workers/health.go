package workers

import (
	"sync/atomic"
	"time"
)

// Outage is how long the vendor may be out of reach, fail at everything, or refuse everything by its limit, at least.
const Outage = 15 * time.Minute

// everything is the number of failures in a row, over all workers, that are no row's own: the vendor fails as a whole.
const everything = 10

// Health is how the vendor does, over all workers. Its times are nanoseconds since the start, without those that the
// machine slept through: no vendor has failed in them.
type Health struct {
	clock    func() time.Time
	outage   time.Duration
	start    time.Time
	lastOK   atomic.Int64 // when a request last succeeded; 0 for never
	failures atomic.Int64 // in a row
	since    atomic.Int64 // when the first of them was
}

// NewHealth returns the Health of a vendor of which nothing is known yet, and which may be away for so long.
func NewHealth(clock func() time.Time, outage time.Duration) *Health {
	return &Health{clock: clock, outage: outage, start: clock()}
}

// Now is the time since the start.
func (h *Health) Now() int64 { return int64(h.clock().Sub(h.start)) + 1 }

// OK takes note of a success.
func (h *Health) OK() {
	h.lastOK.Store(h.Now())
	if h.failures.Load() != 0 {
		h.failures.Store(0)
	}
}

// Fail takes note of a failure that is not a refusal.
func (h *Health) Fail() {
	if h.failures.Add(1) == 1 {
		h.since.Store(h.Now())
	}
}

// WasOK reports whether a request has ever succeeded.
func (h *Health) WasOK() bool { return h.lastOK.Load() != 0 }

// Down reports whether the vendor fails at everything.
func (h *Health) Down() bool { return h.failures.Load() >= everything }

// DownSince is when the first of the failures in a row was.
func (h *Health) DownSince() int64 { return h.since.Load() }

// MayRecover reports whether it is worth to wait for the vendor any longer: something succeeded since began, or that was not
// long ago.
func (h *Health) MayRecover(began int64) bool {
	return h.Now()-max(began, h.lastOK.Load()) < int64(h.outage)
}
