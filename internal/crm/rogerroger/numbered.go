package rogerroger

import (
	"context"
	"net/url"
	"slices"
	"strconv"

	"crmferry/internal/crm"
)

// archivedFilter chooses between archived people and others.
const archivedFilter = "exists[archivedAt]"

// orderCreated orders by creation.
const orderCreated = "order[createdAt]"

// Filters are those of GET /people (https://developer.rogerroger.io/crm/people). Which values order takes is not
// documented: asc and desc are what the vendor's platform takes.
func (c *Client) Filters() []crm.FilterSpec {
	specs := []crm.FilterSpec{{Name: "q"}}
	for _, name := range []string{"owner.id", "emailAddresses.email", "tags.id", "segments.uuid", "identifiers"} {
		specs = append(specs, crm.FilterSpec{Name: name, Several: true})
	}
	specs = append(specs, crm.FilterSpec{Name: archivedFilter, Values: booleans(), Archived: true})
	return append(append(specs, createdFilters()...), sorts("order[familyName]", orderCreated)...)
}

func booleans() []string { return []string{"true", "false"} }

func createdFilters() []crm.FilterSpec {
	var specs []crm.FilterSpec
	for _, bound := range []string{"after", "strictly_after", "before", "strictly_before"} {
		specs = append(specs, crm.FilterSpec{Name: "createdAt[" + bound + "]"})
	}
	return specs
}

func sorts(names ...string) []crm.FilterSpec {
	var specs []crm.FilterSpec
	for _, name := range names {
		specs = append(specs, crm.FilterSpec{Name: name, Values: []string{"asc", "desc"}, Sort: true})
	}
	return specs
}

// Sections are people and archived people, unless q chooses: whether archived people are listed without a filter is
// not documented.
func (c *Client) Sections(_ context.Context, q crm.Query) ([]crm.Section, error) {
	if len(q.Get(archivedFilter)) > 0 {
		return make([]crm.Section, 1), nil
	}
	return []crm.Section{{Name: "people", Key: "false"}, {Name: "archived people", Key: "true"}}, nil
}

// ListPage reads page n of GET /people. Tags, segments and organizations have their names, which takes a list of each
// kind that anybody has.
func (c *Client) ListPage(ctx context.Context, q crm.Query, s crm.Section, n int) (crm.NumberedPage[Person], error) {
	query := ordered(q, "order[familyName]")
	if s.Key != "" {
		query.Set(archivedFilter, s.Key)
	}
	page, err := listPage[Person](ctx, c, "list people", "/people", query, n)
	if err == nil {
		err = nameLinks(ctx, c, page.Items, personLinks())
	}
	return page, err
}

// ordered is q as parameters, in order of creation unless q has an order of its own, which may be one of others.
func ordered(q crm.Query, others ...string) url.Values {
	query := q.Values()
	if !slices.ContainsFunc(append(others, orderCreated), query.Has) {
		query.Set(orderCreated, "asc")
	}
	return query
}

// listPage reads page n of the list at path.
func listPage[T record](ctx context.Context, c *Client, op, path string, query url.Values, n int) (crm.NumberedPage[T], error) {
	query.Set("page", strconv.Itoa(n))
	query.Set("itemsPerPage", strconv.Itoa(pageSize))
	page, err := getPage[T](ctx, c, op, path, query)
	if err != nil {
		return crm.NumberedPage[T]{}, err
	}
	return crm.NumberedPage[T]{Items: page.Items, Total: page.Total, Last: page.last(n)}, nil
}

// last is the number of the last page, as known from page n: the vendor says so in a link, else the total implies it.
// A server may hold its pages to fewer items than it was asked for.
func (p collection[T]) last(n int) int {
	size := pageSize
	if p.Next != "" && len(p.Items) > 0 {
		size = len(p.Items) // full, as another follows
	}
	last := numberOf(p.Last)
	if last == 0 {
		last = max((p.Total+size-1)/size, 1)
	}
	if p.Next != "" {
		return max(last, n+1)
	}
	return last
}

// numberOf is the page number in a link to a page, 0 if it has none.
func numberOf(link string) int {
	u, err := url.Parse(link)
	if err != nil {
		return 0
	}
	n, _ := strconv.Atoi(u.Query().Get("page"))
	return n
}
