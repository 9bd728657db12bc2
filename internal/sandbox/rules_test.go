package sandbox

import (
	"encoding/json"
	"fmt"
	"net/url"
	"strings"
	"testing"
	"time"

	"crmferry/internal/sandbox/api"
	"crmferry/internal/sandbox/clientcommander"
	"crmferry/internal/sandbox/cloverhound"
	"crmferry/internal/sandbox/growcrm"
	"crmferry/internal/sandbox/rogerroger"
	"crmferry/internal/sandbox/seed"
)

// target is a request that keeps every rule, of which a test breaks one.
type target struct {
	method, path, media string
	body                map[string]any // of a form or JSON
	query               string
}

// targets has a good request for every schema.
func targets(t testing.TB, s *Server) map[string]target {
	person := first(t, s, "/clientcommander/v1/people", "data", "id")
	roger := "/rogerroger" + first(t, s, "/rogerroger/people", "member", "@id")
	tag, segment := first(t, s, "/rogerroger/tags", "member", "@id"), first(t, s, "/rogerroger/segments", "member", "@id")
	organization := first(t, s, "/rogerroger/organizations", "member", "@id")
	note := map[string]any{"description": "Called.", "category": seededCategory(t, s)}
	made := post(t, s, roger+"/notes", note)
	contact := map[string]any{"first_name": "Jane", "last_name": "Doe", "email": "jane.rule@example.com"}
	named := map[string]any{"first_name": "Jane", "last_name": "Doe", "email": "jane.rule@example.com", "clientid": "1"}
	lead := map[string]any{"lead_title": "A lead", "lead_status": "1", "lead_categoryid": "3"}
	const ld, merge, js = "application/ld+json", "application/merge-patch+json", "application/json"
	return map[string]target{
		"clientcommander.person":        {"POST", "/clientcommander/v1/people", js, map[string]any{}, ""},
		"clientcommander.person-update": {"PUT", "/clientcommander/v1/people/" + person, js, map[string]any{}, ""},
		"clientcommander.tags":          {"POST", "/clientcommander/v1/people/" + person + "/tags", js, map[string]any{"tags": []any{"a"}}, ""},
		"clientcommander.people":        {"GET", "/clientcommander/v1/people", "", nil, ""},
		"clientcommander.search":        {"GET", "/clientcommander/v1/people/search", "", nil, "id=x"},
		"clientcommander.delete":        {"DELETE", "/clientcommander/v1/people/" + person, "", nil, ""},
		"growcrm.contacts":              {"GET", "/growcrm/api/contacts", "", nil, ""},
		"growcrm.contact":               {"POST", "/growcrm/api/contacts", api.FormMedia, named, ""},
		"growcrm.contact-update":        {"PATCH", "/growcrm/api/contacts/20", api.FormMedia, contact, ""},
		"growcrm.clients":               {"GET", "/growcrm/api/clients", "", nil, ""},
		"growcrm.team":                  {"GET", "/growcrm/api/team", "", nil, ""},
		"growcrm.client":                {"POST", "/growcrm/api/clients", api.FormMedia, contact, ""},
		"growcrm.client-update":         {"PATCH", "/growcrm/api/clients/1", api.FormMedia, map[string]any{"client_company_name": "Acme"}, ""},
		"growcrm.client-tags":           {"PUT", "/growcrm/api/clients/1/tags", api.FormMedia, map[string]any{"tags[]": "a"}, ""},
		"growcrm.client-status":         {"PUT", "/growcrm/api/clients/1/status", api.FormMedia, map[string]any{"status": "active"}, ""},
		"growcrm.client-owner":          {"PUT", "/growcrm/api/clients/1/owner", api.FormMedia, map[string]any{"owner": "1"}, ""},
		"growcrm.category":              {"POST", "/growcrm/api/categories", api.FormMedia, map[string]any{"category_name": "New", "category_type": "client"}, ""},
		"growcrm.leads":                 {"GET", "/growcrm/api/leads", "", nil, ""},
		"growcrm.lead":                  {"POST", "/growcrm/api/leads", api.FormMedia, lead, ""},
		"growcrm.lead-update":           {"PATCH", "/growcrm/api/leads/1", api.FormMedia, lead, ""},
		"growcrm.lead-status":           {"PUT", "/growcrm/api/leads/1/status", api.FormMedia, map[string]any{"status": "2"}, ""},
		"growcrm.lead-assigned":         {"PUT", "/growcrm/api/leads/1/assigned", api.FormMedia, map[string]any{"assigned[]": fmt.Sprint(len(seed.Companies) + 1)}, ""},
		"growcrm.lead-tags":             {"PUT", "/growcrm/api/leads/1/tags", api.FormMedia, map[string]any{"tags[]": "a"}, ""},
		"growcrm.notes":                 {"GET", "/growcrm/api/notes", "", nil, ""},
		"growcrm.note":                  {"POST", "/growcrm/api/notes", api.FormMedia, map[string]any{"note_title": "T", "note_description": "D", "noteresource_type": "client", "noteresource_id": "1"}, ""},
		"growcrm.note-update":           {"PATCH", "/growcrm/api/notes/1", api.FormMedia, map[string]any{"note_title": "T", "note_description": "D"}, ""},
		"growcrm.note-tags":             {"PUT", "/growcrm/api/notes/1/tags", api.FormMedia, map[string]any{"tags[]": "a"}, ""},
		"growcrm.categories":            {"GET", "/growcrm/api/categories", "", nil, ""},
		"rogerroger.people":             {"GET", "/rogerroger/people", "", nil, ""},
		"rogerroger.person":             {"POST", "/rogerroger/people", ld, map[string]any{"familyName": "Doe"}, ""},
		"rogerroger.person-patch":       {"PATCH", roger, merge, map[string]any{}, ""},
		"rogerroger.notes":              {"GET", roger + "/notes", "", nil, ""},
		"rogerroger.note":               {"POST", roger + "/notes", ld, note, ""},
		"rogerroger.organization-notes": {"GET", "/rogerroger" + organization + "/notes", "", nil, ""},
		"rogerroger.organization-note":  {"POST", "/rogerroger" + organization + "/notes", ld, note, ""},
		"rogerroger.note-patch":         {"PATCH", roger + "/notes/" + made["id"].(string), merge, map[string]any{}, ""},
		"rogerroger.tags":               {"GET", "/rogerroger/tags", "", nil, ""},
		"rogerroger.tag":                {"POST", "/rogerroger/tags", ld, map[string]any{"title": "New"}, ""},
		"rogerroger.tag-patch":          {"PATCH", "/rogerroger" + tag, merge, map[string]any{}, ""},
		"rogerroger.segments":           {"GET", "/rogerroger/segments", "", nil, ""},
		"rogerroger.segment":            {"POST", "/rogerroger/segments", ld, map[string]any{"title": "New", "icon": "star"}, ""},
		"rogerroger.segment-patch":      {"PATCH", "/rogerroger" + segment, merge, map[string]any{}, ""},
		"rogerroger.organizations":      {"GET", "/rogerroger/organizations", "", nil, ""},
		"rogerroger.organization":       {"POST", "/rogerroger/organizations", ld, map[string]any{"title": "New"}, ""},
		"rogerroger.organization-patch": {"PATCH", "/rogerroger" + organization, merge, map[string]any{}, ""},
		"cloverhound.contact":           {"POST", "/cloverhound/1/contacts", js, map[string]any{"full_name": "Jane Doe"}, ""},
		"cloverhound.contacts":          {"GET", "/cloverhound/1/contacts", "", nil, ""},
	}
}

