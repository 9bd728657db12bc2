package growcrm

import (
	"fmt"
	"net/http"
	"net/url"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"crmferry/internal/crm"
)

const jane = `{"id": 45, "first_name": "Jane", "last_name": "Doe", "name": "Jane Doe", "email": "jane@example.com",
	"phone": "+1 512 555 0100", "job_position": "Procurement Lead", "account_owner": "no", "status": "active",
	"client": {"id": 12, "company_name": "Acme Inc"}, "role": {"id": 2, "name": "Client"},
	"social": {"facebook": "fb", "twitter": "tw", "linkedin": "li", "github": "gh", "dribbble": "dr"},
	"dates": {"created": "2026-06-15T09:30:00.000000Z", "updated": "2026-06-16T10:00:00.500000Z"}}`

func janeContact() Contact {
	return Contact{
		ID: 45, FirstName: "Jane", LastName: "Doe", Name: "Jane Doe", Email: "jane@example.com", Phone: "+1 512 555 0100",
		Position: "Procurement Lead", AccountOwner: "no", Status: "active", Client: crm.Ref{ID: "12", Name: "Acme Inc"},
		Role: crm.Ref{ID: "2", Name: "Client"}, Social: Social{"fb", "tw", "li", "gh", "dr"},
		Created: time.Date(2026, 6, 15, 9, 30, 0, 0, time.UTC), Updated: time.Date(2026, 6, 16, 10, 0, 0, 500e6, time.UTC),
	}
}

func TestDecode(t *testing.T) {
	tests := []struct {
		name, json string
		want       []Contact
	}{
		{"every field", jane, []Contact{janeContact()}},
		{"as short as the examples", `{"id": 45, "name": "Jane Doe"}`, []Contact{{ID: 45, Name: "Jane Doe"}}},
		{"nulls", `{"id": 45, "phone": null, "job_position": null, "client": null, "role": null, "social": null, "dates": null}`, []Contact{{ID: 45}}},
		{"lists for objects", `{"id": "45", "client": [], "role": [], "social": [], "dates": []}`, []Contact{{ID: 45}}},
		{"ids as text", `{"id": "45", "client": {"id": "12", "company_name": "Acme Inc"}}`, []Contact{{ID: 45, Client: crm.Ref{ID: "12", Name: "Acme Inc"}}}},
		{"unknown fields", `{"id": 45, "new": {"a": [1]}}`, []Contact{{ID: 45}}},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			client, _ := serve(t, map[string]string{"GET /contacts/45": `{"data": ` + tt.json + `, "message": "Contact retrieved successfully."}`})
			got, err := client.Find(t.Context(), []crm.Key{{ID: "45"}})
			if diff := cmp.Diff(tt.want, got); diff != "" || err != nil {
				t.Errorf("%v (-want +got):\n%s", err, diff)
			}
		})
	}
}

func TestCreate(t *testing.T) {
	all := crm.Fields{"first_name", "last_name", "email", "clientid", "phone", "position", "account_owner", "send_email"}
	tests := []struct {
		name   string
		want   Contact
		fields crm.Fields
		form   string
	}{
		{"every field", Contact{FirstName: "Jané", LastName: "Doe", Email: "jane+x@example.com", Client: crm.Ref{ID: "12", Name: "Acme Inc"},
			Phone: "+15125550100", Position: "Lead & more", AccountOwner: "yes", SendEmail: "yes"}, all,
			"clientid=12&email=jane%2Bx%40example.com&first_name=Jan%C3%A9&last_name=Doe&phone=%2B15125550100&position=Lead+%26+more&send_email=yes"},
		{"no mail unless asked for", Contact{FirstName: "Jane", SendEmail: "yes"}, crm.Fields{"first_name"}, "first_name=Jane&send_email=no"},
		{"only the fields", Contact{FirstName: "Jane", LastName: "Doe", Phone: "+15125550100"}, crm.Fields{"last_name"}, "last_name=Doe&send_email=no"},
		{"nothing empty", Contact{FirstName: "Jane"}, all, "first_name=Jane&send_email=no"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			client, fake := serve(t, map[string]string{"POST /contacts": `201 {"data": ` + jane + `, "message": "Contact created successfully."}`})
			answer, err := client.Create(t.Context(), tt.want, tt.fields, "token-of-16-chars")
			if err != nil {
				t.Fatal(err)
			}
			got := janeContact()
			want := crm.Answer[Contact]{ID: "45", Contact: &got, Created: true, Meta: crm.Meta{Status: 201}}
			if diff := cmp.Diff(want, answer); diff != "" {
				t.Errorf("answer (-want +got):\n%s", diff)
			}
			if diff := cmp.Diff([]string{"POST /contacts " + tt.form}, fake.Seen); diff != "" {
				t.Errorf("sent (-want +got):\n%s", diff)
			}
		})
	}
}

