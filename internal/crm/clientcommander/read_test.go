package clientcommander

import (
	"fmt"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"crmferry/internal/crm"
)

func TestList(t *testing.T) {
	const first, second = "GET /v1/people?limit=100", "GET /v1/people?cursor=eyJ9%3D&limit=100"
	tests := []struct {
		name    string
		answers map[string]string
		ids     string
		fails   string // part of the error
	}{
		{"pages", map[string]string{
			first:  `{"data": [{"id": "a"}, {"id": "b"}], "meta": {"count": 2, "hasMore": true, "nextCursor": "eyJ9="}}`,
			second: `{"data": [{"id": "c"}], "meta": {"count": 1, "hasMore": false, "nextCursor": null}}`,
		}, "a b c", ""},
		{"a cursor after the last page", map[string]string{first: `{"data": [{"id": "a"}], "meta": {"count": 1, "hasMore": false, "nextCursor": "eyJ9="}}`}, "a", ""},
		{"nobody", map[string]string{first: `{"data": [], "meta": {"count": 0, "hasMore": false}}`}, "", ""},
		{"no count", map[string]string{first: `{"data": [{"id": "a"}], "meta": {"hasMore": false}}`}, "a", ""},
		{"odd types", map[string]string{first: `{"data": [{"id": 7, "price": "12"}], "meta": {"count": 1, "hasMore": false, "nextCursor": 9}}`}, "7", ""},
		{"no word of more", map[string]string{first: `{"data": [{"id": "a"}], "meta": {"count": 1}}`}, "", "does not say whether more people follow"},
		{"no list", map[string]string{first: `{"meta": {"count": 0, "hasMore": false}}`}, "", "has no data"},
		{"people missing", map[string]string{first: `{"data": [{"id": "a"}], "meta": {"count": 2, "hasMore": false}}`}, "", "holds 1 people and says 2"},
		{"no cursor", map[string]string{first: `{"data": [{"id": "a"}], "meta": {"count": 1, "hasMore": true}}`}, "a", "leads nowhere new"},
		{"round and round", map[string]string{
			first:  `{"data": [{"id": "a"}], "meta": {"count": 1, "hasMore": true, "nextCursor": "eyJ9="}}`,
			second: `{"data": [{"id": "b"}], "meta": {"count": 1, "hasMore": true, "nextCursor": "eyJ9="}}`,
		}, "a b", "leads nowhere new"},
		{"second page refused", map[string]string{
			first:  `{"data": [{"id": "a"}], "meta": {"count": 1, "hasMore": true, "nextCursor": "eyJ9="}}`,
			second: `400 {"message": "Invalid cursor"}`,
		}, "a", "Invalid cursor"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			client, _ := serve(t, tt.answers)
			var ids []string
			var failed error
			for page, err := range client.List(t.Context()) {
				failed = err
				if err == nil && page.Total != -1 {
					t.Errorf("total %d", page.Total)
				}
				for _, c := range page.Items {
					ids = append(ids, c.ID)
				}
			}
			if got := strings.Join(ids, " "); got != tt.ids {
				t.Errorf("listed %q, want %q", got, tt.ids)
			}
			if (failed != nil) != (tt.fails != "") || failed != nil && !strings.Contains(failed.Error(), tt.fails) {
				t.Errorf("error %v", failed)
			}
		})
	}
}

// people is an answer with n people, numbered from first.
func people(first, n int) string {
	var list []string
	for i := range n {
		list = append(list, fmt.Sprintf(`{"id": "p%d"}`, first+i))
	}
	return `{"data": [` + strings.Join(list, ",") + `]}`
}

func TestFind(t *testing.T) {
	const path = "GET /v1/people/search?"
	answers := map[string]string{
		path + "email=ann%2Bx%40example.com": people(1, 2),
		path + "phone=%2B15125550100":        people(1, 10),
		path + "name=ann+bee":                people(10, 2),
		path + "phone=%2B15125550101":        people(1, 9),
		path + "id=p1":                       people(1, 1),
		path + "id=gone":                     `404 {"message": "Contact not found"}`,
		path + "id=none":                     `{"data": []}`,
		path + "email=x":                     `404 {"message": "no such page"}`,
	}
	tests := []struct {
		name  string
		key   crm.Key
		found int
		fails bool
	}{
		{"by e-mail", crm.Key{Email: "ann+x@example.com"}, 2, false},
		{"by phone, more than a search returns", crm.Key{Phone: "15125550100", Name: "ann bee"}, 11, false},
		{"by phone", crm.Key{Phone: "15125550101", Name: "ann bee"}, 9, false},
		{"by id", crm.Key{ID: "p1"}, 1, false},
		{"by id of nobody", crm.Key{ID: "gone"}, 0, false},
		{"by id, nobody", crm.Key{ID: "none"}, 0, false},
		{"no search there", crm.Key{Email: "x"}, 0, true},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			client, _ := serve(t, answers)
			found, err := client.Find(t.Context(), []crm.Key{tt.key})
			if len(found) != tt.found || (err != nil) != tt.fails {
				t.Errorf("found %d, %v", len(found), err)
			}
		})
	}
}

