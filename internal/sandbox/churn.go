package sandbox

import (
	"encoding/json"
	"maps"
	"time"
)

// ChurnMethod stands in the ledger where a change came from Options.Churn and not from a request.
const ChurnMethod = "CHURN"

// IDs lists the ids of the contacts that a vendor lists now, in order of creation; those of RogerRoger with archived
// people. It is nil for an unknown vendor.
func (s *Server) IDs(vendor string) []string {
	v := s.vendor(vendor)
	if v == nil {
		return nil
	}
	v.once.Do(v.load)
	v.mu.RLock()
	defer v.mu.RUnlock()
	return v.ids()
}

// stir makes and deletes a contact at every n-th request for a page of contacts, as people do who work meanwhile.
func (v *vendor) stir(c *call, request int) {
	every := v.server.options.Churn
	if every <= 0 || request%every != 0 {
		return
	}
	n := request / every
	v.mu.Lock()
	defer v.mu.Unlock()
	// The number is taken at every request, so that the same requests meet the same changes.
	pick := int(scramble(n, v.server.options.Seed+1) >> 1)
	v.churn(&call{Request: c.Request, at: c.at}, seededPerson(firstExtra+v.server.options.Contacts+n), pick)
}

// stirred writes a change of churn into the ledger.
func (v *vendor) stirred(at time.Time, action, id, email string) {
	v.server.ledger.add(Entry{Vendor: v.name, Method: ChurnMethod, Action: action, Kind: "contact", ID: id, Email: email, Time: at})
}

// victim is one of the records that keep returns true for, found from a place on.
func victim[T any](all []T, from int, keep func(T) bool) (T, bool) {
	for i := range all {
		if t := all[(from%len(all)+i)%len(all)]; keep(t) {
			return t, true
		}
	}
	var none T
	return none, false
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

func (g *grow) listed(u *growContact) bool { return u.client != nil && !u.deleted }

func (g *grow) churn(c *call, p Person, pick int) {
	if old, ok := victim(g.contacts.live, pick, g.listed); ok {
		g.stirred(c.at, "delete", old.id, old.email)
		g.erase(old, c.at)
	}
	client, ok := victim(g.clients.live, pick, func(*growClient) bool { return true })
	if !ok {
		return
	}
	made := &growContact{first: p.First, last: p.Last, email: p.Email, phone: p.Phone, position: p.JobTitle, client: client}
	g.insert(made, c.at)
	g.stirred(c.at, "create", made.id, made.email)
}

// churn of RogerRoger archives a person every third time instead, who then is listed elsewhere.
func (g *roger) churn(c *call, p Person, pick int) {
	if pick%3 == 0 {
		g.archive(c, pick)
		return
	}
	if old, ok := victim(g.people.live, pick, func(*rogerPerson) bool { return true }); ok {
		g.unlink(old)
		delete(g.notes, old)
		g.people.remove(old)
		g.stirred(c.at, "delete", old.id, "")
	}
	made := bareRoger(p.First, p.Last, p.Email)
	g.insert(made, c.at)
	g.stirred(c.at, "create", made.id, p.Email)
}

func (g *roger) archive(c *call, pick int) {
	old, ok := victim(g.people.live, pick, func(p *rogerPerson) bool { return !p.archived })
	if !ok {
		return
	}
	g.unlink(old)
	old.values, old.sample = maps.Clone(old.held()), nil
	old.values["archivedAt"] = c.at.Format(time.RFC3339)
	g.link(old)
	g.people.touch(old, c.at)
	g.stirred(c.at, "update", old.id, "")
}

func (h *clover) churn(c *call, p Person, pick int) {
	if old, ok := victim(h.contacts.live, pick, func(*cloverContact) bool { return true }); ok {
		h.emails.remove(fold(old.email), old)
		h.contacts.remove(old)
		h.stirred(c.at, "delete", old.id, old.email)
	}
	if old, ok := victim(h.contacts.live, pick/2, func(*cloverContact) bool { return true }); ok && h.server.options.ListOrder == orderChanged {
		h.contacts.touch(old, c.at)
		h.stirred(c.at, "update", old.id, old.email)
	}
	made := &cloverContact{name: p.FullName(), email: p.Email, description: p.Note}
	h.insert(made, c.at)
	h.stirred(c.at, "create", made.id, made.email)
}

// idsOf are the ids of the records that keep returns true for.
func idsOf[T recorder](all []T, keep func(T) bool) []string {
	ids := []string{}
	for _, t := range all {
		if keep(t) {
			ids = append(ids, t.base().id)
		}
	}
	return ids
}
