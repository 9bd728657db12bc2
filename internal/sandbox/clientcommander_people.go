package sandbox

import (
	"encoding/json"
	"net/http"
	"regexp"
	"slices"
	"strings"
	"time"
	"unicode/utf8"
)

func (m *commander) view(p *commanderPerson) map[string]any {
	emails, phones := []map[string]any{}, []map[string]any{}
	if p.email != "" {
		emails = append(emails, map[string]any{"value": p.email, "type": "work", "isPrimary": true})
	}
	if p.phone != "" {
		phones = append(phones, map[string]any{"value": p.phone, "type": "mobile", "status": "Valid", "isPrimary": true, "isBad": false})
	}
	agent := sampleUsers()[p.seq%len(sampleUsers())]
	view := map[string]any{
		"id": p.id, "firstName": p.first, "lastName": p.last, "fullName": p.fullName(), "emails": emails, "phones": phones,
		"assignedAgentId": agent.id, "assignedAgentName": agent.first + " " + agent.last, "assignedAgentEmail": agent.email,
		"source": p.source, "tags": strings.Join(p.tags, ", "), "timeframe": p.timeframe, "background": p.background,
		"relationship": false, "createdAt": p.created.Format(time.RFC3339), "updatedAt": p.updated.Format(time.RFC3339),
	}
	if p.price != "" {
		view["price"] = p.price
	}
	if i := slices.IndexFunc(stages, func(s stage) bool { return s.id == p.stage }); i >= 0 {
		view["stageId"], view["stageName"] = stages[i].id, stages[i].name
	}
	return view
}

func (p *commanderPerson) fullName() string { return strings.TrimSpace(p.first + " " + p.last) }

func (m *commander) link(p *commanderPerson) {
	p.words = fold(p.fullName())
	m.emails.add(fold(p.email), p)
	m.phones.add(digits(p.phone), p)
}

func (m *commander) unlink(p *commanderPerson) {
	m.emails.remove(fold(p.email), p)
	m.phones.remove(digits(p.phone), p)
}

func (m *commander) insert(p *commanderPerson, at time.Time) {
	m.people.add(p, at, m.commanderID)
	m.link(p)
}

func (m *commander) list(c *call) reply {
	size, after := numeralOr(c.query.Get("limit"), 10), 0
	if cursor := c.query.Get("cursor"); cursor != "" {
		var ok bool
		if after, ok = m.place(cursor); !ok {
			return m.fail(failure{status: http.StatusBadRequest, rule: "clientcommander.people.cursor.valid", message: "Invalid cursor"})
		}
	}
	data := []map[string]any{}
	last, more := "", false
	for _, p := range m.people.live[m.people.after(after):] {
		if p.trashed || !m.sees(p) {
			continue
		}
		if more = len(data) == size; more {
			break
		}
		data, last = append(data, m.view(p)), p.id
	}
	meta := m.meta()
	meta["count"], meta["hasMore"] = len(data), more
	if more {
		meta["nextCursor"] = commanderCursor(last)
	}
	return reply{status: http.StatusOK, body: map[string]any{"data": data, "meta": meta}}
}

// place is the number of the person that a cursor stands behind.
func (m *commander) place(cursor string) (int, bool) {
	id, ok := readCommanderCursor(cursor)
	if !ok {
		return 0, false
	}
	if p, ok := m.people.get(id); ok {
		return p.seq, true
	}
	seq, ok := m.gone[id]
	return seq, ok
}

func (m *commander) search(c *call) reply {
	id, email, phone, name := c.query.Get("id"), fold(c.query.Get("email")), digits(c.query.Get("phone")), fold(c.query.Get("name"))
	var from []*commanderPerson
	switch {
	case id != "":
		if p, ok := m.people.get(id); ok {
			from = []*commanderPerson{p}
		}
	case email != "":
		from = m.emails[email]
	case phone != "":
		from = m.phones[phone]
	case name != "":
		from = m.people.live
	default:
		return m.fail(failure{status: http.StatusBadRequest, rule: "clientcommander.search.any", message: "Give id, email, phone or name"})
	}
	data := []map[string]any{}
	for _, p := range from {
		if len(data) == 10 {
			break
		}
		if !p.trashed && m.sees(p) && (email == "" || fold(p.email) == email) && (phone == "" || digits(p.phone) == phone) && strings.Contains(p.words, name) {
			data = append(data, m.view(p))
		}
	}
	return m.ok(data)
}

