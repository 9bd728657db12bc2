package importer

import (
	"errors"
	"net/http"

	"crmferry/importer/faults"
	"crmferry/importer/item"
	"crmferry/importer/outcome"
	"crmferry/importer/requests"
	"crmferry/internal/crm"
)

// stops reports whether an error ends the run: it is not the row's, or nothing has succeeded yet and it looks as if
// nothing ever will (no such address, no permission).
func (r *run[C]) stops(it *item.Row[C], err error) bool {
	var e *crm.Error
	if faults.StopsRun(err) {
		return true
	}
	if !errors.As(err, &e) || r.wrote.Load() || requests.IsRead(err) && r.found.Load() {
		return false
	}
	// where the refusal names a field, it is the row that names what is not there
	missing := e.Class == crm.Permanent && e.Status == http.StatusNotFound && len(e.Problems) == 0
	return e.Class == crm.Forbidden || missing && it.Res.Action != outcome.ActionUpdate
}

// refuse gives the item the outcome that the vendor's error means.
func (r *run[C]) refuse(it *item.Row[C], err error) {
	if !it.InDoubt() {
		sent := it.Res.Changed
		it.Res.Refuse(err)
		r.table.NameCustom(it.Res.Problems, sent, outcome.CodeLacksCustom)
		return
	}
	if e := (*crm.Error)(nil); errors.As(err, &e) {
		it.Res.Meta = e.Meta
	}
	it.Res.MarkUnknown(err)
}
