package rogerroger_test

import (
	"fmt"
	"net/http"
	"net/url"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"crmferry/internal/crm"
	"crmferry/internal/crm/crmtest"
	"crmferry/internal/crm/rogerroger"
	"crmferry/internal/sandbox"
	"crmferry/internal/sandbox/seed"
)

// TestConformance runs the suite that every vendor's client passes.
func TestConformance(t *testing.T) {
	t.Parallel()
	options := sandbox.Options{Contacts: 70}
	filters := map[string][]string{"q": {"jan"}, "owner.id": {"1", "2"}, "emailAddresses.email": {"a@example.com", "b+c@example.com"},
		"tags.id": {"1", "2"}, "segments.uuid": {"1", "2"}, "identifiers": {"+31612345678", "a@example.com"}}
	for _, name := range []string{"createdAt[after]", "createdAt[strictly_after]", "createdAt[before]", "createdAt[strictly_before]"} {
		filters[name] = []string{"2026-01-02", "2026-01-02T03:04:05+02:00"}
	}
	suite := crmtest.Suite[rogerroger.Person]{
		Handler:   func() http.Handler { return sandbox.New(options).Handler() },
		Path:      "/rogerroger",
		Keys:      []string{sandbox.New(options).Variable("", "CRMFERRY_ROGERROGER_KEY")},
		Authorize: rogerroger.Authorize,
		New: func(base *url.URL, client *http.Client) crm.Creator[rogerroger.Person] {
			return rogerroger.New(rogerroger.Config{Base: base, HTTP: client})
		},
		Sample: sample,
		Fields: crm.Fields{"familyName", "givenName", "jobTitle", "emailAddresses", "phoneNumbers", "address.street", "address.city"},
		WithID: func(p rogerroger.Person, id string) rogerroger.Person {
			p.ID, p.IRI = id, "/people/"+id
			return p
		},
		ID: func(p rogerroger.Person) string { return p.ID },
		FindKeys: func(p rogerroger.Person) []crm.Key {
			return []crm.Key{{ID: p.ID}, {Email: strings.ToLower(p.EmailAddresses[0])},
				{Phone: strings.TrimPrefix(p.PhoneNumbers[0].Number, "+"), Name: strings.ToLower(p.GivenName + " " + p.FamilyName)}}
		},
		Same: differing,
		Change: func(p *rogerroger.Person) crm.Fields {
			p.JobTitle, p.Address.City = "", "Utrecht"
			p.EmailAddresses = append(slices.Clone(p.EmailAddresses), "second."+p.EmailAddresses[0])
			return crm.Fields{"jobTitle", "address.city", "emailAddresses"}
		},
		Clear: func(p *rogerroger.Person) crm.Fields {
			p.GivenName, p.JobTitle, p.EmailAddresses, p.PhoneNumbers = "", "", nil, nil
			p.Address.Street, p.Address.City = "", ""
			return crm.Fields{"givenName", "jobTitle", "emailAddresses", "phoneNumbers", "address.street", "address.city"}
		},
		FilterValues: filters,
		Links: []crmtest.LinkCase{
			{Kind: "tags", One: seed.SamplePerson(0).Tags[0], None: "Brand new"},
			{Kind: "segments", One: seed.SamplePerson(0).Segment, None: "Brand new"},
			{Kind: "organizations", One: seed.SamplePerson(0).Company, None: "Brand new"},
		},
		Refusals: []crmtest.Refusal{
			{Name: "detail", Status: 400, Body: `{"detail":"The input data is misformatted."}`, Code: crm.CodeInvalid, Text: "misformatted"},
			{Name: "message", Status: 422, Body: `{"message":"An error occurred"}`, Code: crm.CodeInvalid, Text: "An error occurred"},
			{Name: "violations", Status: 422, Body: `{"detail":"familyName: blank","violations":[{"propertyPath":"familyName","message":"This value should not be blank."}]}`,
				Code: crm.CodeInvalid, Field: "familyName", Text: "should not be blank"},
		},
	}
	t.Run("documented", suite.Run)
	suite.New = func(base *url.URL, client *http.Client) crm.Creator[rogerroger.Person] {
		return rogerroger.NewUndocumented(rogerroger.Config{Base: base, HTTP: client})
	}
	t.Run("undocumented", suite.Run)
}

func sample(i int) rogerroger.Person {
	return rogerroger.Person{FamilyName: fmt.Sprintf("Sample %d", i), GivenName: "Sam", JobTitle: "CTO",
		EmailAddresses: []string{fmt.Sprintf("Sam.%d@example.org", i)}, PhoneNumbers: []rogerroger.Phone{{Number: fmt.Sprintf("+31612%06d", i)}},
		Address: rogerroger.Address{Street: "Damrak 1", City: "Amsterdam"}}
}

// differing names the fields in which two people differ.
func differing(a, b rogerroger.Person, fields crm.Fields) []string {
	values := func(p rogerroger.Person) map[string]any {
		return map[string]any{"familyName": p.FamilyName, "givenName": p.GivenName, "jobTitle": p.JobTitle, "emailAddresses": p.EmailAddresses,
			"phoneNumbers": p.PhoneNumbers, "address.street": p.Address.Street, "address.city": p.Address.City}
	}
	va, vb := values(a), values(b)
	return slices.DeleteFunc(slices.Clone(fields), func(f string) bool { return cmp.Equal(va[f], vb[f]) })
}
