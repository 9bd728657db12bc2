package growcrm

import (
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"strings"
	"time"

	"crmferry/internal/sandbox/api"
	"crmferry/internal/sandbox/seed"
)

func (u *growContact) View() map[string]any {
	status := "active"
	if u.deleted {
		status = "deleted"
	}
	return map[string]any{
		"id": u.Seq, "first_name": u.first, "last_name": u.last, "name": u.name(), "email": u.email,
		"phone": api.OrNil(u.phone), "job_position": api.OrNil(u.position), "account_owner": yesNo(u.owner), "status": status,
		"client": map[string]any{"id": u.client.Seq, "company_name": u.client.company},
		"role":   map[string]any{"id": 2, "name": "Client"},
		"social": map[string]any{"facebook": nil, "twitter": nil, "linkedin": nil, "github": nil, "dribbble": nil},
		"dates":  growDates(&u.Record),
	}
}

func (u *growContact) name() string { return strings.TrimSpace(u.first + " " + u.last) }

// insert stores a user and everything that finds it.
func (g *grow) insert(u *growContact, at time.Time) {
	g.contacts.Add(u, at, api.Decimal)
	g.link(u)
	if u.client != nil {
		g.byClient[u.client] = append(g.byClient[u.client], u)
	}
}

func (g *grow) link(u *growContact) {
	u.words = api.Fold(u.first) + "\n" + api.Fold(u.last) + "\n" + api.Fold(u.email) + "\n" + api.Fold(u.phone)
	if u.email != "" {
		g.emails[api.Fold(u.email)] = u
		g.tails.Add(emailTail(api.Fold(u.email)), u)
	}
}

