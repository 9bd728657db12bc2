package growcrm_test

import (
	"fmt"
	"net/http"
	"net/http/httptest"
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

func TestClientsConformance(t *testing.T) {
	table := mapping.GrowClients()
	crmtest.Suite[growcrm.ClientRecord]{
		Handler:   func() http.Handler { return withClients(t, 120) },
		Path:      "/growcrm/api",
		Keys:      []string{sandbox.New(sandbox.Options{}).Variable("", "CRMFERRY_GROWCRM_KEY")},
		Authorize: growcrm.Authorize,
		New: func(base *url.URL, client *http.Client) crm.Creator[growcrm.ClientRecord] {
			return growcrm.NewClients(growcrm.Config{Base: base, HTTP: client})
		},
		Sample: sampleClient,
		Fields: crm.Fields{"client_company_name", "first_name", "last_name", "email", "client_phone", "client_website", "client_vat", "client_categoryid",
			"client_description", "client_billing_street", "client_billing_city", "client_billing_state", "client_billing_zip", "client_billing_country",
			"client_billing_invoice_due_days", "tags", "status"},
		WithID: func(c growcrm.ClientRecord, id string) growcrm.ClientRecord {
			c.ID, _ = strconv.ParseInt(id, 10, 64)
			return c
		},
		ID: table.ID,
		FindKeys: func(c growcrm.ClientRecord) []crm.Key {
			return append(table.Keys(c), crm.Key{ID: table.ID(c)})
		},
		Same: table.Same,
		Change: func(c *growcrm.ClientRecord) crm.Fields {
			c.CompanyName, c.Billing.City = c.CompanyName+" NV", ""
			return crm.Fields{"client_company_name", "client_billing_city"}
		},
		Clear: func(c *growcrm.ClientRecord) crm.Fields {
			c.Phone, c.VAT, c.Description, c.Billing = "", "", "", growcrm.ClientAddress{}
			return crm.Fields{"client_phone", "client_vat", "client_description", "client_billing_street", "client_billing_city", "client_billing_state",
				"client_billing_zip", "client_billing_country"}
		},
		FilterValues: map[string][]string{"category_id": {"2"}, "search": {"a b&c"}},
		Links: []crmtest.LinkCase{
			{Kind: "categories", One: "Partners", None: "Suppliers & Sons"},
			{Kind: "contacts", One: "twain@twice.example.com"},
		},
		Refusals: []crmtest.Refusal{
			{
				Name: "taken", Status: 422, Code: crm.CodeTaken, Field: "email", Text: "has already been taken",
				Body: `{"message": "The given data was invalid.", "errors": {"email": ["The email has already been taken."]}}`,
			},
		},
	}.Run(t)
}

// withClients is a simulation with that many clients more.
func withClients(t *testing.T, n int) http.Handler {
	h := sandbox.New(sandbox.Options{}).Handler()
	for i := range n {
		form := url.Values{"client_company_name": {fmt.Sprintf("More %d", i)}, "first_name": {"More"}, "last_name": {"Owner"}, "email": {fmt.Sprintf("more.%d@example.org", i)}}
		r := httptest.NewRequestWithContext(t.Context(), http.MethodPost, "/growcrm/api/clients", strings.NewReader(form.Encode()))
		r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
		growcrm.Authorize(sandbox.New(sandbox.Options{}).Variable("", "CRMFERRY_GROWCRM_KEY"))(r)
		w := httptest.NewRecorder()
		if h.ServeHTTP(w, r); w.Code != http.StatusCreated {
			t.Fatal(w.Body)
		}
	}
	return h
}

func sampleClient(i int) growcrm.ClientRecord {
	days := float64(7 + i)
	return growcrm.ClientRecord{
		CompanyName: fmt.Sprintf("Case %d BV", i), FirstName: "Test " + string(rune('A'+i%26)), LastName: fmt.Sprintf("Case%d", i), Email: fmt.Sprintf("company.%d@example.org", i),
		Phone: fmt.Sprintf("+1 512 555 %04d", 100+i), Website: "https://example.org", VAT: "NL123", Description: "Anvils & more", Category: crm.Ref{ID: "5"},
		Billing:        growcrm.ClientAddress{Street: "Damrak 1", City: "Amsterdam", State: "NH", Zip: "1012 LG", Country: "Netherlands"},
		InvoiceDueDays: &days, Tags: []string{"VIP", "a,b"}, Status: "suspended",
	}
}

// TestClientFinds: a client is found by its account owner and not by another contact, whose address is said to be taken; by its
// name however it is spaced.
func TestClientFinds(t *testing.T) {
	s := sandbox.New(sandbox.Options{Contacts: 20})
	config := configOf(t, s.Handler())
	contacts, clients := growcrm.New(config), growcrm.NewClients(config)
	other := growcrm.Contact{FirstName: "Ann", LastName: "Other", Email: "Ann.Other@example.org", Client: crm.Ref{ID: "1"}}
	if _, err := contacts.Create(t.Context(), other, crm.Fields{"first_name", "last_name", "email", "clientid"}, ""); err != nil {
		t.Fatal(err)
	}
	found, err := clients.Find(t.Context(), []crm.Key{{Email: "ann.other@example.org"}})
	if err != nil || len(found) != 0 {
		t.Errorf("%v, %v", found, err)
	}
	for email, want := range map[string]string{
		"ann.other@example.org": "Ann Other, a contact of the client 1 (Acme Inc) and not its account owner,",
		seed.TeamEmail:          "Team Member, a member of the team,",
		"nobody@example.org":    "",
	} {
		if who, err := clients.HeldBy(t.Context(), email); err != nil || who != want {
			t.Errorf("%s: %q, %v", email, who, err)
		}
	}
	sent := s.Requests("growcrm")
	for _, email := range []string{"ann.other@example.org", seed.TeamEmail, "nobody@example.org"} {
		if _, err := clients.HeldBy(t.Context(), email); err != nil || s.Requests("growcrm") != sent {
			t.Errorf("%s is asked for once more, %v", email, err)
		}
	}
	for name, want := range map[string]int{"acme inc": 1, "  ACME   Inc ": 1, seed.TwiceName: 2, "acme": 0} {
		found, err := clients.Find(t.Context(), []crm.Key{{Name: crm.Fold(name)}})
		if err != nil || len(found) != want {
			t.Errorf("%q: %d, %v", name, len(found), err)
		}
	}
}
