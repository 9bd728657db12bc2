package growcrm_test

import (
	"fmt"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strconv"
	"strings"
	"testing"
	"time"

	"crmferry/internal/crm"
	"crmferry/internal/crm/crmtest"
	"crmferry/internal/crm/growcrm"
	"crmferry/internal/sandbox"
	"crmferry/internal/sandbox/seed"
	"crmferry/mapping"
)

// filled is a sandbox that was sent a form many times.
func filled(path string, times int, form func(i int) url.Values) http.Handler {
	s := sandbox.New(sandbox.Options{})
	h := s.Handler()
	for i := range times {
		req := httptest.NewRequest(http.MethodPost, "/growcrm/api"+path, strings.NewReader(form(i).Encode()))
		req.Header.Set("Content-Type", "application/x-www-form-urlencoded")
		growcrm.Authorize(s.Variable("", "CRMFERRY_GROWCRM_KEY"))(req)
		h.ServeHTTP(httptest.NewRecorder(), req)
	}
	return h
}

func key() string { return sandbox.New(sandbox.Options{}).Variable("", "CRMFERRY_GROWCRM_KEY") }

// TestNotesConformance runs the suite that every vendor's client passes.
func TestNotesConformance(t *testing.T) {
	t.Parallel()
	table, office := mapping.GrowNotes(), fmt.Sprintf("office.%s@example.com", seed.Plain("Acme Inc"))
	crmtest.Suite[growcrm.Note]{
		Handler: func() http.Handler {
			return filled("/notes", 110, func(i int) url.Values {
				return url.Values{"note_title": {fmt.Sprint("Seeded ", i)}, "note_description": {"Text"}, "noteresource_type": {"client"}, "noteresource_id": {"1"}}
			})
		},
		Path:      "/growcrm/api",
		Keys:      []string{key()},
		Authorize: growcrm.Authorize,
		New: func(base *url.URL, client *http.Client) crm.Creator[growcrm.Note] {
			return growcrm.NewNotes(growcrm.Config{Base: base, HTTP: client})
		},
		Sample: func(i int) growcrm.Note {
			return growcrm.Note{Title: fmt.Sprintf("Note %d", i), Description: "Two\nlines & <b>more</b>.", Visibility: "private", On: growcrm.NoteOnClient, Of: crm.Ref{ID: "1"}, Tags: []string{"a,b", "VIP"}}
		},
		Orphan: func(n *growcrm.Note) { n.Of.ID = "4242" },
		Fields: crm.Fields{"noteresource_type", "noteresource_id", "note_title", "note_description", "note_visibility", "tags"},
		WithID: func(n growcrm.Note, id string) growcrm.Note {
			n.ID, _ = strconv.ParseInt(id, 10, 64)
			return n
		},
		ID:       table.ID,
		FindKeys: func(n growcrm.Note) []crm.Key { return append(n.Keys(), crm.Key{ID: n.Identity()}) },
		Same:     table.Same,
		Change: func(n *growcrm.Note) crm.Fields {
			n.Description, n.Visibility = "Changed", "public"
			return crm.Fields{"note_description", "note_visibility"}
		},
		FilterValues: map[string][]string{"resource_id": {"1"}, "search": {"a b&c"}},
		Links: []crmtest.LinkCase{
			{Kind: "clients", One: "Acme Inc", Ambiguous: seed.TwiceName, None: "Nobody & Sons"},
			{Kind: "clients", One: office, None: "nobody@example.com"},
			{Kind: "contacts", One: office, None: "nobody@example.com"},
			{Kind: "leads", One: "Website relaunch", None: "No such lead"},
			{Kind: "leads", One: "wanda.webb@example.com", None: "nobody@example.com"},
		},
		Refusals: []crmtest.Refusal{{Name: "title", Status: 422, Code: crm.CodeInvalid, Field: "note_title", Text: "title field is required",
			Body: `{"message": "The given data was invalid.", "errors": {"note_title": ["The note title field is required."]}}`}},
	}.Run(t)
}