func (g *grow) unlink(u *growContact) {
	if u.email != "" {
		delete(g.emails, api.Fold(u.email))
		g.tails.Remove(emailTail(api.Fold(u.email)), u)
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

func (g *grow) listContacts(c *api.Call) api.Reply {
	number, size := api.NumeralOr(c.Query.Get("page"), 1), min(api.NumeralOr(c.Query.Get("limit"), 25), 100)
	found := api.Shown(g.Vendor, g.query(c.Query))
	data := make([]map[string]any, 0, size)
	for _, u := range api.Page(found, number, size) {
		data = append(data, u.View())
	}
	return growPage(data, len(found), number, size, "Contacts retrieved successfully.")
}

// query returns the contacts that a list's parameters ask for, in order.
func (g *grow) query(q url.Values) []*growContact {
	words := api.Fold(q.Get("search"))
	if tail := emailTail(words); tail != "" {
		return g.choose(g.tails[tail], q, words)
	}
	if words != "" {
		return g.choose(g.contacts.Live, q, words)
	}
	name := strings.Join([]string{q.Get("status"), q.Get("client_id"), q.Get("account_owner"), q.Get("sort"), q.Get("order")}, "\n")
	return g.contacts.Orders.List(name, func() []*growContact { return g.choose(g.contacts.Live, q, "") })
}

// choose filters and sorts users.
func (g *grow) choose(users []*growContact, q url.Values, words string) []*growContact {
	status, client, owner := q.Get("status"), q.Get("client_id"), q.Get("account_owner")
	found := api.Filter(users, func(u *growContact) bool {
		return u.client != nil && u.deleted == (status == "deleted") && (status == "" || status == "active" || status == "deleted") &&
			(client == "" || u.client.Id == client) && (owner == "" || yesNo(u.owner) == owner) && strings.Contains(u.words, words)
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
		return func(a, b *growContact) int { return strings.Compare(api.Fold(a.first), api.Fold(b.first)) }
	case "last_name":
		return func(a, b *growContact) int { return strings.Compare(api.Fold(a.last), api.Fold(b.last)) }
	case "email":
		return func(a, b *growContact) int { return strings.Compare(api.Fold(a.email), api.Fold(b.email)) }
	case "updated":
		return func(a, b *growContact) int { return a.Updated.Compare(b.Updated) }
	}
	return func(a, b *growContact) int { return a.Seq - b.Seq }
}

// contact returns the contact that the path names, or a refusal.
func (g *grow) contact(c *api.Call) (*growContact, *api.Failure) {
	u, ok := g.contacts.Get(c.PathValue("id"))
	if !ok || u.deleted {
		return nil, noGrowContact()
	}
	return u, nil
}

func noGrowContact() *api.Failure {
	return &api.Failure{Status: http.StatusNotFound, Rule: "growcrm.contact.exists", Message: "Contact not found."}
}

func (g *grow) getContact(c *api.Call) api.Reply {
	u, f := g.contact(c)
	if f == nil && (u.client == nil || !g.Sees(u)) {
		f = noGrowContact()
	}
	if f != nil {
		return g.Fail(*f)
	}
	return growItem(http.StatusOK, u.View(), "Contact retrieved successfully.")
}

// taken refuses an e-mail address that another user has.
func (g *grow) taken(email string, self *growContact) *api.Failure {
	if other := g.emails[api.Fold(email)]; other == nil || other == self {
		return nil
	}
	return &api.Failure{Status: http.StatusUnprocessableEntity, Problems: []api.Problem{
		{Rule: "growcrm.contact.email.taken", Field: "email", Text: "The email has already been taken."}}}
}

func (g *grow) createContact(c *api.Call) api.Reply {
	if f := g.taken(api.Str(c.Values, "email"), nil); f != nil {
		return g.Fail(*f)
	}
	id, _ := strconv.Atoi(api.Str(c.Values, "clientid"))
	client, ok := g.clients.Get(api.Decimal(id))
	if !ok {
		return g.Fail(api.Failure{Status: http.StatusUnprocessableEntity, Problems: []api.Problem{
			{Rule: "growcrm.contact.clientid.exists", Field: "clientid", Text: "The selected clientid is invalid."}}})
	}
	u := &growContact{client: client}
	u.set(c.Values)
	g.insert(u, c.At)
	g.log(c, u, "create")
	return growItem(http.StatusCreated, u.View(), "Contact created successfully.")
}

func (u *growContact) set(body map[string]any) {
	u.first, u.last, u.email = api.Str(body, "first_name"), api.Str(body, "last_name"), api.Str(body, "email")
	u.phone, u.position = api.Str(body, "phone"), api.Str(body, "position")
}

func (g *grow) log(c *api.Call, u *growContact, action string) {
	g.Commit(c, api.Entry{Action: action, Kind: "contact", ID: u.Id, Email: u.email, Phone: u.phone, Name: u.name()})
}

func (g *grow) updateContact(c *api.Call) api.Reply {
	u, f := g.contact(c)
	if f == nil {
		f = g.taken(api.Str(c.Values, "email"), u)
	}
	if f != nil {
		return g.Fail(*f)
	}
	g.unlink(u)
	u.set(c.Values)
	g.link(u)
	g.contacts.Touch(u, c.At)
	g.log(c, u, "update")
	return growItem(http.StatusOK, u.View(), "Contact updated successfully.")
}

func (g *grow) deleteContact(c *api.Call) api.Reply {
	u, f := g.contact(c)
	if f == nil && u.client == nil { // one of the team
		f = noGrowContact()
	}
	if f != nil {
		return g.Fail(*f)
	}
	g.log(c, u, "delete")
	g.erase(u, c.At)
	return growItem(http.StatusOK, map[string]int{"id": u.Seq}, "Contact deleted successfully.")
}

// erase deletes a contact as the API does: it stays, without its address.
func (g *grow) erase(u *growContact, at time.Time) {
	g.unlink(u)
	u.deleted, u.owner, u.email = true, false, ""
	g.link(u)
	g.contacts.Touch(u, at)
}

func (g *grow) makeOwner(c *api.Call) api.Reply {
	u, f := g.contact(c)
	if f == nil && u.client == nil {
		f = &api.Failure{Status: http.StatusConflict, Rule: "growcrm.contact.owner", Message: "The contact does not belong to a client account."}
	}
	if f != nil {
		return g.Fail(*f)
	}
	g.own(u.client, u)
	g.contacts.Touch(u, c.At)
	g.log(c, u, "update")
	return growItem(http.StatusOK, u.View(), "Contact set as account owner successfully.")
}

// own makes u the account owner of its client and demotes the one before.
func (g *grow) own(client *growClient, u *growContact) {
	for _, other := range g.byClient[client] {
		other.owner = false
	}
	u.owner = true
}

func (g *grow) Listed(u *growContact) bool { return u.client != nil && !u.deleted }

func (g *grow) churn(c *api.Call, p seed.Person, pick int) {
	if old, ok := api.Victim(g.contacts.Live, pick, g.Listed); ok {
		g.CommitChurn(c.At, "delete", old.Id, old.email)
		g.erase(old, c.At)
	}
	client, ok := api.Victim(g.clients.Live, pick, func(*growClient) bool { return true })
	if !ok {
		return
	}
	made := &growContact{first: p.First, last: p.Last, email: p.Email, phone: p.Phone, position: p.JobTitle, client: client}
	g.insert(made, c.At)
	g.CommitChurn(c.At, "create", made.Id, made.email)
}
