package growcrm

import (
	"crmferry/internal/sandbox/api"
	"crmferry/internal/sandbox/seed"
)

func (g *vendor) churn(c *api.Call, p seed.Person, pick int) {
	if old, ok := api.Victim(g.contacts.Live, pick, g.listed); ok {
		g.CommitChurn(c.At, "delete", old.ID, old.email)
		g.erase(old, c.At)
	}
	client, ok := api.Victim(g.clients.Live, pick, func(*clientRecord) bool { return true })
	if !ok {
		return
	}
	made := &contactRecord{first: p.First, last: p.Last, email: p.Email, phone: p.Phone, position: p.JobTitle, client: client}
	g.insert(made, c.At)
	g.CommitChurn(c.At, "create", made.ID, made.email)
}
