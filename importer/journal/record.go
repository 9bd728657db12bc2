package journal

import (
	"encoding/json"
	"time"

	"crmferry/importer/outcome"
	"crmferry/internal/crm"
	"crmferry/mapping"
)

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
	recordBefore  = "before" // the contact that is to be deleted, as it was read
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
	Name    string         `json:"name,omitempty"`       // of the link; of an outcome as a Result has it
	Sum     uint64         `json:"sum,omitempty,string"` // of the contact as it was copied

	Row       int             `json:"row,omitempty"`
	First     int             `json:"first,omitempty"`
	Line      int             `json:"line,omitempty"`
	Part      int             `json:"part,omitempty"`
	Parts     int             `json:"parts,omitempty"`
	Outcome   outcome.Outcome `json:"outcome,omitempty"`
	Key       string          `json:"key,omitempty"`
	Problems  []problem       `json:"problems,omitempty"`
	Notes     []string        `json:"notes,omitempty"`
	Attempts  int             `json:"attempts,omitempty"`
	Status    int             `json:"status,omitempty"`
	RequestID string          `json:"request,omitempty"`
	Duration  int64           `json:"ms,omitempty"`
	Written   bool            `json:"written,omitempty"`
	Ahead     int64           `json:"ahead,omitempty"` // seconds; of an outcome as a Result has it, the times of all else are the vendor's

	Former *string         `json:"former,omitempty"` // of a step: see CommitFormer
	Takes  *outcome.Former `json:"takes,omitempty"`  // of an outcome: as a Result has it

	Before json.RawMessage `json:"before,omitempty"` // as a Result has them
	After  json.RawMessage `json:"after,omitempty"`
}

// problem is a mapping.Problem as the journal holds it.
type problem struct {
	Code    string `json:"code"`
	Field   string `json:"field,omitempty"`
	Column  string `json:"column,omitempty"`
	Message string `json:"message,omitempty"`
}

// Intent is a write that was about to leave.
type Intent struct {
	At      time.Time
	Row     int // this and the next four as in a Result
	First   int
	Line    int
	Part    int
	Parts   int
	Key     string
	Action  outcome.Action
	ID      string     // of the contact found; after a step record, of the contact written
	Changed crm.Fields // what the write was to change
	Written bool       // it was done; steps may be left

	Before json.RawMessage // of a delete: the contact, as a Result has it
}

// result is what a report says of the row while nothing else is known of it.
func (in *Intent) result() *outcome.Result {
	res := &outcome.Result{Row: in.Row, First: in.First, Line: in.Line, Part: in.Part, Parts: in.Parts, Outcome: outcome.Unknown, Action: in.Action, Key: in.Key, ID: in.ID, Attempts: 1, Finished: in.At}
	if in.Written {
		res.Outcome = outcome.Updated
		if in.Action == outcome.ActionCreate {
			res.Outcome = outcome.Created
		}
	}
	res.LeaveOpen(outcome.ErrNoAnswer)
	return res
}

// outcomeRecord is the record of a row's outcome.
func outcomeRecord(seq int, res *outcome.Result, written bool) record {
	r := record{Kind: recordOutcome, Seq: seq, Row: res.Row, First: res.First, Line: res.Line, Part: res.Part, Parts: res.Parts, Outcome: res.Outcome, Action: res.Action, Key: res.Key,
		ID: res.ID, Changed: res.Changed, Notes: res.Notes, Attempts: res.Attempts, Status: res.Status, RequestID: res.RequestID,
		Duration: res.Duration.Milliseconds(), At: res.Finished.UnixMilli(), Written: written, Ahead: int64(res.Ahead / time.Second)}
	for _, p := range res.Problems {
		r.Problems = append(r.Problems, problem{p.Code, p.Field, p.Column, p.Message})
	}
	if r.Name = res.Name; res.Outcome == "" { // it is only planned; else its intent has them
		r.Before, r.After, r.Takes = res.Before, res.After, res.Former
	}
	return r
}

// intent is the write that the record tells of.
func (r *record) intent() *Intent {
	in := &Intent{At: time.UnixMilli(r.At), Row: r.Row, First: r.First, Line: r.Line, Part: r.Part, Parts: r.Parts, Key: r.Key, Action: r.Action, ID: r.ID, Changed: r.Changed}
	if r.Action == outcome.ActionDelete {
		in.Before = r.Before
	}
	return in
}

// intentRecord is the record of a write that is about to leave, or, as a step, that is done.
func intentRecord(kind string, seq int, res *outcome.Result, now time.Time) record {
	r := record{Kind: kind, Seq: seq, At: now.UnixMilli(), Row: res.Row, First: res.First, Line: res.Line, Part: res.Part, Parts: res.Parts, Key: res.Key, Action: res.Action, ID: res.ID, Changed: res.Changed}
	if kind == recordIntent {
		r.Before, r.After = res.Before, res.After
	}
	return r
}

// result is the outcome as reports show it.
func (r *record) result() *outcome.Result {
	res := &outcome.Result{Row: r.Row, First: r.First, Line: r.Line, Part: r.Part, Parts: r.Parts, Outcome: r.Outcome, Action: r.Action, Key: r.Key, Name: r.Name, ID: r.ID, Changed: r.Changed,
		Before: r.Before, After: r.After, Former: r.Takes, Notes: r.Notes, Attempts: r.Attempts, Meta: crm.Meta{Status: r.Status, RequestID: r.RequestID},
		Duration: time.Duration(r.Duration) * time.Millisecond, Finished: time.UnixMilli(r.At), Ahead: time.Duration(r.Ahead) * time.Second}
	for _, p := range r.Problems {
		res.Problems = append(res.Problems, mapping.Problem{Code: p.Code, Field: p.Field, Column: p.Column, Message: p.Message})
	}
	return res
}
