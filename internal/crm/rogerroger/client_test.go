package rogerroger

import (
	"context"
	"errors"
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"crmferry/internal/crm"
	"crmferry/internal/crm/crmtest"
)

var allFields = crm.Fields{"familyName", "givenName", "additionalName", "initials", "honorificPrefix", "jobTitle", "customerId",
	"linkedinId", "externalSource", "isTracked", "archivedAt", "owner", "avatar", "tags", "segments", "organizations",
	"emailAddresses", "phoneNumbers", "address.street", "address.city", "address.postalCode", "address.country"}

func ptr[T any](v T) *T { return &v }

func TestCreate(t *testing.T) {
	t.Parallel()
	tests := []struct {
		name   string
		want   Person
		fields crm.Fields
		body   string
	}{
		{"as the vendor's own code", Person{GivenName: "Jane", FamilyName: "Doe", JobTitle: "CTO", CustomerID: "C-42", LinkedInID: "janedoe",
			EmailAddresses: []string{"jane@example.com"}, PhoneNumbers: []Phone{{Number: "+31612345678"}},
			Address:       Address{Street: "Damrak 1", City: "Amsterdam", PostalCode: "1012LG"},
			Organizations: []crm.Ref{{ID: "/organizations/o1"}}, Tags: []crm.Ref{{ID: "t1", Name: "VIP"}}, Segments: []crm.Ref{{ID: "/segments/s1"}}}, allFields,
			`{"givenName":"Jane","familyName":"Doe","emailAddresses":[{"email":"jane@example.com"}],"phoneNumbers":[{"phoneNumber":"+31612345678"}],
			"address":{"street":"Damrak 1","city":"Amsterdam","postalCode":"1012LG"},
			"organizations":["/organizations/o1"],"tags":["/tags/t1"],"segments":["/segments/s1"],
			"jobTitle":"CTO","customerId":"C-42","linkedinId":"janedoe"}`},
		{"the other fields", Person{FamilyName: "Doe", IsTracked: ptr(false), ArchivedAt: time.Date(2024, 5, 6, 7, 8, 9, 0, time.UTC),
			Owner: crm.Ref{ID: "u1"}, Avatar: crm.Ref{ID: "/media_objects/m1"}, PhoneNumbers: []Phone{{Number: "+31612345678", Type: "fax"}}}, allFields,
			`{"familyName":"Doe","isTracked":false,"archivedAt":"2024-05-06T07:08:09Z","owner":"/users/u1","avatar":"/media_objects/m1",
			"phoneNumbers":[{"phoneNumber":"+31612345678","phoneType":"fax"}]}`},
		{"counters and read-only fields stay away", Person{ID: "x", FamilyName: "Doe", DealSize: ptr(int64(1)), TotalDeals: ptr(int64(2))},
			crm.Fields{"familyName", "dealSize", "totalDeals", "totalLostDeals", "totalWonDeals", "id", "createdAt", "avatarUrl"}, `{"familyName":"Doe"}`},
		{"only what is set", Person{FamilyName: "Doe", GivenName: "Jane"}, crm.Fields{"familyName"}, `{"familyName":"Doe"}`},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			client := serve(t, routes(map[string]http.HandlerFunc{"POST /people": func(w http.ResponseWriter, r *http.Request) {
				testHeaders(t, r)
				crmtest.SameBody(t, r, tt.body)
				w.Header().Set("X-Request-Id", "req-1")
				write(w, 201, `{"@context":"/contexts/Person","@id":"/people/abc","@type":"Person","familyName":"Doe"}`)
			}}))
			got, err := client.Create(t.Context(), tt.want, tt.fields, "0123456789abcdef")
			if err != nil {
				t.Fatal(err)
			}
			want := crm.Answer[Person]{ID: "abc", Contact: &Person{ID: "abc", IRI: "/people/abc", FamilyName: "Doe"}, Created: true,
				Meta: crm.Meta{Status: 201, RequestID: "req-1"}}
			if diff := cmp.Diff(want, got); diff != "" {
				t.Errorf("answer differs (-want +got):\n%s", diff)
			}
		})
	}
}

