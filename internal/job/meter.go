package job

import (
	"time"

	"crmferry/importer/outcome"
)

// takes is how long so many requests take: by the rate at which they leave or, where that is longer, by the time in which they are
// answered, as far as that is known; 0 if nothing tells.
func (c *Connection) takes(requests int) time.Duration {
	answered := time.Duration(requests) * c.Transport().Latency() / time.Duration(max(c.Workers, 1))
	return max(AtRate(requests, c.Pace.Effective()), answered)
}

// meter shows the progress of a run.
type meter struct {
	progress Progress
	conn     *Connection
	from, to mark // between which the speed is measured
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

// Rows shows the rows done.
func (m *meter) Rows(done, requestsLeft int) {
	m.progress.Set(int64(done))
	left := AtRate(requestsLeft, m.conn.Transport().Rate())
	m.progress.Left(max(left, m.asMeasured(requestsLeft)))
}

// Became counts the rows by their outcomes.
func (m *meter) Became(o outcome.Outcome) {
	m.progress.Became(string(o), o == outcome.Rejected || o == outcome.Failed || o == outcome.Unknown)
}

// asMeasured is how long so many requests take at the speed of the last ones; 0 before the first.
func (m *meter) asMeasured(requests int) time.Duration {
	now := mark{time.Now(), m.conn.Transport().Requests()}
	if m.from.at.IsZero() {
		m.from, m.to = now, now
	}
	if now.requests-m.to.requests >= measuredRequests && now.at.Sub(m.to.at) >= measuredTime {
		m.from, m.to = m.to, now
	}
	made := now.requests - m.from.requests
	if made < leastMeasured {
		return 0
	}
	return time.Duration(float64(now.at.Sub(m.from.at)) / float64(made) * float64(requests))
}

// Prepared is told of a preparation that took a while.
type Prepared struct {
	Requests int64
	Took     time.Duration
}

func (Prepared) event() {}

// longPreparation is from where on it is told how long the preparation took.
const longPreparation = time.Second

// tellPreparation shows the requests that are made before the plan is known, until end is called.
func (j *importJob) tellPreparation() (end func()) {
	t, began := j.conn.Transport(), time.Now()
	before := t.Requests()
	progress := j.Progress("request", 0, j.conn)
	t.OnSent(func(n int64) { progress.Set(n - before) })
	return func() {
		t.OnSent(nil)
		progress.Done()
		if p := (Prepared{t.Requests() - before, time.Since(began)}); p.Took >= longPreparation {
			j.Event(p)
		}
	}
}
