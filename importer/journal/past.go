package journal

import (
	"encoding/json"
	"fmt"
	"slices"
	"time"

	"crmferry/importer/outcome"
	"crmferry/internal/crm"
)

// past is what earlier sessions of a run have written down.
type past struct {
	started  time.Time // of the first session; zero while there was none
	records  int       // read
	rows     int       // of the file, up to the limit
	outcomes []int64   // by row: where its outcome stands; 0 for none
	finished int       // rows with an outcome; of those in parts, whose first part has one
	sent     int       // of these, rows that broke no rule
	written  int       // of these, rows that were written
	intents  map[int]*Intent
	links    map[crm.LinkKey]Link // things that rows name, which were about to be created
	allowed  []allowance          // rows that may have left, where no intent says so
	before   int                  // of these, what earlier sessions allowed
	damaged  bool                 // the journal was: any row without an outcome may have left
	copied   []uint64             // by row: the sum of its contact as it was copied; 0 for none
	someID   string               // of a contact that was written or found
}

// allowance lets rows before one leave from a time on. Each of several allows more of them.
type allowance struct {
	upTo int
	at   time.Time
}

func newPast() past {
	return past{intents: map[int]*Intent{}, links: map[crm.LinkKey]Link{}}
}

// maxRow bounds the positions of rows, so that a journal cannot make a reader ask for all memory.
const maxRow = 1 << 27

// replay takes up one record, which stands at a place of the journal. One that is none of ours ends the reading: it is from
// a later version.
func (p *past) replay(at int64, raw []byte) error {
	var r record
	if err := json.Unmarshal(raw, &r); err != nil {
		return fmt.Errorf("read record of the journal: %w", err)
	}
	if r.Seq < 0 || r.Seq > maxRow {
		return fmt.Errorf("read record of the journal: no file has a row %d", r.Seq)
	}
	p.records++
	when := time.UnixMilli(r.At)
	switch r.Kind {
	case recordHead, recordBefore:
	case recordStart:
		p.rows, p.before = r.Rows, len(p.allowed)
		if p.started.IsZero() {
			p.started = when
		}
	case recordIntent:
		p.intents[r.Seq] = r.intent()
	case recordNothing:
		delete(p.intents, r.Seq)
	case recordStep:
		p.intents[r.Seq] = r.intent()
		p.intents[r.Seq].Written = true
		p.someID = r.ID
	case recordOutcome:
		p.finish(at, &r)
	case recordUpTo:
		if r.Seq > p.upTo() {
			p.allowed = append(p.allowed, allowance{r.Seq, when})
		}
	case recordEnded:
		p.allowed = p.allowed[:min(p.before, len(p.allowed))]
	case recordLink:
		p.links[crm.NewLinkKey(r.Link, r.Name)] = Link{r.Link, r.Name, when}
	case recordCopied:
		p.copied = extend(p.copied, r.Seq)
		p.copied[r.Seq] = r.Sum
	case recordDoubt:
		p.doubtAll()
	default:
		return fmt.Errorf("read record of the journal: %q is not known to this version", r.Kind)
	}
	return nil
}

// extend returns a list long enough for a row.
func extend[V any](list []V, seq int) []V {
	if missing := seq + 1 - len(list); missing > 0 {
		return slices.Grow(list, missing)[:seq+1]
	}
	return list
}

// finish takes up the outcome of a row.
func (p *past) finish(at int64, r *record) {
	p.outcomes = extend(p.outcomes, r.Seq)
	if p.outcomes[r.Seq] == 0 {
		if r.Parts == 0 || r.Part < 2 {
			p.finished++
		}
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
		p.written++
	}
}

// doubtAll puts every row without an outcome in doubt. If not even the beginning of a session is known, it was long ago.
func (p *past) doubtAll() {
	p.damaged = true
	if p.started.IsZero() {
		p.started = time.UnixMilli(0)
	}
}

// outcome reads the outcome of a row, and whether the row was written; nil if it has none.
func (p *past) outcome(seq int, read func(at int64) ([]byte, error)) (*outcome.Result, bool, error) {
	if !p.hasOutcome(seq) {
		return nil, false, nil
	}
	raw, err := read(p.outcomes[seq])
	if err != nil {
		return nil, false, fmt.Errorf("read outcome from the journal: %w", err)
	}
	var r record
	if err := json.Unmarshal(raw, &r); err != nil {
		return nil, false, fmt.Errorf("read outcome from the journal: %w", err)
	}
	return r.result(), r.Written, nil
}

// known is what is known of a row: its outcome, else that it is in doubt, nil for nothing.
func (p *past) known(seq int, read func(at int64) ([]byte, error)) (*outcome.Result, bool, error) {
	res, written, err := p.outcome(seq, read)
	if in := p.intents[seq]; res == nil && err == nil && in != nil {
		res = in.result()
	}
	return res, written, err
}

// hasOutcome reports whether a row has an outcome.
func (p *past) hasOutcome(seq int) bool { return seq < len(p.outcomes) && p.outcomes[seq] != 0 }

// seen is the number of rows up to the last of which something is known.
func (p *past) seen() int {
	rows := len(p.outcomes)
	for seq := range p.intents {
		rows = max(rows, seq+1)
	}
	return rows
}

// upTo is the row before which rows may have left.
func (p *past) upTo() int {
	if len(p.allowed) == 0 {
		return 0
	}
	return p.allowed[len(p.allowed)-1].upTo
}

// doubtful is how many rows were about to be sent and have no outcome: one for all parts of a row.
func (p *past) doubtful() int {
	rows, n := map[int]bool{}, 0
	for _, in := range p.intents {
		if in.Parts == 0 {
			n++
		} else {
			rows[in.Row] = true
		}
	}
	return n + len(rows)
}

// allowedAt is when a row may have left first.
func (p *past) allowedAt(seq int) time.Time {
	n, _ := slices.BinarySearchFunc(p.allowed, seq+1, func(a allowance, upTo int) int { return a.upTo - upTo })
	return p.allowed[n].at
}

// doubt is the write of a row that may have been done, nil if the row was never sent.
func (p *past) doubt(seq int) *Intent {
	if in := p.intents[seq]; in != nil {
		return in
	}
	switch {
	case p.damaged:
		return &Intent{At: p.started, Action: outcome.ActionCreate}
	case seq < p.upTo():
		return &Intent{At: p.allowedAt(seq), Action: outcome.ActionCreate}
	}
	return nil
}

// anyDoubt reports whether the write of a row may have been done at a time of which is holds.
func (p *past) anyDoubt(is func(at time.Time) bool) bool {
	for _, in := range p.intents {
		if is(in.At) {
			return true
		}
	}
	if p.damaged {
		return is(p.started)
	}
	for seq := range p.upTo() {
		if !p.hasOutcome(seq) { // those behind it may have left later
			return is(p.allowedAt(seq))
		}
	}
	return false
}
