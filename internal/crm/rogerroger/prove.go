package rogerroger

import (
	"context"
	"slices"

	"crmferry/internal/crm"
)

var (
	_ crm.Prover = (*Client)(nil)
	_ crm.Prover = (*Organizations)(nil)
)

// fewPeople is how many people are asked for one by one.
const fewPeople = 10

// Prove looks for tags, segments and organizations in the lists of them, which are read for names, too.
func (c *Client) Prove(ctx context.Context, kind string, ids []string) (crm.Proof, error) {
	if err := c.loadLinks(ctx, kind, true); err != nil {
		return crm.Proof{}, err
	}
	has := map[string]bool{}
	c.links.mu.Lock()
	defer c.links.mu.Unlock()
	for _, refs := range c.links.known[kind] {
		for _, r := range refs {
			has[r.ID] = true
		}
	}
	return crm.Proof{Absent: slices.DeleteFunc(slices.Clone(ids), func(id string) bool { return has[id] })}, nil
}

// Prove looks for a few people one by one, and for the rest as it is done for people.
func (c *Organizations) Prove(ctx context.Context, kind string, ids []string) (crm.Proof, error) {
	switch {
	case kind != kindPeople:
		return c.people.Prove(ctx, kind, ids)
	case len(ids) > fewPeople:
		return crm.Proof{Unproven: ids, Why: "that would take more requests than it is worth"}, nil
	}
	var absent []string
	for _, id := range ids {
		found, err := c.people.findIDs(ctx, []crm.Key{{ID: id}})
		if err != nil {
			return crm.Proof{}, err
		}
		if len(found) == 0 {
			absent = append(absent, id)
		}
	}
	return crm.Proof{Absent: absent}, nil
}
