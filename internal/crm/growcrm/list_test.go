package growcrm

import (
	"slices"
	"strings"
	"testing"

	"crmferry/internal/crm"
)

// TestFilterNames compares the filters with those of the vendor's pages (https://docs-api.growcrm.io/contacts and
// https://docs-api.growcrm.io/clients).
func TestFilterNames(t *testing.T) {
	for want, client := range map[string]crm.Filterer{
		"status client_id account_owner search sort order": (*Client)(nil),
		"status category_id search sort order":             (*Clients)(nil),
	} {
		var names []string
		for _, f := range client.Filters() {
			names = append(names, f.Name)
			if f.Sort != slices.Contains([]string{"sort", "order"}, f.Name) || f.Several || f.Archived {
				t.Errorf("%s: %+v", f.Name, f)
			}
		}
		if got := strings.Join(names, " "); got != want {
			t.Errorf("filters %s, want %s", got, want)
		}
	}
}

func TestListPage(t *testing.T) {
	filter := func(name string, values ...string) crm.Filter { return crm.Filter{Name: name, Values: values} }
	tests := []struct {
		name        string
		filters     []crm.Filter
		page        int
		call        string
		answer      string
		total, last int
		class       crm.Class
	}{
		{"plain", nil, 1, "limit=100&order=asc&page=1&sort=created", `{"data": [{"id": 1}], "meta": {"total": 301, "last_page": 4}}`, 301, 4, 0},
		{"filters", []crm.Filter{filter("client_id", "12"), filter("search", "a&b")}, 3,
			"client_id=12&limit=100&order=asc&page=3&search=a%26b&sort=created", `{"data": [], "meta": {"total": 1, "last_page": 1}}`, 1, 1, 0},
		{"sorted", []crm.Filter{filter("sort", "email")}, 1, "limit=100&page=1&sort=email", `{"data": [], "meta": {"total": 0, "last_page": 1}}`, 0, 1, 0},
		{"the other way round", []crm.Filter{filter("order", "desc")}, 1, "limit=100&order=desc&page=1&sort=created",
			`{"data": [], "meta": {"total": 0, "last_page": 0}}`, 0, 1, 0},
		{"last page not said", nil, 1, "limit=100&order=asc&page=1&sort=created", `{"data": [{"id": 1}], "meta": {"total": "201"}}`, 201, 3, 0},
		{"nothing said, nobody here", nil, 2, "limit=100&order=asc&page=2&sort=created", `{"data": []}`, -1, 2, 0},
		{"no data", nil, 1, "limit=100&order=asc&page=1&sort=created", `{"message": "hello"}`, 0, 0, crm.WrongServer},
		{"truncated", nil, 1, "limit=100&order=asc&page=1&sort=created", `{"data": [{"id": 1}`, 0, 0, crm.Transient},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			client, _ := serve(t, map[string]string{"GET /contacts?" + tt.call: tt.answer})
			page, err := client.ListPage(t.Context(), crm.Query{Filters: tt.filters}, crm.Section{}, tt.page)
			if crm.ClassOf(err) != tt.class || (err != nil) != (tt.class != 0) {
				t.Fatalf("error %v", err)
			}
			if page.Total != tt.total || page.Last != tt.last {
				t.Errorf("total %d, last page %d; want %d and %d", page.Total, page.Last, tt.total, tt.last)
			}
		})
	}
}
