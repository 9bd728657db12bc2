package account

import (
	"time"

	"golang.org/x/time/rate"
)

// Takes is how long so many requests take: by the rate at which they leave or, where that is longer, by the time in which they are
// answered, as far as that is known; 0 if nothing tells.
func (c *Connection) Takes(requests int) time.Duration {
	answered := time.Duration(requests) * c.Transport().Latency() / time.Duration(max(c.Workers, 1))
	return max(AtRate(requests, c.Pace.Effective()), answered)
}

// Speed is how fast the requests of a connection are answered, as measured from the first call of Left on.
type Speed struct {
	Conn     *Connection
	from, to mark // between which it is measured
}

// mark is how many requests were made by a time.
type mark struct {
	at       time.Time
	requests int64
}

// How long the speed is measured: long enough to be even, and not so long that what was before a change counts for ever.
const (
	measuredRequests = 50
	measuredTime     = 10 * time.Second
	leastMeasured    = 5 // requests
)

// Left is how long so many requests will take: by the rate at which they leave or, where that is longer, at the speed of the last
// ones; 0 if neither tells.
func (s *Speed) Left(requests int) time.Duration {
	return max(AtRate(requests, s.Conn.Transport().Rate()), s.asMeasured(requests))
}

// asMeasured is how long so many requests take at the speed of the last ones; 0 before the first.
func (s *Speed) asMeasured(requests int) time.Duration {
	now := mark{time.Now(), s.Conn.Transport().Requests()}
	if s.from.at.IsZero() {
		s.from, s.to = now, now
	}
	if now.requests-s.to.requests >= measuredRequests && now.at.Sub(s.to.at) >= measuredTime {
		s.from, s.to = s.to, now
	}
	made := now.requests - s.from.requests
	if made < leastMeasured {
		return 0
	}
	return time.Duration(float64(now.at.Sub(s.from.at)) / float64(made) * float64(requests))
}

// AtRate is how long so many requests take; 0 if nothing limits them.
func AtRate(requests int, limit rate.Limit) time.Duration {
	if limit == rate.Inf || limit <= 0 {
		return 0
	}
	return time.Duration(float64(requests) / float64(limit) * float64(time.Second))
}
