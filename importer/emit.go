package importer

import (
	"context"
	"errors"
	"hash/maphash"
	"time"

	"crmferry/internal/crm"
	"crmferry/internal/state"
	"crmferry/mapping"
)

// emission hands results to a sink in the order of their rows, and counts them.
type emission struct {
	sink    Sink
	summary *Summary
	upserts bool // the vendor decides what is one contact
	seed    maphash.Seed
	ids     *idSet // of contacts that were written
	failure error  // the first of the sink
}

// emit hands one result on. written says that the vendor took a write of the row.
func (e *emission) emit(res *Result, written bool) {
	if written && res.ID != "" && e.ids.add(maphash.String(e.seed, res.ID)) {
		res.Problems = append(res.Problems, mapping.Problem{Code: CodeMerged, Message: e.mergedText()})
	}
	e.summary.add(res)
	if e.failure == nil {
		e.failure = e.sink.Write(res)
	}
}

func (e *emission) mergedText() string {
	if e.upserts {
		return "the vendor took this row and an earlier one, which has the same id, for one contact"
	}
	return "this row and an earlier one, which has the same id, are one contact"
}

// Replay hands what the journal at path knows of each row to sink, in row order, without the file and without the
// vendor. A row that was about to be sent and has no outcome is unknown. traits are the vendor's. The damage says what
// of the journal could not be used.
func Replay(path string, traits crm.Traits, sink Sink) (*Summary, state.Damage, error) {
	j := newJournal()
	view, damage, err := state.ViewJournal(path, j.replay)
	if err != nil {
		return nil, damage, err
	}
	defer view.Close()
	j.read = view.Read
	e := &emission{sink: sink, summary: summaryOf(j.past.rows), upserts: traits.CreateUpserts, seed: maphash.MakeSeed(), ids: newIDSet(j.past.settled)}
	err = j.each(func(res *Result, written bool) error {
		e.emit(res, written)
		return e.failure
	})
	e.summary.Open = len(j.past.intents)
	e.summary.finish(time.Time{})
	return e.summary, damage, err
}

// each calls do for every row that the journal knows something of, in their order.
func (j *Journal) each(do func(res *Result, written bool) error) error {
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
func (j *Journal) known(seq int) (*Result, bool, error) {
	res, written, err := j.outcome(seq)
	if j == nil || res != nil || err != nil {
		return res, written, err
	}
	if in := j.past.intents[seq]; in != nil {
		res = in.unknown()
	}
	return res, false, nil
}

// errNoAnswer is what is known of a row that was about to be sent when the run broke off.
var errNoAnswer = errors.New("the run ended before the answer came")

// unknown is the result of a row in doubt.
func (in *intent) unknown() *Result {
	res := &Result{Row: in.row, First: in.first, Line: in.line, Outcome: Unknown, Action: in.action, Key: in.key, ID: in.id, Attempts: 1, Finished: in.at}
	res.open(errNoAnswer)
	return res
}

// open makes the result unknown for now, because of err.
func (r *Result) open(err error) {
	r.Outcome, r.Changed, r.Open = Unknown, nil, true
	r.Problems = append(r.Problems, mapping.Problem{Code: crm.CodeUnverified,
		Message: err.Error() + "; --resume verifies it where the CRM can be asked, else look there before sending it again"})
}

// doubt makes the result unknown because of err.
func (r *Result) doubt(err error) {
	look := "look in the CRM whether the contact is as the row says before sending it again"
	if r.Action == Delete {
		look = "look in the CRM whether the contact is there still"
	}
	r.Outcome, r.Changed = Unknown, nil
	r.Problems = append(r.Problems, mapping.Problem{Code: crm.CodeUnverified, Message: err.Error() + "; " + look})
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
