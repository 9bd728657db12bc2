package sandbox

import (
	"encoding/base64"
	"encoding/json"
	"fmt"
	"net/http"
	"regexp"
	"strconv"
	"time"
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
	record
	first, last, email, phone            string
	source, stage, timeframe, background string
	street, city, state, zip             string
	price                                json.Number
	tags                                 []string
	words                                string // the full name, folded
	trashed                              bool
}

type commander struct {
	*vendor
	people collection[*commanderPerson]
	gone   map[string]int // numbers of people deleted for good, so that cursors stay good
	emails index[*commanderPerson]
	phones index[*commanderPerson]
	keys   map[string]keyed
}

// keyed is what was answered to a create with an idempotency key.
type keyed struct {
	body   string
	answer []byte
	at     time.Time
}

// clientCommander is the name of the vendor, and the path that it is served under.
const clientCommander = "clientcommander"

// clientCommanderKey is the invented key that the sandbox takes, and no other.
const clientCommanderKey = "ccmd_live_sandbox0invented0key"

func clientCommanderEnvironment(base string) []Setting {
	return []Setting{{"CRMFERRY_CLIENTCOMMANDER_URL", base + "/clientcommander"}, {"CRMFERRY_CLIENTCOMMANDER_KEY", clientCommanderKey}}
}

// newCommander makes the vendor.
func newCommander(s settings) *vendor {
	m := &commander{gone: map[string]int{}, emails: index[*commanderPerson]{}, phones: index[*commanderPerson]{}, keys: map[string]keyed{}}
	m.vendor = &vendor{name: clientCommander, environment: clientCommanderEnvironment, settings: s, fail: m.refuse, load: m.seed}
	m.vendor.churn, m.vendor.ids = m.churn, func() []string { return idsOf(m.people.live, m.listed) }
	m.authorized = func(r *http.Request) bool { return r.Header.Get("Authorization") == "Bearer "+clientCommanderKey }
	if s.limits {
		m.limit = unpublishedLimit()
	}
	media := []string{"application/json"}
	m.routes = []*route{
		{method: "GET", pattern: "/v1/people", query: commanderListSchema(), contacts: true, handle: m.list},
		{method: "GET", pattern: "/v1/people/search", query: commanderSearchSchema(), handle: m.search},
		{method: "POST", pattern: "/v1/people", media: media, body: commanderSchema("clientcommander.person", commanderCreatePage), handle: m.upsert},
		{method: "GET", pattern: "/v1/people/{id}", handle: m.get},
		{method: "PUT", pattern: "/v1/people/{id}", media: media, body: commanderSchema("clientcommander.person-update", commanderUpdatePage), handle: m.update},
		{method: "DELETE", pattern: "/v1/people/{id}", query: commanderDeleteSchema(), handle: m.delete},
		{method: "POST", pattern: "/v1/people/{id}/tags", media: media, body: commanderTagsSchema(), handle: m.addTags},
		{method: "GET", pattern: "/v1/users", handle: m.listUsers},
		{method: "GET", pattern: "/v1/me", handle: m.me},
	}
	return m.vendor
}

func commanderTags() field {
	return field{name: "tags", kind: list, max: 20, item: &field{min: 1, max: 50}}
}

// commanderSchema is the body of create and update: no field is marked as required on either page.
func commanderSchema(name, page string) *schema {
	fields := []field{
		{name: "firstName", min: 1, max: 100}, {name: "lastName", min: 1, max: 100}, {name: "email", email: true, max: 255},
		{name: "phone", pattern: regexp.MustCompile(`^\+?[1-9]\d{1,14}$`)}, {name: "source", max: 100}, {name: "stage"},
		{name: "price", kind: number, notNeg: true}, {name: "timeframe", max: 100}, {name: "background", max: 5000}, commanderTags(),
		{name: "street", max: 200}, {name: "city", max: 100}, {name: "state", max: 2, pattern: regexp.MustCompile(`^[A-Z]{2}$`)},
		{name: "zipCode", pattern: regexp.MustCompile(`^\d{5}(-\d{4})?$`)},
	}
	for _, name := range []string{"id", "fullName", "emails", "phones", "assignedAgentId", "assignedAgentName", "assignedAgentEmail",
		"stageId", "stageName", "relationship", "createdAt", "updatedAt"} {
		fields = append(fields, field{name: name, readOnly: true})
	}
	return &schema{name: name, page: page, fields: fields}
}

