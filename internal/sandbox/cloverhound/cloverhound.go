package cloverhound

import (
	"net/http"
	"regexp"
	"slices"
	"strconv"
	"time"

	"crmferry/internal/sandbox/api"
	"crmferry/internal/sandbox/seed"
)

// docsPage is Cloverhound's only public page of its API.
const docsPage = "https://cloud-staging.cloverhound.com/docs/api/analytics/contacts/create-contact"

// Name is the name of the vendor, and the path that it is served under.
const Name = "cloverhound"

// The invented key that the sandbox takes, and no other, and the organization that it belongs to.
const (
	KeyID        = "sandbox-key-id"
	KeySecret    = "sandbox-invented-secret"
	Organization = 1
)

func environment(base string) []api.Setting {
	return []api.Setting{{Name: "CRMFERRY_CLOVERHOUND_URL", Value: base + "/cloverhound"}, {Name: "CRMFERRY_CLOVERHOUND_KEY_ID", Value: KeyID},
		{Name: "CRMFERRY_CLOVERHOUND_KEY_SECRET", Value: KeySecret}, {Name: "CRMFERRY_CLOVERHOUND_ORGANIZATION", Value: strconv.Itoa(Organization)}}
}

// New makes the simulated vendor.
func New(s api.Settings) *api.Vendor {
	h := &vendor{emails: api.Index[*contactRecord]{}}
	h.Vendor = &api.Vendor{Name: Name, Environment: environment, Settings: s, Fail: writeRefusal, Load: h.seed}
	h.Vendor.Churn, h.Vendor.ContactIDs = h.churn, func() []string { return api.IDsOf(h.contacts.Live, func(*contactRecord) bool { return true }) }
	h.Vendor.View = func(id string) any {
		c, _ := h.contacts.Get(id)
		return c.view()
	}
	h.Authorized = func(r *http.Request) bool {
		id, secret, _ := r.BasicAuth()
		return id == KeyID && secret == KeySecret
	}
	if s.Limits {
		h.Limit = api.UnpublishedLimit()
	}
	const all, one = "/{organization_id}/contacts", "/{organization_id}/contacts/{id}"
	media := []string{"application/json"}
	h.Routes = []*api.Route{
		{Method: "POST", Pattern: all, Media: media, Body: contactSchema(), Handle: h.own(h.create)},
		{Method: "GET", Pattern: all, Query: listSchema(), Contacts: true, Handle: h.own(h.list)},
		{Method: "GET", Pattern: one, Handle: h.own(h.get)},
		{Method: "PATCH", Pattern: one, Media: media, Body: contactSchema(), Partial: true, Handle: h.own(h.update)},
		{Method: "PUT", Pattern: one, Media: media, Body: contactSchema(), Partial: true, Handle: h.own(h.update)},
	}
	return h.Vendor
}

func contactSchema() *api.Schema {
	phone := api.Field{Kind: api.Object, Members: []api.Field{{Name: "id", Kind: api.Integer, Nullable: true}, {Name: "number", Nullable: true}, {Name: "_destroy", Kind: api.Boolean, Nullable: true}}}
	fields := []api.Field{{Name: "full_name", Required: true}, {Name: "email", Nullable: true}, {Name: "description", Nullable: true},
		{Name: "contact_phones_attributes", Kind: api.List, Item: &phone}}
	for _, name := range []string{"id", "organization_id", "contact_phones", "created_at", "updated_at"} {
		fields = append(fields, api.Field{Name: name, ReadOnly: true})
	}
	return &api.Schema{Name: "cloverhound.contact", Page: docsPage, Fields: fields}
}

func listSchema() *api.Schema {
	return &api.Schema{Name: "cloverhound.contacts", Texts: true, Fields: []api.Field{
		{Name: "page", Kind: api.Numeral, Min: 1}, {Name: "per_page", Kind: api.Numeral, Min: 1, Max: 100}, {Name: "email"}}}
}

