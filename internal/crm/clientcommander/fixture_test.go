package clientcommander

import (
	"testing"

	"crmferry/internal/crm"
	"crmferry/internal/crm/crmtest"
)

// TestDocumentedAnswers: what the vendor's pages show is read without losing a field.
func TestDocumentedAnswers(t *testing.T) {
	created, updated, list, tagged := crmtest.Documented(t, "clientcommander-create"), crmtest.Documented(t, "clientcommander-update"), crmtest.Documented(t, "clientcommander-list"), crmtest.Documented(t, "clientcommander-add-tags")
	client, _ := serve(t, map[string]string{
		"POST /v1/people":                    created,
		"PUT /v1/people/jd79abc123def":       updated,
		"POST /v1/people/jd79abc123def/tags": tagged,
		"GET /v1/people?limit=100":           list,
	})
	answer, err := client.Create(t.Context(), Contact{}, nil, "")
	if err != nil || answer.ID != "<string>" || !answer.Created || answer.RequestID == "" || answer.Contact == nil {
		t.Fatalf("%+v, %v", answer, err)
	}
	crmtest.KeepsAll(t, created, answer.Contact)
	person := *answer.Contact
	person.Tags = nil // no further read
	if answer, err = client.Update(t.Context(), person, person, nil); err != nil || answer.ID != person.ID || answer.RequestID == "" {
		t.Errorf("%+v, %v", answer, err)
	}
	answer, err = client.Do(t.Context(), crm.Step{}, person.ID, &person, Contact{Tags: []string{"VIP", "Hot Lead"}})
	if err != nil || answer.Contact == nil {
		t.Fatalf("%+v, %v", answer, err)
	}
	crmtest.KeepsAll(t, tagged, answer.Contact)
	for page, err := range client.List(t.Context()) {
		if err != nil {
			t.Fatal(err)
		}
		crmtest.KeepsAll(t, list, page.Items)
		break // the example says that more people follow, which are not there
	}
}
