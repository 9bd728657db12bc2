package sandbox

import (
	"encoding/json"
	"fmt"
	"net/http/httptest"
	"net/url"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"crmferry/internal/sandbox/api"
	"crmferry/internal/sandbox/clientcommander"
	"crmferry/internal/sandbox/cloverhound"
	"crmferry/internal/sandbox/growcrm"
	"crmferry/internal/sandbox/rogerroger"
	"crmferry/internal/sandbox/seed"
)

const commanderPeople = "/clientcommander/v1/people"

func TestClientCommanderUpserts(t *testing.T) {
	s := New(Options{})
	create := func(body string, header ...string) answer {
		return send(t, s, "POST", commanderPeople, "application/json", body, header...)
	}
	data := func(a answer) map[string]any { return a.body["data"].(map[string]any) }
	one := data(create(`{"email":"jane@example.com","phone":"+15125550199","firstName":"Jane","tags":["a"]}`))
	two := data(create(`{"email":"JANE@example.com","lastName":"Doe"}`))
	three := data(create(`{"phone":"15125550199","source":"Web"}`))
	four := data(create(`{"email":"other@example.com","phone":"+15125550199"}`))
	if one["created"] != true || two["created"] != false || three["created"] != false || four["created"] != true {
		t.Fatalf("created: %v %v %v %v", one["created"], two["created"], three["created"], four["created"])
	}
	if two["id"] != one["id"] || three["id"] != one["id"] || four["id"] == one["id"] {
		t.Fatalf("ids: %v %v %v %v", one["id"], two["id"], three["id"], four["id"])
	}
	person := three["person"].(map[string]any)
	if person["fullName"] != "Jane Doe" || person["source"] != "Web" || person["tags"] != "a" {
		t.Errorf("person %v", person)
	}
	key := []string{"Idempotency-Key", "run-1-row-1-sixteen"}
	first, second := create(`{"firstName":"Twice"}`, key...), create(`{"firstName":"Twice"}`, key...)
	if first.raw != second.raw || data(first)["created"] != true {
		t.Errorf("replay differs:\n%s\n%s", first.raw, second.raw)
	}
	if n := len(s.Ledger()); n != 5 {
		t.Errorf("the ledger has %d entries, want 5: a replay commits nothing", n)
	}
}

func TestClientCommanderUpdateTagsTrash(t *testing.T) {
	s := New(Options{})
	made := post(t, s, commanderPeople, map[string]any{"firstName": "Jane", "email": "jane@example.com", "tags": []any{"a"}, "source": "Web"})
	path := commanderPeople + "/" + made["data"].(map[string]any)["id"].(string)
	if a := send(t, s, "PUT", path, "application/json", `{"firstName":"Janet","email":"jane@example.com"}`); a.status != 200 || a.body["success"] != true || a.body["data"] != nil {
		t.Fatalf("update: %d %s", a.status, a.raw)
	}
	tags := post(t, s, path+"/tags", map[string]any{"tags": []any{"a", "b"}})["data"].(map[string]any)
	person := tags["person"].(map[string]any)
	if tags["count"] != 1.0 || person["tags"] != "a, b" || person["firstName"] != "Janet" || person["source"] != "" {
		t.Errorf("after update and tags: %v", tags)
	}
	for range 2 {
		send(t, s, "DELETE", path, "", "")
	}
	if a := send(t, s, "GET", commanderPeople+"/search?email=jane@example.com", "", ""); len(a.body["data"].([]any)) != 0 {
		t.Errorf("found in the trash: %s", a.raw)
	}
	if a := send(t, s, "DELETE", path+"?permanent=true", "", ""); a.status != 200 {
		t.Errorf("delete for good: %d %s", a.status, a.raw)
	}
}

