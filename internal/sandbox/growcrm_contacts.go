package sandbox

import (
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"strings"
	"time"
)

func (u *growContact) view() map[string]any {
	status := "active"
	if u.deleted {
		status = "deleted"
	}
	return map[string]any{
		"id": u.seq, "first_name": u.first, "last_name": u.last, "name": u.name(), "email": u.email,
		"phone": orNil(u.phone), "job_position": orNil(u.position), "account_owner": yesNo(u.owner), "status": status,
		"client": map[string]any{"id": u.client.seq, "company_name": u.client.company},
		"role":   map[string]any{"id": 2, "name": "Client"},
		"social": map[string]any{"facebook": nil, "twitter": nil, "linkedin": nil, "github": nil, "dribbble": nil},
		"dates":  growDates(&u.record),
	}
}

func (u *growContact) name() string { return strings.TrimSpace(u.first + " " + u.last) }

// insert stores a user and everything that finds it.
func (g *grow) insert(u *growContact, at time.Time) {
	g.contacts.add(u, at, decimal)
	g.link(u)
	if u.client != nil {
		g.byClient[u.client] = append(g.byClient[u.client], u)
	}
}

func (g *grow) link(u *growContact) {
	u.words = fold(u.first) + "\n" + fold(u.last) + "\n" + fold(u.email) + "\n" + fold(u.phone)
	if u.email != "" {
		g.emails[fold(u.email)] = u
		g.tails.add(emailTail(fold(u.email)), u)
	}
}

func (g *grow) unlink(u *growContact) {
	if u.email != "" {
		delete(g.emails, fold(u.email))
		g.tails.remove(emailTail(fold(u.email)), u)
	}
}

// emailTail is what an address has before its "@", at most three characters, and the "@"; "" if there are fewer.
// Whatever contains an address with three such characters has the same tail.
func emailTail(s string) string {
	at := strings.IndexByte(s, '@')
	if at < 3 {
		return ""
	}
	return s[at-3 : at+1]
}

func (g *grow) listContacts(c *call) reply {
	number, size := numeralOr(c.query.Get("page"), 1), min(numeralOr(c.query.Get("limit"), 25), 100)
	found := shown(g.vendor, g.query(c.query))
	data := make([]map[string]any, 0, size)
	for _, u := range page(found, number, size) {
		data = append(data, u.view())
	}
	return growPage(data, len(found), number, size, "Contacts retrieved successfully.")
}

// query returns the contacts that a list's parameters ask for, in order.
func (g *grow) query(q url.Values) []*growContact {
	words := fold(q.Get("search"))
	if tail := emailTail(words); tail != "" {
		return g.choose(g.tails[tail], q, words)
	}
	if words != "" {
		return g.choose(g.contacts.live, q, words)
	}
	name := strings.Join([]string{q.Get("status"), q.Get("client_id"), q.Get("account_owner"), q.Get("sort"), q.Get("order")}, "\n")
	return g.contacts.orders.list(name, func() []*growContact { return g.choose(g.contacts.live, q, "") })
}

// choose filters and sorts users.
func (g *grow) choose(users []*growContact, q url.Values, words string) []*growContact {
	status, client, owner := q.Get("status"), q.Get("client_id"), q.Get("account_owner")
	found := filter(users, func(u *growContact) bool {
		return u.client != nil && u.deleted == (status == "deleted") && (status == "" || status == "active" || status == "deleted") &&
			(client == "" || u.client.id == client) && (owner == "" || yesNo(u.owner) == owner) && strings.Contains(u.words, words)
	})
	slices.SortStableFunc(found, growOrder(q.Get("sort")))
	if q.Get("order") == "desc" {
		slices.Reverse(found)
	}
	return found
}

func growOrder(order string) func(a, b *growContact) int {
	switch order {
	case "first_name":
		return func(a, b *growContact) int { return strings.Compare(fold(a.first), fold(b.first)) }
	case "last_name":
		return func(a, b *growContact) int { return strings.Compare(fold(a.last), fold(b.last)) }
	case "email":
		return func(a, b *growContact) int { return strings.Compare(fold(a.email), fold(b.email)) }
	case "updated":
		return func(a, b *growContact) int { return a.updated.Compare(b.updated) }
	}
	return func(a, b *growContact) int { return a.seq - b.seq }
}