func first(t testing.TB, s *Server, path, list, name string) string {
	t.Helper()
	items, _ := send(t, s, "GET", path, "", "").body[list].([]any)
	if len(items) == 0 {
		t.Fatalf("%s lists nothing", path)
	}
	return items[0].(map[string]any)[name].(string)
}

// seededCategory is the IRI of a category of notes, which no call lists: that of the first note on a seeded person.
func seededCategory(t testing.TB, s *Server) string {
	t.Helper()
	people, _ := send(t, s, "GET", "/rogerroger/people?itemsPerPage=30", "", "").body["member"].([]any)
	for _, p := range people {
		notes := send(t, s, "GET", "/rogerroger"+p.(map[string]any)["@id"].(string)+"/notes", "", "").body
		if items, _ := notes["member"].([]any); len(items) > 0 {
			return items[0].(map[string]any)["category"].(string)
		}
	}
	t.Fatal("no seeded person has a note")
	return ""
}

func post(t testing.TB, s *Server, path string, body map[string]any) map[string]any {
	t.Helper()
	a := send(t, s, "POST", path, "application/json", encodeJSON(t, body))
	if a.status >= 300 {
		t.Fatalf("POST %s: %d %s", path, a.status, a.raw)
	}
	return a.body
}

func encodeJSON(t testing.TB, v any) string {
	raw, err := json.Marshal(v)
	if err != nil {
		t.Fatal(err)
	}
	return string(raw)
}

