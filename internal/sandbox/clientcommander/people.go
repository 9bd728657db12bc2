package clientcommander

import (
	"encoding/json"
	"net/http"
	"regexp"
	"slices"
	"strings"
	"time"
	"unicode/utf8"

	"crmferry/internal/sandbox/api"
	"crmferry/internal/sandbox/seed"
)

func (m *commander) View(p *commanderPerson) map[string]any {
	emails, phones := []map[string]any{}, []map[string]any{}
	if p.email != "" {
		emails = append(emails, map[string]any{"value": p.email, "type": "work", "isPrimary": true})
	}
	if p.phone != "" {
		phones = append(phones, map[string]any{"value": p.phone, "type": "mobile", "status": "Valid", "isPrimary": true, "isBad": false})
	}
	agent := seed.Users()[p.Seq%len(seed.Users())]
	view := map[string]any{
		"id": p.Id, "firstName": p.first, "lastName": p.last, "fullName": p.fullName(), "emails": emails, "phones": phones,
		"assignedAgentId": agent.Id, "assignedAgentName": agent.First + " " + agent.Last, "assignedAgentEmail": agent.Email,
		"source": p.source, "tags": strings.Join(p.tags, ", "), "timeframe": p.timeframe, "background": p.background,
		"relationship": false, "createdAt": p.Created.Format(time.RFC3339), "updatedAt": p.Updated.Format(time.RFC3339),
	}
	if p.price != "" {
		view["price"] = p.price
	}
	if i := slices.IndexFunc(seed.Stages, func(s seed.Stage) bool { return s.Id == p.stage }); i >= 0 {
		view["stageId"], view["stageName"] = seed.Stages[i].Id, seed.Stages[i].Name
	}
	return view
}

func (p *commanderPerson) fullName() string { return strings.TrimSpace(p.first + " " + p.last) }

func (m *commander) link(p *commanderPerson) {
	p.words = api.Fold(p.fullName())
	m.emails.Add(api.Fold(p.email), p)
	m.phones.Add(api.Digits(p.phone), p)
}

func (m *commander) unlink(p *commanderPerson) {
	m.emails.Remove(api.Fold(p.email), p)
	m.phones.Remove(api.Digits(p.phone), p)
}

func (m *commander) insert(p *commanderPerson, at time.Time) {
	m.people.Add(p, at, m.commanderID)
	m.link(p)
}

func (m *commander) List(c *api.Call) api.Reply {
	size, after := api.NumeralOr(c.Query.Get("limit"), 10), 0
	if cursor := c.Query.Get("cursor"); cursor != "" {
		var ok bool
		if after, ok = m.place(cursor); !ok {
			return m.Fail(api.Failure{Status: http.StatusBadRequest, Rule: "clientcommander.people.cursor.valid", Message: "Invalid cursor"})
		}
	}
	data := []map[string]any{}
	last, more := "", false
	for _, p := range m.people.Live[m.people.After(after):] {
		if p.trashed || !m.Sees(p) {
			continue
		}
		if more = len(data) == size; more {
			break
		}
		data, last = append(data, m.View(p)), p.Id
	}
	meta := m.meta()
	meta["count"], meta["hasMore"] = len(data), more
	if more {
		meta["nextCursor"] = commanderCursor(last)
	}
	return api.Reply{Status: http.StatusOK, Body: map[string]any{"data": data, "meta": meta}}
}

// place is the number of the person that a cursor stands behind.
func (m *commander) place(cursor string) (int, bool) {
	id, ok := readCommanderCursor(cursor)
	if !ok {
		return 0, false
	}
	if p, ok := m.people.Get(id); ok {
		return p.Seq, true
	}
	seq, ok := m.gone[id]
	return seq, ok
}

func (m *commander) search(c *api.Call) api.Reply {
	id, email, phone, name := c.Query.Get("id"), api.Fold(c.Query.Get("email")), api.Digits(c.Query.Get("phone")), api.Fold(c.Query.Get("name"))
	var from []*commanderPerson
	switch {
	case id != "":
		if p, ok := m.people.Get(id); ok {
			from = []*commanderPerson{p}
		}
	case email != "":
		from = m.emails[email]
	case phone != "":
		from = m.phones[phone]
	case name != "":
		from = m.people.Live
	default:
		return m.Fail(api.Failure{Status: http.StatusBadRequest, Rule: "clientcommander.search.any", Message: "Give id, email, phone or name"})
	}
	data := []map[string]any{}
	for _, p := range from {
		if len(data) == 10 {
			break
		}
		if !p.trashed && m.Sees(p) && (email == "" || api.Fold(p.email) == email) && (phone == "" || api.Digits(p.phone) == phone) && strings.Contains(p.words, name) {
			data = append(data, m.View(p))
		}
	}
	return m.ok(data)
}