func TestCreateRefusesNamesWithoutIRI(t *testing.T) {
	t.Parallel()
	for _, want := range []Person{{Tags: []crm.Ref{{Name: "VIP"}}}, {Owner: crm.Ref{Name: "VIP"}}, {Avatar: crm.Ref{Name: "VIP"}}} {
		_, err := New(Config{}).Create(t.Context(), want, allFields, "")
		if crm.ClassOf(err) != crm.Permanent || !strings.Contains(err.Error(), `"VIP" has no IRI`) {
			t.Errorf("%+v: error is %v", want, err)
		}
	}
}

func TestUpdate(t *testing.T) {
	t.Parallel()
	found := Person{ID: "abc", IRI: "/people/abc", FamilyName: "Doe", Address: Address{Street: "Damrak 1", City: "Amsterdam", Country: "NL"}}
	tests := []struct {
		name   string
		want   Person
		fields crm.Fields
		body   string
	}{
		{"only the given fields", Person{FamilyName: "Roe", GivenName: "Jane"}, crm.Fields{"familyName"}, `{"familyName":"Roe"}`},
		{"cleared", Person{}, crm.Fields{"jobTitle", "owner", "avatar", "archivedAt", "isTracked", "tags", "emailAddresses", "phoneNumbers"},
			`{"jobTitle":null,"owner":null,"avatar":null,"archivedAt":null,"isTracked":null,"tags":[],"emailAddresses":[],"phoneNumbers":[]}`},
		{"part of the address", Person{Address: Address{City: "Utrecht", Street: "ignored"}}, crm.Fields{"address.city"},
			`{"address":{"street":"Damrak 1","city":"Utrecht","postalCode":null,"country":"NL"}}`},
		{"the whole address", Person{Address: Address{City: "Utrecht"}}, crm.Fields{"address"},
			`{"address":{"street":null,"city":"Utrecht","postalCode":null,"country":null}}`},
		{"complete lists", Person{EmailAddresses: []string{"a@example.com", "b@example.com"}, Tags: []crm.Ref{{ID: "/tags/1"}, {ID: "/tags/2"}}},
			crm.Fields{"emailAddresses", "tags"}, `{"emailAddresses":[{"email":"a@example.com"},{"email":"b@example.com"}],"tags":["/tags/1","/tags/2"]}`},
		{"counters stay away", Person{DealSize: ptr(int64(3))}, crm.Fields{"dealSize", "totalDeals"}, `{}`},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			client := serve(t, routes(map[string]http.HandlerFunc{"PATCH /people/abc": func(w http.ResponseWriter, r *http.Request) {
				testHeaders(t, r)
				crmtest.SameBody(t, r, tt.body)
				write(w, 200, `{"@id":"/people/abc","familyName":"Doe"}`)
			}}))
			got, err := client.Update(t.Context(), found, tt.want, tt.fields)
			if err != nil || got.ID != "abc" || got.Created || got.Contact.FamilyName != "Doe" {
				t.Errorf("answer is %+v, error %v", got, err)
			}
		})
	}
}

func TestUpdateErrors(t *testing.T) {
	t.Parallel()
	client := serve(t, routes(map[string]http.HandlerFunc{
		"PATCH /people/good":  func(w http.ResponseWriter, r *http.Request) { write(w, 200, `{"@id":"/people/good"}`) },
		"PATCH /people/other": func(w http.ResponseWriter, r *http.Request) { write(w, 200, `{"@id":"/people/good"}`) },
		"PATCH /people/cut":   func(w http.ResponseWriter, r *http.Request) { write(w, 200, `{"@id":`) },
		"PATCH /people/bare":  func(w http.ResponseWriter, r *http.Request) { write(w, 200, `{}`) },
		"PATCH /people/fails": func(w http.ResponseWriter, r *http.Request) { write(w, 502, `{}`) },
	}))
	_, _ = client.Update(t.Context(), Person{ID: "good"}, Person{}, crm.Fields{"jobTitle"}) // the vendor has spoken
	for id, want := range map[string]crm.Class{"cut": crm.Transient, "bare": crm.Transient, "other": crm.Transient, "fails": crm.Transient, "": crm.Permanent} {
		if _, err := client.Update(t.Context(), Person{ID: id}, Person{}, crm.Fields{"jobTitle"}); crm.ClassOf(err) != want {
			t.Errorf("%q: error is %v, want class %v", id, err, want)
		}
	}
}

