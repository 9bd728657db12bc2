package growcrm

import (
	"net/http"
	"slices"

	"crmferry/internal/sandbox/api"
)

// Name is the name of the vendor, and the path that it is served under.
const Name = "growcrm"

// Key is the invented key that the sandbox takes, and no other.
const Key = "growcrm-sandbox-invented-key"

func environment(base string) []api.Setting {
	return []api.Setting{{Name: "CRMFERRY_GROWCRM_URL", Value: base + "/growcrm/api"}, {Name: "CRMFERRY_GROWCRM_KEY", Value: Key}}
}

// New makes the simulated vendor.
func New(s api.Settings) *api.Vendor {
	g := &vendor{emails: map[string]*contactRecord{}, tails: api.Index[*contactRecord]{}, byClient: map[*clientRecord][]*contactRecord{}}
	g.Vendor = &api.Vendor{Name: Name, Environment: environment, Settings: s, Fail: writeRefusal, Load: g.seed}
	g.Vendor.Churn, g.Vendor.ContactIDs = g.churn, func() []string { return api.IDsOf(g.contacts.Live, g.listed) }
	g.Vendor.View = func(id string) any {
		c, _ := g.contacts.Get(id)
		return c.view()
	}
	g.Authorized = func(r *http.Request) bool { return r.Header.Get("Authorization") == "Bearer "+Key }
	if s.Limits {
		g.Limit = api.UnpublishedLimit()
	}
	g.Routes = slices.Concat(g.contactRoutes(), g.clientRoutes(), g.clientActions(), g.teamRoutes(), g.leadRoutes(), g.noteRoutes(), g.categoryRoutes())
	return g.Vendor
}

// Rules lists the documented rules that the simulated vendor keeps, and its limit.
func Rules() []api.Rule {
	rules := []api.Rule{
		{ID: "growcrm.key", Text: "every request carries a valid API key", Page: authPage},
		{ID: "growcrm.limit", Text: "at most 100 requests in any 10 s", Page: ""},
		{ID: "growcrm.path", Text: "only documented paths exist", Page: ""},
		{ID: "growcrm.method", Text: "only documented methods are allowed", Page: contactsPage},
		{ID: "growcrm.query", Text: "no query parameters where none are documented", Page: ""},
		{ID: "growcrm.size", Text: "a body is at most 1 MiB long", Page: ""},
		{ID: "growcrm.contact.content-type", Text: "bodies are form-encoded", Page: startPage},
		{ID: "growcrm.contact-update.content-type", Text: "bodies are form-encoded", Page: startPage},
		{ID: "growcrm.contact.syntax", Text: "a body can be decoded", Page: ""},
		{ID: "growcrm.contact-update.syntax", Text: "a body can be decoded", Page: ""},
		{ID: "growcrm.contact.email.taken", Text: "an e-mail address is unique across all users", Page: contactsPage},
		{ID: "growcrm.contact.clientid.exists", Text: "clientid is an existing client", Page: contactsPage},
		{ID: "growcrm.contact.exists", Text: "the contact exists and was not deleted", Page: contactsPage},
		{ID: "growcrm.contact.owner", Text: "only a contact of a client account can be its owner", Page: contactsPage},
	}
	for _, s := range []*api.Schema{listSchema(), createSchema(), updateSchema()} {
		rules = append(rules, s.Rules()...)
	}
	return slices.Concat(rules, clientRules(), actionRules(), teamListSchema().Rules(), leadRules(), noteRules(), categoryListSchema().Rules())
}

// Choices lists what the simulated vendor does where the documentation is silent.
func Choices() []string {
	return []string{
		"a limit above 100 counts as 100; without one a page has 25 items; contacts are sorted by creation, clients by creation downwards",
		"e-mail addresses are compared without case and must look like one; other fields have no length limit",
		"an optional field that a PATCH leaves out is emptied",
		"unknown and read-only fields, unknown query parameters and bodies that are not form-encoded are refused; the actions tags, status and owner of a client take JSON too, by which tags can be cleared",
		"custom fields, which no call shows, are those that the sandbox was told of, and texts; a PATCH that leaves one out empties it, or is refused where it is required",
		"the search of the team looks through names and e-mail",
		"an unknown clientid is refused with \"The selected clientid is invalid.\"",
		"a 404 reads \"Contact not found.\" or \"Client not found.\", a 409 \"The contact does not belong to a client account.\"",
		"a deleted account owner leaves the client without one; soft-deleted contacts are listed with status=deleted",
		"a list of leads without active_state holds the active ones; an unknown status, category of leads or member of the team is refused with \"The selected ... is invalid.\"",
		"categories of leads have the type \"lead\"; there are neither projects nor tasks; the notes of a deleted lead go with it; nobody converts leads",
		"with limits on: 100 requests in any 10 s, then 429 with Retry-After",
	}
}
