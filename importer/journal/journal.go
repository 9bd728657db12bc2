package journal

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"sync"
	"time"

	"crmferry/importer/outcome"
	"crmferry/internal/crm"
	"crmferry/internal/state"
)

// Journal is what a run has written down of its rows: which were about to be sent, and what became of them. Rows are
// known by their position among the rows read, from 0. What it writes is safe for concurrent use. A nil Journal knows
// nothing and writes nothing.
type Journal struct {
	file   *state.Journal
	damage state.Damage
	past   past

	buffers sync.Pool // of records, *[]byte
}

// Open begins the journal at path, or goes on with the one that is there.
func Open(path string) (*Journal, error) {
	j := &Journal{past: newPast()}
	if _, err := os.Stat(path); errors.Is(err, fs.ErrNotExist) {
		if err := j.create(path); err != nil {
			return nil, err
		}
		return j, nil
	}
	var err error
	if j.file, j.damage, err = state.ResumeJournal(path, j.past.replay); err != nil {
		return nil, err
	}
	if err := j.checkDamage(path); err != nil {
		return nil, errors.Join(err, j.file.Close())
	}
	return j, nil
}

// create begins the journal at path.
func (j *Journal) create(path string) (err error) {
	if j.file, err = state.CreateJournal(path); err != nil {
		return err
	}
	if err := j.commit(context.Background(), record{Kind: recordHead}); err != nil {
		return errors.Join(err, j.file.Close())
	}
	return nil
}

// checkDamage writes down that the journal is damaged, or was when it was opened by somebody who did not come to do so.
func (j *Journal) checkDamage(path string) error {
	if j.damage == (state.Damage{}) {
		if damaged, err := state.WasDamaged(path); err != nil || !damaged || j.past.damaged {
			return err
		}
	}
	return j.commitDoubt()
}

// commitDoubt writes down that any row without an outcome may have left.
func (j *Journal) commitDoubt() error {
	j.past.doubtAll()
	return j.commit(context.Background(), record{Kind: recordDoubt})
}

// Size is how many bytes of the journal are durable.
func (j *Journal) Size() int64 {
	if j == nil {
		return 0
	}
	return j.file.Size()
}

// Expect puts every row without an outcome in doubt if the journal is shorter than it is known to have been.
func (j *Journal) Expect(size int64) error {
	is := j.Size()
	if j == nil || is >= size || j.past.damaged {
		return nil
	}
	j.damage = state.Damage{Line: j.past.records + 1, Reason: fmt.Sprintf("it ends here, after %d bytes, and had %d", is, size)}
	return j.commitDoubt()
}

// Close makes durable what was written down.
func (j *Journal) Close() error {
	if j == nil {
		return nil
	}
	return j.file.Close()
}

// Damage is what was wrong with the journal when it was opened.
func (j *Journal) Damage() state.Damage { return j.damage }

// Failed is closed once the journal cannot be written any more. Of a nil Journal it never is.
func (j *Journal) Failed() <-chan struct{} {
	if j == nil {
		return nil
	}
	return j.file.Failed()
}

// Err is why the journal cannot be written any more, an *Error.
func (j *Journal) Err() error { return &Error{j.file.Err()} }

// Error is a journal that cannot be written. What is in flight then is in doubt.
type Error struct{ Err error }

// Error is the cause.
func (e *Error) Error() string { return e.Err.Error() }

// Unwrap returns the cause.
func (e *Error) Unwrap() error { return e.Err }

// append writes a record down and returns where it ends; it is durable a little later.
func (j *Journal) append(r record) (end int64, err error) {
	if j == nil {
		return 0, nil
	}
	buffer, ok := j.buffers.Get().(*[]byte)
	if !ok {
		buffer = new([]byte)
	}
	defer j.buffers.Put(buffer)
	*buffer = r.appendJSON((*buffer)[:0])
	end, err = j.file.Append(*buffer)
	if err != nil {
		return 0, &Error{err}
	}
	return end, nil
}

// commit writes a record down and returns once it is durable.
func (j *Journal) commit(ctx context.Context, r record) error {
	end, err := j.append(r)
	if err != nil {
		return err
	}
	return j.Sync(ctx, end)
}

// Sync returns once what was appended up to end is durable.
func (j *Journal) Sync(ctx context.Context, end int64) error {
	if j == nil {
		return nil
	}
	err := j.file.Commit(ctx, end)
	if err == nil || ctx.Err() != nil && errors.Is(err, context.Cause(ctx)) {
		return err
	}
	return &Error{err}
}

// Hurry begins to make durable what was appended, and does not wait.
func (j *Journal) Hurry() {
	if j != nil {
		j.file.Hurry()
	}
}

// Begun reports whether an earlier session has begun to work on rows.
func (j *Journal) Begun() bool { return j != nil && !j.past.started.IsZero() }

// Counts are numbers of rows of earlier sessions.
type Counts struct {
	Finished int // that have an outcome
	Sent     int // of these, those that broke no rule
	Written  int // of these, those that were written
	InDoubt  int // of which nothing says what came of a write that was about to leave
}

// Counts counts the rows of earlier sessions.
func (j *Journal) Counts() Counts {
	if j == nil {
		return Counts{}
	}
	return Counts{j.past.finished, j.past.sent, j.past.written, j.past.doubtful()}
}

// HasOutcome reports whether a row has an outcome from an earlier session.
func (j *Journal) HasOutcome(seq int) bool { return j != nil && j.past.hasOutcome(seq) }

// Outcome is the outcome of a row from an earlier session, and whether the row was written; nil if it has none.
func (j *Journal) Outcome(seq int) (*outcome.Result, bool, error) {
	if j == nil {
		return nil, false, nil
	}
	return j.past.outcome(seq, j.file.Read)
}

// Known is what earlier sessions knew of a row, and whether it was written: its outcome, else that it is in doubt, nil
// for nothing.
func (j *Journal) Known(seq int) (*outcome.Result, bool, error) {
	if j == nil {
		return nil, false, nil
	}
	return j.past.known(seq, j.file.Read)
}

// Intent is the write that an earlier session wrote down as about to leave, if nothing says what came of it; else nil.
func (j *Journal) Intent(seq int) *Intent {
	if j == nil {
		return nil
	}
	return j.past.intents[seq]
}

// Doubt is the write of a row that may have been done in an earlier session, nil if the row was never sent. It is an Intent,
// or of a row that was allowed to leave without one.
func (j *Journal) Doubt(seq int) *Intent {
	if j == nil {
		return nil
	}
	return j.past.doubt(seq)
}

// AnyDoubt reports whether the write of a row may have been done in an earlier session, at a time of which is holds.
func (j *Journal) AnyDoubt(is func(at time.Time) bool) bool { return j.Begun() && j.past.anyDoubt(is) }

// AllowedUpTo is the row before which earlier sessions may have let rows leave without intents.
func (j *Journal) AllowedUpTo() int {
	if j == nil {
		return 0
	}
	return j.past.upTo()
}

// CopySum is the sum of a row's contact as an earlier session has copied it, 0 for none.
func (j *Journal) CopySum(seq int) uint64 {
	if j == nil || seq >= len(j.past.copied) {
		return 0
	}
	return j.past.copied[seq]
}

// LinkAt is when an earlier session was about to create a thing that rows name, zero if none was.
func (j *Journal) LinkAt(kind, name string) time.Time {
	if j == nil {
		return time.Time{}
	}
	return j.past.links[crm.NewLinkKey(kind, name)].At
}
