package growcrm

import (
	"context"
	"net/url"
	"strings"
	"sync"

	"crmferry/internal/crm"
	"crmferry/internal/crm/growcrm/answers"
)

var _ crm.HolderFinder = (*Client)(nil)

// team are the members of the account's own team by their addresses: users who are no contacts.
type team struct {
	mu     sync.Mutex
	read   bool
	holder map[string]string
}

// memberJSON is what is read of a member of the team (https://docs-api.growcrm.io/team).
type memberJSON struct {
	ID        crm.Text `json:"id"`
	FirstName crm.Text `json:"first_name"`
	LastName  crm.Text `json:"last_name"`
	Name      crm.Text `json:"name"`
	Email     crm.Text `json:"email"`
}

func (j memberJSON) RecordID() string { return string(j.ID) }

// HeldBy names the member of the team who has an address (GET /team). The list is small and is read whole, once: what its
// search looks through is not documented. A key that may not read it knows nobody.
func (c *Client) HeldBy(ctx context.Context, email string) (string, error) {
	c.team.mu.Lock()
	defer c.team.mu.Unlock()
	if !c.team.read {
		members, err := c.members(ctx)
		if class := crm.ClassOf(err); err != nil && class != crm.Forbidden && class != crm.Permanent {
			return "", err
		}
		c.team.holder, c.team.read = members, true
	}
	return c.team.holder[crm.Fold(email)], nil
}

func (c *Client) members(ctx context.Context) (map[string]string, error) {
	members := map[string]string{}
	for page, err := range answers.Pages[memberJSON](ctx, &c.api, "list the team", "/team", url.Values{"sort": {"created"}, "order": {"asc"}}) {
		if err != nil {
			return nil, err
		}
		for _, m := range page.Data {
			if m.Email != "" {
				members[crm.Fold(string(m.Email))] = m.words()
			}
		}
	}
	return members, nil
}

// words are the member as people know him.
func (j memberJSON) words() string {
	name := string(j.Name)
	if name == "" {
		name = strings.TrimSpace(string(j.FirstName) + " " + string(j.LastName))
	}
	if name == "" {
		return "a member of the team"
	}
	return name + ", a member of the team,"
}
