package sandbox

import (
	"fmt"
	"net/http"
	"slices"
	"strings"
	"time"
)

// growClient is a client account of Grow CRM.
type growClient struct {
	record
	company, status string
	texts           map[string]string // the other fields, by the names they are written with
	tags            []string
}

func (g *grow) clientRoutes() []*route {
	form := []string{formMedia}
	return []*route{
		{method: "GET", pattern: "/api/clients", query: growClientListSchema(), handle: g.listClients},
		{method: "GET", pattern: "/api/clients/{id}", handle: g.getClient},
		{method: "POST", pattern: "/api/clients", media: form, body: growClientSchema("growcrm.client", true), handle: g.createClient},
		{method: "PATCH", pattern: "/api/clients/{id}", media: form, body: growClientSchema("growcrm.client-update", false), handle: g.updateClient},
	}
}

func growClientListSchema() *schema {
	return &schema{name: "growcrm.clients", page: growClientsPage, texts: true, fields: []field{
		{name: "status", words: []string{"active", "suspended"}}, {name: "category_id", kind: numeral}, {name: "search"},
		{name: "sort", words: []string{"client_company_name", "client_status", "client_created", "client_updated"}},
		{name: "order", words: []string{"asc", "desc"}}, {name: "limit", kind: numeral, min: 1}, {name: "page", kind: numeral, min: 1},
	}}
}

// growClientSchema is the body that makes a client, along with its primary user, or changes one.
func growClientSchema(name string, create bool) *schema {
	fields := []field{{name: "client_company_name", required: !create}, {name: "tags[]", kind: list, item: &field{}}}
	for _, optional := range []string{"client_description", "client_phone", "client_website", "client_vat", "client_billing_street",
		"client_billing_city", "client_billing_state", "client_billing_zip", "client_billing_country"} {
		fields = append(fields, field{name: optional})
	}
	fields = append(fields, field{name: "client_categoryid", kind: numeral}, field{name: "client_billing_invoice_due_days", kind: numeral})
	if create {
		fields = append(fields, field{name: "first_name", required: true}, field{name: "last_name", required: true},
			field{name: "email", required: true, email: true}, field{name: "send_email", words: []string{"yes", "no"}})
	}
	return &schema{name: name, page: growClientsPage, texts: true, fields: fields}
}

func growClientRules() []Rule {
	rules := []Rule{
		{"growcrm.client.content-type", "bodies are form-encoded", growStartPage},
		{"growcrm.client-update.content-type", "bodies are form-encoded", growStartPage},
		{"growcrm.client.syntax", "a body can be decoded", ""},
		{"growcrm.client-update.syntax", "a body can be decoded", ""},
		{"growcrm.client.exists", "the client exists", growClientsPage},
	}
	for _, s := range []*schema{growClientListSchema(), growClientSchema("growcrm.client", true), growClientSchema("growcrm.client-update", false)} {
		rules = append(rules, s.rules()...)
	}
	return rules
}

func (g *grow) view(k *growClient) map[string]any {
	var owner any
	for _, u := range g.byClient[k] {
		if u.owner {
			owner = map[string]any{"id": u.seq, "name": u.name()}
		}
	}
	address := func(prefix string) map[string]any {
		a := map[string]any{}
		for _, name := range []string{"street", "city", "state", "zip", "country"} {
			a[name] = orNil(k.texts[prefix+name])
		}
		return a
	}
	billing := address("client_billing_")
	billing["invoice_due_days"] = numeralOr(k.texts["client_billing_invoice_due_days"], 0)
	return map[string]any{
		"id": k.seq, "company_name": k.company, "description": orNil(k.texts["client_description"]), "status": k.status,
		"phone": orNil(k.texts["client_phone"]), "website": orNil(k.texts["client_website"]), "vat": orNil(k.texts["client_vat"]),
		"category": map[string]any{"id": numeralOr(k.texts["client_categoryid"], 2), "name": "Default"}, "owner": owner,
		"billing": billing, "shipping": address("client_shipping_"), "dates": growDates(&k.record), "tags": slices.Clip(append([]string{}, k.tags...)),
	}
}

