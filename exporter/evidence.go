package exporter

import "time"

// evidence is what the passes over a list without a documented order have shown: see unordered.go.
type evidence struct {
	newest       time.Time // creation of the newest contact met so far
	newestBefore time.Time // the newest that was met before this pass
	created      int       // newer contacts than that which this pass met and the one before did not

	outOfOrder bool  // ids or dates do not rise along the list
	lastPage   int   // the page read before, 0 for none
	firstID    int64 // the first id on it
}

// begin starts a pass.
func (e *evidence) begin() { e.newestBefore, e.created, e.lastPage = e.newest, 0, 0 }

// add notes a contact that the pass before did not meet.
func (e *evidence) add(created time.Time) {
	if created.After(e.newestBefore) {
		e.created++
	}
	if created.After(e.newest) {
		e.newest = created
	}
}

// maxEarlier is by how much the date of creation may fall from one contact to the next in an order of creation: a vendor
// that handles requests side by side takes the time before it gives the id.
const maxEarlier = time.Minute
