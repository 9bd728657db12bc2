package importer

import (
	"context"
	"errors"
	"time"

	"crmferry/importer/outcome"
	"crmferry/internal/crm"
	"crmferry/internal/state"
)

// Replay hands what the journal at path knows of each row to sink, in row order, without the file and without the
// vendor. A row that was about to be sent and has no outcome is unknown. traits are the vendor's. The damage says what
// of the journal could not be used.
func Replay(path string, traits crm.Traits, sink outcome.Sink) (*outcome.Summary, state.Damage, error) {
	j := newJournal()
	view, damage, err := state.ViewJournal(path, j.replay)
	if err != nil {
		return nil, damage, err
	}
	defer view.Close()
	j.read = view.Read
	c := outcome.NewCollector(sink, outcome.NewSummary(j.past.rows), traits, j.past.settled)
	err = j.each(c.Add)
	c.Summary.Open = len(j.past.intents)
	c.Summary.Finish(time.Time{})
	return c.Summary, damage, err
}

// each calls do for every row that the journal knows something of, in their order.
func (j *Journal) each(do func(res *outcome.Result, written bool) error) error {
	rows := len(j.past.outcomes)
	for seq := range j.past.intents {
		rows = max(rows, seq+1)
	}
	for seq := range rows {
		res, written, err := j.known(seq)
		if err == nil && res != nil {
			err = do(res, written)
		}
		if err != nil {
			return err
		}
	}
	return nil
}

// known is what earlier sessions knew of a row, and whether it was written: its outcome, else that it is in doubt, nil
// for nothing.
func (j *Journal) known(seq int) (*outcome.Result, bool, error) {
	res, written, err := j.outcome(seq)
	if j == nil || res != nil || err != nil {
		return res, written, err
	}
	if in := j.past.intents[seq]; in != nil {
		res = in.unknown()
	}
	return res, false, nil
}

// unknown is the result of a row in doubt.
func (in *intent) unknown() *outcome.Result {
	res := &outcome.Result{Row: in.row, First: in.first, Line: in.line, Outcome: outcome.Unknown, Action: in.action, Key: in.key, ID: in.id, Attempts: 1, Finished: in.at}
	res.LeaveOpen(outcome.ErrNoAnswer)
	return res
}

// stoppedBy reports whether err is that of another row, which has stopped the run: what it says of a request is not said
// of this row's, which did not leave.
func stoppedBy(ctx context.Context, err error) bool {
	var own, other *crm.Error
	return errors.As(err, &own) && errors.As(context.Cause(ctx), &other) && own == other
}

// canceled says whether err is how ctx ended.
func canceled(ctx context.Context, err error) bool {
	return ctx.Err() != nil && (errors.Is(err, context.Cause(ctx)) || errors.Is(err, ctx.Err()))
}
