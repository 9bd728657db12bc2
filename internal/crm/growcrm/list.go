package growcrm

import (
	"context"
	"net/http"
	"net/url"
	"strconv"

	"crmferry/internal/crm"
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
	return listPage(ctx, c, "list contacts", "/contacts", ordered(q, "created"), n, new(contactsPage))
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

// listPage reads one page of the list at path into answer.
func listPage[C any](ctx context.Context, c *Client, op, path string, query url.Values, n int, answer numbered[C]) (crm.NumberedPage[C], error) {
	query.Set("limit", strconv.Itoa(pageSize))
	query.Set("page", strconv.Itoa(n))
	_, err := c.api.Do(ctx, crm.Call{Op: op, Method: http.MethodGet, Path: path, Query: query}, answer)
	if err != nil {
		return crm.NumberedPage[C]{}, err
	}
	return answer.page(n), nil
}
