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

// TestKeepToPlanTaken: a row is left that would take from another contact than the plan saw what only one can have.
func TestKeepToPlanTaken(t *testing.T) {
	saw := cloverhound.Contact{ID: 1, FullName: "Ann", Email: "ann@example.com", Description: "spring"}
	joe, una := &outcome.Former{Field: "description", ID: "7", Name: "Joe"}, &outcome.Former{Field: "description", ID: "8"}
	nobody, own := &outcome.Former{Field: "description"}, &outcome.Former{Field: "description", ID: "1"}
	for _, tt := range []struct {
		name      string
		plan, now *outcome.Former
		want      string
	}{
		{"the same", joe, joe, ""},
		{"nobody as before", nobody, nobody, ""},
		{"an older plan", nil, joe, ""},
		{"nobody was asked", joe, nil, ""},
		{"the contact itself", joe, own, ""},
		{"another", joe, una, "description: the plan takes it from 7 (Joe), and now 8 has it"},
		{"nobody any more", joe, nobody, "description: the plan takes it from 7 (Joe), and now nobody has it"},
		{"somebody by now", nobody, joe, "description: the plan takes it from nobody, and now 7 (Joe) has it"},
	} {
		for _, action := range []outcome.Action{outcome.ActionCreate, outcome.ActionUpdate} {
			t.Run(tt.name+", "+string(action), func(t *testing.T) {
				d, it := newRules(t, modes.Upsert), newRow(crm.Key{Email: "ann@example.com"})
				p := outcome.Result{Action: action, Former: tt.plan}
				if it.Res.Action = action; action == outcome.ActionUpdate {
					it.Found = []cloverhound.Contact{saw}
					it.Res.ID, p.ID, p.Changed = "1", "1", crm.Fields{"description"}
					p.Before, p.After = d.Table.Image(saw, p.Changed), d.Table.Image(saw, p.Changed)
				}
				it.Planned, it.Takes = &p, tt.now
				d.KeepToPlan(it)
				want := tt.want
				if tt.name == "the contact itself" && action == outcome.ActionCreate { // it has no id yet
					want = "description: the plan takes it from 7 (Joe), and now 1 has it"
				}
				if it.Res.Message() != want || (it.Res.Outcome == outcome.Skipped) != (want != "") {
					t.Errorf("%s: %q, want %q", it.Res.Outcome, it.Res.Message(), want)
				}
			})
		}
	}
}