// TestLeadsConformance runs the suite that every vendor's client passes.
func TestLeadsConformance(t *testing.T) {
	t.Parallel()
	table := mapping.GrowLeads()
	value := 1250.5
	crmtest.Suite[growcrm.Lead]{
		Handler: func() http.Handler {
			return filled("/leads", 110, func(i int) url.Values {
				return url.Values{"lead_title": {fmt.Sprint("Seeded ", i)}, "lead_status": {"1"}, "lead_categoryid": {"3"}}
			})
		},
		Path:      "/growcrm/api",
		Keys:      []string{key()},
		Authorize: growcrm.Authorize,
		New: func(base *url.URL, client *http.Client) crm.Creator[growcrm.Lead] {
			return growcrm.NewLeads(growcrm.Config{Base: base, HTTP: client})
		},
		Sample: func(i int) growcrm.Lead {
			return growcrm.Lead{
				Title: fmt.Sprintf("Lead %d", i), Status: crm.Ref{ID: "1"}, Category: crm.Ref{ID: "3"}, FirstName: "Ann", LastName: fmt.Sprintf("Case%d", i),
				Email: fmt.Sprintf("case.%d@example.org", i), Phone: "+1 512 555 0100", JobPosition: "Buyer", CompanyName: "Case & Sons", Website: "https://example.org",
				Value: &value, Source: "Fair", LastContacted: time.Date(2026, 6, 15, 0, 0, 0, 0, time.UTC), Description: "Two\nlines", Street: "Damrak 1", City: "Amsterdam",
				State: "NH", Zip: "1012 LG", Country: "Netherlands", Assigned: []crm.Ref{{ID: fmt.Sprint(len(seed.Companies) + 1)}}, Tags: []string{"a,b", "VIP"}, ActiveState: "archived",
			}
		},
		Fields: crm.Fields{"lead_title", "lead_status", "lead_categoryid", "lead_firstname", "lead_lastname", "lead_email", "lead_phone", "lead_job_position", "lead_company_name", "lead_website",
			"lead_value", "lead_source", "lead_last_contacted", "lead_description", "lead_street", "lead_city", "lead_state", "lead_zip", "lead_country", "assigned", "tags", "active_state"},
		WithID: func(l growcrm.Lead, id string) growcrm.Lead {
			l.ID, _ = strconv.ParseInt(id, 10, 64)
			return l
		},
		ID:       table.ID,
		FindKeys: func(l growcrm.Lead) []crm.Key { return append(l.Keys(), crm.Key{ID: l.Identity()}) },
		Same:     table.Same,
		Change: func(l *growcrm.Lead) crm.Fields {
			l.Status, l.City = crm.Ref{ID: "2"}, ""
			return crm.Fields{"lead_status", "lead_city"}
		},
		Clear: func(l *growcrm.Lead) crm.Fields {
			l.FirstName, l.LastName, l.Email, l.Phone, l.JobPosition, l.CompanyName, l.Website, l.Value, l.Source = "", "", "", "", "", "", "", nil, ""
			l.LastContacted, l.Description, l.Street, l.City, l.State, l.Zip, l.Country = time.Time{}, "", "", "", "", "", ""
			return crm.Fields{"lead_firstname", "lead_lastname", "lead_email", "lead_phone", "lead_job_position", "lead_company_name", "lead_website",
				"lead_value", "lead_source", "lead_last_contacted", "lead_description", "lead_street", "lead_city", "lead_state", "lead_zip", "lead_country"}
		},
		FilterValues: map[string][]string{"status": {"1"}, "category_id": {"3"}, "source": {"Fair"}, "assigned_user_id": {"1"}, "search": {"a b&c"}},
		Links: []crmtest.LinkCase{
			{Kind: "statuses", One: "Qualified", None: "Lost"}, // which no lead has
			{Kind: "categories", One: "Inbound", None: "Partners"},
			{Kind: "team", One: seed.TeamEmail, None: "nobody@example.com"},
			{Kind: "team", One: "Team Member", None: "Office Acme Inc"},
		},
		Refusals: []crmtest.Refusal{{Name: "status", Status: 422, Code: crm.CodeInvalid, Field: "lead_status", Text: "selected lead status is invalid",
			Body: `{"message": "The given data was invalid.", "errors": {"lead_status": ["The selected lead status is invalid."]}}`}},
	}.Run(t)
}
