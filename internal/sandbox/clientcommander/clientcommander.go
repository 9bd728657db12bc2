package clientcommander

import (
	"encoding/base64"
	"encoding/json"
	"fmt"
	"net/http"
	"regexp"
	"strconv"
	"time"

	"crmferry/internal/sandbox/api"
)

// Pages of Client Commander's documentation.
const (
	commanderCreatePage = "https://docs.clientcommander.com/api-reference/people/create"
	commanderUpdatePage = "https://docs.clientcommander.com/api-reference/people/update"
	commanderListPage   = "https://docs.clientcommander.com/api-reference/people/list"
	commanderSearchPage = "https://docs.clientcommander.com/api-reference/people/search"
	commanderDeletePage = "https://docs.clientcommander.com/api-reference/people/delete"
	commanderTagsPage   = "https://docs.clientcommander.com/api-reference/people/add-tags"
)

// commanderPerson is a contact of Client Commander.
type commanderPerson struct {
	api.Record
	first, last, email, phone            string
	source, stage, timeframe, background string
	street, city, state, zip             string
	price                                json.Number
	tags                                 []string
	words                                string // the full name, folded
	trashed                              bool
}

type commander struct {
	*api.Vendor
	people api.Collection[*commanderPerson]
	gone   map[string]int // numbers of people deleted for good, so that cursors stay good
	emails api.Index[*commanderPerson]
	phones api.Index[*commanderPerson]
	keys   map[string]keyed
}

// keyed is what was answered to a create with an idempotency key.
type keyed struct {
	body   string
	answer []byte
	at     time.Time
}

// Name is the name of the vendor, and the path that it is served under.
const Name = "clientcommander"

// Key is the invented key that the sandbox takes, and no other.
const Key = "ccmd_live_sandbox0invented0key"

func environment(base string) []api.Setting {
	return []api.Setting{{Name: "CRMFERRY_CLIENTCOMMANDER_URL", Value: base + "/clientcommander"}, {Name: "CRMFERRY_CLIENTCOMMANDER_KEY", Value: Key}}
}

// New makes the vendor.
func New(s api.Settings) *api.Vendor {
	m := &commander{gone: map[string]int{}, emails: api.Index[*commanderPerson]{}, phones: api.Index[*commanderPerson]{}, keys: map[string]keyed{}}
	m.Vendor = &api.Vendor{Name: Name, Environment: environment, Settings: s, Fail: m.refuse, Load: m.seed}
	m.Vendor.Churn, m.Vendor.ContactIDs = m.churn, func() []string { return api.IdsOf(m.people.Live, m.Listed) }
	m.Authorized = func(r *http.Request) bool { return r.Header.Get("Authorization") == "Bearer "+Key }
	if s.Limits {
		m.Limit = api.UnpublishedLimit()
	}
	media := []string{"application/json"}
	m.Routes = []*api.Route{
		{Method: "GET", Pattern: "/v1/people", Query: commanderListSchema(), Contacts: true, Handle: m.List},
		{Method: "GET", Pattern: "/v1/people/search", Query: commanderSearchSchema(), Handle: m.search},
		{Method: "POST", Pattern: "/v1/people", Media: media, Body: commanderSchema("clientcommander.person", commanderCreatePage), Handle: m.upsert},
		{Method: "GET", Pattern: "/v1/people/{id}", Handle: m.Get},
		{Method: "PUT", Pattern: "/v1/people/{id}", Media: media, Body: commanderSchema("clientcommander.person-update", commanderUpdatePage), Handle: m.update},
		{Method: "DELETE", Pattern: "/v1/people/{id}", Query: commanderDeleteSchema(), Handle: m.delete},
		{Method: "POST", Pattern: "/v1/people/{id}/tags", Media: media, Body: commanderTagsSchema(), Handle: m.addTags},
		{Method: "GET", Pattern: "/v1/users", Handle: m.listUsers},
		{Method: "GET", Pattern: "/v1/me", Handle: m.me},
	}
	return m.Vendor
}

