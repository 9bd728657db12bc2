package sandbox

import (
	"slices"
	"sync"
	"time"
)

// underWay is how long after the announcement of a pause requests may still arrive that left before they knew.
const underWay = 250 * time.Millisecond

// announced is the pause that a vendor asked for last, and the requests that came all the same.
type announced struct {
	mu                 sync.Mutex
	asked, from, until time.Time
	early              []time.Time // for each such request, when the pause was asked for
}

// pauseUntil notes a pause that was asked for at a time.
func (p *announced) pauseUntil(now, until time.Time) {
	p.mu.Lock()
	defer p.mu.Unlock()
	if now.Add(underWay).After(p.until) { // else the earlier one still holds
		p.from = now.Add(underWay)
	}
	if until.After(p.until) {
		p.asked, p.until = now, until
	}
}

// arrive counts a request that comes during a pause.
func (p *announced) arrive(now time.Time) {
	p.mu.Lock()
	defer p.mu.Unlock()
	if now.After(p.from) && now.Before(p.until) {
		p.early = append(p.early, p.asked)
	}
}

func (p *announced) violations() []time.Time {
	p.mu.Lock()
	defer p.mu.Unlock()
	return slices.Clone(p.early)
}
