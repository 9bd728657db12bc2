package undo

import (
	"context"
	"testing"
	"time"

	"crmferry/importer/outcome"
	"crmferry/importer/survey"
	"crmferry/internal/crm"
	"crmferry/internal/crm/cloverhound"
	"crmferry/mapping"
)

// archives is a vendor that archives, and documents no delete. An archived contact says so in its description.
type archives struct {
	crm.Creator[cloverhound.Contact]
}

func (archives) Archived(c cloverhound.Contact, _ time.Time) (cloverhound.Contact, string) {
	c.Description = "archived"
	return c, "description"
}

func (archives) Update(context.Context, cloverhound.Contact, cloverhound.Contact, crm.Fields) (crm.Answer[cloverhound.Contact], error) {
	return crm.Answer[cloverhound.Contact]{}, nil
}

// TestHowToVerify: what people look for in a contact where nothing shows whether it was taken back.
func TestHowToVerify(t *testing.T) {
	table := mapping.CloverhoundContacts()
	w := NewWay[cloverhound.Contact](table, archives{}, nil, time.Now)
	was, is := cloverhound.Contact{ID: 7, FullName: "Ann", Description: "spring"}, cloverhound.Contact{ID: 7, FullName: "Ann", Description: "autumn"}
	changed := crm.Fields{"description"}
	image := outcome.Image{Changed: changed, Before: table.Image(was, changed), After: table.Image(is, changed)}
	for _, tt := range []struct {
		did  survey.Earlier
		want string
	}{
		{survey.Earlier{Result: outcome.Result{ID: "7", Outcome: outcome.Created, Action: outcome.ActionCreate}}, "look at the contact 7 in the CRM: if it is archived, it was taken back"},
		{survey.Earlier{Result: outcome.Result{ID: "7", Outcome: outcome.Updated, Action: outcome.ActionUpdate}, Images: []outcome.Image{image}},
			`look at the contact 7 in the CRM: description is "spring" if it was taken back, and else "autumn"`},
		{survey.Earlier{Result: outcome.Result{ID: "7", Outcome: outcome.Deleted, Action: outcome.ActionDelete}}, ""},
		{survey.Earlier{Result: outcome.Result{ID: "7", Outcome: outcome.Updated, Action: outcome.ActionUpdate}}, ""},
		{survey.Earlier{Result: outcome.Result{Outcome: outcome.Unknown, Action: outcome.ActionCreate}}, ""},
	} {
		if got := w.HowToVerify(&tt.did, outcome.ActionUpdate); got != tt.want {
			t.Errorf("%+v: %q", tt.did.Result, got)
		}
	}
	archived := cloverhound.Contact{Description: "archived"}
	if !w.IsUnarchived(is, changed) || w.IsUnarchived(archived, changed) || w.IsUnarchived(is, crm.Fields{"email"}) || w.IsUnarchived(is, crm.Fields{"description", "email"}) {
		t.Error("what is archived is not told from what is not")
	}
}