func TestCreateAnswers(t *testing.T) {
	for name, tt := range map[string]struct {
		body  string
		id    string
		class crm.Class
	}{
		"short": {`201 {"data": {"id": 45, "name": "Jane Doe"}}`, "45", 0},
		"no id": {`201 {"data": {"name": "Jane Doe"}}`, "", crm.WrongServer},
		"empty": {`201 {}`, "", crm.WrongServer},
	} {
		client, _ := serve(t, map[string]string{"POST /contacts": tt.body})
		answer, err := client.Create(t.Context(), Contact{FirstName: "Jane"}, crm.Fields{"first_name"}, "")
		if crm.ClassOf(err) != tt.class || answer.ID != tt.id || answer.Contact != nil || answer.Created != (tt.class == 0) {
			t.Errorf("%s: %+v, %v", name, answer, err)
		}
	}
}

func TestUpdate(t *testing.T) {
	found := janeContact()
	tests := []struct {
		name   string
		want   Contact
		fields crm.Fields
		form   string
	}{
		{"one field", Contact{Phone: "+15125550101"}, crm.Fields{"phone"},
			"email=jane%40example.com&first_name=Jane&last_name=Doe&phone=%2B15125550101&position=Procurement+Lead"},
		{"cleared", Contact{}, crm.Fields{"phone", "position"}, "email=jane%40example.com&first_name=Jane&last_name=Doe&phone=&position="},
		{"identity", Contact{FirstName: "Janet", LastName: "Roe", Email: "janet@example.com"}, crm.Fields{"first_name", "last_name", "email"},
			"email=janet%40example.com&first_name=Janet&last_name=Roe&phone=%2B1+512+555+0100&position=Procurement+Lead"},
		{"never the client", Contact{Client: crm.Ref{ID: "13"}, SendEmail: "yes"}, crm.Fields{"clientid", "send_email", "account_owner"},
			"email=jane%40example.com&first_name=Jane&last_name=Doe&phone=%2B1+512+555+0100&position=Procurement+Lead"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			client, fake := serve(t, map[string]string{"PATCH /contacts/45": `{"data": ` + jane + `}`})
			answer, err := client.Update(t.Context(), found, tt.want, tt.fields)
			if err != nil || answer.ID != "45" || answer.Created || answer.Contact == nil {
				t.Errorf("%+v, %v", answer, err)
			}
			if diff := cmp.Diff([]string{"PATCH /contacts/45 " + tt.form}, fake.Seen); diff != "" {
				t.Errorf("sent (-want +got):\n%s", diff)
			}
		})
	}
}

// TestShortAnswer: an update that is answered as shortly as in the vendor's examples does not make an account owner
// look like none.
func TestShortAnswer(t *testing.T) {
	client, _ := serve(t, map[string]string{"PATCH /contacts/45": `{"data":{"id":45,"name":"Jane Doe"},"message":"Contact updated successfully."}`})
	found := Contact{ID: 45, FirstName: "Jane", LastName: "Doe", Email: "jane@example.com", AccountOwner: "yes"}
	want := found
	want.Phone = "+15125550100"
	fields := crm.Fields{"phone", "account_owner"}
	answer, err := client.Update(t.Context(), found, want, fields)
	if err != nil {
		t.Fatal(err)
	}
	if steps := client.Steps(answer.Contact, want, fields); len(steps) > 0 {
		t.Errorf("steps %v for who is account owner already", steps)
	}
	found.AccountOwner = "no"
	if answer, err = client.Update(t.Context(), found, want, fields); err != nil || len(client.Steps(answer.Contact, want, fields)) != 1 {
		t.Errorf("no step for who is not: %v", err)
	}
}

