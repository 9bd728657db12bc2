package importer

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"slices"
	"time"

	"crmferry/importer/outcome"
	"crmferry/internal/crm"
	"crmferry/internal/state"
	"crmferry/mapping"
)

// Journal is what a run has written down of its rows: which were about to be sent, and what became of them. Rows are
// known by their position among the rows read, from 0. What it writes is safe for concurrent use.
type Journal struct {
	file    *state.Journal
	read    func(at int64) ([]byte, error)
	damage  state.Damage
	past    past
	started time.Time // of the first session; zero while there was none
}

// past is what earlier sessions of the run left behind.
type past struct {
	records  int     // read
	rows     int     // of the file, up to the limit
	outcomes []int64 // by row: where its outcome stands; 0 for none
	settled  int     // rows with an outcome
	sent     int     // of these, rows that broke no rule
	wrote    int     // of these, rows that were written
	intents  map[int]*intent
	links    map[linkName]time.Time // when things that rows name were about to be created
	allowed  []allowance            // rows that may have left, where no intent says so
	before   int                    // of these, what earlier sessions allowed
	all      bool                   // the journal was damaged: any row without an outcome may have left
	copied   []uint64               // by row: the sum of its contact as it was copied; 0 for none
	someID   string                 // of a contact that was written or found
}

// allowance lets rows before one leave from a time on. Each of several allows more of them.
type allowance struct {
	upTo int
	at   time.Time
}

// intent is a write that was about to leave.
type intent struct {
	at      time.Time
	row     int
	first   int
	line    int
	key     string
	action  outcome.Action
	id      string     // of the contact found; after a step record, of the contact written
	changed crm.Fields // what the write was to change
	written bool       // it was done; steps may be left
}

// Kinds of records.
const (
	recordHead    = "head"    // the journal was made: one without any record has lost them
	recordStart   = "start"   // a session begins
	recordIntent  = "intent"  // a write is about to leave
	recordNothing = "nothing" // the write that was about to leave did nothing
	recordStep    = "step"    // the contact is written, further steps follow
	recordOutcome = "outcome"
	recordUpTo    = "upto"   // rows before this one may leave, to be sent again with the same token
	recordEnded   = "ended"  // of the rows that the session allowed to leave those are in doubt that have intents
	recordLink    = "link"   // a thing that rows name is about to be created
	recordCopied  = "copied" // the contact that is to be deleted stands in a file
	recordDoubt   = "doubt"  // what stood behind this was damaged
)

// record is a line of the journal. Times are milliseconds since 1970.
type record struct {
	Kind    string         `json:"t"`
	Seq     int            `json:"n"`
	At      int64          `json:"at,omitempty"`
	Rows    int            `json:"rows,omitempty"`
	Action  outcome.Action `json:"action,omitempty"`
	ID      string         `json:"id,omitempty"`
	Changed []string       `json:"changed,omitempty"`
	Link    string         `json:"link,omitempty"`
	Name    string         `json:"name,omitempty"`
	Sum     uint64         `json:"sum,omitempty,string"` // of the contact as it was copied

	Row       int             `json:"row,omitempty"`
	First     int             `json:"first,omitempty"`
	Line      int             `json:"line,omitempty"`
	Outcome   outcome.Outcome `json:"outcome,omitempty"`
	Key       string          `json:"key,omitempty"`
	Problems  []trouble       `json:"problems,omitempty"`
	Notes     []string        `json:"notes,omitempty"`
	Attempts  int             `json:"attempts,omitempty"`
	Status    int             `json:"status,omitempty"`
	RequestID string          `json:"request,omitempty"`
	Duration  int64           `json:"ms,omitempty"`
	Written   bool            `json:"written,omitempty"`
}

// trouble is a problem as the journal holds it.
type trouble struct {
	Code    string `json:"code"`
	Field   string `json:"field,omitempty"`
	Column  string `json:"column,omitempty"`
	Message string `json:"message,omitempty"`
}

