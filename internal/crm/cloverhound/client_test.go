package cloverhound

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"os"
	"reflect"
	"testing"

	"github.com/google/go-cmp/cmp"

	"crmferry/internal/crm"
	"crmferry/internal/crm/crmtest"
)

var allFields = crm.Fields{"full_name", "email", "description", "contact_phones_attributes"}

func TestCreate(t *testing.T) {
	t.Parallel()
	sample, err := os.ReadFile("testdata/contact.json")
	if err != nil {
		t.Fatal(err)
	}
	tests := []struct {
		name   string
		want   Contact
		fields crm.Fields
		body   string
	}{
		{"all", Contact{FullName: "Jane Doe", Email: "jane@example.com", Description: "VIP",
			Phones: []Phone{{Number: "+15125550100"}}}, allFields,
			`{"full_name":"Jane Doe","email":"jane@example.com","description":"VIP","contact_phones_attributes":[{"number":"+15125550100"}]}`},
		{"only what is set", Contact{FullName: "Jane & Co <x>", Email: "left@example.com"}, crm.Fields{"full_name"}, `{"full_name":"Jane & Co <x>"}`},
		{"cleared fields stay away", Contact{FullName: "Jane"}, allFields, `{"full_name":"Jane"}`},
		{"read-only fields stay away", Contact{FullName: "Jane", ID: 7}, crm.Fields{"full_name", "id", "created_at"}, `{"full_name":"Jane"}`},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			client := New(serve(t, map[string]http.HandlerFunc{"POST /42/contacts": func(w http.ResponseWriter, r *http.Request) {
				testHeaders(t, r)
				crmtest.SameBody(t, r, tt.body)
				w.Header().Set("X-Request-Id", "req-1")
				write(w, http.StatusCreated, string(sample[:2])+`"id": 17,`+string(sample[len(`{ "id": 0,`):]))
			}}))
			got, err := client.Create(t.Context(), tt.want, tt.fields, "0123456789abcdef")
			if err != nil {
				t.Fatal(err)
			}
			if got.ID != "17" || !got.Created || got.Status != 201 || got.RequestID != "req-1" || got.Contact.FullName != "string" {
				t.Errorf("answer is %+v", got)
			}
		})
	}
}

func TestClientCanOnlyCreate(t *testing.T) {
	t.Parallel()
	var c any = New(Config{})
	if _, ok := c.(crm.Lister[Contact]); ok {
		t.Error("lists, which is not documented")
	}
	if _, ok := c.(crm.Finder[Contact]); ok {
		t.Error("finds, which is not documented")
	}
	if _, ok := c.(crm.Updater[Contact]); ok {
		t.Error("updates, which is not documented")
	}
	if _, ok := c.(crm.Checker); ok {
		t.Error("checks a key, for which no read is documented")
	}
	if got := New(Config{}).Traits(); !reflect.DeepEqual(got, crm.Traits{}) {
		t.Errorf("traits are %+v", got)
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
		{"fields", 422, `{"errors":{"full_name":["can't be blank"],"email":["has already been taken"]}}`, crm.Permanent, "invalid",
			"Unprocessable Entity", []crm.FieldProblem{{Field: "email", Code: "taken", Message: "has already been taken"},
				{Field: "full_name", Code: "invalid", Message: "can't be blank"}}},
		{"taken", 422, `{"errors":{"email":["has already been taken"]}}`, crm.Permanent, "taken",
			"Unprocessable Entity", []crm.FieldProblem{{Field: "email", Code: "taken", Message: "has already been taken"}}},
		{"one word a field", 422, `{"errors":{"contact_phones.number":"is invalid"}}`, crm.Permanent, "invalid", "Unprocessable Entity",
			[]crm.FieldProblem{{Field: "contact_phones_attributes", Code: "invalid", Message: "is invalid"}}},
		{"list", 422, `{"errors":["Full name can't be blank","Email is invalid"]}`, crm.Permanent, "invalid", "Full name can't be blank; Email is invalid", nil},
		{"one sentence", 422, `{"errors":"no"}`, crm.Permanent, "invalid", "no", nil},
		{"error", 401, `{"error":"HTTP Basic: Access denied."}`, crm.Unauthorized, "unauthorized", "HTTP Basic: Access denied.", nil},
		{"message", 403, `{"message":"not yours"}`, crm.Forbidden, "forbidden", "not yours", nil},
		{"bare", 422, `[]`, crm.Permanent, "invalid", "Unprocessable Entity", nil},
		{"broken server", 500, `{"status":500,"error":"Internal Server Error"}`, crm.Ambiguous, "server_error", "Internal Server Error", nil},
		{"no id", 201, `{"full_name":"Jane"}`, crm.WrongServer, "server_error", "the answer names no id", nil},
		{"web page", 404, `<html>`, crm.WrongServer, "server_error", "Not Found (the answer is a web page, not JSON)", nil},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			client := New(serve(t, map[string]http.HandlerFunc{"/": func(w http.ResponseWriter, r *http.Request) {
				write(w, tt.status, tt.body)
			}}))
			_, err := client.Create(t.Context(), Contact{FullName: "Jane"}, allFields, "")
			var e *crm.Error
			if !errors.As(err, &e) {
				t.Fatalf("error is %v", err)
			}
			if e.Class != tt.class || e.Code != tt.code || e.Message != tt.message || e.Status != tt.status {
				t.Errorf("error is %v %q %q %d", e.Class, e.Code, e.Message, e.Status)
			}
			if diff := cmp.Diff(tt.problems, e.Problems); diff != "" {
				t.Errorf("problems differ (-want +got):\n%s", diff)
			}
		})
	}
}

