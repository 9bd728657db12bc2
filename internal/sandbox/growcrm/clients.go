package growcrm

import (
	"fmt"
	"net/http"
	"slices"
	"strings"

	"crmferry/internal/sandbox/api"
)

func (g *vendor) clientRoutes() []*api.Route {
	form := []string{api.FormMedia}
	return []*api.Route{
		{Method: "GET", Pattern: "/api/clients", Query: clientListSchema(), Handle: g.listClients},
		{Method: "GET", Pattern: "/api/clients/{id}", Handle: g.getClient},
		{Method: "POST", Pattern: "/api/clients", Media: form, Body: g.custom(customOfClients, clientSchema("growcrm.client", true)), Handle: g.createClient},
		{Method: "PATCH", Pattern: "/api/clients/{id}", Media: form, Body: g.custom(customOfClients, clientSchema("growcrm.client-update", false)), Handle: g.updateClient},
	}
}

func clientListSchema() *api.Schema {
	return &api.Schema{Name: "growcrm.clients", Page: clientsPage, Texts: true, Fields: []api.Field{
		{Name: "status", Words: []string{"active", "suspended"}}, {Name: "category_id", Kind: api.Numeral}, {Name: "search"},
		{Name: "sort", Words: []string{"client_company_name", "client_status", "client_created", "client_updated"}},
		{Name: "order", Words: []string{"asc", "desc"}}, {Name: "limit", Kind: api.Numeral, Min: 1}, {Name: "page", Kind: api.Numeral, Min: 1},
	}}
}

// clientSchema is the body that makes a client, along with its primary user, or changes one.
func clientSchema(name string, create bool) *api.Schema {
	fields := []api.Field{{Name: "client_company_name", Required: !create}}
	for _, optional := range []string{"client_description", "client_phone", "client_website", "client_vat", "client_billing_street",
		"client_billing_city", "client_billing_state", "client_billing_zip", "client_billing_country"} {
		fields = append(fields, api.Field{Name: optional})
	}
	fields = append(fields, api.Field{Name: "client_categoryid", Kind: api.Numeral}, api.Field{Name: "client_billing_invoice_due_days", Kind: api.Numeral})
	if create {
		fields = append(fields, api.Field{Name: "tags[]", Kind: api.List, Item: &api.Field{}}, api.Field{Name: "first_name", Required: true}, api.Field{Name: "last_name", Required: true},
			api.Field{Name: "email", Required: true, Email: true}, api.Field{Name: "send_email", Words: []string{"yes", "no"}})
	}
	return &api.Schema{Name: name, Page: clientsPage, Texts: true, Fields: fields}
}

func clientRules() []api.Rule {
	rules := []api.Rule{
		{ID: "growcrm.client.content-type", Text: "bodies are form-encoded", Page: startPage},
		{ID: "growcrm.client-update.content-type", Text: "bodies are form-encoded", Page: startPage},
		{ID: "growcrm.client.syntax", Text: "a body can be decoded", Page: ""},
		{ID: "growcrm.client-update.syntax", Text: "a body can be decoded", Page: ""},
		{ID: "growcrm.client.exists", Text: "the client exists", Page: clientsPage},
		{ID: "growcrm.client.category", Text: "the category exists and is one of clients", Page: clientsPage},
	}
	for _, s := range []*api.Schema{clientListSchema(), clientSchema("growcrm.client", true), clientSchema("growcrm.client-update", false)} {
		rules = append(rules, s.Rules()...)
	}
	return rules
}

func (g *vendor) listClients(c *api.Call) api.Reply {
	number, size := api.NumeralOr(c.Query.Get("page"), 1), min(api.NumeralOr(c.Query.Get("limit"), 25), 100)
	words, status, category := api.Fold(c.Query.Get("search")), c.Query.Get("status"), c.Query.Get("category_id")
	found := api.Filter(api.Shown(g.Vendor, g.clients.Live), func(k *clientRecord) bool {
		return strings.Contains(api.Fold(k.company), words) && (status == "" || k.status == status) &&
			(category == "" || fmt.Sprint(api.NumeralOr(k.texts["client_categoryid"], 2)) == category)
	})
	slices.SortStableFunc(found, clientOrder(c.Query.Get("sort")))
	if c.Query.Get("order") != "asc" {
		slices.Reverse(found)
	}
	data := make([]map[string]any, 0, size)
	for _, k := range api.Page(found, number, size) {
		data = append(data, g.view(k))
	}
	return pageReply(data, len(found), number, size, "Clients retrieved successfully.")
}

func clientOrder(order string) func(a, b *clientRecord) int {
	switch order {
	case "client_company_name":
		return func(a, b *clientRecord) int { return strings.Compare(api.Fold(a.company), api.Fold(b.company)) }
	case "client_status":
		return func(a, b *clientRecord) int { return strings.Compare(a.status, b.status) }
	case "client_updated":
		return func(a, b *clientRecord) int { return a.Updated.Compare(b.Updated) }
	}
	return func(a, b *clientRecord) int { return a.Seq - b.Seq }
}

func (g *vendor) getClient(c *api.Call) api.Reply {
	k, f := g.client(c)
	if f == nil && !g.Sees(k) {
		f = clientNotFound()
	}
	if f != nil {
		return g.Fail(*f)
	}
	return itemReply(http.StatusOK, g.view(k), "Client retrieved successfully.")
}

func (g *vendor) createClient(c *api.Call) api.Reply {
	f := g.taken(api.Str(c.Values, "email"), nil)
	if f == nil {
		f = g.badCategory(c.Values)
	}
	if f != nil {
		return g.Fail(*f)
	}
	u := &contactRecord{owner: true}
	u.set(c.Values)
	k := &clientRecord{company: api.Str(c.Values, "client_company_name")}
	if k.company == "" {
		k.company = u.name()
	}
	k.set(c.Values)
	k.custom = g.customIn(customOfClients, c.Values)
	g.addClient(k, u, c.At)
	g.Commit(c, api.Entry{Action: "create", Kind: "client", ID: k.ID, Name: k.company, Custom: k.custom})
	g.log(c, u, "create")
	return itemReply(http.StatusCreated, g.view(k), "Client created successfully.")
}

func (g *vendor) updateClient(c *api.Call) api.Reply {
	k, f := g.client(c)
	if f == nil {
		f = g.badCategory(c.Values)
	}
	if f != nil {
		return g.Fail(*f)
	}
	k.company, k.texts = api.Str(c.Values, "client_company_name"), nil
	k.set(c.Values)
	k.custom = g.customIn(customOfClients, c.Values)
	g.clients.Touch(k, c.At)
	g.Commit(c, api.Entry{Action: "update", Kind: "client", ID: k.ID, Name: k.company, Custom: k.custom})
	return itemReply(http.StatusOK, g.view(k), "Client updated successfully.")
}

// badCategory refuses a category that is none of clients.
func (g *vendor) badCategory(body map[string]any) *api.Failure {
	id := api.Str(body, "client_categoryid")
	if _, ok := g.category(id, clientCategory); ok || id == "" {
		return nil
	}
	return invalid("growcrm.client.category", "client_categoryid")
}
