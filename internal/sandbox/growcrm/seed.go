package growcrm

import (
	"fmt"

	"crmferry/internal/sandbox/api"
	"crmferry/internal/sandbox/seed"
)

// seed makes a client with its account owner of every company, a team member, the people that the samples meet, as
// many more as asked for, two clients of one name, categories, leads and notes.
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
	g.seedCategories()
	g.seedLeads()
	g.seedNotes()
}

// seedLeads makes a lead of every status but the last, one of them archived.
func (g *vendor) seedLeads() {
	for _, l := range []leadRecord{
		{texts: map[string]string{"lead_title": "Website relaunch", "lead_status": "1", "lead_categoryid": "4", "lead_firstname": "Wanda", "lead_lastname": "Webb",
			"lead_email": "wanda.webb@example.com", "lead_company_name": "Webb Works", "lead_value": "2500", "lead_source": "Website"}},
		{texts: map[string]string{"lead_title": "Anvils for a year", "lead_status": "2", "lead_categoryid": "3", "lead_firstname": "Anton", "lead_lastname": "Amboss",
			"lead_email": "anton.amboss@example.com", "lead_last_contacted": "2026-06-15", "lead_city": "Solingen", "lead_country": "Germany"}, tags: []string{"Anvils"}},
		{texts: map[string]string{"lead_title": "Old enquiry", "lead_status": "3", "lead_categoryid": "3", "lead_company_name": "Quiet Ltd"}, archived: true},
	} {
		g.leads.Add(&l, g.SeedTime(), api.Decimal)
	}
}

// seedNotes makes a note on a client, one on a lead and one that stands alone.
func (g *vendor) seedNotes() {
	for _, n := range []noteRecord{
		{title: "Kick-off", text: "Met at the fair.", visibility: "public", on: "client", of: "1", tags: []string{"Fair"}},
		{title: "First call", text: "<p>Wants a <b>quote</b>.</p>", visibility: "private", on: "lead", of: "1"},
		{title: "House rules", text: "Write down what was said.", visibility: "public"},
	} {
		g.notes.Add(&n, g.SeedTime(), api.Decimal)
	}
}