func contactJSON(id int) string {
	return fmt.Sprintf(`{"id":%d,"organization_id":42,"full_name":"Contact %d","email":null,"contact_phones":[]}`, id, id)
}

func TestList(t *testing.T) {
	t.Parallel()
	tests := []struct {
		name  string
		pages []string // after the last one it is answered again
		want  []int64
		reads int
	}{
		{"empty", []string{`[]`}, nil, 1},
		{"ends with an empty page", []string{"[" + contactJSON(1) + "," + contactJSON(2) + "]", "[" + contactJSON(3) + "]", `[]`}, []int64{1, 2, 3}, 3},
		{"a server that does not page", []string{"[" + contactJSON(1) + "," + contactJSON(2) + "]"}, []int64{1, 2}, 2},
		{"a contact that moved to the next page", []string{"[" + contactJSON(1) + "]", "[" + contactJSON(1) + "," + contactJSON(2) + "]", `[]`}, []int64{1, 2}, 3},
		{"in an object", []string{`{"contacts":[` + contactJSON(1) + `]}`, `{"contacts":[]}`}, []int64{1}, 2},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			reads := 0
			client := NewUndocumented(serve(t, map[string]http.HandlerFunc{"GET /42/contacts": func(w http.ResponseWriter, r *http.Request) {
				testHeaders(t, r)
				reads++
				if got := r.URL.Query().Get("page"); got != fmt.Sprint(reads) {
					t.Errorf("page %q is asked for, want %d", got, reads)
				}
				write(w, 200, tt.pages[min(reads, len(tt.pages))-1])
			}}))
			var got []int64
			for page, err := range client.List(t.Context()) {
				if err != nil {
					t.Fatal(err)
				}
				for _, c := range page.Items {
					got = append(got, c.ID)
				}
			}
			if diff := cmp.Diff(tt.want, got); diff != "" || reads != tt.reads {
				t.Errorf("%d reads, want %d; contacts differ (-want +got):\n%s", reads, tt.reads, diff)
			}
		})
	}
}

func TestListRefusesOtherAnswers(t *testing.T) {
	t.Parallel()
	for _, body := range []string{`{}`, `{"contacts":null}`, `"x"`, `null`} {
		client := NewUndocumented(serve(t, map[string]http.HandlerFunc{"GET /42/contacts": func(w http.ResponseWriter, r *http.Request) {
			write(w, 200, body)
		}}))
		for page, err := range client.List(t.Context()) {
			if err == nil {
				t.Errorf("%s is taken for a page of %d contacts", body, len(page.Items))
			}
		}
	}
}

