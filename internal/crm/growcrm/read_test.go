package growcrm

import (
	"context"
	"fmt"
	"net/url"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"crmferry/internal/crm"
)

func everybody(t *testing.T, client *Client) (ids []int64, totals []int, err error) {
	t.Helper()
	for page, err := range client.List(t.Context()) {
		if err != nil {
			return ids, totals, err
		}
		totals = append(totals, page.Total)
		for _, c := range page.Items {
			ids = append(ids, c.ID)
		}
	}
	return ids, totals, nil
}

func TestList(t *testing.T) {
	full := func(first int) string { // a page of 100
		var items []string
		for i := range 100 {
			items = append(items, fmt.Sprintf(`{"id": %d}`, first+i))
		}
		return `{"data": [` + strings.Join(items, ",") + `]}`
	}
	tests := []struct {
		name    string
		answers map[string]string
		ids     int
		totals  []int
		fails   bool
	}{
		{"pages", map[string]string{
			pageQuery(1, ""): `{"data": [{"id": 1}, {"id": 2}], "meta": {"current_page": 1, "per_page": 2, "total": 3, "last_page": 2}}`,
			pageQuery(2, ""): `{"data": [{"id": 3}], "meta": {"current_page": 2, "per_page": 2, "total": 3, "last_page": 2}}`,
		}, 3, []int{3, 3}, false},
		{"numbers as texts", map[string]string{
			pageQuery(1, ""): `{"data": [{"id": 1}], "meta": {"total": "1", "last_page": "1"}}`,
		}, 1, []int{1}, false},
		{"nobody", map[string]string{pageQuery(1, ""): `{"data": [], "meta": {"total": 0, "last_page": 1}}`}, 0, []int{0}, false},
		{"no meta", map[string]string{pageQuery(1, ""): full(1), pageQuery(2, ""): full(101), pageQuery(3, ""): `{"data": []}`}, 200, []int{-1, -1, -1}, false},
		{"page ignored", map[string]string{pageQuery(1, ""): full(1), pageQuery(2, ""): full(1)}, 100, []int{-1}, true},
		{"refused", map[string]string{pageQuery(1, ""): `400 {"message": "no"}`}, 0, nil, true},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			client, _ := serve(t, tt.answers)
			ids, totals, err := everybody(t, client)
			if len(ids) != tt.ids || (err != nil) != tt.fails || !cmp.Equal(totals, tt.totals) {
				t.Errorf("%d listed, totals %v, error %v", len(ids), totals, err)
			}
		})
	}
}

func TestFind(t *testing.T) {
	answers := map[string]string{
		pageQuery(1, "ann@example.com"): `{"data": [{"id": 1, "email": "joann@example.com"}], "meta": {"last_page": 2}}`,
		pageQuery(2, "ann@example.com"): `{"data": [{"id": 2, "email": "ann@example.com"}], "meta": {"last_page": 2}}`,
		pageQuery(1, "jansen"):          `{"data": [{"id": 3}], "meta": {"last_page": 1}}`,
		pageQuery(1, "15125550100"):     `{"data": [], "meta": {"last_page": 1}}`,
		"GET /contacts/45":              `{"data": ` + jane + `}`,
		"GET /contacts/46":              `404 {"message": "Contact not found."}`,
	}
	for name, tt := range map[string]struct {
		key  crm.Key
		want []int64
	}{
		"by e-mail":         {crm.Key{Email: "ann@example.com"}, []int64{1, 2}},
		"by phone and name": {crm.Key{Phone: "15125550100", Name: "jo van jansen"}, []int64{3}},
		"by phone":          {crm.Key{Phone: "15125550100"}, nil},
		"by id":             {crm.Key{ID: "45"}, []int64{45}},
		"by id of nobody":   {crm.Key{ID: "46"}, nil},
		"by another id":     {crm.Key{ID: "abc"}, nil},
	} {
		t.Run(name, func(t *testing.T) {
			client, _ := serve(t, answers)
			found, err := client.Find(t.Context(), []crm.Key{tt.key})
			var ids []int64
			for _, c := range found {
				ids = append(ids, c.ID)
			}
			if err != nil || !cmp.Equal(ids, tt.want) {
				t.Errorf("found %v, %v", ids, err)
			}
		})
	}
}

func clientQuery(number int, search string) string {
	q := url.Values{"limit": {"100"}, "order": {"asc"}, "page": {fmt.Sprint(number)}, "sort": {"client_created"}}
	if search != "" {
		q.Set("search", search)
	}
	return "GET /clients?" + q.Encode()
}