func (m *commander) ok(data any) reply {
	return reply{status: http.StatusOK, body: map[string]any{"meta": m.meta(), "data": data}}
}

func (m *commander) done(data any) reply {
	body := map[string]any{"meta": m.meta(), "success": true, "message": "Operation completed successfully"}
	if data != nil {
		body["data"] = data
	}
	return reply{status: http.StatusOK, body: body}
}

var commanderIDPattern = regexp.MustCompile(`^[a-zA-Z0-9_-]{8,}$`) // never written

// person returns the contact that the path names, trashed or not, or a refusal.
func (m *commander) person(c *call) (*commanderPerson, *failure) {
	id := c.PathValue("id")
	if !commanderIDPattern.MatchString(id) {
		return nil, &failure{status: http.StatusBadRequest, rule: "clientcommander.person.id", message: "Invalid contact ID"}
	}
	if p, ok := m.people.get(id); ok {
		return p, nil
	}
	return nil, noPerson()
}

func noPerson() *failure {
	return &failure{status: http.StatusNotFound, rule: "clientcommander.person.exists", message: "Contact not found"}
}

// livePerson is person without those in the trash.
func (m *commander) livePerson(c *call) (*commanderPerson, *failure) {
	p, f := m.person(c)
	if f == nil && p.trashed {
		f = noPerson()
	}
	return p, f
}

func (m *commander) get(c *call) reply {
	p, f := m.livePerson(c)
	if f == nil && !m.sees(p) {
		f = noPerson()
	}
	if f != nil {
		return m.fail(*f)
	}
	return m.ok(m.view(p))
}

// keyLife is how long an idempotency key is remembered.
const keyLife = 24 * time.Hour

func (m *commander) upsert(c *call) reply {
	key, given := c.Header["Idempotency-Key"]
	if !given {
		return m.write(c)
	}
	if n := utf8.RuneCountInString(key[0]); n < 16 || n > 64 {
		return m.fail(failure{status: http.StatusBadRequest, rule: "clientcommander.idempotency-key.length", message: "Idempotency-Key must have 16 to 64 characters"})
	}
	if past, ok := m.keys[key[0]]; ok && c.at.Sub(past.at) < keyLife {
		if past.body != string(c.raw) {
			return m.fail(failure{status: http.StatusUnprocessableEntity, rule: "clientcommander.idempotency-key.body", message: "Idempotency-Key was used with another body"})
		}
		return reply{status: http.StatusOK, body: past.answer}
	}
	a := m.write(c)
	if a.rule != "" {
		return a
	}
	raw, err := json.Marshal(a.body)
	if err != nil {
		return m.fail(failure{status: http.StatusInternalServerError, rule: "clientcommander.size", message: err.Error()})
	}
	m.keys[key[0]] = keyed{body: string(c.raw), answer: raw, at: c.at}
	a.body = raw
	return a
}

func (m *commander) write(c *call) reply {
	if f := knownStage(c.body); f != nil {
		return m.fail(*f)
	}
	p, created := m.match(c.body), false
	if p == nil {
		p, created = &commanderPerson{stage: stages[0].id}, true
		p.set(c.body)
		m.insert(p, c.at)
	} else {
		m.change(c, p, func() { p.set(c.body) })
	}
	m.log(c, p, map[bool]string{true: "create", false: "update"}[created])
	return m.ok(map[string]any{"created": created, "id": p.id, "person": m.view(p)})
}

func knownStage(body map[string]any) *failure {
	id, given := body["stage"].(string)
	if !given || slices.ContainsFunc(stages, func(s stage) bool { return s.id == id }) {
		return nil
	}
	return &failure{problems: []problem{{rule: "clientcommander.person.stage.exists", field: "stage", want: "must be the id of a stage"}}}
}