func TestResolve(t *testing.T) {
	client, fake := serve(t, map[string]string{
		"GET /v1/people?limit=100": `{"data": [{"id": "a", "stageId": "stage_1", "stageName": "Lead"}, {"id": "b", "stageId": "stage_2", "stageName": "Twice"},
			{"id": "c"}], "meta": {"count": 3, "hasMore": true, "nextCursor": "n"}}`,
		"GET /v1/people?cursor=n&limit=100": `{"data": [{"id": "d", "stageId": "stage_3", "stageName": "twice "}, {"id": "e", "stageId": "stage_1", "stageName": "Lead"}],
			"meta": {"count": 2, "hasMore": false}}`,
	})
	got, err := client.Resolve(t.Context(), "stages", []string{" lead", "Twice", "stage_2", "STAGE_2", "None"})
	if err != nil {
		t.Fatal(err)
	}
	want := map[string][]crm.Ref{
		" lead":   {{ID: "stage_1", Name: "Lead"}},
		"Twice":   {{ID: "stage_2", Name: "Twice"}, {ID: "stage_3", Name: "twice "}},
		"stage_2": {{ID: "stage_2", Name: "Twice"}},
	}
	if diff := cmp.Diff(want, got); diff != "" || len(fake.Seen) != 2 {
		t.Errorf("%d requests (-want +got):\n%s", len(fake.Seen), diff)
	}
	if _, err := client.Resolve(t.Context(), "tags", nil); crm.ClassOf(err) != crm.Permanent {
		t.Errorf("of another kind: %v", err)
	}
	if _, _, err := client.CreateLink(t.Context(), "stages", "New", Contact{}); crm.ClassOf(err) != crm.Permanent {
		t.Errorf("made a stage: %v", err)
	}
}

func TestRefusals(t *testing.T) {
	problem := func(field, text string) []crm.FieldProblem {
		return []crm.FieldProblem{{Field: field, Code: crm.CodeInvalid, Message: text}}
	}
	tests := []struct {
		body, text string
		problems   []crm.FieldProblem
	}{
		{`{"message": "bad"}`, "bad", nil},
		{`{"error": "bad"}`, "bad", nil},
		{`{"detail": "bad"}`, "bad", nil},
		{`{"error": {"code": "x", "message": "bad"}}`, "bad", nil},
		{`{"error": "VALIDATION", "message": "bad"}`, "bad", nil},
		{`{"message": "outer", "error": {"message": "inner"}}`, "inner", nil},
		{`{"message": "bad", "errors": {"phone": ["no number"]}}`, "bad", problem("phone", "no number")},
		{`{"message": "bad", "errors": {"phone": "no number"}}`, "bad", problem("phone", "no number")},
		{`{"message": "bad", "errors": [{"field": "phone", "message": "no number"}]}`, "bad", problem("phone", "no number")},
		{`{"message": "bad", "errors": [{"path": ["tags", 3], "message": "too long"}]}`, "bad", problem("tags.3", "too long")},
		{`{"error": {"message": "bad", "details": [{"path": "phone", "message": "no number"}]}}`, "bad", problem("phone", "no number")},
		{`{"errors": ["bad", "worse"]}`, "bad; worse", nil},
		{`{}`, "", nil},
		{`"bad"`, "", nil},
	}
	for _, tt := range tests {
		text, problems := decodeError(400, []byte(tt.body))
		if diff := cmp.Diff(tt.problems, problems); text != tt.text || diff != "" {
			t.Errorf("%s: %q (-want +got):\n%s", tt.body, text, diff)
		}
	}
}

func TestRefusalRequestID(t *testing.T) {
	client, _ := serve(t, map[string]string{"POST /v1/people": `400 {` + meta + `, "message": "bad"}`})
	answer, err := client.Create(t.Context(), Contact{}, nil, "")
	if err == nil || answer.Meta != metaOf(400) {
		t.Errorf("%+v, %v", answer, err)
	}
}
