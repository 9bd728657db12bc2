package clientcommander_test

import (
	"fmt"
	"net/http"
	"net/url"
	"slices"
	"testing"

	"crmferry/internal/crm"
	"crmferry/internal/crm/clientcommander"
	"crmferry/internal/crm/crmtest"
	"crmferry/internal/sandbox"
	"crmferry/internal/sandbox/seed"
	"crmferry/mapping"
)

func TestConformance(t *testing.T) {
	table := mapping.ClientCommanderContacts()
	unreadable := crm.Fields{"street", "city", "state", "zipCode"}
	crmtest.Suite[clientcommander.Contact]{
		Handler:   func() http.Handler { return sandbox.New(sandbox.Options{Contacts: 100}).Handler() },
		Path:      "/clientcommander",
		Keys:      []string{sandbox.New(sandbox.Options{}).Variable("", "CRMFERRY_CLIENTCOMMANDER_KEY")},
		Authorize: clientcommander.Authorize,
		New: func(base *url.URL, client *http.Client) crm.Creator[clientcommander.Contact] {
			return clientcommander.New(clientcommander.Config{Base: base, HTTP: client})
		},
		Sample: sample,
		Fields: crm.Fields{"firstName", "lastName", "email", "phone", "source", "stage", "price", "timeframe", "background", "tags",
			"street", "city", "state", "zipCode"},
		WithID: func(c clientcommander.Contact, id string) clientcommander.Contact {
			c.ID = id
			return c
		},
		ID: table.ID,
		FindKeys: func(c clientcommander.Contact) []crm.Key {
			return append(table.Keys(c), crm.Key{ID: c.ID})
		},
		Same: func(want, read clientcommander.Contact, fields crm.Fields) []string {
			return slices.DeleteFunc(table.Same(want, read, fields), unreadable.Has)
		},
		Change: func(c *clientcommander.Contact) crm.Fields {
			price := 12.5
			c.LastName, c.Price, c.Background = "Changed", &price, "Two\nlines"
			return crm.Fields{"lastName", "price", "background"}
		},
		Clear: func(c *clientcommander.Contact) crm.Fields {
			c.Source, c.Timeframe, c.Background = "", "", ""
			return crm.Fields{"source", "timeframe", "background"}
		},
		Links: []crmtest.LinkCase{{Kind: "stages", One: "In conversation", Ambiguous: seed.TwiceName, None: "Nobody is here"}},
		Refusals: []crmtest.Refusal{
			{
				Name: "list of problems", Status: 400, Code: crm.CodeInvalid, Field: "phone", Text: "bad number",
				Body: `{"meta": {}, "success": false, "message": "Validation failed", "errors": [{"field": "phone", "message": "bad number"}]}`,
			},
			{
				Name: "list of paths", Status: 400, Code: crm.CodeInvalid, Field: "tags.3", Text: "too long",
				Body: `{"error": {"message": "Validation failed", "details": [{"path": ["tags", 3], "message": "too long"}]}}`,
			},
			{
				Name: "object of problems", Status: 422, Code: crm.CodeInvalid, Field: "state", Text: "two letters",
				Body: `{"error": "Validation failed", "details": {"state": ["two letters"]}}`,
			},
			{Name: "a text", Status: 400, Code: crm.CodeInvalid, Text: "no such stage", Body: `{"error": "no such stage"}`},
			{Name: "nothing", Status: 400, Code: crm.CodeInvalid, Text: "Bad Request", Body: ``},
			{Name: "no words", Status: 400, Code: crm.CodeInvalid, Text: "Bad Request", Body: `{}`},
		},
	}.Run(t)
}

func sample(i int) clientcommander.Contact {
	price := float64(1000 + i)
	tags := make([]string, 45) // three requests
	for k := range tags {
		tags[k] = fmt.Sprintf("tag %d of %d", k, i)
	}
	return clientcommander.Contact{
		FirstName: "Test", LastName: fmt.Sprintf("Case%d", i), Email: fmt.Sprintf("case.%d@example.org", i),
		Phone: fmt.Sprintf("+1512555%04d", 100+i), Stage: crm.Ref{ID: "stage_lead_01", Name: "Lead"}, Source: "Suite", Price: &price,
		Timeframe: "0-3 months", Background: "Invented.", Tags: tags,
		Street: "1 Main Street", City: "Austin", State: "TX", ZipCode: "78701",
	}
}
