package growcrm

import (
	"context"
	"net/http"
	"net/url"
	"strconv"

	"crmferry/internal/crm"
)

// list is a list of the vendor, and how its items are read.
type list[W record, C any] struct {
	client   *Client
	op, path string
	read     func(*W) C
}

// page reads page n.
func (l list[W, C]) page(ctx context.Context, query url.Values, n int) (crm.NumberedPage[C], error) {
	page, err := pageAt[W](ctx, l.client, l.op, l.path, query, n)
	if err != nil {
		return crm.NumberedPage[C]{}, err
	}
	return crm.NumberedPage[C]{Items: l.items(page.Data), Total: page.total(), Last: page.lastAfter(n)}, nil
}

// items are the items of a page as they are read.
func (l list[W, C]) items(data []W) []C {
	items := make([]C, len(data))
	for i := range data {
		items[i] = l.read(&data[i])
	}
	return items
}

// pageAt reads page n of the list at path.
func pageAt[W record](ctx context.Context, c *Client, op, path string, query url.Values, n int) (page pageOf[W], err error) {
	query.Set("limit", strconv.Itoa(pageSize))
	query.Set("page", strconv.Itoa(n))
	_, err = c.api.Do(ctx, crm.Call{Op: op, Method: http.MethodGet, Path: path, Query: query}, &page)
	return page, err
}

// What makes no list of an answer.
const (
	noData   = "the answer is not a list of Grow CRM: it has no data"
	noItemID = "the answer is not a list of Grow CRM: some of what it holds has no id"
)

// lastAfter is the number of the last page, as known from page n.
func (p pageOf[T]) lastAfter(n int) int {
	switch last := p.lastPage(); {
	case last > 0:
		return last
	case p.total() >= 0:
		return max((p.total()+pageSize-1)/pageSize, 1)
	case p.last(n):
		return n
	}
	return n + 1
}
