package importer

import (
	"cmp"
	"fmt"
	"strings"
	"time"

	"crmferry/internal/crm"
	"crmferry/mapping"
)

// Outcome is what became of a row. Every row that was reached has exactly one.
type Outcome string

// The outcomes, in the order in which summaries count them.
const (
	Created   Outcome = "created"
	Updated   Outcome = "updated"
	Deleted   Outcome = "deleted"
	Unchanged Outcome = "unchanged"
	Skipped   Outcome = "skipped"
	Rejected  Outcome = "rejected" // never sent: it breaks a rule
	Failed    Outcome = "failed"   // the vendor refused it
	Unknown   Outcome = "unknown"  // sent, answer lost, could not be verified
)

// Outcomes lists all outcomes in the order in which summaries count them.
func Outcomes() []Outcome {
	return []Outcome{Created, Updated, Deleted, Unchanged, Skipped, Rejected, Failed, Unknown}
}

// Action is what is to be done with a row.
type Action string

// The actions.
const (
	Create Action = "create"
	Update Action = "update"
	Delete Action = "delete"
	None   Action = "none"
)

// Codes of errors that the importer finds; those of single fields are in package mapping, those of vendors' answers in
// package crm.
const (
	CodeDuplicate     = "duplicate_in_file"
	CodeAmbiguous     = "ambiguous_match"
	CodeExists        = "exists"
	CodeNotFound      = "not_found"
	CodeUnknownName   = "unknown_name"
	CodeAmbiguousName = "ambiguous_name"
	CodeClaimed       = "claimed_twice"
	CodeMerged        = "merged"
	CodeStepFailed    = "step_failed"
	CodeNothingToDo   = "no_key"
	CodeShifted       = "shifted_row"
	CodeNotCreated    = "not_created"
	CodeMismatch      = "id_mismatch"
	CodeNotCopied     = "not_copied"
)

// Advice says what to do about a code, for people.
func Advice(code string) string {
	known := map[string]string{
		CodeDuplicate:       "Keep one of the rows, or put all that is known into one of them.",
		CodeAmbiguous:       "Merge the contacts in the CRM, or remove the address that they share.",
		CodeExists:          "The contact is there already; use --mode upsert to update it.",
		CodeNotFound:        "No contact matches; use --mode upsert to create it, or correct the e-mail or id.",
		CodeUnknownName:     "Correct the name, create it in the CRM, or let --create-missing create it.",
		CodeAmbiguousName:   "Several things bear this name: put the id into the cell instead.",
		CodeClaimed:         "Only one contact can have this; keep one of the rows.",
		CodeMerged:          "The CRM took two rows for one contact: see whether they are one person.",
		CodeStepFailed:      "The contact was written, a further step was refused: feed the row again or finish it by hand.",
		CodeNothingToDo:     "Give the row an e-mail, or a phone and a name; with --mode delete, the id of the contact.",
		CodeNotCreated:      "The run that the report tells of did not create the contact: nothing to take back.",
		CodeMismatch:        "The id is somebody else's: see whether the file is of this account. An import goes by the e-mail with --match email, and takes the row as it stands with --accept id_mismatch.",
		CodeNotCopied:       "The contact is not as it was copied: delete it again, and it is copied as it is now.",
		CodeShifted:         "Put quotes around the cell that has a delimiter in it, or delete what is too much.",
		crm.CodeTaken:       "Another record holds this value; a team member may, too.",
		crm.CodeInvalid:     "Correct the value that the CRM refused.",
		crm.CodeForbidden:   "Ask an administrator for a key that may do this.",
		crm.CodeUnverified:  "Look the contact up in the CRM before sending the row again.",
		crm.CodeRateLimited: "Send the row again later, with a lower --rate.",
		crm.CodeUnreachable: "Send the row again when the CRM can be reached.",
		crm.CodeServer:      "Look the contact up in the CRM; then send the row again.",
	}
	if a, ok := known[code]; ok {
		return a
	}
	return mapping.Advice(code)
}

// AdviceOn says what to do about a problem, for people.
func AdviceOn(p mapping.Problem) string {
	if p.Code == CodeMismatch && p.Field != "" {
		return "The id is another's there: go by the name with " + mapping.MapFlag(p.Column, p.Field) + ", or take the row as it stands with --accept id_mismatch."
	}
	const ignore = `--map "HEADER="`
	return strings.NewReplacer(ignore, mapping.MapFlag(cmp.Or(p.Column, "HEADER"), ""), "FIELD", cmp.Or(p.Field, "FIELD")).Replace(cmp.Or(p.Advice, Advice(p.Code)))
}

// Result is what the report says of one row.
type Result struct {
	Row      int // as Excel shows it
	First    int // the row in the file that this one was rejected from, 0 for none
	Line     int // of a CSV file, 0 otherwise
	Outcome  Outcome
	Action   Action
	Key      string
	ID       string
	Changed  crm.Fields
	Problems []mapping.Problem
	Notes    []string // for people, beside the problems
	Open     bool     // unknown for now: resuming the run verifies it
	Attempts int
	crm.Meta
	Duration time.Duration
	Finished time.Time
}

// Number is the row's number for people: of the file in which it stood first.
func (r *Result) Number() int {
	if r.First != 0 {
		return r.First
	}
	return r.Row
}

// column joins one part of all problems in their order.
func (r *Result) column(part func(mapping.Problem) string) string {
	if len(r.Problems) == 0 {
		return ""
	}
	parts := make([]string, len(r.Problems))
	for i, p := range r.Problems {
		parts[i] = part(p)
	}
	return strings.Join(parts, "; ")
}

// Codes are the codes of all problems, joined.
func (r *Result) Codes() string { return r.column(func(p mapping.Problem) string { return p.Code }) }

// FieldNames are the fields of all problems, joined.
func (r *Result) FieldNames() string {
	names := r.column(func(p mapping.Problem) string { return p.Field })
	if strings.Trim(names, "; ") == "" {
		return ""
	}
	return names
}

// Message is what all problems and notes say, joined.
func (r *Result) Message() string {
	m := r.column(func(p mapping.Problem) string { return p.Message })
	notes := strings.Join(r.Notes, "; ")
	if r.First != 0 {
		notes = strings.TrimPrefix(fmt.Sprintf("%s; row %d of the rejects file", notes, r.Row), "; ")
	}
	if notes == "" {
		return m
	}
	if m == "" {
		return notes
	}
	return m + "; " + notes
}
