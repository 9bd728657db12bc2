package sandbox

import (
	"testing"

	"crmferry/internal/sandbox/api"
)

// TestGrowRecords follows a note and a lead from their creation to their end.
func TestGrowRecords(t *testing.T) {
	s := New(Options{})
	want := func(method, path, body string, status int, name string, value any) {
		t.Helper()
		media := ""
		if body != "" {
			media = api.FormMedia
		}
		a := send(t, s, method, "/growcrm/api"+path, media, body)
		if a.status != status {
			t.Fatalf("%s %s: %d %s", method, path, a.status, a.raw)
		}
		if data, _ := a.body["data"].(map[string]any); name != "" && data[name] != value {
			t.Errorf("%s %s: %s is %v", method, path, name, data[name])
		}
	}
	total := func(path string, n float64) {
		t.Helper()
		a := send(t, s, "GET", "/growcrm/api"+path, "", "")
		if meta, _ := a.body["meta"].(map[string]any); meta["total"] != n {
			t.Errorf("%s: %v instead of %v", path, meta["total"], n)
		}
	}
	want("POST", "/leads", "lead_title=New+one&lead_status=1&lead_categoryid=3&lead_value=10&lead_email=n@example.com", 201, "value", "10.00")
	want("PATCH", "/leads/4", "lead_title=New+one&lead_status=2&lead_categoryid=3", 200, "value", nil) // what is left out is emptied
	want("PUT", "/leads/4/status", "status=3", 200, "active_state", "active")
	want("POST", "/notes", "note_title=T&note_description=D&noteresource_type=lead&noteresource_id=4", 201, "visibility", "public")
	want("POST", "/notes", "note_title=T&note_description=D", 201, "visibility", "public")
	want("PATCH", "/notes/5", "note_title=T&note_description=D&note_visibility=private", 200, "visibility", "private")
	total("/notes", 5)
	total("/notes?resource_type=lead&resource_id=4&sort=note_title&order=asc", 1)
	total("/notes?resource_type=client", 1)
	want("PUT", "/leads/4/archive", "", 200, "active_state", "archived")
	total("/leads", 2)
	total("/leads?active_state=archived&sort=lead_value&search=NEW&status=3", 1)
	want("PUT", "/leads/4/activate", "", 200, "active_state", "active")
	want("DELETE", "/leads/4", "", 200, "id", 4.0)
	want("GET", "/leads/4", "", 404, "", nil)
	total("/notes", 4) // the note on the lead went with it
	want("DELETE", "/notes/5", "", 200, "id", 5.0)
	want("GET", "/notes/5", "", 404, "", nil)
	total("/categories?type=lead&search=default", 1)
	total("/categories?sort=category_type", 6)
	total("/team?status=active", 1)
	total("/team?status=suspended&sort=email", 0)
}
