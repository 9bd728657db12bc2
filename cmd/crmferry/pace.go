package main

import (
	"fmt"
	"math"
	"time"

	"golang.org/x/time/rate"
)

// defaultLimit is kept where the vendor documents none: gentle enough not to be noticed by anybody else.
var defaultLimit = rateLimit{Requests: 5, Per: time.Second}

// margin is the share of a limit that is used, so that the clocks of two machines may differ a little.
const margin = 0.975

// paceSource is who has decided a pace.
type paceSource int

// Who decides a pace.
const (
	paceDefault    paceSource = iota // nobody: the vendor documents none
	paceDocumented                   // the vendor
	paceAsked                        // the user
	paceSandbox                      // nothing limits a sandbox of this process
)

// pace is how fast requests may leave, and why.
type pace struct {
	Limit  rateLimit // zero: no limit
	Source paceSource
	Excess bool // more than the vendor allows
}

// newPace decides the pace of a vendor. asked is what the user wants, nil for the vendor's; sandboxed accounts of this
// process have no limit.
func newPace(v *vendor, asked *rateLimit, sandboxed bool) pace {
	switch {
	case asked != nil:
		return pace{Limit: *asked, Source: paceAsked, Excess: v.Limit.documented() && v.Limit.perSecond() < asked.perSecond() && !sandboxed}
	case sandboxed:
		return pace{Source: paceSandbox}
	case v.Limit.documented():
		return pace{Limit: v.Limit, Source: paceDocumented}
	}
	return pace{Limit: defaultLimit, Source: paceDefault}
}

// Effective is the rate at which requests leave: a little less than the limit.
func (p pace) Effective() rate.Limit {
	if !p.Limit.documented() {
		return rate.Inf
	}
	return rate.Limit(p.Limit.perSecond() * margin)
}

// documented reports whether there is a limit at all.
func (l rateLimit) documented() bool { return l.Requests > 0 }

// perSecond is the limit in requests a second, infinite without one.
func (l rateLimit) perSecond() float64 {
	if !l.documented() {
		return math.Inf(1)
	}
	return float64(l.Requests) / l.Per.Seconds()
}

// String is the limit for people: "20 requests a minute".
func (l rateLimit) String() string {
	if !l.documented() {
		return "no limit"
	}
	noun := "requests"
	if l.Requests == 1 {
		noun = "request"
	}
	return fmt.Sprintf("%d %s %s", l.Requests, noun, map[time.Duration]string{
		time.Second: "a second", time.Minute: "a minute", time.Hour: "an hour"}[l.Per])
}

// rateLimit is a number of requests in a time, as vendors document it and --rate takes it.
type rateLimit struct {
	Requests int
	Per      time.Duration
}