func TestErrors(t *testing.T) {
	t.Parallel()
	tests := []struct {
		name     string
		status   int
		body     string
		class    crm.Class
		code     string
		message  string
		problems []crm.FieldProblem
	}{
		{"no key", 401, `{"message":"JWT Token not found"}`, crm.Unauthorized, "unauthorized", "JWT Token not found", nil},
		{"detail before message", 400, `{"message":"m","detail":"d"}`, crm.Permanent, "invalid", "d", nil},
		{"forbidden", 403, `{"code":403,"detail":"Access Denied."}`, crm.Forbidden, "forbidden", "Access Denied.", nil},
		{"violations", 422, `{"detail":"familyName: blank","violations":[{"propertyPath":"familyName","message":"blank","code":"c1"},{"propertyPath":"emailAddresses[0].email","message":"bad"}]}`,
			crm.Permanent, "invalid", "familyName: blank",
			[]crm.FieldProblem{{Field: "familyName", Code: "invalid", Message: "blank"}, {Field: "emailAddresses", Code: "invalid", Message: "bad"}}},
		{"taken", 422, `{"violations":[{"propertyPath":"customerId","message":"This value is already used."}]}`, crm.Permanent, "taken",
			"Unprocessable Entity", []crm.FieldProblem{{Field: "customerId", Code: "taken", Message: "This value is already used."}}},
		{"other violations", 422, `{"violations":{"a":"x","b":[1]},"detail":{"a":1},"message":7}`, crm.Permanent, "invalid", "7", nil},
		{"limit", 429, `{"message":"slow down"}`, crm.RateLimited, "rate_limited", "slow down", nil},
		{"broken server", 500, ``, crm.Ambiguous, "server_error", "Internal Server Error", nil},
		{"no id", 201, `{"familyName":"Doe"}`, crm.WrongServer, "server_error", "the answer names no id", nil},
		{"web page", 200, `<html>`, crm.WrongServer, "server_error", "the answer is a web page, not JSON", nil},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			client := serve(t, routes(map[string]http.HandlerFunc{"/": func(w http.ResponseWriter, r *http.Request) {
				w.Header().Set("Retry-After", "7")
				write(w, tt.status, tt.body)
			}}))
			_, err := client.Create(t.Context(), Person{FamilyName: "Doe"}, allFields, "")
			var e *crm.Error
			if !errors.As(err, &e) {
				t.Fatalf("error is %v", err)
			}
			if e.Class != tt.class || e.Code != tt.code || e.Message != tt.message || e.Status != tt.status {
				t.Errorf("error is %v %q %q %d", e.Class, e.Code, e.Message, e.Status)
			}
			if e.Class == crm.RateLimited && e.RetryAfter != 7*time.Second {
				t.Errorf("pause is %v", e.RetryAfter)
			}
			if diff := cmp.Diff(tt.problems, e.Problems); diff != "" {
				t.Errorf("problems differ (-want +got):\n%s", diff)
			}
		})
	}
}

func TestCheck(t *testing.T) {
	t.Parallel()
	a := &account{people: crowd(45)}
	client := serve(t, a)
	got, err := client.Check(t.Context())
	if err != nil || got != "the key can read people; the account lists 45" {
		t.Errorf("check says %q, error %v", got, err)
	}
	if len(a.requests) != 1 || a.requests[0].Encode() != "itemsPerPage=1" {
		t.Errorf("requests are %v", a.requests)
	}
}

func TestContextEnds(t *testing.T) {
	t.Parallel()
	client := serve(t, &account{people: crowd(3)})
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	_, create := client.Create(ctx, Person{FamilyName: "Doe"}, allFields, "")
	_, find := client.Find(ctx, []crm.Key{{Email: "a@example.com"}})
	_, id := client.Find(ctx, []crm.Key{{ID: "p1"}})
	_, resolve := client.Resolve(ctx, "tags", []string{"VIP"})
	_, check := client.Check(ctx)
	for i, err := range []error{create, find, id, resolve, check} {
		if !errors.Is(err, context.Canceled) {
			t.Errorf("call %d: error is %v", i, err)
		}
	}
	if client.lookup.turn.Take(t.Context()) != nil || client.links.turn.Take(t.Context()) != nil {
		t.Error("a cancelled call holds the others up")
	}
}
