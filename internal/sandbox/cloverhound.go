package sandbox

import (
	"net/http"
	"regexp"
	"slices"
	"strconv"
	"time"
)

// cloverPage is Cloverhound's only public page of its API.
const cloverPage = "https://cloud-staging.cloverhound.com/docs/api/analytics/contacts/create-contact"

// cloverContact is a contact of Cloverhound.
type cloverContact struct {
	record
	name, email, description string
	phones                   []cloverPhone
}

// cloverPhone is a number of a contact.
type cloverPhone struct {
	id               int
	number           string
	created, updated time.Time
}

type clover struct {
	*vendor
	contacts collection[*cloverContact]
	emails   index[*cloverContact]
	phoneID  int // the last one given
}

// cloverhound is the name of the vendor, and the path that it is served under.
const cloverhound = "cloverhound"

// The invented key that the sandbox takes, and no other, and the organization that it belongs to.
const (
	cloverhoundKeyID  = "sandbox-key-id"
	cloverhoundSecret = "sandbox-invented-secret"
	cloverhoundOrg    = 1
)

func cloverhoundEnvironment(base string) []Setting {
	return []Setting{{"CRMFERRY_CLOVERHOUND_URL", base + "/cloverhound"}, {"CRMFERRY_CLOVERHOUND_KEY_ID", cloverhoundKeyID},
		{"CRMFERRY_CLOVERHOUND_KEY_SECRET", cloverhoundSecret}, {"CRMFERRY_CLOVERHOUND_ORGANIZATION", strconv.Itoa(cloverhoundOrg)}}
}

// newClover makes the vendor.
func newClover(s settings) *vendor {
	h := &clover{emails: index[*cloverContact]{}}
	h.vendor = &vendor{name: cloverhound, environment: cloverhoundEnvironment, settings: s, fail: cloverFail, load: h.seed}
	h.vendor.churn, h.vendor.ids = h.churn, func() []string { return idsOf(h.contacts.live, func(*cloverContact) bool { return true }) }
	h.authorized = func(r *http.Request) bool {
		id, secret, _ := r.BasicAuth()
		return id == cloverhoundKeyID && secret == cloverhoundSecret
	}
	if s.limits {
		h.limit = unpublishedLimit()
	}
	const all, one = "/{organization_id}/contacts", "/{organization_id}/contacts/{id}"
	media := []string{"application/json"}
	h.routes = []*route{
		{method: "POST", pattern: all, media: media, body: cloverSchema(), handle: h.own(h.create)},
		{method: "GET", pattern: all, query: cloverListSchema(), contacts: true, handle: h.own(h.list)},
		{method: "GET", pattern: one, handle: h.own(h.get)},
		{method: "PATCH", pattern: one, media: media, body: cloverSchema(), partial: true, handle: h.own(h.update)},
		{method: "PUT", pattern: one, media: media, body: cloverSchema(), partial: true, handle: h.own(h.update)},
	}
	return h.vendor
}

func cloverSchema() *schema {
	phone := field{kind: object, members: []field{{name: "id", kind: integer, nullable: true}, {name: "number", nullable: true}, {name: "_destroy", kind: boolean, nullable: true}}}
	fields := []field{{name: "full_name", required: true}, {name: "email", nullable: true}, {name: "description", nullable: true},
		{name: "contact_phones_attributes", kind: list, item: &phone}}
	for _, name := range []string{"id", "organization_id", "contact_phones", "created_at", "updated_at"} {
		fields = append(fields, field{name: name, readOnly: true})
	}
	return &schema{name: "cloverhound.contact", page: cloverPage, fields: fields}
}

func cloverListSchema() *schema {
	return &schema{name: "cloverhound.contacts", texts: true, fields: []field{
		{name: "page", kind: numeral, min: 1}, {name: "per_page", kind: numeral, min: 1, max: 100}, {name: "email"}}}
}