func TestClientCommanderCursors(t *testing.T) {
	s := New(Options{Contacts: 120})
	ids, cursor := map[string]bool{}, ""
	for pages := 0; ; pages++ {
		a := send(t, s, "GET", commanderPeople+"?limit=100&cursor="+url.QueryEscape(cursor), "", "")
		for _, item := range a.body["data"].([]any) {
			ids[item.(map[string]any)["id"].(string)] = true
		}
		meta := a.body["meta"].(map[string]any)
		if meta["hasMore"] == false {
			if meta["nextCursor"] != nil || pages != 1 {
				t.Errorf("page %d: %v", pages, meta)
			}
			break
		}
		cursor = meta["nextCursor"].(string)
	}
	if len(ids) != 120+seed.SampleEnd-seed.FirstOlder+2 {
		t.Errorf("%d people", len(ids))
	}
}

func TestGrowOwnersAndDeletion(t *testing.T) {
	s := New(Options{})
	member := func(id int, name string) any {
		a := send(t, s, "GET", fmt.Sprintf("/growcrm/api/contacts/%d", id), "", "")
		data, _ := a.body["data"].(map[string]any)
		return data[name]
	}
	email := "grow.owner@example.com"
	send(t, s, "POST", "/growcrm/api/contacts", api.FormMedia, "first_name=A&last_name=B&clientid=1&phone=1&email="+email)
	id := len(seed.Companies) + 1 + seed.SampleEnd - seed.FirstOlder + 2 + 1 // after owners, team member, people, and the owners of two more clients
	if member(id, "email") != email || member(1, "account_owner") != "yes" {
		t.Fatalf("contact %d is %v, the owner is %v", id, member(id, "email"), member(1, "account_owner"))
	}
	a := send(t, s, "PUT", fmt.Sprintf("/growcrm/api/contacts/%d/account-owner", id), "", "")
	if a.body["message"] != "Contact set as account owner successfully." || member(id, "account_owner") != "yes" || member(1, "account_owner") != "no" {
		t.Errorf("owner: %s, before %v", a.raw, member(1, "account_owner"))
	}
	send(t, s, "PATCH", fmt.Sprintf("/growcrm/api/contacts/%d", id), api.FormMedia, "first_name=A&last_name=C&email="+email)
	if member(id, "name") != "A C" || member(id, "phone") != nil {
		t.Errorf("after PATCH: %v %v", member(id, "name"), member(id, "phone"))
	}
	send(t, s, "DELETE", fmt.Sprintf("/growcrm/api/contacts/%d", id), "", "")
	if member(id, "id") != nil {
		t.Error("a deleted contact can be read")
	}
	if a := send(t, s, "POST", "/growcrm/api/contacts", api.FormMedia, "first_name=A&last_name=B&clientid=1&email="+email); a.status != 201 {
		t.Errorf("the address of a deleted contact: %d %s", a.status, a.raw)
	}
}

// TestGrowDeletes: a contact is deleted once, the ledger says so, and nobody of the team is a contact.
func TestGrowDeletes(t *testing.T) {
	s := New(Options{})
	team := len(seed.Companies) + 1
	for _, tt := range []struct{ id, status int }{{1, 200}, {1, 404}, {team, 404}, {99999, 404}} {
		if a := send(t, s, "DELETE", fmt.Sprintf("/growcrm/api/contacts/%d", tt.id), "", ""); a.status != tt.status {
			t.Errorf("delete contact %d: %d %s", tt.id, a.status, a.raw)
		}
	}
	list := s.Ledger()
	if len(list) != 1 || list[0].Action != "delete" || list[0].Method != "DELETE" || list[0].ID != "1" || list[0].Email == "" {
		t.Errorf("the ledger says %v", list)
	}
	a := send(t, s, "POST", "/growcrm/api/contacts", api.FormMedia, "first_name=A&last_name=B&clientid=1&email="+seed.TeamEmail)
	if a.status != 422 {
		t.Errorf("the address of the team is free: %d %s", a.status, a.raw)
	}
}

