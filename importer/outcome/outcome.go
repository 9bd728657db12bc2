package outcome

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
	ActionCreate Action = "create"
	ActionUpdate Action = "update"
	ActionDelete Action = "delete"
	ActionNone   Action = "none"
)
