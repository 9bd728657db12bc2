package rogerroger

import (
	"fmt"
	"net/http"
	"strings"
	"testing"

	"crmferry/internal/crm"
)

// TestNotesOfOneOrganization: where the notes of some organizations are asked for, their list is read as far as it takes to find these.
func TestNotesOfOneOrganization(t *testing.T) {
	for id, pages := range map[string]string{"a1": "1", "/organizations/b1": "1 2", "nobody": "1 2 3"} {
		var read []string
		client := serve(t, routes(map[string]http.HandlerFunc{"GET /organizations": func(w http.ResponseWriter, r *http.Request) {
			n := r.URL.Query().Get("page")
			read = append(read, n)
			letter := map[string]string{"1": "a", "2": "b", "3": "c"}[n]
			next := map[string]string{"1": "/organizations?page=2", "2": "/organizations?page=3"}[n]
			var items []string
			for i := range pageSize {
				items = append(items, fmt.Sprintf(`{"@id": "/organizations/%s%d", "title": "%s%d"}`, letter, i, letter, i))
			}
			write(w, http.StatusOK, fmt.Sprintf(`{"member": [%s], "totalItems": %d, "view": {"next": %q}}`, strings.Join(items, ","), 3*pageSize, next))
		}}))
		sections, err := (&Notes{people: client}).Sections(t.Context(), crm.Query{Filters: []crm.Filter{{Name: organizationFilter, Values: []string{id}}}})
		if got := strings.Join(read, " "); got != pages {
			t.Errorf("%s: pages %s were read", id, got)
		}
		if (err != nil) != (id == "nobody") || err == nil && len(sections) != 1 {
			t.Errorf("%s: %v, %v", id, sections, err)
		}
	}
}
