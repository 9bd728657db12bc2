package importer

import (
	"crmferry/importer/item"
	"crmferry/importer/outcome"
	"crmferry/mapping"
)

// isReported reports whether the contact found is the one that the report tells of; else the row is rejected, unless such rows
// are accepted. The id may be one of another account, where it is somebody else's.
func (r *run[C]) isReported(it *item.Row[C]) bool {
	stranger := r.rules.Reported(it)
	if stranger == "" {
		return true
	}
	r.notDone(it) // it is there
	return r.rules.Mismatch(it, mapping.Problem{Code: outcome.CodeMismatch, Message: stranger})
}
