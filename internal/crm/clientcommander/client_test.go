package clientcommander

import (
	"encoding/json"
	"fmt"
	"net/http"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"crmferry/internal/crm"
	"crmferry/internal/crm/crmtest"
	"crmferry/internal/quickjson"
)

const jane = `{"id": "jd79abc123def", "firstName": "Jane", "lastName": "Doe", "fullName": "Jane Doe", "createdAt": "2023-11-15T10:00:00Z",
	"emails": [{"value": "home@example.com", "type": "home", "isPrimary": false}, {"value": "jane@example.com", "type": "work", "isPrimary": true}],
	"phones": [{"value": "+15125550100", "type": "mobile", "status": "Valid", "isPrimary": false, "isBad": true},
		{"value": "(512) 555-0101", "type": "work", "status": "Valid", "isPrimary": false, "isBad": false}],
	"assignedAgentId": "agent_1", "assignedAgentName": "Ann Agent", "assignedAgentEmail": "ann@example.org",
	"stageId": "stage_lead_01", "stageName": "Lead", "source": "Website", "tags": "VIP, Hot Lead", "price": 450000.5,
	"timeframe": "3-6 months", "background": "One\ntwo", "relationship": false, "updatedAt": "2023-11-16T05:31:56.5Z"}`

func pointer[T any](v T) *T { return &v }

func janeContact() Contact {
	return Contact{
		ID: "jd79abc123def", FirstName: "Jane", LastName: "Doe", FullName: "Jane Doe", Email: "jane@example.com", Phone: "+15125550100",
		Emails: []Email{{"home@example.com", "home", false}, {"jane@example.com", "work", true}},
		Phones: []Phone{{"+15125550100", "mobile", "Valid", false, true}, {"(512) 555-0101", "work", "Valid", false, false}},
		Stage:  crm.Ref{ID: "stage_lead_01", Name: "Lead"}, Source: "Website", Price: pointer(450000.5), Timeframe: "3-6 months",
		Background: "One\ntwo", Tags: []string{"VIP", "Hot Lead"},
		AssignedAgentID: "agent_1", AssignedAgentName: "Ann Agent", AssignedAgentEmail: "ann@example.org", Relationship: pointer(false),
		CreatedAt: time.Date(2023, 11, 15, 10, 0, 0, 0, time.UTC), UpdatedAt: time.Date(2023, 11, 16, 5, 31, 56, 500e6, time.UTC),
	}
}

func TestDecode(t *testing.T) {
	tests := []struct {
		name, json string
		want       Contact
	}{
		{"every field", jane, janeContact()},
		{"short", `{"id": "jd79abc123def", "firstName": "Jane"}`, Contact{ID: "jd79abc123def", FirstName: "Jane"}},
		{"nulls", `{"id": "jd1", "emails": null, "phones": null, "tags": null, "price": null, "relationship": null, "stageId": null, "createdAt": null}`,
			Contact{ID: "jd1"}},
		{"tags as a list", `{"id": "jd1", "tags": ["VIP", "Hot, Lead"]}`, Contact{ID: "jd1", Tags: []string{"VIP", "Hot, Lead"}}},
		{"no tags", `{"id": "jd1", "tags": ""}`, Contact{ID: "jd1"}},
		{"price as a text", `{"id": "jd1", "price": "450000"}`, Contact{ID: "jd1", Price: pointer(450000.0)}},
		{"no price", `{"id": "jd1", "price": "NaN"}`, Contact{ID: "jd1"}},
		{"endless price", `{"id": "jd1", "price": "-Infinity"}`, Contact{ID: "jd1"}},
		{"price zero", `{"id": "jd1", "price": 0}`, Contact{ID: "jd1", Price: pointer(0.0)}},
		{"an address, which no documented answer has", `{"id": "jd1", "street": "1 Main Street", "city": "Austin", "state": "TX", "zipCode": "78701"}`,
			Contact{ID: "jd1", Street: "1 Main Street", City: "Austin", State: "TX", ZipCode: "78701"}},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			var j personJSON
			if err := json.Unmarshal([]byte(tt.json), &j); err != nil {
				t.Fatal(err)
			}
			if diff := cmp.Diff(tt.want, j.contact()); diff != "" {
				t.Errorf("(-want +got):\n%s", diff)
			}
		})
	}
}

