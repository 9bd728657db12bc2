package growcrm

import (
	"net/http"
	"slices"
	"strings"

	"crmferry/internal/sandbox/api"
)

// Pages of Grow CRM's documentation.
const (
	growContactsPage = "https://docs-api.growcrm.io/contacts"
	growStartPage    = "https://docs-api.growcrm.io/getting-started"
	growAuthPage     = "https://docs-api.growcrm.io/authentication"
	growClientsPage  = "https://docs-api.growcrm.io/clients"
)

// growContact is a user of Grow CRM: a contact of a client account, or a member of the team.
type growContact struct {
	api.Record
	first, last, email string
	phone, position    string
	client             *growClient // nil for the team
	owner              bool
	deleted            bool
	words              string // what search looks through
}

type grow struct {
	*api.Vendor
	contacts api.Collection[*growContact]
	clients  api.Collection[*growClient]
	emails   map[string]*growContact // of all users
	tails    api.Index[*growContact] // e-mails by emailTail
	byClient map[*growClient][]*growContact
}

// Name is the name of the vendor, and the path that it is served under.
const Name = "growcrm"

// Key is the invented key that the sandbox takes, and no other.
const Key = "growcrm-sandbox-invented-key"

func environment(base string) []api.Setting {
	return []api.Setting{{Name: "CRMFERRY_GROWCRM_URL", Value: base + "/growcrm/api"}, {Name: "CRMFERRY_GROWCRM_KEY", Value: Key}}
}

// New makes the vendor.
func New(s api.Settings) *api.Vendor {
	g := &grow{emails: map[string]*growContact{}, tails: api.Index[*growContact]{}, byClient: map[*growClient][]*growContact{}}
	g.Vendor = &api.Vendor{Name: Name, Environment: environment, Settings: s, Fail: growFail, Load: g.seed}
	g.Vendor.Churn, g.Vendor.ContactIDs = g.churn, func() []string { return api.IdsOf(g.contacts.Live, g.Listed) }
	g.Authorized = func(r *http.Request) bool { return r.Header.Get("Authorization") == "Bearer "+Key }
	if s.Limits {
		g.Limit = api.UnpublishedLimit()
	}
	g.Routes = slices.Concat(g.contactRoutes(), g.clientRoutes(), g.clientActions())
	return g.Vendor
}

func (g *grow) contactRoutes() []*api.Route {
	form := []string{api.FormMedia}
	return []*api.Route{
		{Method: "GET", Pattern: "/api/contacts", Query: growListSchema(), Contacts: true, Handle: g.listContacts},
		{Method: "GET", Pattern: "/api/contacts/{id}", Handle: g.getContact},
		{Method: "POST", Pattern: "/api/contacts", Media: form, Body: growCreateSchema(), Handle: g.createContact},
		{Method: "PATCH", Pattern: "/api/contacts/{id}", Media: form, Body: growUpdateSchema(), Handle: g.updateContact},
		{Method: "DELETE", Pattern: "/api/contacts/{id}", Handle: g.deleteContact},
		{Method: "PUT", Pattern: "/api/contacts/{id}/account-owner", Handle: g.makeOwner},
	}
}

func growListSchema() *api.Schema {
	return &api.Schema{Name: "growcrm.contacts", Page: growContactsPage, Texts: true, Fields: []api.Field{
		{Name: "status"}, {Name: "client_id", Kind: api.Numeral}, {Name: "account_owner", Words: []string{"yes", "no"}}, {Name: "search"},
		{Name: "sort", Words: []string{"first_name", "last_name", "email", "created", "updated"}},
		{Name: "order", Words: []string{"asc", "desc"}}, {Name: "limit", Kind: api.Numeral, Min: 1}, {Name: "page", Kind: api.Numeral, Min: 1},
	}}
}

func growCreateSchema() *api.Schema {
	return &api.Schema{Name: "growcrm.contact", Page: growContactsPage, Texts: true, Fields: append([]api.Field{
		{Name: "first_name", Required: true}, {Name: "last_name", Required: true}, {Name: "email", Required: true, Email: true},
		{Name: "clientid", Kind: api.Numeral, Required: true}, {Name: "phone"}, {Name: "position"},
		{Name: "send_email", Words: []string{"yes", "no"}},
	}, growReadOnly()...)}
}

func growUpdateSchema() *api.Schema {
	return &api.Schema{Name: "growcrm.contact-update", Page: growContactsPage, Texts: true, Fields: append([]api.Field{
		{Name: "first_name", Required: true}, {Name: "last_name", Required: true}, {Name: "email", Required: true, Email: true},
		{Name: "phone"}, {Name: "position"}, {Name: "clientid", ReadOnly: true}, {Name: "send_email", ReadOnly: true},
	}, growReadOnly()...)}
}