func commanderTags() api.Field {
	return api.Field{Name: "tags", Kind: api.List, Max: 20, Item: &api.Field{Min: 1, Max: 50}}
}

// commanderSchema is the body of create and update: no field is marked as required on either page.
func commanderSchema(name, page string) *api.Schema {
	fields := []api.Field{
		{Name: "firstName", Min: 1, Max: 100}, {Name: "lastName", Min: 1, Max: 100}, {Name: "email", Email: true, Max: 255},
		{Name: "phone", Pattern: regexp.MustCompile(`^\+?[1-9]\d{1,14}$`)}, {Name: "source", Max: 100}, {Name: "stage"},
		{Name: "price", Kind: api.Number, NotNeg: true}, {Name: "timeframe", Max: 100}, {Name: "background", Max: 5000}, commanderTags(),
		{Name: "street", Max: 200}, {Name: "city", Max: 100}, {Name: "state", Max: 2, Pattern: regexp.MustCompile(`^[A-Z]{2}$`)},
		{Name: "zipCode", Pattern: regexp.MustCompile(`^\d{5}(-\d{4})?$`)},
	}
	for _, name := range []string{"id", "fullName", "emails", "phones", "assignedAgentId", "assignedAgentName", "assignedAgentEmail",
		"stageId", "stageName", "relationship", "createdAt", "updatedAt"} {
		fields = append(fields, api.Field{Name: name, ReadOnly: true})
	}
	return &api.Schema{Name: name, Page: page, Fields: fields}
}

func commanderTagsSchema() *api.Schema {
	tags := commanderTags()
	tags.Required, tags.Min = true, 1
	return &api.Schema{Name: "clientcommander.tags", Page: commanderTagsPage, Fields: []api.Field{tags}}
}

func commanderListSchema() *api.Schema {
	return &api.Schema{Name: "clientcommander.people", Page: commanderListPage, Texts: true, Fields: []api.Field{
		{Name: "limit", Kind: api.Numeral, Min: 1, Max: 100}, {Name: "cursor"}}}
}

func commanderSearchSchema() *api.Schema {
	return &api.Schema{Name: "clientcommander.search", Page: commanderSearchPage, Texts: true, Fields: []api.Field{
		{Name: "id"}, {Name: "email", Email: true}, {Name: "phone"}, {Name: "name", Min: 2}}}
}

func commanderDeleteSchema() *api.Schema {
	return &api.Schema{Name: "clientcommander.delete", Page: commanderDeletePage, Texts: true, Fields: []api.Field{{Name: "permanent", Kind: api.Flag}}}
}

func Rules() []api.Rule {
	rules := []api.Rule{
		{ID: "clientcommander.key", Text: "every request carries a valid API key", Page: commanderCreatePage},
		{ID: "clientcommander.limit", Text: "at most 100 requests in any 10 s", Page: ""},
		{ID: "clientcommander.path", Text: "only documented paths exist", Page: ""},
		{ID: "clientcommander.method", Text: "only documented methods are allowed", Page: commanderCreatePage},
		{ID: "clientcommander.query", Text: "no query parameters where none are documented", Page: ""},
		{ID: "clientcommander.size", Text: "a body is at most 1 MiB long", Page: ""},
		{ID: "clientcommander.person.exists", Text: "the contact exists", Page: commanderUpdatePage},
		{ID: "clientcommander.person.id", Text: "an id matches ^[a-zA-Z0-9_-]{8,}$", Page: commanderUpdatePage},
		{ID: "clientcommander.person.stage.exists", Text: "stage is the id of a stage", Page: commanderCreatePage},
		{ID: "clientcommander.people.cursor.valid", Text: "a cursor comes from meta.nextCursor", Page: commanderListPage},
		{ID: "clientcommander.search.any", Text: "a search has at least one parameter", Page: ""},
		{ID: "clientcommander.idempotency-key.length", Text: "an Idempotency-Key has 16 to 64 characters", Page: commanderCreatePage},
		{ID: "clientcommander.idempotency-key.body", Text: "an Idempotency-Key belongs to one body", Page: ""},
	}
	for _, s := range []*api.Schema{commanderSchema("clientcommander.person", commanderCreatePage),
		commanderSchema("clientcommander.person-update", commanderUpdatePage), commanderTagsSchema()} {
		rules = append(rules, api.Rule{ID: s.Name + ".content-type", Text: "bodies are application/json", Page: s.Page}, api.Rule{ID: s.Name + ".syntax", Text: "a body is a JSON object", Page: s.Page})
		rules = append(rules, s.Rules()...)
	}
	for _, s := range []*api.Schema{commanderListSchema(), commanderSearchSchema(), commanderDeleteSchema()} {
		rules = append(rules, s.Rules()...)
	}
	return rules
}

