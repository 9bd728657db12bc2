package rogerroger_test

import (
	"fmt"
	"net/http"
	"net/url"
	"testing"

	"crmferry/internal/crm"
	"crmferry/internal/crm/crmtest"
	"crmferry/internal/crm/rogerroger"
	"crmferry/internal/sandbox"
	"crmferry/internal/sandbox/seed"
	"crmferry/internal/transport"
	"crmferry/mapping"
)

// organizationsOf is a client of what h serves.
func organizationsOf(t *testing.T, h http.Handler) rogerroger.Config {
	t.Helper()
	tr := transport.New(transport.Options{Authorize: rogerroger.Authorize(sandbox.New(sandbox.Options{}).Variable("", "CRMFERRY_ROGERROGER_KEY")), Workers: 4})
	return rogerroger.Config{Base: crmtest.Serve(t, h, "/rogerroger"), HTTP: tr.Client()}
}

// TestOrganizationsConformance runs the suite that every vendor's client passes.
func TestOrganizationsConformance(t *testing.T) {
	t.Parallel()
	table := mapping.RogerRogerOrganizations()
	suite := crmtest.Suite[rogerroger.Organization]{
		Handler: func() http.Handler {
			h := sandbox.New(sandbox.Options{}).Handler()
			client := rogerroger.NewOrganizations(organizationsOf(t, h))
			for i := range 40 {
				if _, err := client.Create(t.Context(), sampleOrganization(1000+i), crm.Fields{"title"}, ""); err != nil {
					t.Fatal(err)
				}
			}
			return h
		},
		Path:      "/rogerroger",
		Keys:      []string{sandbox.New(sandbox.Options{}).Variable("", "CRMFERRY_ROGERROGER_KEY")},
		Authorize: rogerroger.Authorize,
		New: func(base *url.URL, client *http.Client) crm.Creator[rogerroger.Organization] {
			return rogerroger.NewOrganizations(rogerroger.Config{Base: base, HTTP: client})
		},
		Sample: sampleOrganization,
		Fields: crm.Fields{"title", "description", "website", "customerId", "chamberOfCommerceNumber", "emailAddresses", "phoneNumbers", "address.street", "address.city"},
		WithID: func(o rogerroger.Organization, id string) rogerroger.Organization {
			o.ID, o.IRI = id, "/organizations/"+id
			return o
		},
		ID:   table.ID,
		Same: table.Same,
		Change: func(o *rogerroger.Organization) crm.Fields {
			o.Website, o.Address.City, o.Title = "", "Utrecht", o.Title+" NV"
			return crm.Fields{"website", "address.city", "title"}
		},
		Clear: func(o *rogerroger.Organization) crm.Fields {
			o.Description, o.CustomerID, o.EmailAddresses, o.PhoneNumbers, o.Address.Street = "", "", nil, nil, ""
			return crm.Fields{"description", "customerId", "emailAddresses", "phoneNumbers", "address.street"}
		},
		Links: []crmtest.LinkCase{
			{Kind: "tags", One: seed.SamplePerson(0).Tags[0], None: "Brand new"},
			{Kind: "segments", One: seed.SamplePerson(0).Segment, None: "Brand new"},
			{Kind: "people", One: seed.SamplePerson(seed.FirstSame).Email, Ambiguous: seed.TwiceEmail},
		},
		Refusals: []crmtest.Refusal{
			{Name: "message", Status: 422, Body: `{"message":"An error occurred"}`, Code: crm.CodeInvalid, Text: "An error occurred"},
			{Name: "violations", Status: 422, Body: `{"detail":"title: blank","violations":[{"propertyPath":"title","message":"This value should not be blank."}]}`,
				Code: crm.CodeInvalid, Field: "title", Text: "should not be blank"},
		},
	}
	t.Run("documented", suite.Run)
	suite.New = func(base *url.URL, client *http.Client) crm.Creator[rogerroger.Organization] {
		return rogerroger.NewUndocumentedOrganizations(rogerroger.Config{Base: base, HTTP: client})
	}
	t.Run("undocumented", suite.Run)
}

func sampleOrganization(i int) rogerroger.Organization {
	return rogerroger.Organization{Title: fmt.Sprintf("Case %d BV", i), Description: "Anvils & more", Website: "https://example.org", CustomerID: fmt.Sprintf("C-%d", i),
		ChamberOfCommerceNumber: "12345678", EmailAddresses: []string{"info@example.org"}, PhoneNumbers: []rogerroger.Phone{{Number: "+31201234567"}},
		Address: rogerroger.Address{Street: "Damrak 1", City: "Amsterdam"}}
}

// TestOrganizationByNumber: a person's organization is found by its customer id where no title is that.
func TestOrganizationByNumber(t *testing.T) {
	config := organizationsOf(t, sandbox.New(sandbox.Options{}).Handler())
	made, err := rogerroger.NewOrganizations(config).Create(t.Context(), sampleOrganization(1), crm.Fields{"title", "customerId"}, "")
	if err != nil {
		t.Fatal(err)
	}
	found, err := rogerroger.New(config).Resolve(t.Context(), "organizations", []string{"c-1", "case 1  BV", "C-2"})
	if err != nil || len(found) != 2 || found["c-1"][0].ID != "/organizations/"+made.ID || found["case 1  BV"][0].ID != "/organizations/"+made.ID {
		t.Errorf("%v, %v", found, err)
	}
}
