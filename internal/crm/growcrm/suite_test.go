package growcrm_test

import (
	"fmt"
	"net/http"
	"net/url"
	"strconv"
	"strings"
	"testing"

	"crmferry/internal/crm"
	"crmferry/internal/crm/crmtest"
	"crmferry/internal/crm/growcrm"
	"crmferry/internal/sandbox"
	"crmferry/internal/sandbox/seed"
	"crmferry/mapping"
)

func TestConformance(t *testing.T) {
	table := mapping.GrowContacts()
	crmtest.Suite[growcrm.Contact]{
		Handler:   func() http.Handler { return sandbox.New(sandbox.Options{Contacts: 100}).Handler() },
		Path:      "/growcrm/api",
		Keys:      []string{sandbox.New(sandbox.Options{}).Variable("", "CRMFERRY_GROWCRM_KEY")},
		Authorize: growcrm.Authorize,
		New: func(base *url.URL, client *http.Client) crm.Creator[growcrm.Contact] {
			return growcrm.New(growcrm.Config{Base: base, HTTP: client})
		},
		Sample: sample,
		Fields: crm.Fields{"first_name", "last_name", "email", "clientid", "phone", "position", "account_owner"},
		WithID: func(c growcrm.Contact, id string) growcrm.Contact {
			c.ID, _ = strconv.ParseInt(id, 10, 64)
			return c
		},
		ID: table.ID,
		FindKeys: func(c growcrm.Contact) []crm.Key {
			return append(table.Keys(c), crm.Key{ID: table.ID(c)})
		},
		Same: table.Same,
		Change: func(c *growcrm.Contact) crm.Fields {
			c.FirstName, c.Position = c.FirstName+" Jr", ""
			return crm.Fields{"first_name", "position"}
		},
		Clear: func(c *growcrm.Contact) crm.Fields {
			c.Phone, c.Position = "", ""
			return crm.Fields{"phone", "position"}
		},
		FilterValues: map[string][]string{"status": {"active"}, "client_id": {"1"}, "search": {"a b&c"}},
		Links:        []crmtest.LinkCase{{Kind: "clients", One: "Acme Inc", Ambiguous: seed.TwiceName, None: "Nobody & Sons"}},
		Refusals: []crmtest.Refusal{
			{
				Name: "taken", Status: 422, Code: crm.CodeTaken, Field: "email", Text: "has already been taken",
				Body: `{"message": "The given data was invalid.", "errors": {"email": ["The email has already been taken."]}}`,
			},
			{
				Name: "several", Status: 422, Code: crm.CodeInvalid, Field: "first_name", Text: "The first name field is required.",
				Body: `{"message": "The given data was invalid.",
					"errors": {"email": ["The email has already been taken."], "first_name": ["The first name field is required."]}}`,
			},
			{
				Name: "one text", Status: 422, Code: crm.CodeInvalid, Field: "clientid", Text: "unknown client",
				Body: `{"message": "invalid", "errors": {"clientid": "unknown client"}}`,
			},
			{Name: "no fields", Status: 405, Code: crm.CodeInvalid, Text: "not supported", Body: `{"message": "not supported", "errors": []}`},
		},
	}.Run(t)
}

func sample(i int) growcrm.Contact {
	return growcrm.Contact{
		FirstName: "Test " + string(rune('A'+i%26)), LastName: fmt.Sprintf("Case%d", i), Email: fmt.Sprintf("case.%d@example.org", i),
		Client: crm.Ref{ID: "1"}, Phone: fmt.Sprintf("+1 512 555 %04d", 100+i), Position: strings.Repeat("x", 1+i%3), AccountOwner: "yes",
	}
}
