package growcrm

import (
	"context"
	"net/url"

	"crmferry/internal/crm"
	"crmferry/internal/crm/growcrm/answers"
)

var (
	_ crm.Numbered[Contact] = (*Client)(nil)
	_ crm.Filterer          = (*Client)(nil)
)

// Filters are those of GET /contacts (https://docs-api.growcrm.io/contacts). The values that status takes are not
// documented.
func (c *Client) Filters() []crm.FilterSpec {
	return []crm.FilterSpec{
		{Name: "status"},
		{Name: "client_id"},
		{Name: "account_owner", Values: []string{yes, "no"}},
		{Name: "search"},
		{Name: "sort", Values: []string{"first_name", "last_name", "email", "created", "updated"}, Sort: true},
		{Name: "order", Values: orders(), Sort: true},
	}
}

func orders() []string { return []string{"asc", "desc"} }

// Sections is the list as a whole.
func (c *Client) Sections(context.Context, crm.Query) ([]crm.Section, error) {
	return make([]crm.Section, 1), nil
}

// ListPage reads page n of GET /contacts. Deleted contacts are gone as far as the API goes and are not listed, unless q
// asks for their status.
func (c *Client) ListPage(ctx context.Context, q crm.Query, _ crm.Section, n int) (crm.NumberedPage[Contact], error) {
	return c.contactList("list contacts").Page(ctx, ordered(q, "created"), n)
}

func (c *Client) contactList(op string) answers.List[contactJSON, Contact] {
	return answers.List[contactJSON, Contact]{API: &c.api, Op: op, Path: "/contacts", Read: (*contactJSON).contact}
}

// ordered is q as parameters, in order of creation unless q has an order of its own.
func ordered(q crm.Query, created string) url.Values {
	query := q.Values()
	if !query.Has("sort") {
		query.Set("sort", created)
		if !query.Has("order") {
			query.Set("order", "asc")
		}
	}
	return query
}
