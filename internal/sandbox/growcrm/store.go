package growcrm

import (
	"net/http"
	"strings"
	"time"

	"crmferry/internal/sandbox/api"
)

// contactRecord is a user of Grow CRM: a contact of a client account, or a member of the team.
type contactRecord struct {
	api.Record
	first, last, email string
	phone, position    string
	client             *clientRecord // nil for the team
	owner              bool
	deleted            bool
	words              string // what search looks through
}

// vendor is Grow CRM, simulated: its records, and what finds them.
type vendor struct {
	*api.Vendor
	contacts api.Collection[*contactRecord]
	clients  api.Collection[*clientRecord]
	emails   map[string]*contactRecord // of all users
	tails    api.Index[*contactRecord] // e-mails by emailTail
	byClient map[*clientRecord][]*contactRecord

	categories api.Collection[*categoryRecord]
	leads      api.Collection[*leadRecord]
	notes      api.Collection[*noteRecord]
}

// clientRecord is a client account of Grow CRM.
type clientRecord struct {
	api.Record
	company, status string
	texts           map[string]string // the other fields, by the names they are written with
	custom          map[string]string // no call shows it
	tags            []string
}

func (g *vendor) client(c *api.Call) (*clientRecord, *api.Failure) {
	if k, ok := g.clients.Get(c.PathValue("id")); ok {
		return k, nil
	}
	return nil, clientNotFound()
}

func clientNotFound() *api.Failure {
	return &api.Failure{Status: http.StatusNotFound, Rule: "growcrm.client.exists", Message: "Client not found."}
}

func (g *vendor) addClient(k *clientRecord, primary *contactRecord, at time.Time) {
	k.status = "active"
	g.clients.Add(k, at, api.Decimal)
	primary.client = k
	g.insert(primary, at)
}

func (k *clientRecord) set(body map[string]any) {
	if k.texts == nil {
		k.texts = map[string]string{}
	}
	for name, value := range body {
		if s, ok := value.(string); ok && strings.HasPrefix(name, "client_") && name != "client_company_name" {
			k.texts[name] = s
		}
	}
	if items, ok := body["tags[]"].([]any); ok {
		k.tags = api.Texts(items)
	}
}

func (u *contactRecord) name() string { return strings.TrimSpace(u.first + " " + u.last) }

// insert stores a user and everything that finds it.
func (g *vendor) insert(u *contactRecord, at time.Time) {
	g.contacts.Add(u, at, api.Decimal)
	g.link(u)
	if u.client != nil {
		g.byClient[u.client] = append(g.byClient[u.client], u)
	}
}

func (g *vendor) link(u *contactRecord) {
	u.words = api.Fold(u.first) + "\n" + api.Fold(u.last) + "\n" + api.Fold(u.email) + "\n" + api.Fold(u.phone)
	if u.email != "" {
		g.emails[api.Fold(u.email)] = u
		g.tails.Add(emailTail(api.Fold(u.email)), u)
	}
}

func (g *vendor) unlink(u *contactRecord) {
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

// contact returns the contact that the path names, or a refusal.
func (g *vendor) contact(c *api.Call) (*contactRecord, *api.Failure) {
	u, ok := g.contacts.Get(c.PathValue("id"))
	if !ok || u.deleted {
		return nil, contactNotFound()
	}
	return u, nil
}

func contactNotFound() *api.Failure {
	return &api.Failure{Status: http.StatusNotFound, Rule: "growcrm.contact.exists", Message: "Contact not found."}
}

// taken refuses an e-mail address that another user has.
func (g *vendor) taken(email string, self *contactRecord) *api.Failure {
	if other := g.emails[api.Fold(email)]; other == nil || other == self {
		return nil
	}
	return &api.Failure{Status: http.StatusUnprocessableEntity, Problems: []api.Problem{
		{Rule: "growcrm.contact.email.taken", Field: "email", Text: "The email has already been taken."}}}
}

func (u *contactRecord) set(body map[string]any) {
	u.first, u.last, u.email = api.Str(body, "first_name"), api.Str(body, "last_name"), api.Str(body, "email")
	u.phone, u.position = api.Str(body, "phone"), api.Str(body, "position")
}

func (g *vendor) log(c *api.Call, u *contactRecord, action string) {
	g.Commit(c, api.Entry{Action: action, Kind: "contact", ID: u.ID, Email: u.email, Phone: u.phone, Name: u.name()})
}

// erase deletes a contact as the API does: it stays, without its address.
func (g *vendor) erase(u *contactRecord, at time.Time) {
	g.unlink(u)
	u.deleted, u.owner, u.email = true, false, ""
	g.link(u)
	g.contacts.Touch(u, at)
}

// own makes u the account owner of its client and demotes the one before.
func (g *vendor) own(client *clientRecord, u *contactRecord) {
	for _, other := range g.byClient[client] {
		other.owner = false
	}
	u.owner = true
}

func (g *vendor) listed(u *contactRecord) bool { return u.client != nil && !u.deleted }
