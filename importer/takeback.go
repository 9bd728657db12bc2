package importer

import (
	"cmp"
	"fmt"

	"crmferry/importer/item"
	"crmferry/importer/outcome"
	"crmferry/mapping"
)

// isReported reports whether the contact found is the one that the report tells of; else the row is rejected, unless such rows
// are accepted. The id may be one of another account, where it is somebody else's.
func (r *run[C]) isReported(it *item.Row[C]) bool {
	stranger := r.isStranger(it)
	if stranger == "" {
		return true
	}
	r.notDone(it) // it is there
	return r.rules.Mismatch(it, mapping.Problem{Code: outcome.CodeMismatch, Message: stranger})
}

// isStranger says why the contact found is not the one that the report tells of, "" if it is, or nothing can be said.
func (r *run[C]) isStranger(it *item.Row[C]) string {
	if it.Reported == "" || it.Recalled || r.table.KnownBy(&it.Found[0], it.Reported) {
		return ""
	}
	return fmt.Sprintf("the id %q is that of %s, and the key in the report is %q", it.Keys[0].ID,
		cmp.Or(r.table.Describe(&it.Found[0]), "a contact without e-mail, phone and name"), it.Reported)
}