func (g target) send(t testing.TB, s *Server) answer {
	t.Helper()
	path, body := g.path, ""
	if g.query != "" {
		path += "?" + g.query
	}
	switch {
	case g.media == api.FormMedia:
		form := url.Values{}
		for name, v := range g.body {
			form.Set(name, fmt.Sprint(v))
		}
		body = form.Encode()
	case g.body != nil:
		body = encodeJSON(t, g.body)
	}
	return send(t, s, g.method, path, g.media, body)
}

// with is the request with one field set to a value; nil takes the field away.
func (g target) with(path string, value any) target {
	if g.media == "" {
		q, _ := url.ParseQuery(g.query)
		q.Set(path, fmt.Sprint(value))
		g.query = q.Encode()
		return g
	}
	body := map[string]any{}
	for name, v := range g.body {
		body[name] = v
	}
	name, rest, nested := strings.Cut(path, ".")
	bare := strings.TrimSuffix(name, "[]")
	if g.media == api.FormMedia {
		bare = name
	}
	if nested {
		value = map[string]any{rest: value}
	}
	if bare != name {
		value = []any{value}
	}
	if body[bare] = value; value == nil {
		delete(body, bare)
	}
	g.body = body
	return g
}

// bound is a value that just keeps a rule, nil if none does, and one that just breaks it.
type bound struct{ good, bad any }

// runes is a text of n characters that take two bytes each.
func runes(n int) string { return strings.Repeat("é", n) }

func list21(n int) []any {
	items := make([]any, n)
	for i := range items {
		items[i] = fmt.Sprint("tag", i)
	}
	return items
}

// bounds states the limits again, by the end of the rule's id: the longest end that fits counts.
func bounds() map[string]bound {
	mail := func(n int) string { return strings.Repeat("a", n-len("@example.com")) + "@example.com" }
	return map[string]bound{
		"firstName.length": {runes(100), runes(101)}, "lastName.length": {runes(100), runes(101)},
		"email.length": {mail(255), mail(256)}, "email.pattern": {"a.b+c@example.com", "a@example"},
		"phone.pattern": {"+15125550100", "+1 512 555 0100"}, "source.length": {runes(100), runes(101)},
		"price.range": {0, -0.01}, "timeframe.length": {runes(100), runes(101)}, "background.length": {runes(5000), runes(5001)},
		"tags.length": {list21(20), list21(21)}, "tags[].length": {runes(50), runes(51)}, "street.length": {runes(200), runes(201)},
		"city.length": {runes(100), runes(101)}, "state.length": {"TX", "TEX"}, "state.pattern": {"TX", "tx"}, "zipCode.pattern": {"78701-1234", "7870"},
		"people.limit.range": {100, 101}, "limit.range": {1, 0}, "page.range": {1, 0}, "itemsPerPage.range": {30, 31}, "per_page.range": {100, 101},
		"name.length": {"ab", "a"}, "send_email.values": {"no", "maybe"}, "account_owner.values": {"yes", "maybe"},
		"sort.values": {nil, "phone"}, "order.values": {"desc", "up"}, "status.values": {"suspended", "deleted"}, "team.status.values": {"deleted", "gone"},
		"familyName.length": {"D", ""}, "description.length": {"D", ""}, "category.length": {nil, ""},
		"title.length": {"T", ""}, "icon.length": {"i", ""}, "order[familyName].values": {"asc", "up"}, "order[createdAt].values": {"asc", "up"},
		"lead_value.pattern": {"10.50", "ten"}, "lead_last_contacted.pattern": {"2026-06-15", "15/06/2026"}, "notes.visibility.values": {"private", "secret"}, "note_visibility.values": {"private", "secret"}, "lead_email.pattern": {"a.b+c@example.com", "a@example"},
		"resource_type.values": {"lead", "ticket"}, "noteresource_type.values": {nil, "ticket"}, "active_state.values": {"archived", "asleep"},
		"order[flagged].values": {"asc", "up"}, "view.values": {"idx", "all"},
	}
}