func (m *commander) ok(data any) api.Reply {
	return api.Reply{Status: http.StatusOK, Body: map[string]any{"meta": m.meta(), "data": data}}
}

func (m *commander) done(data any) api.Reply {
	body := map[string]any{"meta": m.meta(), "success": true, "message": "Operation completed successfully"}
	if data != nil {
		body["data"] = data
	}
	return api.Reply{Status: http.StatusOK, Body: body}
}

var commanderIDPattern = regexp.MustCompile(`^[a-zA-Z0-9_-]{8,}$`) // never written

// person returns the contact that the path names, trashed or not, or a refusal.
func (m *commander) person(c *api.Call) (*commanderPerson, *api.Failure) {
	id := c.PathValue("id")
	if !commanderIDPattern.MatchString(id) {
		return nil, &api.Failure{Status: http.StatusBadRequest, Rule: "clientcommander.person.id", Message: "Invalid contact ID"}
	}
	if p, ok := m.people.Get(id); ok {
		return p, nil
	}
	return nil, noPerson()
}

func noPerson() *api.Failure {
	return &api.Failure{Status: http.StatusNotFound, Rule: "clientcommander.person.exists", Message: "Contact not found"}
}

// livePerson is person without those in the trash.
func (m *commander) livePerson(c *api.Call) (*commanderPerson, *api.Failure) {
	p, f := m.person(c)
	if f == nil && p.trashed {
		f = noPerson()
	}
	return p, f
}

func (m *commander) Get(c *api.Call) api.Reply {
	p, f := m.livePerson(c)
	if f == nil && !m.Sees(p) {
		f = noPerson()
	}
	if f != nil {
		return m.Fail(*f)
	}
	return m.ok(m.View(p))
}

// keyLife is how long an idempotency key is remembered.
const keyLife = 24 * time.Hour

func (m *commander) upsert(c *api.Call) api.Reply {
	key, given := c.Header["Idempotency-Key"]
	if !given {
		return m.Write(c)
	}
	if n := utf8.RuneCountInString(key[0]); n < 16 || n > 64 {
		return m.Fail(api.Failure{Status: http.StatusBadRequest, Rule: "clientcommander.idempotency-key.length", Message: "Idempotency-Key must have 16 to 64 characters"})
	}
	if past, ok := m.keys[key[0]]; ok && c.At.Sub(past.at) < keyLife {
		if past.body != string(c.Raw) {
			return m.Fail(api.Failure{Status: http.StatusUnprocessableEntity, Rule: "clientcommander.idempotency-key.body", Message: "Idempotency-Key was used with another body"})
		}
		return api.Reply{Status: http.StatusOK, Body: past.answer}
	}
	a := m.Write(c)
	if a.Rule != "" {
		return a
	}
	raw, err := json.Marshal(a.Body)
	if err != nil {
		return m.Fail(api.Failure{Status: http.StatusInternalServerError, Rule: "clientcommander.size", Message: err.Error()})
	}
	m.keys[key[0]] = keyed{body: string(c.Raw), answer: raw, at: c.At}
	a.Body = raw
	return a
}

func (m *commander) Write(c *api.Call) api.Reply {
	if f := knownStage(c.Values); f != nil {
		return m.Fail(*f)
	}
	p, created := m.match(c.Values), false
	if p == nil {
		p, created = &commanderPerson{stage: seed.Stages[0].Id}, true
		p.set(c.Values)
		m.insert(p, c.At)
	} else {
		m.change(c, p, func() { p.set(c.Values) })
	}
	m.log(c, p, map[bool]string{true: "create", false: "update"}[created])
	return m.ok(map[string]any{"created": created, "id": p.Id, "person": m.View(p)})
}

func knownStage(body map[string]any) *api.Failure {
	id, given := body["stage"].(string)
	if !given || slices.ContainsFunc(seed.Stages, func(s seed.Stage) bool { return s.Id == id }) {
		return nil
	}
	return &api.Failure{Problems: []api.Problem{{Rule: "clientcommander.person.stage.exists", Field: "stage", Want: "must be the id of a stage"}}}
}

// match is the contact that a body is about, nil if it is new.
func (m *commander) match(body map[string]any) *commanderPerson {
	found := m.emails[api.Fold(api.Str(body, "email"))]
	if api.Str(body, "email") == "" {
		found = m.phones[api.Digits(api.Str(body, "phone"))]
	}
	for _, p := range found {
		if !p.trashed {
			return p
		}
	}
	return nil
}

