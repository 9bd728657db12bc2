package decide

import (
	"strings"
	"testing"

	"crmferry/importer/journal"
	"crmferry/importer/modes"
	"crmferry/importer/outcome"
	"crmferry/importer/phase"
	"crmferry/internal/crm"
	"crmferry/internal/crm/cloverhound"
)

// TestKeepToPlan: a row is left whose contact is not what the plan saw. What an earlier try of an update has written is no change; a
// delete has written nothing, and a field that people have emptied meanwhile counts, whatever was tried before.
func TestKeepToPlan(t *testing.T) {
	saw := cloverhound.Contact{ID: 1, FullName: "Ann", Email: "ann@example.com", Description: "spring"}
	will, emptied, edited, other := saw, saw, saw, saw
	will.Description, emptied.Description, edited.Description, other.ID = "autumn", "", "winter", 2
	const update, remove, create = outcome.ActionUpdate, outcome.ActionDelete, outcome.ActionCreate
	for _, tt := range []struct {
		name   string
		action outcome.Action
		tried  string // "", "doubt" in this session, "past" in another
		found  []cloverhound.Contact
		want   string
	}{
		{"update, as it was", update, "", []cloverhound.Contact{saw}, ""},
		{"update, edited", update, "", []cloverhound.Contact{edited}, `description: the plan saw "spring", now it is "winter"`},
		{"update, written before by others", update, "", []cloverhound.Contact{will}, `now it is "autumn"`},
		{"update, written before by the row", update, "doubt", []cloverhound.Contact{will}, ""},
		{"update, written before by the row in another session", update, "past", []cloverhound.Contact{will}, ""},
		{"update, another contact", update, "", []cloverhound.Contact{other}, "what goes by"},
		{"update, gone", update, "", nil, "is not there any more"},
		{"delete, as it was", remove, "past", []cloverhound.Contact{saw}, ""},
		{"delete, emptied", remove, "", []cloverhound.Contact{emptied}, `now it is ""`},
		{"delete, emptied behind a try", remove, "doubt", []cloverhound.Contact{emptied}, `now it is ""`},
		{"delete, emptied behind another session", remove, "past", []cloverhound.Contact{emptied}, `now it is ""`},
		{"create, there now", create, "", []cloverhound.Contact{saw}, "it is there now: 1"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			d, it := newRules(t, modes.Upsert), newRow(crm.Key{Email: "ann@example.com"}, tt.found...)
			it.Res.ID, it.Res.Key = "1", "ann@example.com"
			p := outcome.Result{ID: "1", Action: tt.action, Before: d.Table.Image(saw, nil)}
			if tt.action == update {
				p.Changed = crm.Fields{"description"}
				p.Before, p.After = d.Table.Image(saw, p.Changed), d.Table.Image(will, p.Changed)
			}
			if it.Planned = &p; tt.tried == "past" {
				it.Past = &journal.Intent{Action: tt.action}
			}
			if tt.tried == "doubt" {
				if err := it.Enter(phase.InDoubt); err != nil {
					t.Fatal(err)
				}
			}
			d.KeepToPlan(it)
			left := it.Res.Outcome == outcome.Skipped && it.Res.Codes() == outcome.CodeChangedSincePlan
			if left != (tt.want != "") || !strings.Contains(it.Res.Message(), tt.want) {
				t.Errorf("%s %q: %q", it.Res.Outcome, it.Res.Codes(), it.Res.Message())
			}
		})
	}
}
