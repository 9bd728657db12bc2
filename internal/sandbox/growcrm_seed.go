package sandbox

import "fmt"

// seed makes a client with its account owner of every company, a team member, the people that the samples meet, and
// as many more as asked for.
func (g *grow) seed() {
	at := g.server.seedTime()
	clients := map[string]*growClient{}
	for _, company := range companies {
		k := &growClient{company: company}
		owner := &growContact{first: "Office", last: company, email: fmt.Sprintf("office.%s@example.com", plain(company)), owner: true}
		g.addClient(k, owner, at)
		clients[company] = k
	}
	g.insert(&growContact{first: "Team", last: "Member", email: TeamEmail}, at)
	for p := range seeded(g.server.options.Contacts) {
		g.insert(&growContact{first: p.First, last: p.Last, email: p.Email, phone: p.Phone, position: p.JobTitle, client: clients[p.Company]}, at)
	}
}
