package journal

import (
	"context"
	"encoding/json"
	"time"

	"crmferry/importer/outcome"
)

// Begin writes down that a session begins.
func (j *Journal) Begin(ctx context.Context, rows int, now time.Time) error {
	if j == nil {
		return nil
	}
	if j.past.started.IsZero() {
		j.past.started = now
	}
	return j.commit(ctx, record{Kind: recordStart, Rows: rows, At: now.UnixMilli()})
}

// AppendIntent writes down that a write of a row is soon to leave. It must not before the journal is durable up to end.
func (j *Journal) AppendIntent(seq int, res *outcome.Result, at time.Time) (end int64, err error) {
	return j.append(intentRecord(recordIntent, seq, res, at))
}

// CommitIntent writes down that a write of a row is about to leave, and returns once that is durable.
func (j *Journal) CommitIntent(ctx context.Context, seq int, res *outcome.Result, at time.Time) error {
	return j.commit(ctx, intentRecord(recordIntent, seq, res, at))
}

// AppendStep writes down that the contact of a row is written, and that further steps follow.
func (j *Journal) AppendStep(seq int, res *outcome.Result, at time.Time) error {
	_, err := j.append(intentRecord(recordStep, seq, res, at))
	return err
}

// CommitFormer writes down which contact has what a step is about to give to that of a row, "" for none, and returns once that
// is durable. AppendStep comes before it.
func (j *Journal) CommitFormer(ctx context.Context, seq int, res *outcome.Result, former string, at time.Time) error {
	r := intentRecord(recordStep, seq, res, at)
	r.Former = &former
	return j.commit(ctx, r)
}

// AppendNothing writes down that the write of a row that was about to leave did nothing.
func (j *Journal) AppendNothing(seq int) error {
	_, err := j.append(record{Kind: recordNothing, Seq: seq})
	return err
}

// AppendOutcome writes down the outcome of a row, and whether the vendor took a write of it.
func (j *Journal) AppendOutcome(seq int, res *outcome.Result, written bool) error {
	if j == nil {
		return nil
	}
	_, err := j.append(outcomeRecord(seq, res, written))
	return err
}

// AppendAllowance lets the rows before upTo leave without intents: they can be sent again with the same tokens. They must
// not leave before the journal is durable up to end.
func (j *Journal) AppendAllowance(upTo int, at time.Time) (end int64, err error) {
	return j.append(record{Kind: recordUpTo, Seq: upTo, At: at.UnixMilli()})
}

// AppendEnd writes down that of the rows that the session has allowed to leave those are in doubt that have intents.
func (j *Journal) AppendEnd() error {
	_, err := j.append(record{Kind: recordEnded})
	return err
}

// CommitLink writes down that a thing that rows name is about to be created, and returns once that is durable.
func (j *Journal) CommitLink(ctx context.Context, kind, name string, at time.Time) error {
	return j.commit(ctx, record{Kind: recordLink, Link: kind, Name: name, At: at.UnixMilli()})
}

// AppendCopied writes down that the contact of a row, which is to be deleted, stands in a file, and the sum of what it held.
func (j *Journal) AppendCopied(seq int, sum uint64) (end int64, err error) {
	return j.append(record{Kind: recordCopied, Seq: seq, Sum: sum})
}

// AppendBefore writes down all of the contact that a row is to delete: see Result.Before.
func (j *Journal) AppendBefore(seq int, before json.RawMessage) (end int64, err error) {
	return j.append(record{Kind: recordBefore, Seq: seq, Before: before})
}
