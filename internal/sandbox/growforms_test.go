package sandbox

import (
	"fmt"
	"net/http"
	"testing"

	"crmferry/internal/sandbox/api"
	"crmferry/internal/sandbox/seed"
)

// TestGrowClientForms sends what the examples of the clients page send, and what they do not.
func TestGrowClientForms(t *testing.T) {
	const js = "application/json"
	primary := func(n int) string { return fmt.Sprintf("first_name=A&last_name=B&email=forms%d@example.com", n) }
	tests := []struct {
		name, method, path, media, body string
		status                          int
		tags                            string
	}{
		{"brackets", "POST", "", api.FormMedia, primary(1) + "&tags[]=a&tags[]=b", 201, "[a b]"},
		{"numbers", "POST", "", api.FormMedia, primary(2) + "&tags[0]=a&tags[1]=b", 201, "[a b]"},
		{"action in a form", "PUT", "/1/tags", api.FormMedia, "tags[0]=a&tags[1]=b", 200, "[a b]"},
		{"action without tags", "PUT", "/1/tags", api.FormMedia, "", 422, ""},
		{"action in JSON", "PUT", "/1/tags", js, `{"tags":[]}`, 200, "[]"},
		{"owner in JSON", "PUT", "/1/owner", js, `{"owner":1}`, 200, "[]"},
		{"status", "PUT", "/1/status", api.FormMedia, "status=suspended", 200, "[]"},
		{"PATCH takes no tags", "PATCH", "/1", api.FormMedia, "client_company_name=A&tags[]=a", 422, ""},
	}
	s := New(Options{})
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			a := send(t, s, tt.method, "/growcrm/api/clients"+tt.path, tt.media, tt.body)
			if a.status != tt.status {
				t.Fatalf("status %d, want %d: %s", a.status, tt.status, a.raw)
			}
			if data, _ := a.body["data"].(map[string]any); data != nil && fmt.Sprint(data["tags"]) != tt.tags {
				t.Errorf("tags %v, want %s", data["tags"], tt.tags)
			}
		})
	}
}

func TestGrowClientUpdateEmptiesWhatItLeavesOut(t *testing.T) {
	s := New(Options{})
	const path = "/growcrm/api/clients/1"
	send(t, s, "PATCH", path, api.FormMedia, "client_company_name=A&client_vat=NL1&client_billing_invoice_due_days=7")
	data := send(t, s, "GET", path, "", "").body["data"].(map[string]any)
	if data["vat"] != "NL1" || data["billing"].(map[string]any)["invoice_due_days"] != "7" {
		t.Fatalf("%v", data)
	}
	data = send(t, s, "PATCH", path, api.FormMedia, "client_company_name=A").body["data"].(map[string]any)
	if data["vat"] != nil || data["billing"].(map[string]any)["invoice_due_days"] != nil {
		t.Errorf("%v", data)
	}
}

func TestGrowRequiredCustomFields(t *testing.T) {
	s := New(Options{Custom: []Custom{{Of: "clients", Name: "sector", Required: true}}})
	const form = "first_name=A&last_name=B&email=sector@example.com"
	a := send(t, s, "POST", "/growcrm/api/clients", api.FormMedia, form)
	if errors, _ := a.body["errors"].(map[string]any); a.status != 422 || fmt.Sprint(errors["sector"]) != "[The sector field is required.]" {
		t.Fatalf("%d %s", a.status, a.raw)
	}
	if a = send(t, s, "POST", "/growcrm/api/clients", api.FormMedia, form+"&sector=Retail"); a.status != http.StatusCreated {
		t.Fatalf("%d %s", a.status, a.raw)
	}
	if data := a.body["data"].(map[string]any); data["sector"] != nil {
		t.Error("custom fields are not shown")
	}
	if a = send(t, New(Options{}), "POST", "/growcrm/api/clients", api.FormMedia, form+"&sector=Retail"); a.status != 422 {
		t.Errorf("an unknown custom field was taken: %d", a.status)
	}
}

func TestGrowTeam(t *testing.T) {
	s := New(Options{})
	a := send(t, s, "GET", "/growcrm/api/team?search="+seed.TeamEmail, "", "")
	if data, _ := a.body["data"].([]any); len(data) != 1 || data[0].(map[string]any)["email"] != seed.TeamEmail {
		t.Errorf("%s", a.raw)
	}
	if a = send(t, s, "GET", "/growcrm/api/team?status=deleted", "", ""); len(a.body["data"].([]any)) != 0 {
		t.Errorf("%s", a.raw)
	}
}