func TestCreate(t *testing.T) {
	all := crm.Fields{"firstName", "lastName", "email", "phone", "source", "stage", "price", "timeframe", "background", "tags",
		"street", "city", "state", "zipCode"}
	full := Contact{FirstName: "Jané", LastName: "Doe", Email: "jane@example.com", Phone: "+15125550100", Source: "A & B",
		Stage: crm.Ref{ID: "stage_lead_01", Name: "Lead"}, Price: pointer(0.0), Timeframe: "3-6 months", Background: "x", Tags: []string{"VIP", "a, b"},
		Street: "1 Main Street", City: "Austin", State: "TX", ZipCode: "78701"}
	tests := []struct {
		name   string
		want   Contact
		fields crm.Fields
		body   string
	}{
		{"every field", full, all, `{"background":"x","city":"Austin","email":"jane@example.com","firstName":"Jané","lastName":"Doe",` +
			`"phone":"+15125550100","price":0,"source":"A & B","stage":"stage_lead_01","state":"TX","street":"1 Main Street",` +
			`"tags":["VIP","a, b"],"timeframe":"3-6 months","zipCode":"78701"}`},
		{"never tags unless asked for", full, crm.Fields{"email"}, `{"email":"jane@example.com"}`},
		{"what is cleared is sent only where that is allowed", Contact{}, all, `{"background":"","city":"","source":"","street":"","timeframe":""}`},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			client, fake := serve(t, map[string]string{
				"POST /v1/people": `201 {` + meta + `, "data": {"created": true, "id": "jd79abc123def", "person": ` + jane + `}}`})
			const token = "0123456789abcdef"
			answer, err := client.Create(t.Context(), tt.want, tt.fields, token)
			if err != nil {
				t.Fatal(err)
			}
			got := janeContact()
			want := crm.Answer[Contact]{ID: "jd79abc123def", Contact: &got, Created: true, Meta: metaOf(201)}
			if diff := cmp.Diff(want, answer); diff != "" {
				t.Errorf("answer (-want +got):\n%s", diff)
			}
			if diff := cmp.Diff(crmtest.JSON(t, tt.body), crmtest.JSON(t, strings.TrimPrefix(fake.Seen[0], "POST /v1/people "))); diff != "" {
				t.Errorf("sent (-want +got):\n%s", diff)
			}
			if len(fake.Seen) != 1 || fake.Headers[0].Get("Idempotency-Key") != token {
				t.Errorf("%d requests, the key is %q", len(fake.Seen), fake.Headers[0].Get("Idempotency-Key"))
			}
		})
	}
}

func TestCreateAnswers(t *testing.T) {
	tests := []struct {
		name, body, id string
		created, known bool
		class          crm.Class
	}{
		{"created", `201 {"data": {"created": true, "id": "jd000001", "person": {"id": "jd000001"}}}`, "jd000001", true, true, 0},
		{"updated", `200 {"data": {"created": false, "id": "jd000001", "person": {"id": "jd000001"}}}`, "jd000001", false, true, 0},
		{"updated, with the status of a creation", `201 {"data": {"created": false, "id": "jd000001"}}`, "jd000001", false, false, 0},
		{"not said, created", `201 {"data": {"id": "jd000001"}}`, "jd000001", true, false, 0},
		{"not said", `200 {"data": {"id": "jd000001"}}`, "jd000001", false, false, 0},
		{"id only in the person", `200 {"data": {"created": true, "person": {"id": "jd000001"}}}`, "jd000001", true, true, 0},
		{"no id", `201 {"data": {"created": true, "person": {}}}`, "", false, false, crm.WrongServer},
		{"no data", `201 {"success": true}`, "", false, false, crm.WrongServer},
		{"a part of another type", `201 {"data": {"created": true, "id": "jd000001", "person": []}}`, "jd000001", true, false, 0},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			client, fake := serve(t, map[string]string{"POST /v1/people": tt.body})
			answer, err := client.Create(t.Context(), Contact{FirstName: "Jane"}, crm.Fields{"firstName"}, "")
			if crm.ClassOf(err) != tt.class || answer.ID != tt.id || answer.Created != tt.created || (answer.Contact != nil) != tt.known {
				t.Errorf("%+v, %v", answer, err)
			}
			if fake.Headers[0].Get("Idempotency-Key") != "" {
				t.Errorf("without a token the key is %q", fake.Headers[0].Get("Idempotency-Key"))
			}
		})
	}
}

// TestSameBytes: an idempotency key goes with the very same body each time.
func TestSameBytes(t *testing.T) {
	fields := crm.Fields{"zipCode", "email", "tags", "price", "firstName"}
	jane := janeContact()
	first := encode(quickjson.NewObject(), &jane, fields)
	for range 50 {
		if again := encode(quickjson.NewObject(), &jane, fields); string(again) != string(first) {
			t.Fatalf("%s\n%s", first, again)
		}
	}
}

const search = "GET /v1/people/search?id=jd79abc123def"

