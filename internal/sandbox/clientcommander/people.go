package clientcommander

import (
	"encoding/json"
	"net/http"
	"slices"
	"strings"
	"time"
	"unicode/utf8"

	"crmferry/internal/sandbox/api"
	"crmferry/internal/sandbox/seed"
)

func (m *vendor) list(c *api.Call) api.Reply {
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
		data, last = append(data, m.view(p)), p.ID
	}
	meta := m.meta()
	meta["count"], meta["hasMore"] = len(data), more
	if more {
		meta["nextCursor"] = cursorBehind(last)
	}
	return api.Reply{Status: http.StatusOK, Body: map[string]any{"data": data, "meta": meta}}
}

// place is the number of the person that a cursor stands behind.
func (m *vendor) place(cursor string) (int, bool) {
	id, ok := readCursor(cursor)
	if !ok {
		return 0, false
	}
	if p, ok := m.people.Get(id); ok {
		return p.Seq, true
	}
	seq, ok := m.gone[id]
	return seq, ok
}

func (m *vendor) search(c *api.Call) api.Reply {
	id, email, phone, name := c.Query.Get("id"), api.Fold(c.Query.Get("email")), api.Digits(c.Query.Get("phone")), api.Fold(c.Query.Get("name"))
	var from []*personRecord
	switch {
	case id != "":
		if p, ok := m.people.Get(id); ok {
			from = []*personRecord{p}
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
			data = append(data, m.view(p))
		}
	}
	return m.ok(data)
}

func (m *vendor) get(c *api.Call) api.Reply {
	p, f := m.livePerson(c)
	if f == nil && !m.Sees(p) {
		f = noPerson()
	}
	if f != nil {
		return m.Fail(*f)
	}
	return m.ok(m.view(p))
}

// keyLife is how long an idempotency key is remembered.
const keyLife = 24 * time.Hour

func (m *vendor) upsert(c *api.Call) api.Reply {
	key, given := c.Header["Idempotency-Key"]
	if !given {
		return m.write(c)
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
	a := m.write(c)
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

func (m *vendor) write(c *api.Call) api.Reply {
	if f := knownStage(c.Values); f != nil {
		return m.Fail(*f)
	}
	p, created := m.match(c.Values), false
	if p == nil {
		p, created = &personRecord{stage: seed.Stages[0].ID}, true
		p.set(c.Values)
		m.insert(p, c.At)
	} else {
		m.change(c, p, func() { p.set(c.Values) })
	}
	m.log(c, p, map[bool]string{true: "create", false: "update"}[created])
	return m.ok(map[string]any{"created": created, "id": p.ID, "person": m.view(p)})
}

func knownStage(body map[string]any) *api.Failure {
	id, given := body["stage"].(string)
	if !given || slices.ContainsFunc(seed.Stages, func(s seed.Stage) bool { return s.ID == id }) {
		return nil
	}
	return &api.Failure{Problems: []api.Problem{{Rule: "clientcommander.person.stage.exists", Field: "stage", Want: "must be the id of a stage"}}}
}

func (m *vendor) update(c *api.Call) api.Reply {
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

func (m *vendor) delete(c *api.Call) api.Reply {
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
		m.gone[p.ID] = p.Seq
		m.people.Remove(p)
	}
	return m.done(map[string]bool{"deleted": true, "permanent": permanent})
}

func (m *vendor) addTags(c *api.Call) api.Reply {
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
	return m.ok(map[string]any{"count": len(tags) - before, "person": m.view(p)})
}

func (m *vendor) listUsers(*api.Call) api.Reply {
	users := []map[string]any{}
	for _, u := range seed.Users() {
		users = append(users, u.View())
	}
	return m.ok(users)
}

func (m *vendor) me(*api.Call) api.Reply { return m.ok(seed.Users()[0].View()) }
