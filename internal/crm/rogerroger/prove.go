package rogerroger

import (
	"context"
	"errors"
	"fmt"

	"crmferry/internal/crm"
)

var (
	_ crm.Prover = (*Client)(nil)
	_ crm.Prover = (*Organizations)(nil)
	_ crm.Prover = (*Notes)(nil)
)

// Prove looks for tags, segments and organizations in the lists of them, which are read for names, too, and for a few people one by one.
func (c *Client) Prove(ctx context.Context, kind string, ids []string) (crm.Proof, error) {
	if kind == kindPeople {
		return crm.ProveEach(ctx, ids, func(ctx context.Context, id string) ([]Person, error) { return c.findIDs(ctx, []crm.Key{{ID: id}}) }, c)
	}
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
	return crm.ProveListed(has, ids), nil
}

// Prove looks for tags, segments and people.
func (c *Organizations) Prove(ctx context.Context, kind string, ids []string) (crm.Proof, error) {
	return c.people.Prove(ctx, kind, ids)
}

// Prove looks for what notes are on.
func (c *Notes) Prove(ctx context.Context, kind string, ids []string) (crm.Proof, error) {
	return c.people.Prove(ctx, kind, ids)
}

// orphaned names in the refusal of a note what it is to be on, where that is what is not there: the path holds it.
func (c *Notes) orphaned(ctx context.Context, of Note, err error) error {
	var e *crm.Error
	if !errors.As(err, &e) || !crm.IsNotFound(err) {
		return err
	}
	field, kind, one, id := "personId", kindPeople, "person", of.Person.ID
	if id == "" {
		field, kind, one, id = "organizationId", kindOrganizations, "organization", of.Organization.ID
	}
	proof, failed := c.Prove(ctx, kind, []string{id})
	if failed != nil || len(proof.Absent) == 0 {
		return err // nor is anything else
	}
	told := *e
	told.Problems = []crm.FieldProblem{{Field: field, Code: crm.CodeInvalid, Message: fmt.Sprintf("no %s has the id %q", one, lastPart(id))}}
	return &told
}