func TestUpdate(t *testing.T) {
	const put = "PUT /v1/people/jd79abc123def"
	kept := map[string]any{"firstName": "Jane", "lastName": "Doe", "email": "jane@example.com", "phone": "+15125550100", "stage": "stage_lead_01",
		"source": "Website", "price": 450000.5, "timeframe": "3-6 months", "background": "One\ntwo"}
	without := func(names ...string) map[string]any {
		m := map[string]any{}
		for k, v := range kept {
			if !slices.Contains(names, k) {
				m[k] = v
			}
		}
		return m
	}
	with := func(m map[string]any, name string, value any) map[string]any {
		m[name] = value
		return m
	}
	formatted := janeContact()
	formatted.Phone = "+1 (512) 555-0101"
	odd := janeContact()
	odd.Phone = "0555"
	tests := []struct {
		name   string
		found  Contact
		want   Contact
		fields crm.Fields
		body   map[string]any
	}{
		{"one field", janeContact(), Contact{LastName: "Roe"}, crm.Fields{"lastName"}, with(without(), "lastName", "Roe")},
		{"never tags", janeContact(), Contact{Tags: []string{"x"}}, crm.Fields{"tags"}, without()},
		{"an address", janeContact(), Contact{Street: "1 Main Street", State: "TX"}, crm.Fields{"street", "state"},
			with(with(without(), "street", "1 Main Street"), "state", "TX")},
		{"cleared", janeContact(), Contact{}, crm.Fields{"background", "phone", "price"}, with(without("phone", "price"), "background", "")},
		{"a phone as the vendor takes it back", formatted, Contact{}, nil, with(without(), "phone", "+15125550101")},
		{"a phone that the vendor does not take back", odd, Contact{}, nil, without("phone")},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			client, fake := serve(t, map[string]string{
				put:    `{` + meta + `, "success": true, "message": "Operation completed successfully"}`,
				search: `{"data": [` + jane + `]}`,
			})
			answer, err := client.Update(t.Context(), tt.found, tt.want, tt.fields)
			if err != nil || answer.ID != "jd79abc123def" || answer.Created || answer.Meta != metaOf(200) {
				t.Fatalf("%+v, %v", answer, err)
			}
			if diff := cmp.Diff(tt.body, crmtest.JSON(t, strings.TrimPrefix(fake.Seen[0], put))); diff != "" {
				t.Errorf("sent (-want +got):\n%s", diff)
			}
			if len(fake.Seen) != 2 || answer.Contact == nil || len(answer.Contact.Tags) != 2 {
				t.Errorf("the tags were not read again: %q", fake.Seen)
			}
		})
	}
}

// TestUpdateTags: after an update, what is known of the tags is what a fresh read says, or nothing.
func TestUpdateTags(t *testing.T) {
	const put = "PUT /v1/people/jd79abc123def"
	tests := []struct {
		name, search string
		found        []string
		known        bool
		steps        int // for the tags VIP and Hot Lead
		requests     int
	}{
		{"kept", `{"data": [` + jane + `]}`, []string{"VIP", "Hot Lead"}, true, 0, 2},
		{"lost", `{"data": [{"id": "jd79abc123def", "tags": ""}]}`, []string{"VIP"}, true, 1, 2},
		{"not found", `{"data": []}`, []string{"VIP"}, false, 1, 2},
		{"not readable", `400 {"message": "no"}`, []string{"VIP"}, false, 1, 2},
		{"none before", "", nil, false, 1, 1},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			client, fake := serve(t, map[string]string{put: `{"success": true}`, search: tt.search})
			found := Contact{ID: "jd79abc123def", Tags: tt.found}
			answer, err := client.Update(t.Context(), found, found, crm.Fields{"lastName"})
			if err != nil || (answer.Contact != nil) != tt.known || len(fake.Seen) != tt.requests {
				t.Errorf("%+v, %v, %q", answer, err, fake.Seen)
			}
			want := Contact{Tags: []string{"VIP", "Hot Lead"}}
			if steps := client.Steps(answer.Contact, want, crm.Fields{"lastName"}); len(steps) != tt.steps {
				t.Errorf("steps %v", steps)
			}
		})
	}
}

func TestUpdateNotDone(t *testing.T) {
	client, _ := serve(t, map[string]string{"PUT /v1/people/a%2Fb": `{"success": false, "message": "locked"}`})
	_, err := client.Update(t.Context(), Contact{ID: "a/b"}, Contact{}, crm.Fields{"lastName"})
	if crm.ClassOf(err) != crm.Permanent || !strings.Contains(err.Error(), "locked") {
		t.Errorf("got %v", err)
	}
}