// match is the contact that a body is about, nil if it is new.
func (m *commander) match(body map[string]any) *commanderPerson {
	found := m.emails[fold(str(body, "email"))]
	if str(body, "email") == "" {
		found = m.phones[digits(str(body, "phone"))]
	}
	for _, p := range found {
		if !p.trashed {
			return p
		}
	}
	return nil
}

// change runs a change of a contact and keeps what finds it.
func (m *commander) change(c *call, p *commanderPerson, do func()) {
	m.unlink(p)
	do()
	m.link(p)
	m.people.touch(p, c.at)
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
		p.tags = texts(items)
	}
}

func (m *commander) log(c *call, p *commanderPerson, action string) {
	m.committed(c, Entry{Action: action, Kind: "contact", ID: p.id, Email: p.email, Phone: p.phone, Name: p.fullName()})
}

func (m *commander) update(c *call) reply {
	p, f := m.livePerson(c)
	if f == nil {
		f = knownStage(c.body)
	}
	if f != nil {
		return m.fail(*f)
	}
	m.change(c, p, func() {
		p.first, p.last, p.email, p.phone, p.source, p.stage, p.timeframe, p.background, p.price = "", "", "", "", "", "", "", "", ""
		p.set(c.body)
	})
	m.log(c, p, "update")
	return m.done(nil)
}

func (m *commander) delete(c *call) reply {
	permanent := c.query.Get("permanent") == "true"
	p, f := m.person(c)
	if f == nil && p.trashed && !permanent {
		_, f = m.livePerson(c)
	}
	if f != nil {
		return m.fail(*f)
	}
	m.log(c, p, "delete")
	if !p.trashed {
		m.unlink(p)
	}
	if p.trashed = true; permanent {
		m.gone[p.id] = p.seq
		m.people.remove(p)
	}
	return m.done(map[string]bool{"deleted": true, "permanent": permanent})
}

func (m *commander) addTags(c *call) reply {
	p, f := m.livePerson(c)
	if f != nil {
		return m.fail(*f)
	}
	tags, before := slices.Clone(p.tags), len(p.tags)
	for _, tag := range texts(c.body["tags"].([]any)) {
		if !slices.Contains(tags, tag) {
			tags = append(tags, tag)
		}
	}
	p.tags = tags
	m.people.touch(p, c.at)
	m.log(c, p, "update")
	return m.ok(map[string]any{"count": len(tags) - before, "person": m.view(p)})
}

func (m *commander) listUsers(*call) reply {
	users := []map[string]any{}
	for _, u := range sampleUsers() {
		users = append(users, u.view())
	}
	return m.ok(users)
}

func (m *commander) me(*call) reply { return m.ok(sampleUsers()[0].view()) }

// seed makes the people that the samples meet, and as many more as asked for.
func (m *commander) seed() {
	at := m.seedTime()
	for _, p := range seeded(m.settings.contacts) {
		m.insert(&commanderPerson{first: p.First, last: p.Last, email: p.Email, phone: p.Phone, source: p.Source, stage: p.StageID,
			timeframe: p.Timeframe, background: p.Note, price: json.Number(decimal(p.Price)), tags: p.Tags,
			street: p.US.Street, city: p.US.City, state: p.US.State, zip: p.US.Zip}, at)
	}
	for i, first := range []string{"Twain", "Twyla"} {
		m.insert(&commanderPerson{first: first, last: "Twice", email: TwiceEmail, stage: stages[sampleStages+i].id}, at)
	}
}

func (m *commander) listed(p *commanderPerson) bool { return !p.trashed }

func (m *commander) churn(c *call, p Person, pick int) {
	if old, ok := victim(m.people.live, pick, m.listed); ok {
		m.unlink(old)
		m.gone[old.id] = old.seq
		m.people.remove(old)
		m.stirred(c.at, "delete", old.id, old.email)
	}
	made := &commanderPerson{first: p.First, last: p.Last, email: p.Email, phone: p.Phone, source: p.Source, stage: p.StageID,
		timeframe: p.Timeframe, background: p.Note, price: json.Number(decimal(p.Price)), tags: p.Tags}
	m.insert(made, c.at)
	m.stirred(c.at, "create", made.id, made.email)
}