func Choices() []string {
	return []string{
		"POST updates the contact with the same e-mail address, without case; where the body has none, the one with the same phone digits",
		"POST changes what the body names and replaces tags; a new contact needs no field at all and is a Lead unless stage says otherwise",
		"PUT clears what the body leaves out, but for tags and address, and replaces tags where they are given",
		"adding tags answers with the number of tags added",
		"errors read {meta, success: false, message, errors: [{field, message}]}; a broken rule is a 400, an unknown id a 404",
		"the same Idempotency-Key with the same body answers the same bytes for 24 h, with another body 422",
		"the last page has hasMore false and no nextCursor; an unknown cursor is a 400; contacts are listed in order of creation",
		"trashed contacts are neither listed nor found nor matched, and deleting them again is a 404 unless permanent",
		"search without a parameter is a 400, several parameters narrow; name finds every full name that contains it",
		"addresses of e-mail have the type \"work\", numbers the type \"mobile\"; stage is refused if no such stage exists",
		"GET /v1/people/{id} answers {meta, data}",
		"unknown and read-only fields and unknown query parameters are refused",
		"with limits on: 100 requests in any 10 s, then 429 with Retry-After",
	}
}

func (m *commander) meta() map[string]any {
	now := m.Now().UTC()
	x := api.Scramble(int(now.UnixNano()), m.Settings.Seed)
	id := fmt.Sprintf("%08x-%04x-4%03x-8%03x-%012x", uint32(x>>32), uint16(x>>16), x&0xfff, x>>52, x&0xffffffffffff)
	return map[string]any{"requestId": id, "timestamp": now.Format(time.RFC3339), "version": "1.0.0"}
}

func (m *commander) refuse(f api.Failure) api.Reply {
	message := map[int]string{
		http.StatusUnauthorized: "Missing or invalid API key", http.StatusNotFound: "Not found",
		http.StatusMethodNotAllowed: "Method not allowed", http.StatusTooManyRequests: "Too many requests",
	}[f.Status]
	if f.Message != "" {
		message = f.Message
	}
	body := map[string]any{"meta": m.meta(), "success": false, "message": message}
	if len(f.Problems) > 0 {
		f.Status = http.StatusBadRequest
		errors := []map[string]string{}
		for _, p := range f.Problems {
			errors = append(errors, map[string]string{"field": p.Field, "message": p.Field + " " + p.Want})
		}
		body["message"], body["errors"] = "Validation failed", errors
	}
	header := map[string]string{}
	if f.Wait > 0 {
		header["Retry-After"] = api.RetryAfter(f.Wait)
	}
	return api.Reply{Status: f.Status, Header: header, Body: body, Rule: f.RuleOf()}
}

// commanderID is an id such as jd1x2y3z4a5b6c.
func (m *commander) commanderID(seq int) string {
	return "jd" + fmt.Sprintf("%013s", strconv.FormatUint(api.Scramble(seq, m.Settings.Seed), 36))
}

// commanderCursor is the cursor behind a person: base64 of {"id":"..."}, as in the example of the list page.
func commanderCursor(id string) string {
	return base64.StdEncoding.EncodeToString([]byte(`{"id":"` + id + `"}`))
}

func readCommanderCursor(cursor string) (string, bool) {
	raw, err := base64.StdEncoding.DecodeString(cursor)
	var at struct{ ID string }
	if err != nil || json.Unmarshal(raw, &at) != nil {
		return "", false
	}
	return at.ID, true
}
