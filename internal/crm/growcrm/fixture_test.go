package growcrm

import (
	"testing"

	"crmferry/internal/crm"
	"crmferry/internal/crm/crmtest"
)

// TestDocumentedAnswers: what the vendor's pages show is read without losing a field.
func TestDocumentedAnswers(t *testing.T) {
	read, created, list := crmtest.Documented(t, "growcrm-contact"), crmtest.Documented(t, "growcrm-create"), crmtest.Documented(t, "growcrm-list")
	client, _ := serve(t, map[string]string{"GET /contacts/45": read, "POST /contacts": created, pageQuery(1, ""): list})
	found, err := client.Find(t.Context(), []crm.Key{{ID: "45"}})
	if err != nil || len(found) != 1 {
		t.Fatal(found, err)
	}
	crmtest.KeepsAll(t, read, found)
	answer, err := client.Create(t.Context(), Contact{}, nil, "")
	if err != nil || answer.ID != "45" || answer.Contact != nil {
		t.Errorf("%+v, %v", answer, err)
	}
	for page, err := range client.List(t.Context()) {
		if err != nil || page.Total != 1 {
			t.Fatalf("total %d, %v", page.Total, err)
		}
		crmtest.KeepsAll(t, list, page.Items)
	}
}

func TestDocumentedRefusals(t *testing.T) {
	for name, want := range map[string]struct {
		status string
		class  crm.Class
		text   string
	}{
		"error-401": {"401 ", crm.Unauthorized, "create contact: 401 Unauthorized. A valid API key is required."},
		"error-422": {"422 ", crm.Permanent, "create contact: 422 The given data was invalid. (email: The email has already been taken.; " +
			"first_name: The first name field is required.)"},
	} {
		client, _ := serve(t, map[string]string{"POST /contacts": want.status + crmtest.Documented(t, "growcrm-"+name)})
		_, err := client.Create(t.Context(), Contact{}, nil, "")
		if crm.ClassOf(err) != want.class || err.Error() != want.text {
			t.Errorf("%s: %v", name, err)
		}
	}
}