func TestResolve(t *testing.T) {
	acme := `{"data": [{"id": 12, "company_name": "Acme Inc "}, {"id": 13, "company_name": "Acme Inc Holding"}], "meta": {"last_page": 1}}`
	some := map[string]string{
		clientQuery(1, "ACME"):  acme,
		clientQuery(1, "Twice"): `{"data": [{"id": 14, "company_name": "twice"}, {"id": 15, "company_name": "Twice"}], "meta": {"last_page": 1}}`,
		clientQuery(1, "None"):  `{"data": [], "meta": {"last_page": 1}}`,
	}
	many := `{"data": [{"id": 12, "company_name": "Acme Inc"}, {"id": 14, "company_name": "twice"}], "meta": {"last_page": %d}}`
	rest := `{"data": [{"id": 15, "company_name": "Twice"}], "meta": {"last_page": 2}}`
	want := map[string][]crm.Ref{"ACME inc ": {{ID: "12", Name: "Acme Inc"}}, "Twice": {{ID: "14", Name: "twice"}, {ID: "15", Name: "Twice"}}}
	tests := []struct {
		name     string
		answers  map[string]string
		names    []string
		requests int
	}{
		{"few are searched for", some, []string{"ACME inc ", "Twice"}, 2},
		{"many are listed", map[string]string{clientQuery(1, ""): fmt.Sprintf(many, 2), clientQuery(2, ""): rest},
			[]string{"ACME inc ", "Twice", "None"}, 2},
		{"unless the list is longer", func() map[string]string {
			long := map[string]string{clientQuery(1, ""): fmt.Sprintf(many, 50)}
			for k, v := range some {
				long[k] = v
			}
			return long
		}(), []string{"ACME inc ", "Twice", "None"}, 4},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			client, fake := serve(t, tt.answers)
			got, err := client.Resolve(t.Context(), "clients", tt.names)
			if err != nil || len(fake.Seen) != tt.requests {
				t.Errorf("%d requests, %v", len(fake.Seen), err)
			}
			for name, refs := range got {
				for i := range refs {
					refs[i].Name = strings.TrimSpace(refs[i].Name)
				}
				got[name] = refs
			}
			if diff := cmp.Diff(want, got); diff != "" {
				t.Errorf("(-want +got):\n%s", diff)
			}
		})
	}
	client, _ := serve(t, nil)
	if _, err := client.Resolve(t.Context(), "tags", nil); err == nil {
		t.Error("tags were looked for")
	}
}

func TestCreateLink(t *testing.T) {
	first := Contact{FirstName: "Jane", LastName: "Doe", Email: "Jane@example.com", Phone: "+15125550100"}
	form := "client_company_name=Acme+Inc&email=Jane%40example.com&first_name=Jane&last_name=Doe&send_email=no"
	for name, tt := range map[string]struct {
		created string
		read    map[string]string
		owner   int64
	}{
		"owner told": {`201 {"data": {"id": 12, "company_name": "Acme Inc", "owner": {"id": 45, "name": "Jane Doe"}}}`,
			map[string]string{"GET /contacts/45": `{"data": ` + jane + `}`}, 45},
		"owner not told": {`201 {"data": {"id": 12, "company_name": "Acme Inc", "owner": null}}`,
			map[string]string{pageQuery(1, "Jane@example.com"): `{"data": [{"id": 7, "email": "x.jane@example.com"}, ` + jane + `], "meta": {"last_page": 1}}`}, 45},
		"another owner": {`201 {"data": {"id": 12, "owner": {"id": 45}}}`,
			map[string]string{"GET /contacts/45": `{"data": {"id": 45, "email": "other@example.com"}}`}, 0},
	} {
		t.Run(name, func(t *testing.T) {
			tt.read["POST /clients"] = tt.created
			client, fake := serve(t, tt.read)
			ref, contact, err := client.CreateLink(t.Context(), "clients", "Acme Inc", first)
			if err != nil || ref != (crm.Ref{ID: "12", Name: "Acme Inc"}) || fake.Seen[0] != "POST /clients "+form {
				t.Errorf("%v, %v, sent %q", ref, err, fake.Seen)
			}
			if got := contact != nil; got != (tt.owner != 0) || got && contact.ID != tt.owner {
				t.Errorf("contact %+v", contact)
			}
		})
	}
	client, _ := serve(t, map[string]string{"POST /clients": `201 {"data": {}}`})
	if _, _, err := client.CreateLink(t.Context(), "clients", "Acme Inc", first); crm.ClassOf(err) != crm.WrongServer {
		t.Errorf("without an id: %v", err)
	}
	if _, _, err := client.CreateLink(context.Background(), "tags", "VIP", first); crm.ClassOf(err) != crm.Permanent {
		t.Errorf("of another kind: %v", err)
	}
}

func TestCreateLinkMail(t *testing.T) {
	client, fake := serve(t, map[string]string{"POST /clients": `422 {"message": "no"}`})
	_, _, err := client.CreateLink(t.Context(), "clients", "Acme Inc", Contact{SendEmail: "yes"})
	if err == nil || !strings.HasSuffix(fake.Seen[0], "send_email=yes") {
		t.Errorf("sent %q, %v", fake.Seen, err)
	}
}