// OpenJournal begins the journal at path, or goes on with the one that is there.
func OpenJournal(path string) (*Journal, error) {
	j := newJournal()
	if _, err := os.Stat(path); errors.Is(err, fs.ErrNotExist) {
		if err := j.create(path); err != nil {
			return nil, err
		}
		return j, nil
	}
	var err error
	if j.file, j.damage, err = state.ResumeJournal(path, j.replay); err != nil {
		return nil, err
	}
	j.read = j.file.Read
	if err := j.heed(path); err != nil {
		return nil, errors.Join(err, j.file.Close())
	}
	return j, nil
}

// create begins the journal at path.
func (j *Journal) create(path string) (err error) {
	if j.file, err = state.CreateJournal(path); err != nil {
		return err
	}
	j.read = j.file.Read
	if err := j.commit(context.Background(), record{Kind: recordHead}); err != nil {
		return errors.Join(err, j.file.Close())
	}
	return nil
}

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
	if j == nil || is >= size || j.past.all {
		return nil
	}
	j.damage = state.Damage{Line: j.past.records + 1, Reason: fmt.Sprintf("it ends here, after %d bytes, and had %d", is, size)}
	return j.doubtAll()
}

// heed writes down that the journal is damaged, or was when it was opened by somebody who did not come to do so.
func (j *Journal) heed(path string) error {
	if j.damage == (state.Damage{}) {
		if damaged, err := state.WasDamaged(path); err != nil || !damaged || j.past.all {
			return err
		}
	}
	return j.doubtAll()
}

// doubtAll writes down that any row without an outcome may have left.
func (j *Journal) doubtAll() error {
	j.lost()
	return j.commit(context.Background(), record{Kind: recordDoubt})
}

// lost puts every row without an outcome in doubt. If not even the beginning of a session is known, it was long ago.
func (j *Journal) lost() {
	j.past.all = true
	if j.started.IsZero() {
		j.started = time.UnixMilli(0)
	}
}

