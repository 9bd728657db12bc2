package importer

import (
	"errors"
	"net/http"
	"strings"

	"crmferry/importer/faults"
	"crmferry/importer/item"
	"crmferry/importer/outcome"
	"crmferry/importer/requests"
	"crmferry/internal/crm"
	"crmferry/mapping"
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
	missing := e.Class == crm.Permanent && e.Status == http.StatusNotFound
	return e.Class == crm.Forbidden || missing && it.Res.Action != outcome.ActionUpdate
}

// refuse gives the item the outcome that the vendor's error means.
func (r *run[C]) refuse(it *item.Row[C], err error) {
	var e *crm.Error
	known := errors.As(err, &e)
	if known {
		it.Res.Meta = e.Meta
	}
	if it.InDoubt() {
		it.Res.MarkUnknown(err)
		return
	}
	it.Res.Outcome, it.Res.Changed = outcome.Failed, nil
	if !known {
		it.Res.Problems = append(it.Res.Problems, mapping.Problem{Code: crm.CodeServer, Message: err.Error()})
		return
	}
	if len(e.Problems) == 0 {
		it.Res.Problems = append(it.Res.Problems, mapping.Problem{Code: e.Code, Message: e.Error()})
		return
	}
	for _, p := range e.Problems {
		code := p.Code
		if code == "" {
			code = e.Code
		}
		it.Res.Problems = append(it.Res.Problems, mapping.Problem{Code: code, Field: p.Field,
			Message: strings.TrimSpace(e.Op + ": " + p.Field + ": " + p.Message)})
	}
}