func TestGrowListsAndClients(t *testing.T) {
	s := New(Options{Contacts: 150})
	list := func(path string) ([]any, map[string]any) {
		a := send(t, s, "GET", "/growcrm/api/"+path, "", "")
		data, _ := a.body["data"].([]any)
		meta, _ := a.body["meta"].(map[string]any)
		return data, meta
	}
	data, meta := list("contacts?limit=500&page=2&sort=email&order=desc")
	if len(data) != 94 || meta["per_page"] != 100.0 || meta["total"] != 194.0 || meta["last_page"] != 2.0 {
		t.Errorf("%d contacts, %v", len(data), meta)
	}
	if data, _ = list("contacts?search=" + strings.ToUpper(seed.SamplePerson(199).Email[3:])); len(data) != 1 {
		t.Errorf("search by part of an address finds %d", len(data))
	}
	if data, _ = list("contacts?account_owner=yes&client_id=1"); len(data) != 1 {
		t.Errorf("client 1 has %d owners", len(data))
	}
	a := send(t, s, "POST", "/growcrm/api/clients", api.FormMedia, "first_name=New&last_name=Owner&email=new.owner@example.com&client_company_name=Nova+BV")
	client := a.body["data"].(map[string]any)
	if a.status != 201 || client["company_name"] != "Nova BV" || client["owner"].(map[string]any)["name"] != "New Owner" {
		t.Fatalf("create client: %d %s", a.status, a.raw)
	}
	if data, _ = list("clients?search=nova"); len(data) != 1 {
		t.Errorf("search finds %d clients", len(data))
	}
	if data, _ = list("contacts?search=new.owner@example.com"); len(data) != 1 {
		t.Errorf("the primary user is listed %d times", len(data))
	}
}

func peopleOf(a answer) []string {
	var names []string
	for _, item := range a.body["member"].([]any) {
		names = append(names, item.(map[string]any)["familyName"].(string))
	}
	return names
}

func TestRogerRogerFilters(t *testing.T) {
	s := New(Options{})
	a, b := seed.SamplePerson(190), seed.SamplePerson(193)
	get := func(query string) answer { return send(t, s, "GET", "/rogerroger/people?"+query, "", "") }
	tests := []struct {
		query string
		want  []string
	}{
		{"identifiers[]=" + strings.ToUpper(a.Email) + "&identifiers[]=" + b.Email + "&identifiers[]=nobody@example.com", []string{a.Last, b.Last}},
		{"identifiers=" + url.QueryEscape(a.Phone), []string{a.Last}},
		{"emailAddresses.email[]=" + b.Email + "&emailAddresses.email[]=" + a.Email + "&order[createdAt]=desc", []string{b.Last, a.Last}},
		{"emailAddresses.email=" + a.Email[1:], nil},
		{"identifiers=" + seed.ArchivedEmail, nil},
		{"identifiers=" + seed.ArchivedEmail + "&exists[archivedAt]=true", []string{"Archived"}},
		{"identifiers=" + seed.TwiceEmail, []string{"Twice", "Twice"}},
		{"createdAt[after]=2999-01-01", nil},
	}
	for _, tt := range tests {
		if got := peopleOf(get(tt.query)); !slices.Equal(got, tt.want) {
			t.Errorf("%s: %v, want %v", tt.query, got, tt.want)
		}
	}
}

func TestRogerRogerPatchesAndPages(t *testing.T) {
	s := New(Options{})
	path := "/rogerroger" + first(t, s, "/rogerroger/people", "member", "@id")
	merge := func(body string) map[string]any {
		return send(t, s, "PATCH", path, "application/merge-patch+json", body).body
	}
	before := merge(`{}`)
	after := merge(`{"jobTitle":null,"address":{"city":"Delft"},"emailAddresses":[{"email":"new@example.com"}]}`)
	address := after["address"].(map[string]any)
	if after["jobTitle"] != nil || address["city"] != "Delft" || address["street"] != before["address"].(map[string]any)["street"] ||
		len(after["emailAddresses"].([]any)) != 1 || after["familyName"] != before["familyName"] {
		t.Errorf("merge-patch: %v", after)
	}
	put := send(t, s, "PUT", path, "application/json", `{"familyName":"Only"}`)
	if put.body["givenName"] != nil || len(put.body["emailAddresses"].([]any)) != 0 {
		t.Errorf("PUT keeps what it leaves out: %s", put.raw)
	}
	next, seen := "/people?itemsPerPage=10&exists[archivedAt]=false", 0
	for next != "" {
		a := send(t, s, "GET", "/rogerroger"+next, "", "")
		seen += len(a.body["member"].([]any))
		next, _ = a.body["view"].(map[string]any)["next"].(string)
	}
	if seen != 32 {
		t.Errorf("%d people by view.next", seen)
	}
}

