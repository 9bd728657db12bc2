package main

import (
	"fmt"
	"math"
	"strconv"
	"strings"
	"time"

	"golang.org/x/time/rate"

	"crmferry/internal/failure"
)

// defaultLimit is kept where the vendor documents none: gentle enough not to be noticed by anybody else.
var defaultLimit = rateLimit{Requests: 5, Per: time.Second}

// margin is the share of a limit that is used, so that the clocks of two machines may differ a little.
const margin = 0.975

// pace is how fast requests may leave, and why.
type pace struct {
	limit rateLimit // zero: no limit
	why   string    // for people: "documented by RogerRoger"
	// warning says that the user asks for more than the vendor allows, "" if not.
	warning string
}

// newPace decides the pace of a vendor. flag is the value of --rate, "" if it is not given; sandboxed accounts of this
// process have no limit.
func newPace(v *vendor, flag string, sandboxed bool) (pace, error) {
	if flag != "" {
		limit, err := parseRate(flag)
		if err != nil {
			return pace{}, err
		}
		p := pace{limit: limit, why: "--rate"}
		if v.Limit.documented() && v.Limit.perSecond() < limit.perSecond() && !sandboxed {
			p.warning = fmt.Sprintf("--rate %s is above what %s documents (%s): requests may be refused", flag, v.Name, v.Limit)
		}
		return p, nil
	}
	switch {
	case sandboxed:
		return pace{why: "sandbox"}, nil
	case v.Limit.documented():
		return pace{limit: v.Limit, why: "documented by " + v.Name}, nil
	}
	return pace{limit: defaultLimit, why: fmt.Sprintf("a default: %s documents no limit; --rate sets another", v.Name)}, nil
}

// String is the pace for people: "20 requests a minute (documented by RogerRoger)".
func (p pace) String() string { return fmt.Sprintf("%s (%s)", p.limit, p.why) }

// Effective is the rate at which requests leave: a little less than the limit.
func (p pace) Effective() rate.Limit {
	if !p.limit.documented() {
		return rate.Inf
	}
	return rate.Limit(p.limit.perSecond() * margin)
}

// documented says whether there is a limit at all.
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

// parseRate reads the value of --rate: a whole number per s, m or h, or "off".
func parseRate(s string) (rateLimit, error) {
	if s == "off" {
		return rateLimit{}, nil
	}
	number, unit, _ := strings.Cut(s, "/")
	per, known := map[string]time.Duration{"s": time.Second, "m": time.Minute, "h": time.Hour}[unit]
	n, err := strconv.Atoi(number)
	if !known || err != nil || n < 1 {
		return rateLimit{}, failure.Usage(`give a number of requests per second, minute or hour: --rate 20/m, or --rate off`,
			"--rate %q is not a rate", s)
	}
	return rateLimit{Requests: n, Per: per}, nil
}