// Rules lists the documented rules that the simulated vendor keeps, and its limit.
func Rules() []api.Rule {
	return slices.Concat([]api.Rule{
		{ID: "cloverhound.key", Text: "every request carries API key id and secret as Basic authentication", Page: docsPage},
		{ID: "cloverhound.limit", Text: "at most 100 requests in any 10 s", Page: ""},
		{ID: "cloverhound.path", Text: "only contacts exist", Page: ""},
		{ID: "cloverhound.method", Text: "no method deletes", Page: ""},
		{ID: "cloverhound.query", Text: "no query parameters where there are none", Page: ""},
		{ID: "cloverhound.size", Text: "a body is at most 1 MiB long", Page: ""},
		{ID: "cloverhound.organization.type", Text: "organization_id is an integer", Page: docsPage},
		{ID: "cloverhound.organization", Text: "the key belongs to the organization, else 403", Page: docsPage},
		{ID: "cloverhound.contact.content-type", Text: "bodies are application/json", Page: docsPage},
		{ID: "cloverhound.contact.syntax", Text: "a body is a JSON object", Page: docsPage},
		{ID: "cloverhound.contact.exists", Text: "the contact exists", Page: ""},
		{ID: "cloverhound.contact.phone.e164", Text: "a number is in E.164 format", Page: docsPage},
		{ID: "cloverhound.contact.phone.id", Text: "the id of a phone names one of the contact, and only in updates", Page: docsPage},
	}, contactSchema().Rules(), listSchema().Rules())
}

// Choices lists what the simulated vendor does where the documentation is silent.
func Choices() []string {
	return []string{
		"everything but POST is a convention of Rails, not documented: GET, PATCH and PUT as below",
		"GET /{organization_id}/contacts answers a bare array, ?page= from 1, ?per_page= up to 100 (25 without), in order of creation unless --list-order says another; ?email= compares without case",
		"GET, PATCH and PUT /{organization_id}/contacts/{id} answer the bare contact; PATCH and PUT change what the body names",
		"phones: an entry without id adds, with id changes, with id and _destroy removes; others stay; in a POST an entry with _destroy is ignored",
		"a number is + and 2 to 15 digits; e-mail addresses are neither checked nor unique; phone_type is null",
		"errors read {errors: {field: [text]}} with 422, else {error: text}: 401, 403 for another organization, 404, 405, 415",
		"unknown and read-only fields and unknown query parameters are refused",
		"with limits on: 100 requests in any 10 s, then 429 with Retry-After",
	}
}

func writeRefusal(f api.Failure) api.Reply {
	if len(f.Problems) > 0 {
		errors := map[string][]string{}
		for _, p := range f.Problems {
			text := p.Text
			if text == "" {
				text = p.Want
			}
			if p.Code == api.BadMissing {
				text = "can't be blank"
			}
			errors[p.Field] = append(errors[p.Field], text)
		}
		return api.Reply{Status: http.StatusUnprocessableEntity, Body: map[string]any{"errors": errors}, Rule: f.RuleOf()}
	}
	text := f.Message
	if text == "" {
		text = http.StatusText(f.Status)
	}
	header := map[string]string{}
	if f.Wait > 0 {
		header["Retry-After"] = api.RetryAfter(f.Wait)
	}
	return api.Reply{Status: f.Status, Header: header, Body: map[string]string{"error": text}, Rule: f.RuleOf()}
}

// own lets only requests to the key's organization pass.
func (h *vendor) own(handle func(*api.Call) api.Reply) func(*api.Call) api.Reply {
	return func(c *api.Call) api.Reply {
		n, err := strconv.Atoi(c.PathValue("organization_id"))
		switch {
		case err != nil:
			return h.Fail(api.Failure{Status: http.StatusNotFound, Rule: "cloverhound.organization.type"})
		case n != Organization:
			return h.Fail(api.Failure{Status: http.StatusForbidden, Rule: "cloverhound.organization"})
		}
		return handle(c)
	}
}

func (k *contactRecord) view() map[string]any {
	phones := []map[string]any{}
	for _, p := range k.phones {
		phones = append(phones, map[string]any{"id": p.id, "contact_id": k.Seq, "organization_id": Organization, "number": p.number, "phone_type": nil,
			"created_at": formatTime(p.created), "updated_at": formatTime(p.updated)})
	}
	return map[string]any{"id": k.Seq, "organization_id": Organization, "full_name": k.name, "email": api.OrNil(k.email), "description": api.OrNil(k.description),
		"contact_phones": phones, "created_at": formatTime(k.Created), "updated_at": formatTime(k.Updated)}
}

func formatTime(t time.Time) string { return t.Format("2006-01-02T15:04:05.000Z") }

func (h *vendor) list(c *api.Call) api.Reply {
	contacts := h.ordered()
	if email := api.Fold(c.Query.Get("email")); email != "" {
		contacts = h.emails[email]
	}
	data := []map[string]any{}
	for _, k := range api.Page(api.Shown(h.Vendor, contacts), api.NumeralOr(c.Query.Get("page"), 1), api.NumeralOr(c.Query.Get("per_page"), 25)) {
		data = append(data, k.view())
	}
	return api.Reply{Status: http.StatusOK, Body: data}
}