func TestGet(t *testing.T) {
	t.Parallel()
	client := NewUndocumented(serve(t, map[string]http.HandlerFunc{"GET /42/contacts/7": func(w http.ResponseWriter, r *http.Request) {
		testHeaders(t, r)
		write(w, 200, contactJSON(7))
	}}))
	got, err := client.Get(t.Context(), "7")
	if err != nil || got.ID != 7 {
		t.Errorf("contact is %+v, error %v", got, err)
	}
	if _, err := client.Get(t.Context(), "../7"); err == nil {
		t.Error("an id that is a path is accepted")
	}
}

func TestUpdate(t *testing.T) {
	t.Parallel()
	found := Contact{ID: 7, FullName: "Jane", Phones: []Phone{{ID: 1, Number: "+15125550100"}, {ID: 2, Number: "+1 512 555 0101"}}}
	tests := []struct {
		name   string
		want   Contact
		fields crm.Fields
		body   string
		class  crm.Class // of an answer that was lost
	}{
		{"single values", Contact{FullName: "Joan", Email: "joan@example.com"}, crm.Fields{"full_name", "email"},
			`{"full_name":"Joan","email":"joan@example.com"}`, crm.Transient},
		{"cleared", Contact{}, crm.Fields{"description"}, `{"description":null}`, crm.Transient},
		{"phones kept and added", Contact{Phones: []Phone{{Number: "+15125550100"}, {Number: "+15125550101"}, {Number: "+15125550102"}}},
			crm.Fields{"contact_phones_attributes"},
			`{"contact_phones_attributes":[{"id":1,"number":"+15125550100"},{"id":2,"number":"+15125550101"},{"number":"+15125550102"}]}`, crm.Ambiguous},
		{"phones replaced", Contact{Phones: []Phone{{Number: "+15125550101"}}}, crm.Fields{"contact_phones_attributes"},
			`{"contact_phones_attributes":[{"id":2,"number":"+15125550101"},{"id":1,"_destroy":true}]}`, crm.Transient},
		{"phones removed", Contact{}, crm.Fields{"contact_phones_attributes"},
			`{"contact_phones_attributes":[{"id":1,"_destroy":true},{"id":2,"_destroy":true}]}`, crm.Transient},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			answer := contactJSON(7)
			client := NewUndocumented(serve(t, map[string]http.HandlerFunc{"PATCH /42/contacts/7": func(w http.ResponseWriter, r *http.Request) {
				testHeaders(t, r)
				crmtest.SameBody(t, r, tt.body)
				write(w, 200, answer)
			}}))
			got, err := client.Update(t.Context(), found, tt.want, tt.fields)
			if err != nil || got.ID != "7" || got.Created || got.Contact == nil {
				t.Errorf("answer is %+v, error %v", got, err)
			}
			answer = `{"id":`
			if _, err = client.Update(t.Context(), found, tt.want, tt.fields); crm.ClassOf(err) != tt.class {
				t.Errorf("a lost answer is %v, want %v", crm.ClassOf(err), tt.class)
			}
		})
	}
	if _, err := NewUndocumented(Config{}).Update(t.Context(), Contact{}, found, allFields); crm.ClassOf(err) != crm.Permanent {
		t.Errorf("a contact without id is updated: %v", err)
	}
}

func TestContextEnds(t *testing.T) {
	t.Parallel()
	client := NewUndocumented(serve(t, map[string]http.HandlerFunc{"/": func(w http.ResponseWriter, r *http.Request) {
		<-r.Context().Done()
	}}))
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if _, err := client.Create(ctx, Contact{FullName: "Jane"}, allFields, ""); !errors.Is(err, context.Canceled) {
		t.Errorf("error is %v", err)
	}
	for _, err := range client.List(ctx) {
		if !errors.Is(err, context.Canceled) {
			t.Errorf("error is %v", err)
		}
	}
}
