package growcrm

import (
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"strings"

	"crmferry/internal/sandbox/api"
)

func (g *vendor) listContacts(c *api.Call) api.Reply {
	number, size := api.NumeralOr(c.Query.Get("page"), 1), min(api.NumeralOr(c.Query.Get("limit"), 25), 100)
	found := api.Shown(g.Vendor, g.query(c.Query))
	data := make([]map[string]any, 0, size)
	for _, u := range api.Page(found, number, size) {
		data = append(data, u.view())
	}
	return pageReply(data, len(found), number, size, "Contacts retrieved successfully.")
}

// query returns the contacts that a list's parameters ask for, in order.
func (g *vendor) query(q url.Values) []*contactRecord {
	words := api.Fold(q.Get("search"))
	if tail := emailTail(words); tail != "" {
		return g.choose(g.tails[tail], q, words)
	}
	if words != "" {
		return g.choose(g.contacts.Live, q, words)
	}
	name := strings.Join([]string{q.Get("status"), q.Get("client_id"), q.Get("account_owner"), q.Get("sort"), q.Get("order")}, "\n")
	return g.contacts.Orders.List(name, func() []*contactRecord { return g.choose(g.contacts.Live, q, "") })
}

// choose filters and sorts users.
func (g *vendor) choose(users []*contactRecord, q url.Values, words string) []*contactRecord {
	status, client, owner := q.Get("status"), q.Get("client_id"), q.Get("account_owner")
	found := api.Filter(users, func(u *contactRecord) bool {
		return u.client != nil && u.deleted == (status == "deleted") && (status == "" || status == "active" || status == "deleted") &&
			(client == "" || u.client.ID == client) && (owner == "" || yesNo(u.owner) == owner) && strings.Contains(u.words, words)
	})
	slices.SortStableFunc(found, contactOrder(q.Get("sort")))
	if q.Get("order") == "desc" {
		slices.Reverse(found)
	}
	return found
}

func contactOrder(order string) func(a, b *contactRecord) int {
	switch order {
	case "first_name":
		return func(a, b *contactRecord) int { return strings.Compare(api.Fold(a.first), api.Fold(b.first)) }
	case "last_name":
		return func(a, b *contactRecord) int { return strings.Compare(api.Fold(a.last), api.Fold(b.last)) }
	case "email":
		return func(a, b *contactRecord) int { return strings.Compare(api.Fold(a.email), api.Fold(b.email)) }
	case "updated":
		return func(a, b *contactRecord) int { return a.Updated.Compare(b.Updated) }
	}
	return func(a, b *contactRecord) int { return a.Seq - b.Seq }
}

func (g *vendor) getContact(c *api.Call) api.Reply {
	u, f := g.contact(c)
	if f == nil && (u.client == nil || !g.Sees(u)) {
		f = contactNotFound()
	}
	if f != nil {
		return g.Fail(*f)
	}
	return itemReply(http.StatusOK, u.view(), "Contact retrieved successfully.")
}

func (g *vendor) createContact(c *api.Call) api.Reply {
	if f := g.taken(api.Str(c.Values, "email"), nil); f != nil {
		return g.Fail(*f)
	}
	id, _ := strconv.Atoi(api.Str(c.Values, "clientid"))
	client, ok := g.clients.Get(api.Decimal(id))
	if !ok {
		return g.Fail(api.Failure{Status: http.StatusUnprocessableEntity, Problems: []api.Problem{
			{Rule: "growcrm.contact.clientid.exists", Field: "clientid", Text: "The selected clientid is invalid."}}})
	}
	u := &contactRecord{client: client}
	u.set(c.Values)
	g.insert(u, c.At)
	g.log(c, u, "create")
	return itemReply(http.StatusCreated, u.view(), "Contact created successfully.")
}

func (g *vendor) updateContact(c *api.Call) api.Reply {
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
	return itemReply(http.StatusOK, u.view(), "Contact updated successfully.")
}

func (g *vendor) deleteContact(c *api.Call) api.Reply {
	u, f := g.contact(c)
	if f == nil && u.client == nil { // one of the team
		f = contactNotFound()
	}
	if f != nil {
		return g.Fail(*f)
	}
	g.log(c, u, "delete")
	g.erase(u, c.At)
	return itemReply(http.StatusOK, map[string]int{"id": u.Seq}, "Contact deleted successfully.")
}

func (g *vendor) makeOwner(c *api.Call) api.Reply {
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
	return itemReply(http.StatusOK, u.view(), "Contact set as account owner successfully.")
}

func (g *vendor) contactRoutes() []*api.Route {
	form := []string{api.FormMedia}
	return []*api.Route{
		{Method: "GET", Pattern: "/api/contacts", Query: listSchema(), Contacts: true, Handle: g.listContacts},
		{Method: "GET", Pattern: "/api/contacts/{id}", Handle: g.getContact},
		{Method: "POST", Pattern: "/api/contacts", Media: form, Body: createSchema(), Handle: g.createContact},
		{Method: "PATCH", Pattern: "/api/contacts/{id}", Media: form, Body: updateSchema(), Handle: g.updateContact},
		{Method: "DELETE", Pattern: "/api/contacts/{id}", Handle: g.deleteContact},
		{Method: "PUT", Pattern: "/api/contacts/{id}/account-owner", Handle: g.makeOwner},
	}
}

func listSchema() *api.Schema {
	return &api.Schema{Name: "growcrm.contacts", Page: contactsPage, Texts: true, Fields: []api.Field{
		{Name: "status"}, {Name: "client_id", Kind: api.Numeral}, {Name: "account_owner", Words: []string{"yes", "no"}}, {Name: "search"},
		{Name: "sort", Words: []string{"first_name", "last_name", "email", "created", "updated"}},
		{Name: "order", Words: []string{"asc", "desc"}}, {Name: "limit", Kind: api.Numeral, Min: 1}, {Name: "page", Kind: api.Numeral, Min: 1},
	}}
}

func createSchema() *api.Schema {
	return &api.Schema{Name: "growcrm.contact", Page: contactsPage, Texts: true, Fields: append([]api.Field{
		{Name: "first_name", Required: true}, {Name: "last_name", Required: true}, {Name: "email", Required: true, Email: true},
		{Name: "clientid", Kind: api.Numeral, Required: true}, {Name: "phone"}, {Name: "position"},
		{Name: "send_email", Words: []string{"yes", "no"}},
	}, readOnlyFields()...)}
}

func updateSchema() *api.Schema {
	return &api.Schema{Name: "growcrm.contact-update", Page: contactsPage, Texts: true, Fields: append([]api.Field{
		{Name: "first_name", Required: true}, {Name: "last_name", Required: true}, {Name: "email", Required: true, Email: true},
		{Name: "phone"}, {Name: "position"}, {Name: "clientid", ReadOnly: true}, {Name: "send_email", ReadOnly: true},
	}, readOnlyFields()...)}
}

// readOnlyFields are fields of the contact object that neither create nor update takes.
func readOnlyFields() []api.Field {
	var fields []api.Field
	for _, name := range []string{"id", "name", "job_position", "account_owner", "status", "client", "role", "social", "dates"} {
		fields = append(fields, api.Field{Name: name, ReadOnly: true})
	}
	return fields
}
