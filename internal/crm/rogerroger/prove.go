package rogerroger

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"net/url"
	"strings"

	"crmferry/internal/crm"
)

var (
	_ crm.Prover = (*Client)(nil)
	_ crm.Prover = (*Organizations)(nil)
	_ crm.Prover = (*Notes)(nil)
)

// Prove looks for a few people one by one, and so for one tag or segment; for others in the list of their kind, as it was read for
// names, too. Nobody documents whether that of organizations holds archived ones, nor that one of them can be read.
func (c *Client) Prove(ctx context.Context, kind string, ids []string) (crm.Proof, error) {
	if kind == kindPeople {
		return crm.ProveEach(ctx, ids, func(ctx context.Context, id string) ([]Person, error) { return c.findIDs(ctx, []crm.Key{{ID: id}}) }, c)
	}
	if len(ids) == 1 && kind != kindOrganizations && c.links.namesOf(kind) == nil {
		return crm.ProveEach(ctx, ids, func(ctx context.Context, id string) ([]thing, error) { return c.readThing(ctx, kind, id) }, c)
	}
	if err := c.loadLinks(ctx, kind, false); err != nil {
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
	proof := crm.ProveListed(has, ids)
	if kind == kindOrganizations && len(proof.Absent) > 0 {
		return crm.Proof{Unproven: proof.Absent, Why: "RogerRoger does not list them, and does not document whether it lists archived organizations"}, nil
	}
	return proof, nil
}

// readThing reads a tag or a segment (GET /tags/{id}, /segments/{id}); none if the vendor does not know the id.
func (c *Client) readThing(ctx context.Context, kind, id string) ([]thing, error) {
	if !isPathPart(lastPart(id)) {
		return nil, nil
	}
	got := answer[thing]{asked: iri(kind, id)}
	_, err := c.api.Do(ctx, crm.Call{Op: "read " + strings.TrimSuffix(kind, "s"), Method: http.MethodGet, Path: "/" + kind + "/" + url.PathEscape(lastPart(id))}, &got)
	if crm.IsNotFound(err) {
		return nil, nil
	}
	return []thing{got.record}, err
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
	if failed != nil || len(proof.Absent)+len(proof.Unproven) == 0 {
		return err // nor is anything else
	}
	told := *e
	told.Problems = []crm.FieldProblem{{Field: field, Code: crm.CodeInvalid, Message: fmt.Sprintf("no %s has the id %q", one, lastPart(id))}}
	return &told
}
