package clientcommander

import (
	"net/http"

	"crmferry/internal/sandbox/api"
)

// Name is the name of the vendor, and the path that it is served under.
const Name = "clientcommander"

// Key is the invented key that the sandbox takes, and no other.
const Key = "ccmd_live_sandbox0invented0key"

func environment(base string) []api.Setting {
	return []api.Setting{{Name: "CRMFERRY_CLIENTCOMMANDER_URL", Value: base + "/clientcommander"}, {Name: "CRMFERRY_CLIENTCOMMANDER_KEY", Value: Key}}
}

// New makes the simulated vendor.
func New(s api.Settings) *api.Vendor {
	m := &vendor{gone: map[string]int{}, emails: api.Index[*personRecord]{}, phones: api.Index[*personRecord]{}, keys: map[string]keyed{}}
	m.Vendor = &api.Vendor{Name: Name, Environment: environment, Settings: s, Fail: m.refuse, Load: m.seed}
	m.Vendor.Churn, m.Vendor.ContactIDs = m.churn, func() []string { return api.IDsOf(m.people.Live, m.listed) }
	m.Vendor.View = func(id string) any {
		c, _ := m.people.Get(id)
		return m.view(c)
	}
	m.Authorized = func(r *http.Request) bool { return r.Header.Get("Authorization") == "Bearer "+Key }
	if s.Limits {
		m.Limit = api.UnpublishedLimit()
	}
	media := []string{"application/json"}
	m.Routes = []*api.Route{
		{Method: "GET", Pattern: "/v1/people", Query: listSchema(), Contacts: true, Handle: m.list},
		{Method: "GET", Pattern: "/v1/people/search", Query: searchSchema(), Handle: m.search},
		{Method: "POST", Pattern: "/v1/people", Media: media, Body: personSchema("clientcommander.person", createPage), Handle: m.upsert},
		{Method: "GET", Pattern: "/v1/people/{id}", Handle: m.get},
		{Method: "PUT", Pattern: "/v1/people/{id}", Media: media, Body: personSchema("clientcommander.person-update", updatePage), Handle: m.update},
		{Method: "DELETE", Pattern: "/v1/people/{id}", Query: deleteSchema(), Handle: m.delete},
		{Method: "POST", Pattern: "/v1/people/{id}/tags", Media: media, Body: tagsSchema(), Handle: m.addTags},
		{Method: "GET", Pattern: "/v1/users", Handle: m.listUsers},
		{Method: "GET", Pattern: "/v1/me", Handle: m.me},
	}
	return m.Vendor
}

// Rules lists the documented rules that the simulated vendor keeps, and its limit.
func Rules() []api.Rule {
	rules := []api.Rule{
		{ID: "clientcommander.key", Text: "every request carries a valid API key", Page: createPage},
		{ID: "clientcommander.limit", Text: "at most 100 requests in any 10 s", Page: ""},
		{ID: "clientcommander.path", Text: "only documented paths exist", Page: ""},
		{ID: "clientcommander.method", Text: "only documented methods are allowed", Page: createPage},
		{ID: "clientcommander.query", Text: "no query parameters where none are documented", Page: ""},
		{ID: "clientcommander.size", Text: "a body is at most 1 MiB long", Page: ""},
		{ID: "clientcommander.person.exists", Text: "the contact exists", Page: updatePage},
		{ID: "clientcommander.person.id", Text: "an id matches ^[a-zA-Z0-9_-]{8,}$", Page: updatePage},
		{ID: "clientcommander.person.stage.exists", Text: "stage is the id of a stage", Page: createPage},
		{ID: "clientcommander.people.cursor.valid", Text: "a cursor comes from meta.nextCursor", Page: listPage},
		{ID: "clientcommander.search.any", Text: "a search has at least one parameter", Page: ""},
		{ID: "clientcommander.idempotency-key.length", Text: "an Idempotency-Key has 16 to 64 characters", Page: createPage},
		{ID: "clientcommander.idempotency-key.body", Text: "an Idempotency-Key belongs to one body", Page: ""},
	}
	for _, s := range []*api.Schema{personSchema("clientcommander.person", createPage),
		personSchema("clientcommander.person-update", updatePage), tagsSchema()} {
		rules = append(rules, api.Rule{ID: s.Name + ".content-type", Text: "bodies are application/json", Page: s.Page}, api.Rule{ID: s.Name + ".syntax", Text: "a body is a JSON object", Page: s.Page})
		rules = append(rules, s.Rules()...)
	}
	for _, s := range []*api.Schema{listSchema(), searchSchema(), deleteSchema()} {
		rules = append(rules, s.Rules()...)
	}
	return rules
}

// Choices lists what the simulated vendor does where the documentation is silent.
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