// TestEveryRule breaks each rule in turn and sees the refusal; a rule that nothing here breaks fails.
func TestEveryRule(t *testing.T) {
	special := specialCases()
	for _, rule := range Rules() {
		t.Run(rule.ID, func(t *testing.T) {
			s := New(Options{})
			if do := special[rule.ID]; do != nil {
				refused(t, rule, do(t))
				return
			}
			breakField(t, s, rule)
		})
	}
}

func refused(t *testing.T, rule api.Rule, a answer) {
	t.Helper()
	if a.status < 400 || a.status > 499 || a.header.Get(api.RuleHeader) != rule.ID {
		t.Errorf("breaking %q (%s): status %d, rule %q\n%s", rule.ID, rule.Text, a.status, a.header.Get(api.RuleHeader), a.raw)
	}
}

// breakField breaks a rule that a schema states of a field.
func breakField(t *testing.T, s *Server, rule api.Rule) {
	all := targets(t, s)
	parts := strings.SplitN(rule.ID, ".", 3)
	name, code := parts[0]+"."+parts[1], rule.ID[strings.LastIndexByte(rule.ID, '.')+1:]
	path := strings.TrimSuffix(strings.TrimPrefix(rule.ID, name+"."), code)
	path = strings.TrimSuffix(path, ".")
	g, ok := all[name]
	if !ok {
		t.Fatalf("nothing breaks this rule")
	}
	other := New(Options{})
	if a := targets(t, other)[name].send(t, other); g.method != "DELETE" && a.status >= 300 && name != "clientcommander.search" {
		t.Fatalf("the good request was refused: %d %s", a.status, a.raw)
	}
	switch code {
	case api.BadUnknown:
		path = strings.TrimPrefix(path+".shoeSize", ".")
		refusedNaming(t, rule, "shoeSize", g.with(path, "42").send(t, s))
	case api.BadReadOnly:
		refusedNaming(t, rule, path, g.with(path, "x").send(t, s))
	case api.BadMissing:
		refusedNaming(t, rule, path, g.with(path, nil).send(t, s))
	case api.BadType:
		refusedNaming(t, rule, path, g.with(path, wrong(path, g)).send(t, s))
	case "content-type":
		g.media = "text/plain"
		refused(t, rule, g.send(t, s))
	case "syntax":
		refused(t, rule, send(t, s, g.method, g.path, g.media, map[bool]string{true: "a=%zz", false: `{"a":`}[g.media == api.FormMedia]))
	default:
		breakBound(t, s, rule, g, path)
	}
}

// breakBound tries the values on both sides of a limit.
func breakBound(t *testing.T, s *Server, rule api.Rule, g target, path string) {
	var b bound
	best := ""
	for end, x := range bounds() {
		if strings.HasSuffix(rule.ID, "."+end) && len(end) > len(best) {
			b, best = x, end
		}
	}
	if best == "" {
		t.Fatal("nothing breaks this rule")
	}
	refusedNaming(t, rule, path, g.with(path, b.bad).send(t, s))
	if b.good == nil {
		return
	}
	if a := g.with(path, b.good).send(t, s); a.status >= 300 {
		t.Errorf("%v was refused: %d %s", b.good, a.status, a.raw)
	}
}

