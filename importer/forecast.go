package importer

import (
	"sync/atomic"

	"crmferry/importer/outcome"
)

// forecast knows how many requests are still to come: those of rows that were looked up are known, the others are
// assumed to need as many writes as the rows looked up so far did.
type forecast struct {
	lookUps atomic.Int64 // still to come
	rows    atomic.Int64 // still to be finished
	perRow  float64      // writes a row needs at most
	writing atomic.Int64 // rows finished with a write
	ended   atomic.Int64 // rows finished
}

func (f *forecast) start(p *Plan) {
	f.lookUps.Store(int64(p.LookUps))
	f.rows.Store(int64(p.Rows))
	if p.Rows > 0 {
		f.perRow = float64(p.Writes) / float64(p.Rows)
	}
}

// looked takes note of requests that looked contacts up.
func (f *forecast) looked(requests int) { f.lookUps.Add(-int64(requests)) }

// finished takes note of a row's outcome.
func (f *forecast) finished(o outcome.Outcome) {
	f.rows.Add(-1)
	f.ended.Add(1)
	if o == outcome.Created || o == outcome.Updated || o == outcome.Deleted || o == outcome.Failed || o == outcome.Unknown {
		f.writing.Add(1)
	}
}

// left is the number of requests still to come.
func (f *forecast) left() int {
	share := 1.0
	if n := f.ended.Load(); n > 0 {
		share = float64(f.writing.Load()) / float64(n)
	}
	return int(max(f.lookUps.Load(), 0)) + int(share*f.perRow*float64(max(f.rows.Load(), 0)))
}
