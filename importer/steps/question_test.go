package steps

import (
	"context"
	"testing"

	"github.com/google/go-cmp/cmp"

	"crmferry/importer/item"
	"crmferry/importer/outcome"
	"crmferry/internal/crm"
	"crmferry/internal/crm/growcrm"
	"crmferry/mapping"
)

// office is a CRM where the contact 9 is the account owner of the client 12.
type office struct{ *growcrm.Client }

func (office) Holder(_ context.Context, _ crm.Step, _ *growcrm.Contact, want growcrm.Contact) (*growcrm.Contact, error) {
	if want.Client.ID != "12" {
		return nil, nil
	}
	return &growcrm.Contact{ID: 9, FirstName: "Ann", LastName: "Sample", Email: "ann@example.com"}, nil
}

func TestQuestion(t *testing.T) {
	owns, all := crm.Fields{"account_owner"}, mapping.GrowContacts()
	contact := func(client crm.Ref, owner string) growcrm.Contact {
		return growcrm.Contact{ID: 5, Email: "new@example.com", Client: client, AccountOwner: owner}
	}
	known, fresh, other := crm.Ref{ID: "12", Name: "Acme"}, crm.Ref{Name: "Newco"}, crm.Ref{ID: "13"}
	for _, tt := range []struct {
		name   string
		vendor any
		want   growcrm.Contact
		found  []growcrm.Contact
		fields crm.Fields
		answer *outcome.Former
	}{
		{"a new contact", office{}, contact(known, "yes"), nil, owns, &outcome.Former{Field: "account_owner", ID: "9", Name: "Ann Sample, ann@example.com"}},
		{"nobody has it", office{}, contact(other, "yes"), nil, owns, &outcome.Former{Field: "account_owner"}},
		{"a contact that is there", office{}, contact(known, "yes"), []growcrm.Contact{contact(known, "no")}, owns, &outcome.Former{Field: "account_owner", ID: "9", Name: "Ann Sample, ann@example.com"}},
		{"the owner already", office{}, contact(known, "yes"), []growcrm.Contact{contact(known, "yes")}, owns, nil},
		{"the row does not write it", office{}, contact(known, "yes"), nil, crm.Fields{"email"}, nil},
		{"the row says no", office{}, contact(known, "no"), nil, owns, nil},
		{"the client is not there yet", office{}, contact(fresh, "yes"), nil, owns, nil},
		{"several are found", office{}, contact(known, "yes"), make([]growcrm.Contact, 2), owns, nil},
		{"a vendor without such steps", struct{}{}, contact(known, "yes"), nil, owns, nil},
	} {
		t.Run(tt.name, func(t *testing.T) {
			it := &item.Row[growcrm.Contact]{Want: tt.want}
			it.Found = tt.found
			var got *outcome.Former
			if q := questionOf(all, tt.vendor, it, tt.fields); q != nil {
				var err error
				if got, err = q.ask(t.Context()); err != nil {
					t.Fatal(err)
				}
			}
			if diff := cmp.Diff(tt.answer, got); diff != "" {
				t.Error(diff)
			}
		})
	}
}
