package workers

import (
	"sync/atomic"

	"crmferry/importer/outcome"
)

// Forecast knows how many requests are still to come: those of rows that were looked up are known, the others are
// assumed to need as many writes as the rows looked up so far did.
type Forecast struct {
	lookUps atomic.Int64 // still to come
	rows    atomic.Int64 // still to be finished
	perRow  float64      // writes a row needs at most
	writing atomic.Int64 // rows finished with a write
	ended   atomic.Int64 // rows finished
	begun   atomic.Int64 // writes of rows that are not finished
}

// Start takes over what is planned: rows, requests that look contacts up, and requests that change something.
func (f *Forecast) Start(rows, lookUps, writes int) {
	f.lookUps.Store(int64(lookUps))
	f.rows.Store(int64(rows))
	if rows > 0 {
		f.perRow = float64(writes) / float64(rows)
	}
}

// Ended is how many rows have an outcome.
func (f *Forecast) Ended() int64 { return f.ended.Load() }

// Looked takes note of requests that looked contacts up.
func (f *Forecast) Looked(requests int) { f.lookUps.Add(-int64(requests)) }

// Wrote takes note of a write that was sent for a row that is not finished.
func (f *Forecast) Wrote() { f.begun.Add(1) }

// Done takes note of a row that is finished, after so many writes.
func (f *Forecast) Done(writes int) { f.begun.Add(-int64(writes)) }

// Settle forgets writes that were not of rows.
func (f *Forecast) Settle() { f.begun.Store(0) }

// Finished takes note of a row's outcome.
func (f *Forecast) Finished(o outcome.Outcome) {
	f.rows.Add(-1)
	f.ended.Add(1)
	if o == outcome.Created || o == outcome.Updated || o == outcome.Deleted || o == outcome.Failed || o == outcome.Unknown {
		f.writing.Add(1)
	}
}

// Left is the number of requests still to come.
func (f *Forecast) Left() int {
	share := 1.0
	if n := f.ended.Load(); n > 0 {
		share = float64(f.writing.Load()) / float64(n)
	}
	writes := int(share * f.perRow * float64(max(f.rows.Load(), 0)))
	return int(max(f.lookUps.Load(), 0)) + max(writes-int(f.begun.Load()), 0)
}
