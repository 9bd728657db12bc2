package growcrm

import (
	"context"
	"fmt"
	"net/url"

	"crmferry/internal/crm"
)

var (
	_ crm.Prover                   = (*Client)(nil)
	_ crm.Prover                   = (*Clients)(nil)
	_ crm.Prover                   = (*Leads)(nil)
	_ crm.Prover                   = (*Notes)(nil)
	_ crm.Forecaster[ClientRecord] = (*Clients)(nil)
)

// fewPages is how long a list may be by which ids are proved.
const fewPages = 10

// listed are those ids that a whole list does not have.
func listed(all []named, ids []string) crm.Proof {
	has := map[string]bool{}
	for _, thing := range all {
		has[thing.ref.ID] = true
	}
	return crm.ProveListed(has, ids)
}

// Prove looks for the clients that have ids.
func (c *Client) Prove(ctx context.Context, _ string, ids []string) (crm.Proof, error) {
	if len(ids) <= crm.FewIDs {
		return crm.ProveEach(ctx, ids, (&Clients{client: c}).read, c)
	}
	all, done, err := c.allClients(ctx, fewPages)
	if err != nil || !done {
		return crm.TooMany(ids), err
	}
	list := make([]named, len(all))
	for i, k := range all {
		list[i].ref = k.ref()
	}
	return listed(list, ids), nil
}

// Prove looks categories up in the list of them. Owners are Foretold.
func (c *Clients) Prove(ctx context.Context, kind string, ids []string) (crm.Proof, error) {
	if kind != kindCategories {
		return crm.Proof{}, nil
	}
	all, err := c.categories(ctx)
	return listed(all, ids), err
}

// Foretold is the account owner.
func (c *Clients) Foretold() string { return "owner" }

// Refuses reads the contact that is to own a client: the vendor takes only contacts of it, and a new one has none but the one
// that is made along with it.
func (c *Clients) Refuses(ctx context.Context, _ crm.Step, have *ClientRecord, want ClientRecord) (string, error) {
	id := want.Owner.ID
	if have == nil {
		return fmt.Sprintf("the account owner of a new client is the contact who is made along with it, and not the contact %s", id), nil
	}
	found, err := c.client.get(ctx, id)
	switch {
	case err != nil:
		return "", err
	case len(found) == 0:
		return fmt.Sprintf("no contact has the id %q", id), nil
	case found[0].Client.ID != formatID(have.ID):
		return fmt.Sprintf("the contact %s is one of the client %s (%s), and cannot own the client %d", id, found[0].Client.ID, found[0].Client.Name, have.ID), nil
	}
	return "", nil
}

// Prove looks categories and members of the team up in the lists of them. Of statuses there is no list: those are there that a
// lead has.
func (c *Leads) Prove(ctx context.Context, kind string, ids []string) (crm.Proof, error) {
	switch kind {
	case kindCategories:
		all, err := c.categories(ctx)
		return listed(all, ids), err
	case kindTeam:
		all, err := c.team(ctx)
		return listed(all, ids), err
	}
	proof, err := crm.ProveEach(ctx, ids, c.withStatus, c)
	if len(proof.Absent) > 0 {
		proof = crm.Proof{Unproven: proof.Absent, Why: "Grow CRM documents no list of statuses, and no lead was found that has them"}
	}
	return proof, err
}

// withStatus returns leads that have a status, at most one page of them.
func (c *Leads) withStatus(ctx context.Context, id string) ([]Lead, error) {
	for _, state := range states() {
		query := url.Values{"status": {id}, stateFilter: {state}}
		page, err := c.list(opListLeads).Page(ctx, query, 1)
		if err != nil || len(page.Items) > 0 {
			return page.Items, err
		}
	}
	return nil, nil
}

// Prove looks for the records that notes are on. Of projects and tasks nothing is asked.
func (c *Notes) Prove(ctx context.Context, kind string, ids []string) (crm.Proof, error) {
	switch kind {
	case kindClients:
		return c.client.Prove(ctx, kind, ids)
	case kindContacts:
		return crm.ProveEach(ctx, ids, c.client.get, c)
	case kindLeads:
		return crm.ProveEach(ctx, ids, c.leads.get, c)
	}
	return crm.Proof{Unproven: ids, Why: "these are not looked up"}, nil
}
