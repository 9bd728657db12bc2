package sandbox

import "net/http"

// clientActions are the calls on a client that take a JSON body, as their examples do, and its deletion.
func (g *grow) clientActions() []*route {
	action := func(name string, s *schema, do func(*call, *growClient) *failure, message string) *route {
		return &route{method: "PUT", pattern: "/api/clients/{id}/" + name, media: []string{"application/json"}, body: s,
			handle: func(c *call) reply { return g.act(c, do, message) }}
	}
	return []*route{
		{method: "DELETE", pattern: "/api/clients/{id}", handle: g.deleteClient},
		action("tags", growTagsSchema(), setTags, "Client tags updated successfully."),
		action("status", growStatusSchema(), setStatus, "Client status updated successfully."),
		action("owner", growOwnerSchema(), g.setOwner, "Client account owner updated successfully."),
	}
}

func growTagsSchema() *schema {
	return &schema{name: "growcrm.client-tags", page: growClientsPage, fields: []field{{name: "tags", kind: list, required: true, item: &field{}}}}
}

func growStatusSchema() *schema {
	return &schema{name: "growcrm.client-status", page: growClientsPage, fields: []field{{name: "status", required: true, words: []string{"active", "suspended"}}}}
}

func growOwnerSchema() *schema {
	return &schema{name: "growcrm.client-owner", page: growClientsPage, fields: []field{{name: "owner", kind: integer, required: true}}}
}

func growActionRules() []Rule {
	rules := []Rule{{"growcrm.client.owner", "the owner belongs to the client already", growClientsPage}}
	for _, s := range []*schema{growTagsSchema(), growStatusSchema(), growOwnerSchema()} {
		rules = append(rules, Rule{s.name + ".content-type", "bodies are JSON", s.page}, Rule{s.name + ".syntax", "a body is a JSON object", s.page})
		rules = append(rules, s.rules()...)
	}
	return rules
}

// act changes a client and answers with what it is now.
func (g *grow) act(c *call, do func(*call, *growClient) *failure, message string) reply {
	k, f := g.client(c)
	if f == nil {
		f = do(c, k)
	}
	if f != nil {
		return g.fail(*f)
	}
	g.clients.touch(k, c.at)
	g.committed(c, Entry{Action: "update", Kind: "client", ID: k.id, Name: k.company})
	return growItem(http.StatusOK, g.view(k), message)
}

func setTags(c *call, k *growClient) *failure {
	k.tags = texts(anyList(c.body["tags"]))
	return nil
}

func setStatus(c *call, k *growClient) *failure {
	k.status = str(c.body, "status")
	return nil
}

func (g *grow) setOwner(c *call, k *growClient) *failure {
	u, ok := g.contacts.get(decimal(whole(c.body["owner"])))
	if !ok || u.deleted || u.client != k {
		return &failure{problems: []problem{{rule: "growcrm.client.owner", field: "owner", text: "The selected owner is invalid."}}}
	}
	g.own(k, u)
	g.contacts.touch(u, c.at)
	return nil
}

// deleteClient takes a client and all its users away.
func (g *grow) deleteClient(c *call) reply {
	k, f := g.client(c)
	if f != nil {
		return g.fail(*f)
	}
	for _, u := range g.byClient[k] {
		if !u.deleted {
			g.log(c, u, "delete")
		}
		g.unlink(u)
		g.contacts.remove(u)
	}
	delete(g.byClient, k)
	g.clients.remove(k)
	g.committed(c, Entry{Action: "delete", Kind: "client", ID: k.id, Name: k.company})
	return growItem(http.StatusOK, map[string]int{"id": k.seq}, "Client deleted successfully.")
}