// change runs a change of a contact and keeps what finds it.
func (m *commander) change(c *api.Call, p *commanderPerson, do func()) {
	m.unlink(p)
	do()
	m.link(p)
	m.people.Touch(p, c.At)
}

// set takes over what the body names.
func (p *commanderPerson) set(body map[string]any) {
	for name, at := range map[string]*string{
		"firstName": &p.first, "lastName": &p.last, "email": &p.email, "phone": &p.phone, "source": &p.source, "stage": &p.stage,
		"timeframe": &p.timeframe, "background": &p.background, "street": &p.street, "city": &p.city, "state": &p.state, "zipCode": &p.zip,
	} {
		if s, ok := body[name].(string); ok {
			*at = s
		}
	}
	if n, ok := body["price"].(json.Number); ok {
		p.price = n
	}
	if items, ok := body["tags"].([]any); ok {
		p.tags = api.Texts(items)
	}
}

func (m *commander) log(c *api.Call, p *commanderPerson, action string) {
	m.Commit(c, api.Entry{Action: action, Kind: "contact", ID: p.Id, Email: p.email, Phone: p.phone, Name: p.fullName()})
}

func (m *commander) update(c *api.Call) api.Reply {
	p, f := m.livePerson(c)
	if f == nil {
		f = knownStage(c.Values)
	}
	if f != nil {
		return m.Fail(*f)
	}
	m.change(c, p, func() {
		p.first, p.last, p.email, p.phone, p.source, p.stage, p.timeframe, p.background, p.price = "", "", "", "", "", "", "", "", ""
		p.set(c.Values)
	})
	m.log(c, p, "update")
	return m.done(nil)
}

func (m *commander) delete(c *api.Call) api.Reply {
	permanent := c.Query.Get("permanent") == "true"
	p, f := m.person(c)
	if f == nil && p.trashed && !permanent {
		_, f = m.livePerson(c)
	}
	if f != nil {
		return m.Fail(*f)
	}
	m.log(c, p, "delete")
	if !p.trashed {
		m.unlink(p)
	}
	if p.trashed = true; permanent {
		m.gone[p.Id] = p.Seq
		m.people.Remove(p)
	}
	return m.done(map[string]bool{"deleted": true, "permanent": permanent})
}

func (m *commander) addTags(c *api.Call) api.Reply {
	p, f := m.livePerson(c)
	if f != nil {
		return m.Fail(*f)
	}
	tags, before := slices.Clone(p.tags), len(p.tags)
	for _, tag := range api.Texts(c.Values["tags"].([]any)) {
		if !slices.Contains(tags, tag) {
			tags = append(tags, tag)
		}
	}
	p.tags = tags
	m.people.Touch(p, c.At)
	m.log(c, p, "update")
	return m.ok(map[string]any{"count": len(tags) - before, "person": m.View(p)})
}

func (m *commander) listUsers(*api.Call) api.Reply {
	users := []map[string]any{}
	for _, u := range seed.Users() {
		users = append(users, u.View())
	}
	return m.ok(users)
}

func (m *commander) me(*api.Call) api.Reply { return m.ok(seed.Users()[0].View()) }

// seed makes the people that the samples meet, and as many more as asked for.
func (m *commander) seed() {
	at := m.SeedTime()
	for _, p := range seed.All(m.Settings.Contacts) {
		m.insert(&commanderPerson{first: p.First, last: p.Last, email: p.Email, phone: p.Phone, source: p.Source, stage: p.StageID,
			timeframe: p.Timeframe, background: p.Note, price: json.Number(api.Decimal(p.Price)), tags: p.Tags,
			street: p.US.Street, city: p.US.City, state: p.US.State, zip: p.US.Zip}, at)
	}
	for i, first := range []string{"Twain", "Twyla"} {
		m.insert(&commanderPerson{first: first, last: "Twice", email: seed.TwiceEmail, stage: seed.Stages[seed.SampleStages+i].Id}, at)
	}
}

func (m *commander) Listed(p *commanderPerson) bool { return !p.trashed }

func (m *commander) churn(c *api.Call, p seed.Person, pick int) {
	if old, ok := api.Victim(m.people.Live, pick, m.Listed); ok {
		m.unlink(old)
		m.gone[old.Id] = old.Seq
		m.people.Remove(old)
		m.CommitChurn(c.At, "delete", old.Id, old.email)
	}
	made := &commanderPerson{first: p.First, last: p.Last, email: p.Email, phone: p.Phone, source: p.Source, stage: p.StageID,
		timeframe: p.Timeframe, background: p.Note, price: json.Number(api.Decimal(p.Price)), tags: p.Tags}
	m.insert(made, c.At)
	m.CommitChurn(c.At, "create", made.Id, made.email)
}
