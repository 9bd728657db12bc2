package growcrm

import (
	"net/http"

	"crmferry/internal/sandbox/api"
)

// clientActions are the calls that change one thing of a client, and its deletion.
func (g *vendor) clientActions() []*api.Route {
	action := func(name string, s *api.Schema, do func(*api.Call, *clientRecord) *api.Failure, message string) *api.Route {
		return &api.Route{Method: "PUT", Pattern: "/api/clients/{id}/" + name, Media: actionMedia(), Body: s,
			Handle: func(c *api.Call) api.Reply { return g.act(c, do, message) }}
	}
	return []*api.Route{
		{Method: "DELETE", Pattern: "/api/clients/{id}", Handle: g.deleteClient},
		action("tags", tagsSchema(), setTags, "Client tags updated successfully."),
		action("status", statusSchema(), setStatus, "Client status updated successfully."),
		action("owner", ownerSchema(), g.setOwner, "Client account owner updated successfully."),
	}
}

// actionMedia are forms, as in every example, and JSON, as in two of the general ones.
func actionMedia() []string { return []string{api.FormMedia, "application/json"} }

func tagsSchema() *api.Schema {
	return &api.Schema{Name: "growcrm.client-tags", Page: clientsPage, Texts: true, Fields: []api.Field{{Name: "tags[]", Kind: api.List, Required: true, Item: &api.Field{}}}}
}

func statusSchema() *api.Schema {
	return &api.Schema{Name: "growcrm.client-status", Page: clientsPage, Texts: true, Fields: []api.Field{{Name: "status", Required: true, Words: []string{"active", "suspended"}}}}
}

func ownerSchema() *api.Schema {
	return &api.Schema{Name: "growcrm.client-owner", Page: clientsPage, Texts: true, Fields: []api.Field{{Name: "owner", Kind: api.Numeral, Required: true}}}
}

func actionRules() []api.Rule {
	rules := []api.Rule{{ID: "growcrm.client.owner", Text: "the owner belongs to the client already", Page: clientsPage}}
	for _, s := range []*api.Schema{tagsSchema(), statusSchema(), ownerSchema()} {
		rules = append(rules, api.Rule{ID: s.Name + ".content-type", Text: "bodies are form-encoded", Page: s.Page}, api.Rule{ID: s.Name + ".syntax", Text: "a body can be decoded", Page: ""})
		rules = append(rules, s.Rules()...)
	}
	return rules
}

// act changes a client and answers with what it is now.
func (g *vendor) act(c *api.Call, do func(*api.Call, *clientRecord) *api.Failure, message string) api.Reply {
	k, f := g.client(c)
	if f == nil {
		f = do(c, k)
	}
	if f != nil {
		return g.Fail(*f)
	}
	g.clients.Touch(k, c.At)
	g.Commit(c, api.Entry{Action: "update", Kind: "client", ID: k.ID, Name: k.company})
	return itemReply(http.StatusOK, g.view(k), message)
}

func setTags(c *api.Call, k *clientRecord) *api.Failure {
	k.tags = api.Texts(api.AnyList(c.Values["tags[]"]))
	return nil
}

func setStatus(c *api.Call, k *clientRecord) *api.Failure {
	k.status = api.Str(c.Values, "status")
	return nil
}

func (g *vendor) setOwner(c *api.Call, k *clientRecord) *api.Failure {
	u, ok := g.contacts.Get(api.Decimal(api.NumeralOr(api.Str(c.Values, "owner"), 0)))
	if !ok || u.deleted || u.client != k {
		return &api.Failure{Problems: []api.Problem{{Rule: "growcrm.client.owner", Field: "owner", Text: "The selected owner is invalid."}}}
	}
	g.own(k, u)
	g.contacts.Touch(u, c.At)
	return nil
}

// deleteClient takes a client and all its users away.
func (g *vendor) deleteClient(c *api.Call) api.Reply {
	k, f := g.client(c)
	if f != nil {
		return g.Fail(*f)
	}
	for _, u := range g.byClient[k] {
		if !u.deleted {
			g.log(c, u, "delete")
		}
		g.unlink(u)
		g.contacts.Remove(u)
	}
	delete(g.byClient, k)
	g.clients.Remove(k)
	g.Commit(c, api.Entry{Action: "delete", Kind: "client", ID: k.ID, Name: k.company})
	return itemReply(http.StatusOK, map[string]int{"id": k.Seq}, "Client deleted successfully.")
}
