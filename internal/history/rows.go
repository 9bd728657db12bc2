package history

import (
	"errors"
	"io/fs"
	"path/filepath"
	"slices"

	"crmferry/importer/journal"
	"crmferry/importer/outcome"
	"crmferry/internal/crm"
	"crmferry/internal/state"
)

// firstRows is how many rows that need a look are kept of a run.
const firstRows = 10

// Rows is what the journal of an import knows of its rows.
type Rows struct {
	*outcome.Summary
	First  []outcome.Result // of those that were rejected, failed or are unknown
	Damage state.Damage
	Lost   int // rows of a finished run that the journal has lost

	over bool         // the run is finished
	sink outcome.Sink // where the rows go as well; may be nil
}

// Write takes the next row.
func (r *Rows) Write(res *outcome.Result) error {
	if r.over && res.Open {
		return nil // it has an outcome, which is lost
	}
	if slices.Contains([]outcome.Outcome{outcome.Rejected, outcome.Failed, outcome.Unknown}, res.Outcome) && len(r.First) < firstRows {
		r.First = append(r.First, *res)
	}
	if r.sink == nil {
		return nil
	}
	return r.sink.Write(res)
}

// Rows reads the journal of an import, into sink as well if that is not nil. The cause is fs.ErrNotExist if the run has
// none. traits are those of its resource's client.
func (p *Past) Rows(traits crm.Traits, sink outcome.Sink) (*Rows, error) {
	rows := &Rows{sink: sink, over: p.State == Finished}
	var err error
	if rows.Summary, rows.Damage, err = journal.Replay(p.JournalPath(), traits, rows); err != nil {
		return nil, err
	}
	if p.Imported() {
		rows.Lost = p.Record.Lost(rows.Summary)
	}
	if rows.over {
		rows.Counts[outcome.Unknown] -= rows.Open
		rows.Open = 0
	}
	if !p.Ended.IsZero() {
		rows.Elapsed = p.Ended.Sub(p.Since)
	}
	return rows, nil
}

// JournalPath is where the journal of the run is, if it has one.
func (p *Past) JournalPath() string { return filepath.Join(p.Dir, journalName) }

// Count brings the counts of an import that has not finished up to date: its record has those of its last stop, if any.
// What its journal cannot tell stays as it is.
func (p *Past) Count(traits crm.Traits) {
	if !p.Imported() || p.State != Running && p.State != Resumable {
		return
	}
	if rows, err := p.Rows(traits, nil); err == nil {
		p.TakeCounts(rows)
	} else if !errors.Is(err, fs.ErrNotExist) {
		p.Err = err
	}
}

// TakeCounts brings the counts of the record up to date, unless it knows more than the journal.
func (p *Past) TakeCounts(rows *Rows) {
	if rows.Lost > 0 {
		return
	}
	p.Record.Counts, p.Record.Rows, p.Open = rows.Counts, rows.Summary.Rows, rows.Open
}
