package account

import (
	"fmt"
	"math"
	"time"

	"golang.org/x/time/rate"
)

// defaultLimit is kept where the vendor documents none: gentle enough not to be noticed by anybody else.
var defaultLimit = RateLimit{Requests: 5, Per: time.Second}

// margin is the share of a limit that is used, so that the clocks of two machines may differ a little.
const margin = 0.975

// PaceSource is who has decided a pace.
type PaceSource int

// Who decides a pace.
const (
	PaceDefault    PaceSource = iota // the vendor documents none
	PaceDocumented                   // the vendor
	PaceAsked                        // the user
	PaceSandbox                      // nothing limits a sandbox of this process
)

// Pace is how fast requests may leave, and why.
type Pace struct {
	Limit  RateLimit // zero: no limit
	Source PaceSource
	Excess bool // more than the vendor allows
}

// NewPace decides the pace of a vendor. asked is what the user wants, nil for the vendor's; sandboxed accounts of this
// process have no limit.
func NewPace(v *Vendor, asked *RateLimit, sandboxed bool) Pace {
	switch {
	case asked != nil:
		return Pace{Limit: *asked, Source: PaceAsked, Excess: v.Limit.Documented() && v.Limit.perSecond() < asked.perSecond() && !sandboxed}
	case sandboxed:
		return Pace{Source: PaceSandbox}
	case v.Limit.Documented():
		return Pace{Limit: v.Limit, Source: PaceDocumented}
	}
	return Pace{Limit: defaultLimit, Source: PaceDefault}
}

// Effective is the rate at which requests leave: a little less than the limit.
func (p Pace) Effective() rate.Limit {
	if !p.Limit.Documented() {
		return rate.Inf
	}
	return rate.Limit(p.Limit.perSecond() * margin)
}

// PerSecond is Effective as a number, 0 without a limit.
func (p Pace) PerSecond() float64 {
	if r := p.Effective(); r != rate.Inf {
		return float64(r)
	}
	return 0
}

// Documented reports whether there is a limit at all.
func (l RateLimit) Documented() bool { return l.Requests > 0 }

// perSecond is the limit in requests a second, infinite without one.
func (l RateLimit) perSecond() float64 {
	if !l.Documented() {
		return math.Inf(1)
	}
	return float64(l.Requests) / l.Per.Seconds()
}

// String is the limit for people: "20 requests a minute".
func (l RateLimit) String() string {
	if !l.Documented() {
		return "no limit"
	}
	noun := "requests"
	if l.Requests == 1 {
		noun = "request"
	}
	return fmt.Sprintf("%d %s %s", l.Requests, noun, map[time.Duration]string{
		time.Second: "a second", time.Minute: "a minute", time.Hour: "an hour"}[l.Per])
}

// RateLimit is a number of requests in a time, as vendors document it and --rate takes it.
type RateLimit struct {
	Requests int
	Per      time.Duration
}
