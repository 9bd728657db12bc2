package job

import (
	"time"

	"crmferry/importer/outcome"
	"crmferry/internal/account"
)

// meter shows the progress of a run.
type meter struct {
	progress Progress
	speed    account.Speed
}

// Rows shows the rows done.
func (m *meter) Rows(done, requestsLeft int) {
	m.progress.Set(int64(done))
	m.progress.Left(m.speed.Left(requestsLeft))
}

// Became counts the rows by their outcomes.
func (m *meter) Became(o outcome.Outcome) {
	m.progress.Became(string(o), o == outcome.Rejected || o == outcome.Failed || o == outcome.Unknown)
}

// Prepared is told of a preparation that took a while.
type Prepared struct {
	Requests int64
	Took     time.Duration
}

func (Prepared) event() {}

// longPreparation is from where on it is told how long the preparation took.
const longPreparation = 2 * time.Second

// tellPreparation shows the requests that are made before the plan is known, until end is called; done says whether it is.
func (j *importJob) tellPreparation() (end func(done bool)) {
	t, began := j.conn.Transport(), time.Now()
	before := t.Requests()
	progress := j.Progress("request", 0, j.conn)
	t.OnSent(func(n int64) { progress.Set(n - before) })
	return func(done bool) {
		t.OnSent(nil)
		progress.Done()
		if p := (Prepared{t.Requests() - before, time.Since(began)}); done && p.Took >= longPreparation {
			j.Event(p)
		}
	}
}
