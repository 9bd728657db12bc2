package growcrm

import (
	"encoding/json"
	"os"
	"testing"

	"crmferry/internal/crm"
	"crmferry/internal/crm/crmtest"
)

func fixture(t *testing.T, name string) string {
	t.Helper()
	text, err := os.ReadFile("../../sandbox/testdata/responses/growcrm-" + name + ".json")
	if err != nil {
		t.Fatal(err)
	}
	return string(text)
}

// data is the part of an answer that is about the contact.
func data(t *testing.T, answer string) []byte {
	t.Helper()
	var body struct{ Data json.RawMessage }
	if err := json.Unmarshal([]byte(answer), &body); err != nil {
		t.Fatal(err)
	}
	return body.Data
}

func keepsAll(t *testing.T, answer string, contact any) {
	t.Helper()
	if lost, err := crmtest.Lost(data(t, answer), contact); err != nil || len(lost) > 0 {
		t.Errorf("%v, lost %q", err, lost)
	}
}

// TestDocumentedAnswers: what the vendor's pages show is read without losing a field.
func TestDocumentedAnswers(t *testing.T) {
	read, created, list := fixture(t, "contact"), fixture(t, "create"), fixture(t, "list")
	client, _ := serve(t, map[string]string{"GET /contacts/45": read, "POST /contacts": created, pageQuery(1, ""): list})
	found, err := client.Find(t.Context(), []crm.Key{{ID: "45"}})
	if err != nil || len(found) != 1 {
		t.Fatal(found, err)
	}
	keepsAll(t, read, found)
	answer, err := client.Create(t.Context(), Contact{}, nil, "")
	if err != nil || answer.ID != "45" || answer.Contact != nil {
		t.Errorf("%+v, %v", answer, err)
	}
	for page, err := range client.List(t.Context()) {
		if err != nil || page.Total != 1 {
			t.Fatalf("total %d, %v", page.Total, err)
		}
		keepsAll(t, list, page.Items)
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
		client, _ := serve(t, map[string]string{"POST /contacts": want.status + fixture(t, name)})
		_, err := client.Create(t.Context(), Contact{}, nil, "")
		if crm.ClassOf(err) != want.class || err.Error() != want.text {
			t.Errorf("%s: %v", name, err)
		}
	}
}