func (g *grow) listClients(c *call) reply {
	number, size := numeralOr(c.query.Get("page"), 1), min(numeralOr(c.query.Get("limit"), 25), 100)
	words, status, category := fold(c.query.Get("search")), c.query.Get("status"), c.query.Get("category_id")
	found := filter(shown(g.vendor, g.clients.live), func(k *growClient) bool {
		return strings.Contains(fold(k.company), words) && (status == "" || k.status == status) &&
			(category == "" || fmt.Sprint(numeralOr(k.texts["client_categoryid"], 2)) == category)
	})
	slices.SortStableFunc(found, growClientOrder(c.query.Get("sort")))
	if c.query.Get("order") != "asc" {
		slices.Reverse(found)
	}
	data := make([]map[string]any, 0, size)
	for _, k := range page(found, number, size) {
		data = append(data, g.view(k))
	}
	return growPage(data, len(found), number, size, "Clients retrieved successfully.")
}

func growClientOrder(order string) func(a, b *growClient) int {
	switch order {
	case "client_company_name":
		return func(a, b *growClient) int { return strings.Compare(fold(a.company), fold(b.company)) }
	case "client_status":
		return func(a, b *growClient) int { return strings.Compare(a.status, b.status) }
	case "client_updated":
		return func(a, b *growClient) int { return a.updated.Compare(b.updated) }
	}
	return func(a, b *growClient) int { return a.seq - b.seq }
}

func (g *grow) client(c *call) (*growClient, *failure) {
	if k, ok := g.clients.get(c.PathValue("id")); ok {
		return k, nil
	}
	return nil, noGrowClient()
}

func noGrowClient() *failure {
	return &failure{status: http.StatusNotFound, rule: "growcrm.client.exists", message: "Client not found."}
}

func (g *grow) getClient(c *call) reply {
	k, f := g.client(c)
	if f == nil && !g.sees(k) {
		f = noGrowClient()
	}
	if f != nil {
		return g.fail(*f)
	}
	return growItem(http.StatusOK, g.view(k), "Client retrieved successfully.")
}

func (g *grow) createClient(c *call) reply {
	if f := g.taken(str(c.body, "email"), nil); f != nil {
		return g.fail(*f)
	}
	u := &growContact{owner: true}
	u.set(c.body)
	k := &growClient{company: str(c.body, "client_company_name")}
	if k.company == "" {
		k.company = u.name()
	}
	k.set(c.body)
	g.addClient(k, u, c.at)
	g.committed(c, Entry{Action: "create", Kind: "client", ID: k.id, Name: k.company})
	g.log(c, u, "create")
	return growItem(http.StatusCreated, g.view(k), "Client created successfully.")
}

func (g *grow) addClient(k *growClient, primary *growContact, at time.Time) {
	k.status = "active"
	g.clients.add(k, at, decimal)
	primary.client = k
	g.insert(primary, at)
}

func (k *growClient) set(body map[string]any) {
	if k.texts == nil {
		k.texts = map[string]string{}
	}
	for name, value := range body {
		if s, ok := value.(string); ok && strings.HasPrefix(name, "client_") && name != "client_company_name" {
			k.texts[name] = s
		}
	}
	if items, ok := body["tags[]"].([]any); ok {
		k.tags = texts(items)
	}
}

func (g *grow) updateClient(c *call) reply {
	k, f := g.client(c)
	if f != nil {
		return g.fail(*f)
	}
	k.company = str(c.body, "client_company_name")
	k.set(c.body)
	g.clients.touch(k, c.at)
	g.committed(c, Entry{Action: "update", Kind: "client", ID: k.id, Name: k.company})
	return growItem(http.StatusOK, g.view(k), "Client updated successfully.")
}
