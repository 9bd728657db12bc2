package clientcommander

import (
	"encoding/json"
	"os"
	"testing"

	"crmferry/internal/crm"
	"crmferry/internal/crm/crmtest"
)

func fixture(t *testing.T, name string) string {
	t.Helper()
	text, err := os.ReadFile("../../sandbox/testdata/responses/clientcommander-" + name + ".json")
	if err != nil {
		t.Fatal(err)
	}
	return string(text)
}

// keepsAll fails if a value of the person, or people, in an answer is not in what was decoded from it.
func keepsAll(t *testing.T, answer string, decoded any) {
	t.Helper()
	var body struct{ Data json.RawMessage }
	if err := json.Unmarshal([]byte(answer), &body); err != nil {
		t.Fatal(err)
	}
	var one struct{ Person json.RawMessage }
	if json.Unmarshal(body.Data, &one) == nil && one.Person != nil {
		body.Data = one.Person
	}
	if lost, err := crmtest.Lost(body.Data, decoded); err != nil || len(lost) > 0 {
		t.Errorf("%v, lost %q", err, lost)
	}
}

// TestDocumentedAnswers: what the vendor's pages show is read without losing a field.
func TestDocumentedAnswers(t *testing.T) {
	created, updated, list, tagged := fixture(t, "create"), fixture(t, "update"), fixture(t, "list"), fixture(t, "add-tags")
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
	keepsAll(t, created, answer.Contact)
	person := *answer.Contact
	person.Tags = nil // no further read
	if answer, err = client.Update(t.Context(), person, person, nil); err != nil || answer.ID != person.ID || answer.RequestID == "" {
		t.Errorf("%+v, %v", answer, err)
	}
	answer, err = client.Do(t.Context(), crm.Step{}, person.ID, &person, Contact{Tags: []string{"VIP", "Hot Lead"}})
	if err != nil || answer.Contact == nil {
		t.Fatalf("%+v, %v", answer, err)
	}
	keepsAll(t, tagged, answer.Contact)
	for page, err := range client.List(t.Context()) {
		if err != nil {
			t.Fatal(err)
		}
		keepsAll(t, list, page.Items)
		break // the example says that more people follow, which are not there
	}
}
