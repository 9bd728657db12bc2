package growcrm_test

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"crmferry/internal/crm"
	"crmferry/internal/crm/growcrm"
	"crmferry/internal/sandbox"
)

// TestCustomFields: those that are asked for are sent by their own names, by a create and by an update.
func TestCustomFields(t *testing.T) {
	s := sandbox.New(sandbox.Options{Custom: []sandbox.Custom{{Of: "clients", Name: "sector", Required: true}, {Of: "clients", Name: "tier"}, {Of: "leads", Name: "origin"}}})
	config := configOf(t, s.Handler())
	held := func(kind, action string, want crm.Custom) {
		t.Helper()
		var got crm.Custom
		for _, e := range s.Ledger() {
			if e.Kind == kind && e.Action == action {
				got = e.Custom
			}
		}
		if diff := cmp.Diff(want, got); diff != "" {
			t.Errorf("%s %s: %s", action, kind, diff)
		}
	}
	clients := growcrm.NewClients(config)
	want := growcrm.ClientRecord{FirstName: "Ann", LastName: "Alder", Email: "ann@example.com", Custom: crm.Custom{"sector": "Retail & more", "tier": "1"}}
	names := crm.Fields{"first_name", "last_name", "email"}
	if _, err := clients.Create(t.Context(), want, names, ""); crm.CodeOf(err) != crm.CodeInvalid {
		t.Errorf("a required field was not sent: %v", err)
	}
	made, err := clients.Create(t.Context(), want, append(names, "custom.sector"), "")
	if err != nil {
		t.Fatal(err)
	}
	held("client", "create", crm.Custom{"sector": "Retail & more"})
	if made.Contact.Custom != nil {
		t.Errorf("nothing is read: %v", made.Contact.Custom)
	}
	if _, err := clients.Update(t.Context(), *made.Contact, want, crm.Fields{"custom.sector", "custom.tier"}); err != nil {
		t.Fatal(err)
	}
	held("client", "update", crm.Custom{"sector": "Retail & more", "tier": "1"})

	leads := growcrm.NewLeads(config)
	lead := growcrm.Lead{Title: "Roof", Status: crm.Ref{ID: "1"}, Category: crm.Ref{ID: "4"}, Custom: crm.Custom{"origin": "Fair"}}
	fields := crm.Fields{"lead_title", "lead_status", "lead_categoryid", "custom.origin"}
	first, err := leads.Create(t.Context(), lead, fields, "")
	if err != nil {
		t.Fatal(err)
	}
	held("lead", "create", crm.Custom{"origin": "Fair"})
	if _, err := leads.Update(t.Context(), *first.Contact, lead, crm.Fields{"lead_title"}); err != nil {
		t.Fatal(err)
	}
	held("lead", "update", nil) // all of the lead is replaced
	if _, err := leads.Create(t.Context(), growcrm.Lead{Title: "Roof", Status: crm.Ref{ID: "1"}, Category: crm.Ref{ID: "4"}, Custom: crm.Custom{"colour": "red"}}, append(fields, "custom.colour"), ""); crm.CodeOf(err) != crm.CodeInvalid {
		t.Errorf("an unknown field was taken: %v", err)
	}
}