func TestSteps(t *testing.T) {
	owner := crm.Fields{"account_owner"}
	tests := []struct {
		name   string
		have   *Contact
		want   string
		fields crm.Fields
		steps  int
	}{
		{"asked for", &Contact{AccountOwner: "no"}, "yes", owner, 1},
		{"nothing known", nil, "yes", owner, 1},
		{"so already", &Contact{AccountOwner: "yes"}, "yes", owner, 0},
		{"not asked for", &Contact{AccountOwner: "no"}, "yes", crm.Fields{"phone"}, 0},
		{"cannot be taken away", &Contact{AccountOwner: "yes"}, "no", owner, 0},
	}
	client, fake := serve(t, map[string]string{
		"PUT /contacts/45/account-owner": `{"data": ` + strings.Replace(jane, `"account_owner": "no"`, `"account_owner": "yes"`, 1) + `}`,
		"PUT /contacts/46/account-owner": `409 {"message": "no client"}`,
		"PUT /contacts/47/account-owner": `404 {"message": "gone"}`,
	})
	for _, tt := range tests {
		steps := client.Steps(tt.have, Contact{AccountOwner: tt.want}, tt.fields)
		if len(steps) != tt.steps {
			t.Errorf("%s: steps %v", tt.name, steps)
		}
	}
	step := crm.Step{Name: "set account owner", Fields: owner}
	answer, err := client.Do(t.Context(), step, "45", nil, Contact{})
	if err != nil || answer.ID != "45" || answer.Contact == nil || answer.Contact.AccountOwner != "yes" {
		t.Errorf("%+v, %v", answer, err)
	}
	if fake.Seen[0] != "PUT /contacts/45/account-owner" {
		t.Errorf("sent %q", fake.Seen)
	}
	for id, text := range map[string]string{"46": "no client", "47": "gone", "x/y": "no id"} {
		_, err := client.Do(t.Context(), step, id, nil, Contact{})
		if crm.ClassOf(err) != crm.Permanent || !strings.Contains(err.Error(), text) || !strings.HasPrefix(err.Error(), "set account owner:") {
			t.Errorf("id %s: %v", id, err)
		}
	}
}

func TestRefusals(t *testing.T) {
	tests := []struct {
		name, body, text string
		problems         []crm.FieldProblem
	}{
		{"as documented", `{"message": "The given data was invalid.",
			"errors": {"first_name": ["The first name field is required."], "email": ["The email has already been taken."]}}`,
			"The given data was invalid.", []crm.FieldProblem{
				{Field: "email", Code: crm.CodeTaken, Message: "The email has already been taken."},
				{Field: "first_name", Code: crm.CodeInvalid, Message: "The first name field is required."}}},
		{"several of a field", `{"message": "x", "errors": {"email": ["bad", "long"]}}`, "x", []crm.FieldProblem{
			{Field: "email", Code: crm.CodeInvalid, Message: "bad"}, {Field: "email", Code: crm.CodeInvalid, Message: "long"}}},
		{"another field is taken", `{"errors": {"phone": ["has already been taken"]}}`, "", []crm.FieldProblem{
			{Field: "phone", Code: crm.CodeInvalid, Message: "has already been taken"}}},
		{"an empty list", `{"message": "x", "errors": []}`, "x", nil},
		{"only a message", `{"message": "Unauthorized. A valid API key is required."}`, "Unauthorized. A valid API key is required.", nil},
		{"no object", `[]`, "", nil},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			text, problems := decodeError(422, []byte(tt.body))
			if diff := cmp.Diff(tt.problems, problems); text != tt.text || diff != "" {
				t.Errorf("%q (-want +got):\n%s", text, diff)
			}
		})
	}
}

func TestAuthorize(t *testing.T) {
	req, err := http.NewRequest(http.MethodGet, "http://crm.example.com/", nil)
	if err != nil {
		t.Fatal(err)
	}
	Authorize("the-key")(req)
	if got := req.Header.Get("Authorization"); got != "Bearer the-key" {
		t.Errorf("authorization %q", got)
	}
}

func TestCheck(t *testing.T) {
	for body, want := range map[string]string{
		`{"data": [], "meta": {"total": 1234}}`: "the key can read contacts; the account has 1234 contacts",
		`{"data": []}`:                          "the key can read contacts",
	} {
		client, _ := serve(t, map[string]string{"GET /contacts?limit=1": body})
		if got, err := client.Check(t.Context()); got != want || err != nil {
			t.Errorf("%q, %v", got, err)
		}
	}
}

// pageQuery is the query of a page of contacts.
func pageQuery(number int, search string) string {
	q := url.Values{"limit": {"100"}, "order": {"asc"}, "page": {fmt.Sprint(number)}, "sort": {"created"}}
	if search != "" {
		q.Set("search", search)
	}
	return "GET /contacts?" + q.Encode()
}