func commanderTagsSchema() *schema {
	tags := commanderTags()
	tags.required, tags.min = true, 1
	return &schema{name: "clientcommander.tags", page: commanderTagsPage, fields: []field{tags}}
}

func commanderListSchema() *schema {
	return &schema{name: "clientcommander.people", page: commanderListPage, texts: true, fields: []field{
		{name: "limit", kind: numeral, min: 1, max: 100}, {name: "cursor"}}}
}

func commanderSearchSchema() *schema {
	return &schema{name: "clientcommander.search", page: commanderSearchPage, texts: true, fields: []field{
		{name: "id"}, {name: "email", email: true}, {name: "phone"}, {name: "name", min: 2}}}
}

func commanderDeleteSchema() *schema {
	return &schema{name: "clientcommander.delete", page: commanderDeletePage, texts: true, fields: []field{{name: "permanent", kind: flag}}}
}

func commanderRules() []Rule {
	rules := []Rule{
		{"clientcommander.key", "every request carries a valid API key", commanderCreatePage},
		{"clientcommander.limit", "at most 100 requests in any 10 s", ""},
		{"clientcommander.path", "only documented paths exist", ""},
		{"clientcommander.method", "only documented methods are allowed", commanderCreatePage},
		{"clientcommander.query", "no query parameters where none are documented", ""},
		{"clientcommander.size", "a body is at most 1 MiB long", ""},
		{"clientcommander.person.exists", "the contact exists", commanderUpdatePage},
		{"clientcommander.person.id", "an id matches ^[a-zA-Z0-9_-]{8,}$", commanderUpdatePage},
		{"clientcommander.person.stage.exists", "stage is the id of a stage", commanderCreatePage},
		{"clientcommander.people.cursor.valid", "a cursor comes from meta.nextCursor", commanderListPage},
		{"clientcommander.search.any", "a search has at least one parameter", ""},
		{"clientcommander.idempotency-key.length", "an Idempotency-Key has 16 to 64 characters", commanderCreatePage},
		{"clientcommander.idempotency-key.body", "an Idempotency-Key belongs to one body", ""},
	}
	for _, s := range []*schema{commanderSchema("clientcommander.person", commanderCreatePage),
		commanderSchema("clientcommander.person-update", commanderUpdatePage), commanderTagsSchema()} {
		rules = append(rules, Rule{s.name + ".content-type", "bodies are application/json", s.page}, Rule{s.name + ".syntax", "a body is a JSON object", s.page})
		rules = append(rules, s.rules()...)
	}
	for _, s := range []*schema{commanderListSchema(), commanderSearchSchema(), commanderDeleteSchema()} {
		rules = append(rules, s.rules()...)
	}
	return rules
}

func commanderChoices() []string {
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
	now := m.now().UTC()
	x := scramble(int(now.UnixNano()), m.settings.seed)
	id := fmt.Sprintf("%08x-%04x-4%03x-8%03x-%012x", uint32(x>>32), uint16(x>>16), x&0xfff, x>>52, x&0xffffffffffff)
	return map[string]any{"requestId": id, "timestamp": now.Format(time.RFC3339), "version": "1.0.0"}
}

func (m *commander) refuse(f failure) reply {
	message := map[int]string{
		http.StatusUnauthorized: "Missing or invalid API key", http.StatusNotFound: "Not found",
		http.StatusMethodNotAllowed: "Method not allowed", http.StatusTooManyRequests: "Too many requests",
	}[f.status]
	if f.message != "" {
		message = f.message
	}
	body := map[string]any{"meta": m.meta(), "success": false, "message": message}
	if len(f.problems) > 0 {
		f.status = http.StatusBadRequest
		errors := []map[string]string{}
		for _, p := range f.problems {
			errors = append(errors, map[string]string{"field": p.field, "message": p.field + " " + p.want})
		}
		body["message"], body["errors"] = "Validation failed", errors
	}
	header := map[string]string{}
	if f.wait > 0 {
		header["Retry-After"] = retryAfter(f.wait)
	}
	return reply{status: f.status, header: header, body: body, rule: f.ruleOf()}
}

// commanderID is an id such as jd1x2y3z4a5b6c.
func (m *commander) commanderID(seq int) string {
	return "jd" + fmt.Sprintf("%013s", strconv.FormatUint(scramble(seq, m.settings.seed), 36))
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
