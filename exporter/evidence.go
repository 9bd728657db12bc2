package exporter

import "time"

// evidence is what the passes over such a list have shown.
type evidence struct {
	newest  time.Time // creation of the newest contact met so far
	horizon time.Time // the newest that was met before this pass
	made    int       // contacts that this pass met, the one before did not, and that are newer than that

	fell  bool  // ids or dates do not rise along the list
	page  int   // the page before, 0 for none
	first int64 // the first id on it
}

// begin starts a pass.
func (e *evidence) begin() { e.horizon, e.made, e.page = e.newest, 0, 0 }

// meets notes a contact that the pass before did not meet.
func (e *evidence) meets(created time.Time) {
	if created.After(e.horizon) {
		e.made++
	}
	if created.After(e.newest) {
		e.newest = created
	}
}
