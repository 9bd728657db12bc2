package rogerroger

import (
	"net/http"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"crmferry/internal/crm"
	"crmferry/internal/crm/crmtest"
)

func listIDs(t *testing.T, c *Client) (got []string, totals []int) {
	t.Helper()
	for page, err := range c.List(t.Context()) {
		if err != nil {
			t.Fatal(err)
		}
		totals = append(totals, page.Total)
		for _, p := range page.Items {
			got = append(got, p.ID)
		}
	}
	return got, totals
}

func TestList(t *testing.T) {
	t.Parallel()
	people := crowd(75)
	for i := 40; i < 75; i++ {
		people[i].archived = true
	}
	var all []string
	for _, m := range people {
		all = append(all, m.id)
	}
	absolute := func(host string) func(string) string {
		return func(q string) string { return host + crmtest.Prefix + "/people?" + q }
	}
	tests := []struct {
		name     string
		account  *account
		host     bool // links name the server's own host
		want     []string
		total    int
		requests int
	}{
		{"relative links", &account{people: people}, false, all, 75, 4},
		{"links with the server's path", &account{people: people, links: absolute("")}, false, all, 75, 4},
		{"absolute links", &account{people: people}, true, all, 75, 4},
		{"links of a query only", &account{people: people, links: func(q string) string { return "?" + q }}, false, all, 75, 4},
		{"nobody archived", &account{people: people[:31]}, false, all[:31], 31, 3},
		{"everybody archived", &account{people: people[40:]}, false, all[40:], 35, 3},
		{"the filter is unknown", &account{people: people, noExists: true}, false, all, 75, 4},
		{"nobody", &account{}, false, nil, 0, 2},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			client := serve(t, tt.account)
			if tt.host {
				tt.account.links = absolute(strings.TrimSuffix(client.api.Base.String(), crmtest.Prefix))
			}
			got, totals := listIDs(t, client)
			if diff := cmp.Diff(tt.want, got); diff != "" {
				t.Errorf("people differ (-want +got):\n%s", diff)
			}
			if slices.ContainsFunc(totals, func(n int) bool { return n != tt.total }) || len(totals) == 0 {
				t.Errorf("totals are %v, want %d on every page", totals, tt.total)
			}
			if len(tt.account.requests) != tt.requests {
				t.Errorf("%d requests, want %d", len(tt.account.requests), tt.requests)
			}
			for _, q := range tt.account.requests {
				if q.Get("itemsPerPage") != "30" || q.Get("order[createdAt]") != "asc" {
					t.Errorf("asks for %v", q)
				}
			}
		})
	}
}

func TestListStopsWhenTheCallerDoes(t *testing.T) {
	t.Parallel()
	a := &account{people: crowd(100)}
	for range serve(t, a).List(t.Context()) {
		break
	}
	if len(a.requests) != 2 {
		t.Errorf("%d requests", len(a.requests))
	}
}

func TestListErrors(t *testing.T) {
	t.Parallel()
	page := func(next string) string {
		return `{"member":[{"@id":"/people/1"}],"totalItems":9,"view":{"next":"` + next + `"}}`
	}
	tests := []struct {
		name, body string
		message    string
	}{
		{"not a collection", `{"data":[]}`, "it has no member"},
		{"null", `{"member":null}`, "it has no member"},
		{"circle", page("/people?page=1"), "go round in a circle"},
		{"another host", page("https://elsewhere.example.com/people?page=2"), "leads to another host"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			client := serve(t, http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) { write(w, 200, tt.body) }))
			var last error
			for _, err := range client.List(t.Context()) {
				last = err
			}
			if crm.ClassOf(last) != crm.WrongServer || !strings.Contains(last.Error(), tt.message) {
				t.Errorf("error is %v", last)
			}
		})
	}
}