func cloverRules() []Rule {
	return slices.Concat([]Rule{
		{"cloverhound.key", "every request carries API key id and secret as Basic authentication", cloverPage},
		{"cloverhound.limit", "at most 100 requests in any 10 s", ""},
		{"cloverhound.path", "only contacts exist", ""},
		{"cloverhound.method", "no method deletes", ""},
		{"cloverhound.query", "no query parameters where there are none", ""},
		{"cloverhound.size", "a body is at most 1 MiB long", ""},
		{"cloverhound.organization.type", "organization_id is an integer", cloverPage},
		{"cloverhound.organization", "the key belongs to the organization, else 403", cloverPage},
		{"cloverhound.contact.content-type", "bodies are application/json", cloverPage},
		{"cloverhound.contact.syntax", "a body is a JSON object", cloverPage},
		{"cloverhound.contact.exists", "the contact exists", ""},
		{"cloverhound.contact.phone.e164", "a number is in E.164 format", cloverPage},
		{"cloverhound.contact.phone.id", "the id of a phone names one of the contact, and only in updates", cloverPage},
	}, cloverSchema().rules(), cloverListSchema().rules())
}

func cloverChoices() []string {
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

func cloverFail(f failure) reply {
	if len(f.problems) > 0 {
		errors := map[string][]string{}
		for _, p := range f.problems {
			text := p.text
			if text == "" {
				text = p.want
			}
			if p.code == badMissing {
				text = "can't be blank"
			}
			errors[p.field] = append(errors[p.field], text)
		}
		return reply{status: http.StatusUnprocessableEntity, body: map[string]any{"errors": errors}, rule: f.ruleOf()}
	}
	text := f.message
	if text == "" {
		text = http.StatusText(f.status)
	}
	header := map[string]string{}
	if f.wait > 0 {
		header["Retry-After"] = retryAfter(f.wait)
	}
	return reply{status: f.status, header: header, body: map[string]string{"error": text}, rule: f.ruleOf()}
}

// own lets only requests to the key's organization pass.
func (h *clover) own(handle func(*call) reply) func(*call) reply {
	return func(c *call) reply {
		n, err := strconv.Atoi(c.PathValue("organization_id"))
		switch {
		case err != nil:
			return h.fail(failure{status: http.StatusNotFound, rule: "cloverhound.organization.type"})
		case n != cloverhoundOrg:
			return h.fail(failure{status: http.StatusForbidden, rule: "cloverhound.organization"})
		}
		return handle(c)
	}
}

func (k *cloverContact) view() map[string]any {
	phones := []map[string]any{}
	for _, p := range k.phones {
		phones = append(phones, map[string]any{"id": p.id, "contact_id": k.seq, "organization_id": cloverhoundOrg, "number": p.number, "phone_type": nil,
			"created_at": cloverTime(p.created), "updated_at": cloverTime(p.updated)})
	}
	return map[string]any{"id": k.seq, "organization_id": cloverhoundOrg, "full_name": k.name, "email": orNil(k.email), "description": orNil(k.description),
		"contact_phones": phones, "created_at": cloverTime(k.created), "updated_at": cloverTime(k.updated)}
}

func cloverTime(t time.Time) string { return t.Format("2006-01-02T15:04:05.000Z") }

func (h *clover) list(c *call) reply {
	contacts := h.ordered()
	if email := fold(c.query.Get("email")); email != "" {
		contacts = h.emails[email]
	}
	data := []map[string]any{}
	for _, k := range page(shown(h.vendor, contacts), numeralOr(c.query.Get("page"), 1), numeralOr(c.query.Get("per_page"), 25)) {
		data = append(data, k.view())
	}
	return reply{status: http.StatusOK, body: data}
}

func (h *clover) contact(c *call) (*cloverContact, *failure) {
	if k, ok := h.contacts.get(c.PathValue("id")); ok {
		return k, nil
	}
	return nil, &failure{status: http.StatusNotFound, rule: "cloverhound.contact.exists"}
}

func (h *clover) get(c *call) reply {
	k, f := h.contact(c)
	if f == nil && !h.sees(k) {
		f = &failure{status: http.StatusNotFound, rule: "cloverhound.contact.exists"}
	}
	if f != nil {
		return h.fail(*f)
	}
	return reply{status: http.StatusOK, body: k.view()}
}

func (h *clover) create(c *call) reply {
	k := &cloverContact{}
	if f := h.change(c, k); f != nil {
		return h.fail(*f)
	}
	h.insert(k, c.at)
	h.log(c, k, "create")
	return reply{status: http.StatusCreated, body: k.view()}
}

func (h *clover) insert(k *cloverContact, at time.Time) {
	h.contacts.add(k, at, decimal)
	h.emails.add(fold(k.email), k)
}

func (h *clover) update(c *call) reply {
	k, f := h.contact(c)
	if f != nil {
		return h.fail(*f)
	}
	before := fold(k.email)
	if f := h.change(c, k); f != nil {
		return h.fail(*f)
	}
	h.emails.remove(before, k)
	h.emails.add(fold(k.email), k)
	h.contacts.touch(k, c.at)
	h.log(c, k, "update")
	return reply{status: http.StatusOK, body: k.view()}
}

// change lays a body over a contact; a refused one changes nothing.
func (h *clover) change(c *call, k *cloverContact) *failure {
	phones, f := h.phones(c, k)
	if f != nil {
		return f
	}
	k.phones = phones
	for name, at := range map[string]*string{"full_name": &k.name, "email": &k.email, "description": &k.description} {
		if _, given := c.body[name]; given {
			*at = str(c.body, name)
		}
	}
	return nil
}

var e164 = regexp.MustCompile(`^\+[1-9]\d{1,14}$`) // never written

// phones are the numbers of a contact after a body's nested attributes.
func (h *clover) phones(c *call, k *cloverContact) ([]cloverPhone, *failure) {
	phones := slices.Clone(k.phones)
	for _, item := range anyList(c.body["contact_phones_attributes"]) {
		entry := item.(map[string]any)
		id, destroy := whole(entry["id"]), entry["_destroy"] == true
		if id == 0 && destroy {
			continue
		}
		i := slices.IndexFunc(phones, func(p cloverPhone) bool { return p.id == id })
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
			phones = append(phones, cloverPhone{id: h.phoneID, number: number, created: c.at, updated: c.at})
		} else if given {
			phones[i].number, phones[i].updated = number, c.at
		}
	}
	return phones, nil
}

