package growcrm_test

import (
	"fmt"
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"crmferry/internal/crm"
	"crmferry/internal/crm/crmtest"
	"crmferry/internal/crm/growcrm"
	"crmferry/internal/sandbox"
	"crmferry/internal/transport"
)

// configOf is the configuration of a client of what h serves.
func configOf(t *testing.T, h http.Handler) growcrm.Config {
	t.Helper()
	key := sandbox.New(sandbox.Options{}).Variable("", "CRMFERRY_GROWCRM_KEY")
	tr := transport.New(transport.Options{Authorize: growcrm.Authorize(key), Workers: 2})
	return growcrm.Config{Base: crmtest.Serve(t, h, "/growcrm/api"), HTTP: tr.Client()}
}

func TestClientsPaging(t *testing.T) {
	config := configOf(t, sandbox.New(sandbox.Options{}).Handler())
	contacts, clients := growcrm.New(config), growcrm.NewClients(config)
	for i := range 100 {
		first := growcrm.Contact{FirstName: "Ann", LastName: "Owner", Email: fmt.Sprintf("owner.%d@example.org", i)}
		if _, _, err := contacts.CreateLink(t.Context(), "clients", fmt.Sprintf("Client %d", i), first); err != nil {
			t.Fatal(err)
		}
	}
	if said, err := clients.Check(t.Context()); err != nil || said == "" {
		t.Errorf("check: %q, %v", said, err)
	}
	crmtest.Paging[growcrm.ClientRecord]{
		Client: clients, PageSize: clients.Traits().PageSize, ID: func(r growcrm.ClientRecord) string { return fmt.Sprint(r.ID) },
		FilterValues: map[string][]string{"category_id": {"2"}, "search": {"client 1"}},
	}.Run(t)
	listed := 0
	for page, err := range clients.List(t.Context()) {
		if err != nil || page.Total <= 100 {
			t.Fatalf("%d clients, %v", page.Total, err)
		}
		listed += len(page.Items)
		if listed > page.Total {
			t.Errorf("%d of %d listed", listed, page.Total)
		}
	}
}

// TestClientRead compares a client that has everything with the documented object.
func TestClientRead(t *testing.T) {
	clients := growcrm.NewClients(configOf(t, http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if strings.HasSuffix(r.URL.Path, "/contacts") {
			w.Header().Set("Content-Type", "application/json")
			_, _ = w.Write([]byte(`{"data": [{"id": 45, "first_name": "Jane", "last_name": "Doe", "email": "jane@example.com", "account_owner": "yes"}],
				"meta": {"current_page": 1, "per_page": 100, "total": 1, "last_page": 1}}`))
			return
		}
		if got := r.URL.Query().Encode(); got != "limit=100&order=asc&page=2&sort=client_created&status=active" {
			t.Errorf("query %s", got)
		}
		w.Header().Set("Content-Type", "application/json")
		_, _ = w.Write([]byte(`{"data": [{"id": 12, "company_name": "Acme Inc", "description": "Anvils", "status": "active",
			"phone": "+15125550100", "website": "https://example.com", "vat": "NL123", "category": {"id": 2, "name": "Default"},
			"owner": {"id": 45, "name": "Jane Doe"},
			"billing": {"street": "Damrak 1", "city": "Amsterdam", "state": "NH", "zip": "1012 LG", "country": "NL", "invoice_due_days": "14"},
			"shipping": {"street": "Dock 2", "city": "Rotterdam", "state": "", "zip": null, "country": "NL"},
			"dates": {"created": "2026-06-15T09:30:00.000000Z", "updated": "2026-06-16T09:30:00.000000Z"}, "tags": ["VIP", "a,b"]},
			{"id": 13, "category": null, "owner": [], "billing": "", "tags": null}],
			"meta": {"current_page": 2, "per_page": 100, "total": 102, "last_page": 2}}`))
	})))
	q := crm.Query{Filters: []crm.Filter{{Name: "status", Values: []string{"active"}}}}
	page, err := clients.ListPage(t.Context(), q, crm.Section{}, 2)
	if err != nil {
		t.Fatal(err)
	}
	days := 14.0
	want := crm.NumberedPage[growcrm.ClientRecord]{Total: 102, Last: 2, Items: []growcrm.ClientRecord{{
		ID: 12, CompanyName: "Acme Inc", Description: "Anvils", Status: "active", Phone: "+15125550100", Website: "https://example.com",
		VAT: "NL123", Category: crm.Ref{ID: "2", Name: "Default"}, Owner: crm.Ref{ID: "45", Name: "Jane Doe"},
		Billing:        growcrm.ClientAddress{Street: "Damrak 1", City: "Amsterdam", State: "NH", Zip: "1012 LG", Country: "NL"},
		Shipping:       growcrm.ClientAddress{Street: "Dock 2", City: "Rotterdam", Country: "NL"},
		InvoiceDueDays: &days, Created: time.Date(2026, 6, 15, 9, 30, 0, 0, time.UTC), Updated: time.Date(2026, 6, 16, 9, 30, 0, 0, time.UTC),
		Tags: []string{"VIP", "a,b"}, FirstName: "Jane", LastName: "Doe", Email: "jane@example.com",
	}, {ID: 13}}}
	if diff := cmp.Diff(want, page); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}