// contact returns the contact that the path names, or a refusal.
func (g *grow) contact(c *call) (*growContact, *failure) {
	u, ok := g.contacts.get(c.PathValue("id"))
	if !ok || u.deleted {
		return nil, noGrowContact()
	}
	return u, nil
}

func noGrowContact() *failure {
	return &failure{status: http.StatusNotFound, rule: "growcrm.contact.exists", message: "Contact not found."}
}

func (g *grow) getContact(c *call) reply {
	u, f := g.contact(c)
	if f == nil && (u.client == nil || !g.sees(u)) {
		f = noGrowContact()
	}
	if f != nil {
		return g.fail(*f)
	}
	return growItem(http.StatusOK, u.view(), "Contact retrieved successfully.")
}

// taken refuses an e-mail address that another user has.
func (g *grow) taken(email string, self *growContact) *failure {
	if other := g.emails[fold(email)]; other == nil || other == self {
		return nil
	}
	return &failure{status: http.StatusUnprocessableEntity, problems: []problem{
		{rule: "growcrm.contact.email.taken", field: "email", text: "The email has already been taken."}}}
}

func (g *grow) createContact(c *call) reply {
	if f := g.taken(str(c.body, "email"), nil); f != nil {
		return g.fail(*f)
	}
	id, _ := strconv.Atoi(str(c.body, "clientid"))
	client, ok := g.clients.get(decimal(id))
	if !ok {
		return g.fail(failure{status: http.StatusUnprocessableEntity, problems: []problem{
			{rule: "growcrm.contact.clientid.exists", field: "clientid", text: "The selected clientid is invalid."}}})
	}
	u := &growContact{client: client}
	u.set(c.body)
	g.insert(u, c.at)
	g.log(c, u, "create")
	return growItem(http.StatusCreated, u.view(), "Contact created successfully.")
}

func (u *growContact) set(body map[string]any) {
	u.first, u.last, u.email = str(body, "first_name"), str(body, "last_name"), str(body, "email")
	u.phone, u.position = str(body, "phone"), str(body, "position")
}

func (g *grow) log(c *call, u *growContact, action string) {
	g.committed(c, Entry{Action: action, Kind: "contact", ID: u.id, Email: u.email, Phone: u.phone, Name: u.name()})
}

func (g *grow) updateContact(c *call) reply {
	u, f := g.contact(c)
	if f == nil {
		f = g.taken(str(c.body, "email"), u)
	}
	if f != nil {
		return g.fail(*f)
	}
	g.unlink(u)
	u.set(c.body)
	g.link(u)
	g.contacts.touch(u, c.at)
	g.log(c, u, "update")
	return growItem(http.StatusOK, u.view(), "Contact updated successfully.")
}

func (g *grow) deleteContact(c *call) reply {
	u, f := g.contact(c)
	if f == nil && u.client == nil { // one of the team
		f = noGrowContact()
	}
	if f != nil {
		return g.fail(*f)
	}
	g.log(c, u, "delete")
	g.erase(u, c.at)
	return growItem(http.StatusOK, map[string]int{"id": u.seq}, "Contact deleted successfully.")
}

// erase deletes a contact as the API does: it stays, without its address.
func (g *grow) erase(u *growContact, at time.Time) {
	g.unlink(u)
	u.deleted, u.owner, u.email = true, false, ""
	g.link(u)
	g.contacts.touch(u, at)
}

func (g *grow) makeOwner(c *call) reply {
	u, f := g.contact(c)
	if f == nil && u.client == nil {
		f = &failure{status: http.StatusConflict, rule: "growcrm.contact.owner", message: "The contact does not belong to a client account."}
	}
	if f != nil {
		return g.fail(*f)
	}
	g.own(u.client, u)
	g.contacts.touch(u, c.at)
	g.log(c, u, "update")
	return growItem(http.StatusOK, u.view(), "Contact set as account owner successfully.")
}

// own makes u the account owner of its client and demotes the one before.
func (g *grow) own(client *growClient, u *growContact) {
	for _, other := range g.byClient[client] {
		other.owner = false
	}
	u.owner = true
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
