package rogerroger

import (
	"maps"
	"time"

	"crmferry/internal/sandbox/api"
	"crmferry/internal/sandbox/seed"
)

// churn of RogerRoger archives a person every third time instead, who then is listed elsewhere.
func (g *vendor) churn(c *api.Call, p seed.Person, pick int) {
	if pick%3 == 0 {
		g.archive(c, pick)
		return
	}
	if old, ok := api.Victim(g.people.Live, pick, func(*personRecord) bool { return true }); ok {
		g.erase(old)
		g.CommitChurn(c.At, "delete", old.ID, "")
	}
	made := newPerson(p.First, p.Last, p.Email)
	g.insert(made, c.At)
	g.CommitChurn(c.At, "create", made.ID, p.Email)
}

func (g *vendor) archive(c *api.Call, pick int) {
	old, ok := api.Victim(g.people.Live, pick, func(p *personRecord) bool { return !p.archived })
	if !ok {
		return
	}
	g.unlink(old)
	old.values, old.sample = maps.Clone(old.held()), nil
	old.values["archivedAt"] = c.At.Format(time.RFC3339)
	g.link(old)
	g.people.Touch(old, c.At)
	g.CommitChurn(c.At, "update", old.ID, "")
}