func (h *vendor) get(c *api.Call) api.Reply {
	k, f := h.contact(c)
	if f == nil && !h.Sees(k) {
		f = &api.Failure{Status: http.StatusNotFound, Rule: "cloverhound.contact.exists"}
	}
	if f != nil {
		return h.Fail(*f)
	}
	return api.Reply{Status: http.StatusOK, Body: k.view()}
}

func (h *vendor) create(c *api.Call) api.Reply {
	k := &contactRecord{}
	if f := h.change(c, k); f != nil {
		return h.Fail(*f)
	}
	h.insert(k, c.At)
	h.log(c, k, "create")
	return api.Reply{Status: http.StatusCreated, Body: k.view()}
}

func (h *vendor) update(c *api.Call) api.Reply {
	k, f := h.contact(c)
	if f != nil {
		return h.Fail(*f)
	}
	before := api.Fold(k.email)
	if f := h.change(c, k); f != nil {
		return h.Fail(*f)
	}
	h.emails.Remove(before, k)
	h.emails.Add(api.Fold(k.email), k)
	h.contacts.Touch(k, c.At)
	h.log(c, k, "update")
	return api.Reply{Status: http.StatusOK, Body: k.view()}
}

// change lays a body over a contact; a refused one changes nothing.
func (h *vendor) change(c *api.Call, k *contactRecord) *api.Failure {
	phones, f := h.phones(c, k)
	if f != nil {
		return f
	}
	k.phones = phones
	for name, at := range map[string]*string{"full_name": &k.name, "email": &k.email, "description": &k.description} {
		if _, given := c.Values[name]; given {
			*at = api.Str(c.Values, name)
		}
	}
	return nil
}

var e164 = regexp.MustCompile(`^\+[1-9]\d{1,14}$`) // never written

// phones are the numbers of a contact after a body's nested attributes.
func (h *vendor) phones(c *api.Call, k *contactRecord) ([]phoneRecord, *api.Failure) {
	phones := slices.Clone(k.phones)
	for _, item := range api.AnyList(c.Values["contact_phones_attributes"]) {
		entry := item.(map[string]any)
		id, destroy := api.Whole(entry["id"]), entry["_destroy"] == true
		if id == 0 && destroy {
			continue
		}
		i := slices.IndexFunc(phones, func(p phoneRecord) bool { return p.id == id })
		if id != 0 && i < 0 {
			return nil, badPhone("id", "id", "names no phone of this contact")
		}
		if destroy {
			phones = slices.Delete(phones, i, i+1)
			continue
		}
		number, given := entry["number"].(string)
		if (given || id == 0) && !e164.MatchString(number) {
			return nil, badPhone("e164", "number", "is not in E.164 format")
		}
		if id == 0 {
			h.phoneID++
			phones = append(phones, phoneRecord{id: h.phoneID, number: number, created: c.At, updated: c.At})
		} else if given {
			phones[i].number, phones[i].updated = number, c.At
		}
	}
	return phones, nil
}

func badPhone(rule, name, text string) *api.Failure {
	return &api.Failure{Problems: []api.Problem{{Rule: "cloverhound.contact.phone." + rule, Field: "contact_phones." + name, Text: text}}}
}

// seed makes the people that the samples meet, two with one address, and as many more as asked for.
func (h *vendor) seed() {
	at := h.SeedTime()
	for _, p := range seed.All(h.Settings.Contacts) {
		h.phoneID++
		h.insert(&contactRecord{name: p.FullName(), email: p.Email, description: p.Note,
			phones: []phoneRecord{{id: h.phoneID, number: p.Phone, created: at, updated: at}}}, at)
	}
	for _, first := range []string{"Twain", "Twyla"} {
		h.insert(&contactRecord{name: first + " Twice", email: seed.TwiceEmail}, at)
	}
}

func (h *vendor) churn(c *api.Call, p seed.Person, pick int) {
	if old, ok := api.Victim(h.contacts.Live, pick, func(*contactRecord) bool { return true }); ok {
		h.emails.Remove(api.Fold(old.email), old)
		h.contacts.Remove(old)
		h.CommitChurn(c.At, "delete", old.ID, old.email)
	}
	if old, ok := api.Victim(h.contacts.Live, pick/2, func(*contactRecord) bool { return true }); ok && h.ListOrder == api.OrderChanged {
		h.contacts.Touch(old, c.At)
		h.CommitChurn(c.At, "update", old.ID, old.email)
	}
	made := &contactRecord{name: p.FullName(), email: p.Email, description: p.Note}
	h.insert(made, c.At)
	h.CommitChurn(c.At, "create", made.ID, made.email)
}