// growReadOnly are fields of the contact object that neither create nor update takes.
func growReadOnly() []api.Field {
	var fields []api.Field
	for _, name := range []string{"id", "name", "job_position", "account_owner", "status", "client", "role", "social", "dates"} {
		fields = append(fields, api.Field{Name: name, ReadOnly: true})
	}
	return fields
}

func Rules() []api.Rule {
	rules := []api.Rule{
		{ID: "growcrm.key", Text: "every request carries a valid API key", Page: growAuthPage},
		{ID: "growcrm.limit", Text: "at most 100 requests in any 10 s", Page: ""},
		{ID: "growcrm.path", Text: "only documented paths exist", Page: ""},
		{ID: "growcrm.method", Text: "only documented methods are allowed", Page: growContactsPage},
		{ID: "growcrm.query", Text: "no query parameters where none are documented", Page: ""},
		{ID: "growcrm.size", Text: "a body is at most 1 MiB long", Page: ""},
		{ID: "growcrm.contact.content-type", Text: "bodies are form-encoded", Page: growStartPage},
		{ID: "growcrm.contact-update.content-type", Text: "bodies are form-encoded", Page: growStartPage},
		{ID: "growcrm.contact.syntax", Text: "a body can be decoded", Page: ""},
		{ID: "growcrm.contact-update.syntax", Text: "a body can be decoded", Page: ""},
		{ID: "growcrm.contact.email.taken", Text: "an e-mail address is unique across all users", Page: growContactsPage},
		{ID: "growcrm.contact.clientid.exists", Text: "clientid is an existing client", Page: growContactsPage},
		{ID: "growcrm.contact.exists", Text: "the contact exists and was not deleted", Page: growContactsPage},
		{ID: "growcrm.contact.owner", Text: "only a contact of a client account can be its owner", Page: growContactsPage},
	}
	for _, s := range []*api.Schema{growListSchema(), growCreateSchema(), growUpdateSchema()} {
		rules = append(rules, s.Rules()...)
	}
	return slices.Concat(rules, growClientRules(), growActionRules())
}

// The choices for Grow CRM.
func Choices() []string {
	return []string{
		"a limit above 100 counts as 100; without one a page has 25 items; contacts are sorted by creation, clients by creation downwards",
		"e-mail addresses are compared without case and must look like one; other fields have no length limit",
		"an optional field that a PATCH leaves out is emptied",
		"unknown and read-only fields, unknown query parameters and bodies that are not form-encoded are refused; tags, status and owner of a client take JSON",
		"an unknown clientid is refused with \"The selected clientid is invalid.\"",
		"a 404 reads \"Contact not found.\" or \"Client not found.\", a 409 \"The contact does not belong to a client account.\"",
		"a deleted account owner leaves the client without one; soft-deleted contacts are listed with status=deleted",
		"with limits on: 100 requests in any 10 s, then 429 with Retry-After",
	}
}

// growFail writes a refusal as https://docs-api.growcrm.io/getting-started describes it.
func growFail(f api.Failure) api.Reply {
	body := map[string]any{"message": f.Message}
	header := map[string]string{}
	switch f.Status {
	case http.StatusUnauthorized:
		body["message"] = "Unauthorized. A valid API key is required."
	case http.StatusTooManyRequests:
		body["message"] = "Too Many Attempts."
		header["Retry-After"] = api.RetryAfter(f.Wait)
	case http.StatusMethodNotAllowed:
		body["message"] = "The method is not supported for this route."
	case http.StatusNotFound:
		if f.Message == "" {
			body["message"] = "The route could not be found."
		}
	}
	if len(f.Problems) > 0 {
		f.Status = http.StatusUnprocessableEntity
		body["message"], body["errors"] = "The given data was invalid.", growErrors(f.Problems)
	}
	return api.Reply{Status: f.Status, Header: header, Body: body, Rule: f.RuleOf()}
}

func growErrors(problems []api.Problem) map[string][]string {
	errors := map[string][]string{}
	for _, p := range problems {
		name := strings.ReplaceAll(p.Field, "_", " ")
		switch {
		case p.Text != "":
			name = p.Text
		case p.Code == api.BadMissing:
			name = "The " + name + " field is required."
		default:
			name = "The " + name + " " + p.Want + "."
		}
		errors[p.Field] = append(errors[p.Field], name)
	}
	return errors
}

func growPage(data any, total, number, size int, message string) api.Reply {
	meta := map[string]int{"current_page": number, "per_page": size, "total": total, "last_page": api.LastPage(total, size)}
	return api.Reply{Status: http.StatusOK, Body: map[string]any{"data": data, "meta": meta, "message": message}}
}

func growItem(status int, data any, message string) api.Reply {
	return api.Reply{Status: status, Body: map[string]any{"data": data, "message": message}}
}

func growDates(r *api.Record) map[string]string {
	const layout = "2006-01-02T15:04:05.000000Z"
	return map[string]string{"created": r.Created.Format(layout), "updated": r.Updated.Format(layout)}
}

func yesNo(b bool) string {
	if b {
		return "yes"
	}
	return "no"
}
