package growcrm

import (
	"fmt"

	"crmferry/internal/sandbox/seed"
)

// seed makes a client with its account owner of every company, a team member, the people that the samples meet, as
// many more as asked for, and two clients of one name.
func (g *grow) seed() {
	at := g.SeedTime()
	clients := map[string]*growClient{}
	for _, company := range seed.Companies {
		k := &growClient{company: company}
		owner := &growContact{first: "Office", last: company, email: fmt.Sprintf("office.%s@example.com", seed.Plain(company)), owner: true}
		g.addClient(k, owner, at)
		clients[company] = k
	}
	g.insert(&growContact{first: "Team", last: "Member", email: seed.TeamEmail}, at)
	for _, p := range seed.All(g.Settings.Contacts) {
		g.insert(&growContact{first: p.First, last: p.Last, email: p.Email, phone: p.Phone, position: p.JobTitle, client: clients[p.Company]}, at)
	}
	for _, first := range []string{"Twain", "Twyla"} {
		owner := &growContact{first: first, last: "Office", email: fmt.Sprintf("%s@twice.example.com", seed.Plain(first)), owner: true}
		g.addClient(&growClient{company: seed.TwiceName}, owner, at)
	}
}
