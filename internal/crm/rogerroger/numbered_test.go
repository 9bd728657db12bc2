package rogerroger

import (
	"fmt"
	"net/http"
	"slices"
	"strings"
	"testing"

	"crmferry/internal/crm"
)

// TestFilterNames compares the filters with those of the vendor's page (https://developer.rogerroger.io/crm/people).
func TestFilterNames(t *testing.T) {
	const created = " createdAt[after] createdAt[strictly_after] createdAt[before] createdAt[strictly_before]"
	for want, client := range map[string]crm.Filterer{
		"q owner.id emailAddresses.email tags.id segments.uuid identifiers exists[archivedAt]" + created + " order[familyName] order[createdAt]": (*Client)(nil),
		"q person organization category.id author.id flagged" + created + " order[flagged] order[createdAt]":                                     (*Notes)(nil),
	} {
		var names []string
		for _, f := range client.Filters() {
			names = append(names, f.Name)
			if strings.HasPrefix(f.Name, "order[") != f.Sort || (f.Name == archivedFilter) != f.Archived {
				t.Errorf("%s: %+v", f.Name, f)
			}
		}
		if got := strings.Join(names, " "); got != want {
			t.Errorf("filters\n%s, want\n%s", got, want)
		}
	}
}

func TestListPage(t *testing.T) {
	t.Parallel()
	filter := func(name string, values ...string) crm.Filter { return crm.Filter{Name: name, Values: values} }
	const plain = "exists%5BarchivedAt%5D=false&itemsPerPage=30&order%5BcreatedAt%5D=asc&page="
	tests := []struct {
		name        string
		filters     []crm.Filter
		page        int
		query       string // of the first section's request
		answer      string
		total, last int
		class       crm.Class
	}{
		{"by the total", nil, 1, plain + "1", `{"member": [], "totalItems": 61}`, 61, 3, 0},
		{"by the link", nil, 2, plain + "2", `{"member": [], "totalItems": 61, "view": {"last": "/people?itemsPerPage=20&page=4"}}`, 61, 4, 0},
		{"by an absolute link", nil, 1, plain + "1", `{"member": [], "totalItems": 61, "view": {"last": "https://example.com/people?page=4"}}`, 61, 4, 0},
		{"placeholders", nil, 1, plain + "1", `{"member": [], "totalItems": 1, "view": {"next": "", "last": "string"}}`, 1, 1, 0},
		{"a next page where none should be", nil, 3, plain + "3", `{"member": [], "totalItems": 61, "view": {"next": "/people?page=4"}}`, 61, 4, 0},
		{"smaller pages than asked for", nil, 1, plain + "1", `{"member": [{"id": "a"}, {"id": "b"}], "totalItems": 61, "view": {"next": "/people?page=2"}}`, 61, 31, 0},
		{"nobody", nil, 1, plain + "1", `{"member": [], "totalItems": 0}`, 0, 1, 0},
		{"not counted", nil, 1, plain + "1", `{"member": []}`, -1, 1, 0},
		{"filters", []crm.Filter{filter("tags.id", "1", "2"), filter("q", "a b")}, 1,
			"exists%5BarchivedAt%5D=false&itemsPerPage=30&order%5BcreatedAt%5D=asc&page=1&q=a+b&tags.id%5B%5D=1&tags.id%5B%5D=2", `{"member": [], "totalItems": 0}`, 0, 1, 0},
		{"archived", []crm.Filter{filter(archivedFilter, "true")}, 1, strings.Replace(plain, "false", "true", 1) + "1", `{"member": [], "totalItems": 0}`, 0, 1, 0},
		{"sorted", []crm.Filter{filter("order[familyName]", "desc")}, 1, "exists%5BarchivedAt%5D=false&itemsPerPage=30&order%5BfamilyName%5D=desc&page=1",
			`{"member": [], "totalItems": 0}`, 0, 1, 0},
		{"no list", nil, 1, plain + "1", `{"@type": "Entrypoint"}`, 0, 0, crm.WrongServer},
		{"truncated", nil, 1, plain + "1", `{"member": [`, 0, 0, crm.Transient},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			c := serve(t, http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
				if got := r.URL.Query().Encode(); got != tt.query {
					t.Errorf("query %s, want %s", got, tt.query)
				}
				write(w, 200, tt.answer)
			}))
			q := crm.Query{Filters: tt.filters}
			sections, err := c.Sections(t.Context(), q)
			if err != nil {
				t.Fatal(err)
			}
			page, err := c.ListPage(t.Context(), q, sections[0], tt.page)
			if crm.ClassOf(err) != tt.class || (err != nil) != (tt.class != 0) {
				t.Fatalf("error %v", err)
			}
			if page.Total != tt.total || page.Last != tt.last {
				t.Errorf("total %d, last page %d; want %d and %d", page.Total, page.Last, tt.total, tt.last)
			}
		})
	}
}

// churning is an account in which somebody is added and deleted before every page.
type churning struct {
	account
	next    int
	deleted map[string]bool
	gain    int // people added at a time
	loss    int // people deleted at a time, from the start
	lie     int // added to the number of people
}

func (c *churning) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	c.mu.Lock()
	for range c.gain {
		c.people = append(c.people, member{id: fmt.Sprintf("new%d", c.next)})
		c.next++
	}
	for range min(c.loss, len(c.people)) {
		c.deleted[c.people[0].id] = true
		c.people = c.people[1:]
	}
	n := len(c.people)
	c.mu.Unlock()
	if c.lie == 0 {
		c.account.ServeHTTP(w, r)
		return
	}
	q := r.URL.Query()
	write(w, 200, strings.Replace(c.page(c.people, q), fmt.Sprintf(`"totalItems":%d`, n), fmt.Sprintf(`"totalItems":%d`, n+c.lie), 1))
}

// TestEverybody: whoever is there throughout has a section, whatever others do meanwhile.
func TestEverybody(t *testing.T) {
	t.Parallel()
	tests := map[string]struct {
		account *churning
		fails   bool
	}{
		"nothing happens":           {&churning{}, false},
		"people are added":          {&churning{gain: 7}, false},
		"pages are added":           {&churning{gain: 40}, false},
		"people are deleted":        {&churning{loss: 3}, false},
		"both":                      {&churning{gain: 2, loss: 3}, false},
		"the vendor counts wrongly": {&churning{lie: 5}, true},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			a := tt.account
			a.noExists, a.people, a.deleted = true, crowd(200), map[string]bool{}
			notes := &Notes{people: serve(t, a), seen: newSeen()}
			people, err := notes.everybody(t.Context(), crm.Section{Key: "false"})
			if (err != nil) != tt.fails {
				t.Fatal(err)
			}
			got := ids(people)
			if n := len(slices.Compact(slices.Clone(got))); n != len(got) {
				t.Errorf("%d people, of which %d differ", len(got), n)
			}
			for _, m := range crowd(200) {
				if !tt.fails && !a.deleted[m.id] && !slices.Contains(got, m.id) {
					t.Errorf("%s was there throughout and is missing", m.id)
				}
			}
		})
	}
}
