package journal

import (
	"errors"
	"time"

	"crmferry/importer/outcome"
	"crmferry/internal/crm"
	"crmferry/internal/state"
)

// IsBlank reports whether the journal at path holds not one record that can be read. Then it is not the journal of a run
// that has begun, or was once.
func IsBlank(path string) (bool, error) {
	found := errors.New("a record")
	_, err := state.ReadJournal(path, func(int64, []byte) error { return found })
	if errors.Is(err, found) {
		return false, nil
	}
	return err == nil, err
}

// SomeID is the id of a contact that the journal at path says was written or found, "" if there is none.
func SomeID(path string) (string, error) {
	p := newPast()
	view, _, err := state.ViewJournal(path, p.replay)
	if err != nil {
		return "", err
	}
	return p.someID, view.Close()
}

// Replay hands what the journal at path knows of each row to sink, in row order, without the file and without the
// vendor. A row that was about to be sent and has no outcome is unknown. traits are the vendor's. The damage says what
// of the journal could not be used.
func Replay(path string, traits crm.Traits, sink outcome.Sink) (*outcome.Summary, state.Damage, error) {
	p := newPast()
	view, damage, err := state.ViewJournal(path, p.replay)
	if err != nil {
		return nil, damage, err
	}
	defer view.Close()
	c := outcome.NewCollector(sink, outcome.NewSummary(p.rows), traits, p.finished)
	for seq := range p.seen() {
		var res *outcome.Result
		var written bool
		if res, written, err = p.known(seq, view.Read); err == nil && res != nil {
			err = c.Add(res, written)
		}
		if err != nil {
			break
		}
	}
	if endErr := c.End(); err == nil {
		err = endErr
	}
	c.Summary.Open += len(p.intents)
	c.Summary.Finish(time.Time{})
	return c.Summary, damage, err
}