// wrong is a value of another type than the field's.
func wrong(path string, g target) any {
	switch path[strings.LastIndexByte(path, '.')+1:] {
	case "isTracked", "flagged", "isPrivate", "_destroy":
		return "text"
	}
	if g.media == "" || g.media == api.FormMedia {
		return "soon"
	}
	return true
}

// refusedNaming also wants the field's name in the answer, as the vendor's errors show it.
func refusedNaming(t *testing.T, rule api.Rule, path string, a answer) {
	t.Helper()
	refused(t, rule, a)
	last := path[strings.LastIndexByte(path, '.')+1:]
	if !strings.Contains(a.raw, strings.TrimSuffix(last, "[]")) {
		t.Errorf("the refusal does not name %q: %s", path, a.raw)
	}
}

// specialCases break the rules that are not about one field's value.
func specialCases() map[string]func(*testing.T) answer {
	cases := map[string]func(*testing.T) answer{}
	get := func(path string) func(*testing.T) answer {
		return func(t *testing.T) answer { return send(t, New(Options{}), "GET", path, "", "") }
	}
	do := func(method, path, media, body string, header ...string) func(*testing.T) answer {
		return func(t *testing.T) answer { return send(t, New(Options{}), method, path, media, body, header...) }
	}
	for vendor, path := range map[string]string{clientcommander.Name: "/v1/people", growcrm.Name: "/api/contacts", rogerroger.Name: "/people", cloverhound.Name: "/1/contacts"} {
		at := "/" + vendor + path
		cases[vendor+".key"] = do("GET", at, "", "", "Authorization", "Bearer wrong", "X-API-KEY", "wrong")
		cases[vendor+".path"] = get("/" + vendor + "/nothing/here/at/all")
		cases[vendor+".method"] = do("OPTIONS", at, "", "")
		cases[vendor+".size"] = do("POST", at, map[string]string{growcrm.Name: api.FormMedia}[vendor]+"application/json", strings.Repeat(" ", api.MaxBody+1))
		cases[vendor+".limit"] = func(t *testing.T) answer { return overLimit(t, at) }
	}
	none := "00000000-0000-4000-8000-000000000000"
	cases["clientcommander.query"] = get("/clientcommander/v1/me?a=b")
	cases["growcrm.query"] = get("/growcrm/api/contacts/1?a=b")
	cases["rogerroger.query"] = get("/rogerroger/people/1?a=b")
	cases["cloverhound.query"] = get("/cloverhound/1/contacts/1?a=b")
	cases["clientcommander.person.exists"] = get("/clientcommander/v1/people/nobody-here")
	cases["clientcommander.person.id"] = get("/clientcommander/v1/people/short")
	cases["clientcommander.person.stage.exists"] = do("POST", "/clientcommander/v1/people", "application/json", `{"stage":"Lead"}`)
	cases["clientcommander.people.cursor.valid"] = get("/clientcommander/v1/people?cursor=x")
	cases["clientcommander.search.any"] = get("/clientcommander/v1/people/search")
	cases["clientcommander.idempotency-key.length"] = do("POST", "/clientcommander/v1/people", "application/json", `{}`, "Idempotency-Key", "fifteen-letters")
	cases["clientcommander.idempotency-key.body"] = func(t *testing.T) answer {
		s := New(Options{})
		send(t, s, "POST", "/clientcommander/v1/people", "application/json", `{"firstName":"A"}`, "Idempotency-Key", "sixteen-letters-")
		return send(t, s, "POST", "/clientcommander/v1/people", "application/json", `{"firstName":"B"}`, "Idempotency-Key", "sixteen-letters-")
	}
	cases["growcrm.contact.email.taken"] = do("POST", "/growcrm/api/contacts", api.FormMedia, "first_name=A&last_name=B&clientid=1&email="+strings.ToUpper(seed.TeamEmail))
	cases["growcrm.contact.clientid.exists"] = do("POST", "/growcrm/api/contacts", api.FormMedia, "first_name=A&last_name=B&clientid=99&email=a@example.com")
	cases["growcrm.contact.exists"] = get("/growcrm/api/contacts/999")
	cases["growcrm.contact.owner"] = do("PUT", fmt.Sprintf("/growcrm/api/contacts/%d/account-owner", len(seed.Companies)+1), "", "") // the team member
	cases["growcrm.note.exists"] = get("/growcrm/api/notes/999")
	cases["growcrm.note.resource"] = do("POST", "/growcrm/api/notes", api.FormMedia, "note_title=T&note_description=D&noteresource_type=client&noteresource_id=999")
	cases["growcrm.lead.exists"] = get("/growcrm/api/leads/999")
	cases["growcrm.lead.status"] = do("POST", "/growcrm/api/leads", api.FormMedia, "lead_title=T&lead_status=9&lead_categoryid=3")
	cases["growcrm.lead.category"] = do("POST", "/growcrm/api/leads", api.FormMedia, "lead_title=T&lead_status=1&lead_categoryid=2")
	cases["growcrm.lead.assigned"] = do("PUT", "/growcrm/api/leads/1/assigned", api.FormMedia, "assigned[]=1")
	cases["growcrm.client.category"] = do("PATCH", "/growcrm/api/clients/1", api.FormMedia, "client_company_name=Acme&client_categoryid=3")
	cases["growcrm.category.taken"] = do("POST", "/growcrm/api/categories", api.FormMedia, "category_name=default&category_type=client")
	cases["growcrm.client.exists"] = get("/growcrm/api/clients/999")
	cases["growcrm.client.owner"] = do("PUT", "/growcrm/api/clients/1/owner", api.FormMedia, "owner=2")
	cases["rogerroger.person.exists"] = get("/rogerroger/people/" + none)
	cases["rogerroger.person.delete"] = func(t *testing.T) answer {
		s := New(Options{})
		return send(t, s, "DELETE", "/rogerroger"+first(t, s, "/rogerroger/people", "member", "@id"), "application/json", `{"id":"1"}`)
	}
	cases["rogerroger.organization.delete"] = func(t *testing.T) answer {
		s := New(Options{})
		return send(t, s, "DELETE", "/rogerroger"+first(t, s, "/rogerroger/organizations", "member", "@id"), "application/json", `{"id":"1"}`)
	}
	cases["rogerroger.note.exists"] = func(t *testing.T) answer {
		s := New(Options{})
		return send(t, s, "GET", "/rogerroger"+first(t, s, "/rogerroger/people", "member", "@id")+"/notes/"+none, "", "")
	}
	for _, kind := range []string{"tags", "segments", "organizations"} {
		cases["rogerroger."+kind+".exists"] = get("/rogerroger/" + kind + "/" + none)
	}
	cases["rogerroger.iri.exists"] = do("POST", "/rogerroger/people", "application/json", `{"familyName":"D","tags":["/tags/VIP"]}`)
	cases["cloverhound.organization.type"] = get("/cloverhound/acme/contacts")
	cases["cloverhound.organization"] = get("/cloverhound/2/contacts")
	cases["cloverhound.contact.exists"] = get("/cloverhound/1/contacts/999")
	cases["cloverhound.contact.phone.e164"] = do("POST", "/cloverhound/1/contacts", "application/json", `{"full_name":"A","contact_phones_attributes":[{"number":"0301234567"}]}`)
	cases["cloverhound.contact.phone.id"] = do("POST", "/cloverhound/1/contacts", "application/json", `{"full_name":"A","contact_phones_attributes":[{"id":1,"number":"+15125550100"}]}`)
	return cases
}

// overLimit sends requests at one moment until one is refused.
func overLimit(t *testing.T, path string) answer {
	now := time.Date(2026, 7, 1, 12, 0, 0, 0, time.UTC)
	s := New(Options{Limits: true, Now: func() time.Time { return now }})
	for range 1000 {
		if a := send(t, s, "GET", path, "", ""); a.status != 200 {
			return a
		}
	}
	return answer{}
}
