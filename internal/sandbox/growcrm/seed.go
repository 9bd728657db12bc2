package growcrm

import (
	"fmt"

	"crmferry/internal/sandbox/seed"
)

// seed makes a client with its account owner of every company, a team member, the people that the samples meet, as
// many more as asked for, and two clients of one name.
func (g *vendor) seed() {
	at := g.SeedTime()
	clients := map[string]*clientRecord{}
	for _, company := range seed.Companies {
		k := &clientRecord{company: company}
		owner := &contactRecord{first: "Office", last: company, email: fmt.Sprintf("office.%s@example.com", seed.Plain(company)), owner: true}
		g.addClient(k, owner, at)
		clients[company] = k
	}
	g.insert(&contactRecord{first: "Team", last: "Member", email: seed.TeamEmail}, at)
	for _, p := range seed.All(g.Settings.Contacts) {
		g.insert(&contactRecord{first: p.First, last: p.Last, email: p.Email, phone: p.Phone, position: p.JobTitle, client: clients[p.Company]}, at)
	}
	for _, first := range []string{"Twain", "Twyla"} {
		owner := &contactRecord{first: first, last: "Office", email: fmt.Sprintf("%s@twice.example.com", seed.Plain(first)), owner: true}
		g.addClient(&clientRecord{company: seed.TwiceName}, owner, at)
	}
}
