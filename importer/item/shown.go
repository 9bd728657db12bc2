package item

import (
	"crmferry/importer/outcome"
	"crmferry/internal/crm"
)

// Recreates reports whether the row brings back a contact that was deleted.
func (it *Row[C]) Recreates() bool {
	return it.Did != nil && it.Did.Result.Action == outcome.ActionDelete
}

// restores reports whether the row brings back, field by field, what an update changed.
func (it *Row[C]) restores() bool {
	return it.Did != nil && it.Did.Result.ID != "" && it.Did.Result.Outcome != outcome.Created && !it.Recreates()
}

// ShownDone are the fields of an update in doubt, sent to the contact with an id, that it has as sent, as it was read again and
// decided; nil where that does not show.
func (it *Row[C]) ShownDone(id string, sent crm.Fields) crm.Fields {
	switch {
	case it.Res.ID != id:
	case it.Res.Outcome == outcome.Unchanged, it.Made != nil && it.Res.Outcome == outcome.Created:
		return sent
	case it.Res.Outcome == outcome.Skipped && it.restores():
		kept := make(crm.Fields, len(it.Res.Problems))
		for i, p := range it.Res.Problems {
			if kept[i] = p.Field; p.Field == "" { // nothing was compared
				return nil
			}
		}
		if done := sent.Without(kept); len(done) > 0 {
			return done
		}
	}
	return nil
}