// TestRogerRogerDeletes: a person is deleted once, with nothing in the answer, and nothing else of the vendor can be.
func TestRogerRogerDeletes(t *testing.T) {
	s := New(Options{})
	person, tag := "/rogerroger"+first(t, s, "/rogerroger/people", "member", "@id"), "/rogerroger"+first(t, s, "/rogerroger/tags", "member", "@id")
	for i, tt := range []struct {
		path   string
		status int
	}{{person + "?a=b", 400}, {person, 204}, {person, 404}, {tag, 405}} {
		if a := send(t, s, "DELETE", tt.path, "", ""); a.status != tt.status || a.status == 204 && a.raw != "" {
			t.Errorf("%d: DELETE %s answers %d %s", i, tt.path, a.status, a.raw)
		}
	}
	if a := send(t, s, "GET", person, "", ""); a.status != 404 {
		t.Errorf("a deleted person can be read: %s", a.raw)
	}
	if list := s.Ledger(); len(list) != 1 || list[0].Action != "delete" || list[0].Email == "" {
		t.Errorf("the ledger has %v", list)
	}
}

func TestRogerRogerNotes(t *testing.T) {
	s := New(Options{})
	path := "/rogerroger" + first(t, s, "/rogerroger/people", "member", "@id") + "/notes"
	category := seededCategory(t, s)
	post(t, s, path, map[string]any{"description": "one", "category": category})
	post(t, s, path, map[string]any{"description": "two", "category": category, "flagged": true})
	post(t, s, path, map[string]any{"description": "three", "category": category})
	var got []string
	for _, item := range send(t, s, "GET", path, "", "").body["member"].([]any) {
		got = append(got, item.(map[string]any)["description"].(string))
	}
	if !slices.Equal(got, []string{"two", "three", "one"}) {
		t.Errorf("notes in the order %v", got)
	}
}

func TestRogerRogerLimitSlides(t *testing.T) {
	now := time.Date(2026, 7, 1, 12, 0, 0, 0, time.UTC)
	s := New(Options{Limits: true, Now: func() time.Time { return now }})
	status := func() (int, string) {
		a := send(t, s, "GET", "/rogerroger/tags", "", "")
		return a.status, a.header.Get("Retry-After")
	}
	for i := range 20 {
		if code, _ := status(); code != 200 {
			t.Fatalf("request %d: %d", i, code)
		}
		now = now.Add(time.Second)
	}
	if code, wait := status(); code != 429 || wait != "40" {
		t.Errorf("request 21: %d, Retry-After %q", code, wait)
	}
	now = now.Add(40 * time.Second)
	if code, _ := status(); code != 200 {
		t.Errorf("after the wait: %d", code)
	}
	if code, wait := status(); code != 429 || wait != "1" {
		t.Errorf("the window does not slide: %d, Retry-After %q", code, wait)
	}
}

func TestCloverhoundPhones(t *testing.T) {
	s := New(Options{})
	made := post(t, s, "/cloverhound/1/contacts", map[string]any{"full_name": "Jane Doe",
		"contact_phones_attributes": []any{map[string]any{"number": "+15125550101"}, map[string]any{"number": "+15125550102"}}})
	id := func(i int) float64 {
		return made["contact_phones"].([]any)[i].(map[string]any)["id"].(float64)
	}
	path := fmt.Sprintf("/cloverhound/1/contacts/%v", made["id"])
	a := send(t, s, "PATCH", path, "application/json", fmt.Sprintf(
		`{"description":"VIP","contact_phones_attributes":[{"id":%v,"_destroy":true},{"id":%v,"number":"+15125550103"},{"number":"+15125550104"}]}`, id(0), id(1)))
	var numbers []string
	for _, p := range a.body["contact_phones"].([]any) {
		numbers = append(numbers, p.(map[string]any)["number"].(string))
	}
	if !slices.Equal(numbers, []string{"+15125550103", "+15125550104"}) || a.body["full_name"] != "Jane Doe" || a.body["description"] != "VIP" {
		t.Errorf("after PATCH: %s", a.raw)
	}
	list := send(t, s, "GET", "/cloverhound/1/contacts?page=2", "", "")
	var contacts []map[string]any
	if err := json.Unmarshal([]byte(list.raw), &contacts); err != nil || len(contacts) != 8 {
		t.Errorf("page 2 of 33: %d, %v", len(contacts), err)
	}
}