func badPhone(rule, name, text string) *failure {
	return &failure{problems: []problem{{rule: "cloverhound.contact.phone." + rule, field: "contact_phones." + name, text: text}}}
}

func (h *clover) log(c *call, k *cloverContact, action string) {
	e := Entry{Action: action, Kind: "contact", ID: k.id, Email: k.email, Name: k.name}
	if len(k.phones) > 0 {
		e.Phone = k.phones[0].number
	}
	h.committed(c, e)
}

// seed makes the people that the samples meet, two with one address, and as many more as asked for.
func (h *clover) seed() {
	at := h.seedTime()
	for _, p := range seeded(h.settings.contacts) {
		h.phoneID++
		h.insert(&cloverContact{name: p.FullName(), email: p.Email, description: p.Note,
			phones: []cloverPhone{{id: h.phoneID, number: p.Phone, created: at, updated: at}}}, at)
	}
	for _, first := range []string{"Twain", "Twyla"} {
		h.insert(&cloverContact{name: first + " Twice", email: TwiceEmail}, at)
	}
}

func (h *clover) churn(c *call, p Person, pick int) {
	if old, ok := victim(h.contacts.live, pick, func(*cloverContact) bool { return true }); ok {
		h.emails.remove(fold(old.email), old)
		h.contacts.remove(old)
		h.stirred(c.at, "delete", old.id, old.email)
	}
	if old, ok := victim(h.contacts.live, pick/2, func(*cloverContact) bool { return true }); ok && h.listOrder == orderChanged {
		h.contacts.touch(old, c.at)
		h.stirred(c.at, "update", old.id, old.email)
	}
	made := &cloverContact{name: p.FullName(), email: p.Email, description: p.Note}
	h.insert(made, c.at)
	h.stirred(c.at, "create", made.id, made.email)
}