func numbered(n int) []string {
	tags := make([]string, n)
	for i := range tags {
		tags[i] = fmt.Sprintf("tag %d", i)
	}
	return tags
}

func TestSteps(t *testing.T) {
	tests := []struct {
		name       string
		have, want []string
		steps      int
	}{
		{"none", nil, nil, 0},
		{"all there", []string{"a", "b"}, []string{"b", "a"}, 0},
		{"one missing", []string{"a"}, []string{"a", "b"}, 1},
		{"other case", []string{"vip"}, []string{"VIP"}, 1},
		{"a part of another", []string{"Hot Leads", "No VIP"}, []string{"Hot Lead", "VIP"}, 1},
		{"with a comma, read as two", []string{"x", "a", "b"}, []string{"a, b"}, 0},
		{"empty ones", nil, []string{"", ""}, 0},
		{"twenty", nil, numbered(20), 1},
		{"forty-one", nil, numbered(41), 3},
	}
	client, _ := serve(t, nil)
	for _, tt := range tests {
		steps := client.Steps(&Contact{Tags: tt.have}, Contact{Tags: tt.want}, crm.Fields{"tags"})
		if len(steps) != tt.steps {
			t.Errorf("%s: %d steps, want %d", tt.name, len(steps), tt.steps)
		}
	}
}

// TestDo: the steps of a row go through its tags, twenty at a time, each once.
func TestDo(t *testing.T) {
	for name, answer := range map[string]string{
		"with a person that is up to date or not": `201 {"data": {"count": 2, "person": {"id": "jd79abc123def", "tags": "tag 0"}}}`,
		"without a person":                        `200 {"data": {"count": 20}}`,
	} {
		t.Run(name, func(t *testing.T) {
			client, fake := serve(t, map[string]string{"POST /v1/people/jd79abc123def/tags": answer})
			have, want := &Contact{ID: "jd79abc123def", Tags: []string{"tag 0"}}, Contact{Tags: numbered(41)}
			var sent []string
			for i, step := range client.Steps(have, want, crm.Fields{"tags"}) {
				answer, err := client.Do(t.Context(), step, "jd79abc123def", have, want)
				if err != nil || answer.ID != "jd79abc123def" {
					t.Fatalf("%+v, %v", answer, err)
				}
				var body struct{ Tags []string }
				_, text, _ := strings.Cut(fake.Seen[i], "/tags ")
				if err := json.Unmarshal([]byte(text), &body); err != nil || len(body.Tags) > 20 {
					t.Errorf("%d tags in a request, %v", len(body.Tags), err)
				}
				sent = append(sent, body.Tags...)
				have = answer.Contact
			}
			if name == "without a person" {
				if diff := cmp.Diff(numbered(41)[1:], sent); diff != "" {
					t.Errorf("sent (-want +got):\n%s", diff)
				}
			}
			if len(fake.Seen) != 2 {
				t.Errorf("%d requests", len(fake.Seen))
			}
		})
	}
	client, fake := serve(t, nil)
	if _, err := client.Do(t.Context(), crm.Step{}, "jd1", &Contact{Tags: []string{"a"}}, Contact{Tags: []string{"a"}}); err != nil || len(fake.Seen) > 0 {
		t.Errorf("nothing to add: %v, %q", err, fake.Seen)
	}
}

func TestAuthorize(t *testing.T) {
	req, err := http.NewRequest(http.MethodGet, "http://crm.example.com/", nil)
	if err != nil {
		t.Fatal(err)
	}
	Authorize("ccmd_live_x")(req)
	if got := req.Header.Get("Authorization"); got != "Bearer ccmd_live_x" {
		t.Errorf("authorization %q", got)
	}
}

func TestCheck(t *testing.T) {
	for data, want := range map[string]string{
		`{"id": "u", "firstName": "Jane", "lastName": "Smith", "email": "jane@example.com", "role": "Owner"}`: "the key belongs to Jane Smith <jane@example.com> (Owner)",
		`{"id": "u", "email": "jane@example.com"}`:                                                            "the key belongs to <jane@example.com>",
		`{"id": "u", "firstName": "Jane"}`:                                                                    "the key belongs to Jane",
		`{"id": "u"}`:                                                                                         "the key belongs to a user whose name the vendor does not tell",
		`{"firstName": "Jane"}`:                                                                               "",
		`null`:                                                                                                "",
	} {
		client, _ := serve(t, map[string]string{"GET /v1/me": `{"data": ` + data + `}`})
		if got, err := client.Check(t.Context()); got != want || (err == nil) != (want != "") {
			t.Errorf("%q, %v", got, err)
		}
	}
}
