package transport

import (
	"time"

	"golang.org/x/time/rate"
)

// How the rate follows refusals. It falls at once, and rises again so slowly that a vendor who shares one limit among
// several programs is asked for too much only now and then.
const (
	lowered       = 0.7             // what a refusal leaves of the rate
	found         = 0.9             // what is kept of the rate that a vendor was seen to take, where none was set
	restarted     = 0.25            // of the rate, after a pause
	recovered     = 1.5             // by each answer after a pause
	creepShare    = 100             // answers at least for the rate to rise from nothing to the limit
	creepTime     = 5 * time.Minute // and the time at least
	leastShare    = 0.1             // of the limit
	leastFound    = rate.Limit(5)   // requests a second, where no rate was set: the pauses hold what is slower
	unlimitedFrom = rate.Limit(1e3) // requests a second from where on a rate that was not set is none again after a pause
)

// adaptiveRate is the rate at which requests leave: the limit, until the vendor refuses requests although they kept it, as it
// does where another program uses the same key.
type adaptiveRate struct {
	limit rate.Limit // never exceeded; rate.Inf: none was set
	fair  rate.Limit // what the vendor takes, as far as known
	now   rate.Limit // comes up to fair after a pause

	answers int       // since the last refusal
	since   time.Time // the last refusal, or the beginning
	raised  time.Time // when fair was last raised or lowered
}

func newAdaptiveRate(limit rate.Limit, now time.Time) adaptiveRate {
	return adaptiveRate{limit: limit, fair: limit, now: limit, since: now}
}

// least is the slowest rate.
func (r *adaptiveRate) least() rate.Limit {
	if r.limit == rate.Inf {
		return leastFound
	}
	return r.limit * leastShare
}

// lower takes note of a refusal that makes requests wait until then. Where no rate was set, it is what the vendor took
// since the last refusal, the wait included.
func (r *adaptiveRate) lower(until time.Time) {
	if r.fair == rate.Inf {
		r.fair = found * rate.Limit(float64(r.answers)/until.Sub(r.since).Seconds())
	} else {
		r.fair *= lowered
	}
	r.fair = max(r.fair, r.least())
	r.answers, r.since, r.raised = 0, until, until
}

// restart is what happens to the rate at a pause.
func (r *adaptiveRate) restart() {
	if r.fair == rate.Inf {
		r.now = r.least()
	} else {
		r.now = max(r.fair*restarted, r.least())
	}
}

// raise takes note of an answer that was no refusal.
func (r *adaptiveRate) raise(now time.Time) {
	r.answers++
	if r.now == r.limit {
		return
	}
	if r.now < r.fair {
		r.now = min(r.now*recovered, r.fair)
		if r.fair == rate.Inf && r.now > unlimitedFrom {
			r.now = rate.Inf
		}
		return
	}
	whole := r.limit
	if whole == rate.Inf {
		whole = r.fair
	}
	share := min(1.0/creepShare, max(now.Sub(r.raised), 0).Seconds()/creepTime.Seconds())
	r.fair, r.raised = min(r.fair+whole*rate.Limit(share), r.limit), now
	r.now = r.fair
}