func newJournal() *Journal {
	return &Journal{past: past{intents: map[int]*intent{}, links: map[linkName]time.Time{}}}
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

// Settled is the number of rows that have an outcome from earlier sessions.
func (j *Journal) Settled() int {
	if j == nil {
		return 0
	}
	return j.past.settled
}

// Begun says whether an earlier session has begun to work on rows.
func (j *Journal) Begun() bool { return j != nil && !j.started.IsZero() }

// InDoubt is the number of rows of which earlier sessions do not say what came of a write that was about to leave.
func (j *Journal) InDoubt() int {
	if j == nil {
		return 0
	}
	return len(j.past.intents)
}

// SomeID is the id of a contact that the journal at path says was written or found, "" if there is none.
func SomeID(path string) (string, error) {
	j := newJournal()
	view, _, err := state.ViewJournal(path, j.replay)
	if err != nil {
		return "", err
	}
	return j.past.someID, view.Close()
}

// replay takes up one record of an earlier session. A record that is none of ours ends the reading: it is from a later
// version.
func (j *Journal) replay(at int64, raw []byte) error {
	var r record
	if err := json.Unmarshal(raw, &r); err != nil {
		return fmt.Errorf("read record of the journal: %w", err)
	}
	p := &j.past
	if r.Seq < 0 || r.Seq > maxRow {
		return fmt.Errorf("read record of the journal: no file has a row %d", r.Seq)
	}
	p.records++
	when := time.UnixMilli(r.At)
	switch r.Kind {
	case recordHead:
	case recordStart:
		p.rows, p.before = r.Rows, len(p.allowed)
		if j.started.IsZero() {
			j.started = when
		}
	case recordIntent:
		p.intents[r.Seq] = r.intent()
	case recordNothing:
		delete(p.intents, r.Seq)
	case recordStep:
		p.intents[r.Seq] = r.intent()
		p.intents[r.Seq].written = true
		p.someID = r.ID
	case recordOutcome:
		p.settle(at, &r)
	case recordUpTo:
		if r.Seq > p.upTo() {
			p.allowed = append(p.allowed, allowance{r.Seq, when})
		}
	case recordEnded:
		p.allowed = p.allowed[:min(p.before, len(p.allowed))]
	case recordLink:
		p.links[keyOf(r.Link, r.Name)] = when
	case recordCopied:
		p.copied = upTo(p.copied, r.Seq)
		p.copied[r.Seq] = r.Sum
	case recordDoubt:
		j.lost()
	default:
		return fmt.Errorf("read record of the journal: %q is not known to this version", r.Kind)
	}
	return nil
}

// maxRow bounds the positions of rows, so that a journal cannot make a reader ask for all memory.
const maxRow = 1 << 27

// upTo is a list long enough for a row.
func upTo[V any](list []V, seq int) []V {
	if missing := seq + 1 - len(list); missing > 0 {
		return slices.Grow(list, missing)[:seq+1]
	}
	return list
}

func (p *past) settle(at int64, r *record) {
	p.outcomes = upTo(p.outcomes, r.Seq)
	if p.outcomes[r.Seq] == 0 {
		p.settled++
		if r.Outcome != outcome.Rejected {
			p.sent++
		}
	}
	p.outcomes[r.Seq] = at
	delete(p.intents, r.Seq)
	if r.ID != "" {
		p.someID = r.ID
	}
	if r.Written {
		p.wrote++
	}
}

// outcome is the outcome of a row from an earlier session, and whether the row was written; nil if it has none.
func (j *Journal) outcome(seq int) (*outcome.Result, bool, error) {
	if !j.hasOutcome(seq) {
		return nil, false, nil
	}
	raw, err := j.read(j.past.outcomes[seq])
	if err != nil {
		return nil, false, fmt.Errorf("read outcome from the journal: %w", err)
	}
	var r record
	if err := json.Unmarshal(raw, &r); err != nil {
		return nil, false, fmt.Errorf("read outcome from the journal: %w", err)
	}
	return r.result(), r.Written, nil
}

// hasOutcome reports whether a row has an outcome from an earlier session.
func (j *Journal) hasOutcome(seq int) bool {
	return j != nil && seq < len(j.past.outcomes) && j.past.outcomes[seq] != 0
}

// copiedAs is the sum of a row's contact as an earlier session has copied it, 0 for none.
func (j *Journal) copiedAs(seq int) uint64 {
	if j == nil || seq >= len(j.past.copied) {
		return 0
	}
	return j.past.copied[seq]
}

// linkAt is when an earlier session was about to create a thing that rows name, zero if none was.
func (j *Journal) linkAt(kind, name string) time.Time {
	if j == nil {
		return time.Time{}
	}
	return j.past.links[keyOf(kind, name)]
}

// upTo is the row before which rows may have left.
func (p *past) upTo() int {
	if len(p.allowed) == 0 {
		return 0
	}
	return p.allowed[len(p.allowed)-1].upTo
}

// allowedAt is when a row may have left first.
func (p *past) allowedAt(seq int) time.Time {
	n, _ := slices.BinarySearchFunc(p.allowed, seq+1, func(a allowance, upTo int) int { return a.upTo - upTo })
	return p.allowed[n].at
}

// stale says whether an earlier session may have sent rows so long ago that their tokens are forgotten.
func (j *Journal) stale(now time.Time) bool {
	if !j.Begun() {
		return false
	}
	p := &j.past
	for _, in := range p.intents {
		if forgotten(in.at, now) {
			return true
		}
	}
	if p.all {
		return forgotten(j.started, now)
	}
	for seq := range p.upTo() {
		if seq >= len(p.outcomes) || p.outcomes[seq] == 0 { // those behind it may have left later
			return forgotten(p.allowedAt(seq), now)
		}
	}
	return false
}

// doubt is the write of a row that may have been done in an earlier session, nil if the row was never sent.
func (j *Journal) doubt(seq int) *intent {
	if j == nil {
		return nil
	}
	if in := j.past.intents[seq]; in != nil {
		return in
	}
	switch {
	case j.past.all:
		return &intent{at: j.started, action: outcome.ActionCreate}
	case seq < j.past.upTo():
		return &intent{at: j.past.allowedAt(seq), action: outcome.ActionCreate}
	}
	return nil
}

// JournalError is a journal that cannot be written. What is in flight then is in doubt.
type JournalError struct{ Err error }

// Error is the cause.
func (e *JournalError) Error() string { return e.Err.Error() }

// Unwrap returns the cause.
func (e *JournalError) Unwrap() error { return e.Err }

// append writes a record down; it is durable a little later.
func (j *Journal) append(r record) (int64, error) {
	if j == nil {
		return 0, nil
	}
	var buffer [512]byte
	end, err := j.file.Append(r.appendJSON(buffer[:0]))
	if err != nil {
		return 0, &JournalError{err}
	}
	return end, nil
}

// commit writes a record down and returns once it is durable.
func (j *Journal) commit(ctx context.Context, r record) error {
	if j == nil {
		return nil
	}
	end, err := j.append(r)
	if err != nil {
		return err
	}
	return j.durable(ctx, end)
}

// hurry begins to make durable what was appended.
func (j *Journal) hurry() {
	if j != nil {
		j.file.Hurry()
	}
}

// durable returns once what was appended up to end is durable.
func (j *Journal) durable(ctx context.Context, end int64) error {
	if j == nil {
		return nil
	}
	err := j.file.Commit(ctx, end)
	if err != nil && !canceled(ctx, err) {
		return &JournalError{err}
	}
	return err
}

// begin writes down that a session begins.
func (j *Journal) begin(ctx context.Context, rows int, now time.Time) error {
	if j == nil {
		return nil
	}
	if j.started.IsZero() {
		j.started = now
	}
	return j.commit(ctx, record{Kind: recordStart, Rows: rows, At: now.UnixMilli()})
}

// settled writes down the outcome of a row.
func (j *Journal) settled(seq int, res *outcome.Result, written bool) error {
	if j == nil {
		return nil
	}
	_, err := j.append(recordOf(seq, res, written))
	return err
}

func recordOf(seq int, res *outcome.Result, written bool) record {
	r := record{Kind: recordOutcome, Seq: seq, Row: res.Row, First: res.First, Line: res.Line, Outcome: res.Outcome, Action: res.Action, Key: res.Key,
		ID: res.ID, Changed: res.Changed, Notes: res.Notes, Attempts: res.Attempts, Status: res.Status, RequestID: res.RequestID,
		Duration: res.Duration.Milliseconds(), At: res.Finished.UnixMilli(), Written: written}
	for _, p := range res.Problems {
		r.Problems = append(r.Problems, trouble{p.Code, p.Field, p.Column, p.Message})
	}
	return r
}

func (r *record) intent() *intent {
	return &intent{at: time.UnixMilli(r.At), row: r.Row, first: r.First, line: r.Line, key: r.Key, action: r.Action, id: r.ID, changed: r.Changed}
}

// intended is the record of a write that is about to leave, or, as a step, that is done.
func intended(kind string, seq int, res *outcome.Result, now time.Time) record {
	return record{Kind: kind, Seq: seq, At: now.UnixMilli(), Row: res.Row, First: res.First, Line: res.Line, Key: res.Key, Action: res.Action, ID: res.ID, Changed: res.Changed}
}

// result is the outcome as reports show it.
func (r *record) result() *outcome.Result {
	res := &outcome.Result{Row: r.Row, First: r.First, Line: r.Line, Outcome: r.Outcome, Action: r.Action, Key: r.Key, ID: r.ID, Changed: r.Changed,
		Notes: r.Notes, Attempts: r.Attempts, Meta: crm.Meta{Status: r.Status, RequestID: r.RequestID},
		Duration: time.Duration(r.Duration) * time.Millisecond, Finished: time.UnixMilli(r.At)}
	for _, p := range r.Problems {
		res.Problems = append(res.Problems, mapping.Problem{Code: p.Code, Field: p.Field, Column: p.Column, Message: p.Message})
	}
	return res
}
