package sandbox

import (
	"net/http"
	"slices"
	"strings"
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
	record
	first, last, email string
	phone, position    string
	client             *growClient // nil for the team
	owner              bool
	deleted            bool
	words              string // what search looks through
}

type grow struct {
	*vendor
	contacts collection[*growContact]
	clients  collection[*growClient]
	emails   map[string]*growContact // of all users
	tails    index[*growContact]     // e-mails by emailTail
	byClient map[*growClient][]*growContact
}

// growCRM is the name of the vendor, and the path that it is served under.
const growCRM = "growcrm"

// growCRMKey is the invented key that the sandbox takes, and no other.
const growCRMKey = "growcrm-sandbox-invented-key"

func growCRMEnvironment(base string) []Setting {
	return []Setting{{"CRMFERRY_GROWCRM_URL", base + "/growcrm/api"}, {"CRMFERRY_GROWCRM_KEY", growCRMKey}}
}

// newGrow makes the vendor.
func newGrow(s settings) *vendor {
	g := &grow{emails: map[string]*growContact{}, tails: index[*growContact]{}, byClient: map[*growClient][]*growContact{}}
	g.vendor = &vendor{name: growCRM, environment: growCRMEnvironment, settings: s, fail: growFail, load: g.seed}
	g.vendor.churn, g.vendor.ids = g.churn, func() []string { return idsOf(g.contacts.live, g.listed) }
	g.authorized = func(r *http.Request) bool { return r.Header.Get("Authorization") == "Bearer "+growCRMKey }
	if s.limits {
		g.limit = unpublishedLimit()
	}
	g.routes = slices.Concat(g.contactRoutes(), g.clientRoutes(), g.clientActions())
	return g.vendor
}

func (g *grow) contactRoutes() []*route {
	form := []string{formMedia}
	return []*route{
		{method: "GET", pattern: "/api/contacts", query: growListSchema(), contacts: true, handle: g.listContacts},
		{method: "GET", pattern: "/api/contacts/{id}", handle: g.getContact},
		{method: "POST", pattern: "/api/contacts", media: form, body: growCreateSchema(), handle: g.createContact},
		{method: "PATCH", pattern: "/api/contacts/{id}", media: form, body: growUpdateSchema(), handle: g.updateContact},
		{method: "DELETE", pattern: "/api/contacts/{id}", handle: g.deleteContact},
		{method: "PUT", pattern: "/api/contacts/{id}/account-owner", handle: g.makeOwner},
	}
}

func growListSchema() *schema {
	return &schema{name: "growcrm.contacts", page: growContactsPage, texts: true, fields: []field{
		{name: "status"}, {name: "client_id", kind: numeral}, {name: "account_owner", words: []string{"yes", "no"}}, {name: "search"},
		{name: "sort", words: []string{"first_name", "last_name", "email", "created", "updated"}},
		{name: "order", words: []string{"asc", "desc"}}, {name: "limit", kind: numeral, min: 1}, {name: "page", kind: numeral, min: 1},
	}}
}

func growCreateSchema() *schema {
	return &schema{name: "growcrm.contact", page: growContactsPage, texts: true, fields: append([]field{
		{name: "first_name", required: true}, {name: "last_name", required: true}, {name: "email", required: true, email: true},
		{name: "clientid", kind: numeral, required: true}, {name: "phone"}, {name: "position"},
		{name: "send_email", words: []string{"yes", "no"}},
	}, growReadOnly()...)}
}

func growUpdateSchema() *schema {
	return &schema{name: "growcrm.contact-update", page: growContactsPage, texts: true, fields: append([]field{
		{name: "first_name", required: true}, {name: "last_name", required: true}, {name: "email", required: true, email: true},
		{name: "phone"}, {name: "position"}, {name: "clientid", readOnly: true}, {name: "send_email", readOnly: true},
	}, growReadOnly()...)}
}

// growReadOnly are fields of the contact object that neither create nor update takes.
func growReadOnly() []field {
	var fields []field
	for _, name := range []string{"id", "name", "job_position", "account_owner", "status", "client", "role", "social", "dates"} {
		fields = append(fields, field{name: name, readOnly: true})
	}
	return fields
}

func growRules() []Rule {
	rules := []Rule{
		{"growcrm.key", "every request carries a valid API key", growAuthPage},
		{"growcrm.limit", "at most 100 requests in any 10 s", ""},
		{"growcrm.path", "only documented paths exist", ""},
		{"growcrm.method", "only documented methods are allowed", growContactsPage},
		{"growcrm.query", "no query parameters where none are documented", ""},
		{"growcrm.size", "a body is at most 1 MiB long", ""},
		{"growcrm.contact.content-type", "bodies are form-encoded", growStartPage},
		{"growcrm.contact-update.content-type", "bodies are form-encoded", growStartPage},
		{"growcrm.contact.syntax", "a body can be decoded", ""},
		{"growcrm.contact-update.syntax", "a body can be decoded", ""},
		{"growcrm.contact.email.taken", "an e-mail address is unique across all users", growContactsPage},
		{"growcrm.contact.clientid.exists", "clientid is an existing client", growContactsPage},
		{"growcrm.contact.exists", "the contact exists and was not deleted", growContactsPage},
		{"growcrm.contact.owner", "only a contact of a client account can be its owner", growContactsPage},
	}
	for _, s := range []*schema{growListSchema(), growCreateSchema(), growUpdateSchema()} {
		rules = append(rules, s.rules()...)
	}
	return slices.Concat(rules, growClientRules(), growActionRules())
}

// The choices for Grow CRM.
func growChoices() []string {
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
func growFail(f failure) reply {
	body := map[string]any{"message": f.message}
	header := map[string]string{}
	switch f.status {
	case http.StatusUnauthorized:
		body["message"] = "Unauthorized. A valid API key is required."
	case http.StatusTooManyRequests:
		body["message"] = "Too Many Attempts."
		header["Retry-After"] = retryAfter(f.wait)
	case http.StatusMethodNotAllowed:
		body["message"] = "The method is not supported for this route."
	case http.StatusNotFound:
		if f.message == "" {
			body["message"] = "The route could not be found."
		}
	}
	if len(f.problems) > 0 {
		f.status = http.StatusUnprocessableEntity
		body["message"], body["errors"] = "The given data was invalid.", growErrors(f.problems)
	}
	return reply{status: f.status, header: header, body: body, rule: f.ruleOf()}
}

func growErrors(problems []problem) map[string][]string {
	errors := map[string][]string{}
	for _, p := range problems {
		name := strings.ReplaceAll(p.field, "_", " ")
		switch {
		case p.text != "":
			name = p.text
		case p.code == badMissing:
			name = "The " + name + " field is required."
		default:
			name = "The " + name + " " + p.want + "."
		}
		errors[p.field] = append(errors[p.field], name)
	}
	return errors
}

func growPage(data any, total, number, size int, message string) reply {
	meta := map[string]int{"current_page": number, "per_page": size, "total": total, "last_page": lastPage(total, size)}
	return reply{status: http.StatusOK, body: map[string]any{"data": data, "meta": meta, "message": message}}
}

func growItem(status int, data any, message string) reply {
	return reply{status: status, body: map[string]any{"data": data, "message": message}}
}

func growDates(r *record) map[string]string {
	const layout = "2006-01-02T15:04:05.000000Z"
	return map[string]string{"created": r.created.Format(layout), "updated": r.updated.Format(layout)}
}

func yesNo(b bool) string {
	if b {
		return "yes"
	}
	return "no"
}