func TestRequestsAreCounted(t *testing.T) {
	s := New(Options{})
	send(t, s, "GET", "/rogerroger/tags", "", "")
	send(t, s, "POST", "/rogerroger/tags", "application/json", `{}`)
	send(t, s, "GET", "/rogerroger/nowhere", "", "")
	if s.Requests(rogerroger.Name) != 3 || s.Writes(rogerroger.Name) != 1 || s.Requests(growcrm.Name) != 0 {
		t.Errorf("%d requests, %d writes", s.Requests(rogerroger.Name), s.Writes(rogerroger.Name))
	}
	if calls := s.Calls(rogerroger.Name); calls["POST /tags"] != 1 || calls["GET /tags"] != 1 || len(calls) != 2 {
		t.Errorf("calls %v", calls)
	}
}

func TestConcurrentUse(t *testing.T) {
	s := New(Options{Contacts: 100})
	var wg sync.WaitGroup
	for worker := range 8 {
		wg.Go(func() {
			for i := range 25 {
				email := fmt.Sprintf("w%d.%d@example.com", worker, i)
				send(t, s, "POST", commanderPeople, "application/json", `{"email":"`+email+`","tags":["a"]}`)
				send(t, s, "POST", "/growcrm/api/contacts", api.FormMedia, "first_name=A&last_name=B&clientid=1&email="+email)
				send(t, s, "POST", "/rogerroger/people", "application/json", `{"familyName":"A","emailAddresses":[{"email":"`+email+`"}]}`)
				send(t, s, "POST", "/cloverhound/1/contacts", "application/json", `{"full_name":"A","email":"`+email+`"}`)
				for _, path := range []string{commanderPeople, "/growcrm/api/contacts?sort=email&search=a", "/growcrm/api/contacts", "/rogerroger/people?order[familyName]=asc", "/cloverhound/1/contacts"} {
					if a := send(t, s, "GET", path, "", ""); a.status != 200 {
						t.Errorf("%s: %d", path, a.status)
					}
				}
			}
		})
	}
	wg.Wait()
	if n := len(s.Ledger()); n != 800 {
		t.Errorf("the ledger has %d entries, want 800", n)
	}
}

func BenchmarkCreate(b *testing.B) {
	for vendor, request := range map[string][3]string{
		clientcommander.Name: {commanderPeople, "application/json", `{"firstName":"Jane","lastName":"Doe","email":"%d@example.com","phone":"+15125550100"}`},
		growcrm.Name:         {"/growcrm/api/contacts", api.FormMedia, "first_name=Jane&last_name=Doe&clientid=1&email=%d@example.com"},
		rogerroger.Name:      {"/rogerroger/people", "application/json", `{"familyName":"Doe","emailAddresses":[{"email":"%d@example.com"}]}`},
		cloverhound.Name:     {"/cloverhound/1/contacts", "application/json", `{"full_name":"Jane Doe","email":"%d@example.com"}`},
	} {
		b.Run(vendor, func(b *testing.B) {
			handler := New(Options{}).Handler()
			for i := range b.N {
				r := httptest.NewRequest("POST", request[0], strings.NewReader(fmt.Sprintf(request[2], i)))
				r.Header.Set("Content-Type", request[1])
				authorize(r, vendor)
				handler.ServeHTTP(httptest.NewRecorder(), r)
			}
		})
	}
}

func BenchmarkSeed(b *testing.B) {
	for _, vendor := range []string{clientcommander.Name, growcrm.Name, rogerroger.Name, cloverhound.Name} {
		b.Run(vendor, func(b *testing.B) {
			b.ReportAllocs()
			for range b.N {
				New(Options{Contacts: 100_000}).vendor(vendor).Load()
			}
		})
	}
}
