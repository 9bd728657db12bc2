package rogerroger

import (
	"context"
	"iter"
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"strings"

	"crmferry/internal/crm"
)

// collection is one page of a list (https://developer.rogerroger.io/getting-started/pagination).
type collection[T any] struct {
	Items []T
	Total int    // of the whole list, -1 if the vendor does not say
	Next  string // link to the next page, "" on the last one
	Last  string // link to the last page, "" if the vendor does not say
}

// List yields all people, oldest first: those who are not archived, then those who are. Two queries, because whether
// archived people are listed without a filter is not documented. Things have their names as in Find.
func (c *Client) List(ctx context.Context) iter.Seq2[crm.Page[Person], error] {
	return func(yield func(crm.Page[Person], error) bool) {
		parts, total, err := c.firstPages(ctx)
		if err != nil {
			yield(crm.Page[Person]{}, err)
			return
		}
		for _, first := range parts {
			for page, err := range follow(ctx, c, "list people", "/people", first) {
				nameKnown(c, page.Items, personLinks())
				if !yield(crm.Page[Person]{Items: page.Items, Total: total}, err) || err != nil {
					return
				}
			}
		}
	}
}

// firstPages reads the first page of each part of the list and how many people there are altogether.
func (c *Client) firstPages(ctx context.Context) (parts []collection[Person], total int, err error) {
	for _, archived := range []string{"false", "true"} {
		q := url.Values{"page": {"1"}, "itemsPerPage": {strconv.Itoa(pageSize)},
			"order[createdAt]": {"asc"}, "exists[archivedAt]": {archived}}
		page, err := getPage[Person](ctx, c, "list people", "/people", q)
		if err != nil {
			return nil, 0, err
		}
		parts = append(parts, page)
	}
	active, archived := parts[0], parts[1]
	switch {
	case len(archived.Items) == 0, sameStart(active, archived): // a server that knows no such filter answers both alike
		return parts[:1], active.Total, nil
	case active.Total < 0 || archived.Total < 0:
		return parts, -1, nil
	}
	return parts, active.Total + archived.Total, nil
}

// sameStart reports whether two pages hold the same people.
func sameStart(a, b collection[Person]) bool {
	return a.Total == b.Total && len(a.Items) > 0 && slices.EqualFunc(a.Items, b.Items, func(p, q Person) bool { return p.ID == q.ID })
}

// getPage reads one page of the list at path, or at the link of a page before it.
func getPage[T record](ctx context.Context, c *Client, op, path string, q url.Values) (collection[T], error) {
	var page wireCollection[T]
	call := crm.Call{Op: op, Method: http.MethodGet, Path: path, Query: q}
	if _, err := c.api.Do(ctx, call, &page); err != nil {
		return collection[T]{}, err
	}
	return collection[T]{Items: page.Member, Total: page.total(), Next: string(page.View.Next), Last: string(page.View.Last)}, nil
}

// follow yields first and all pages after it.
func follow[T record](ctx context.Context, c *Client, op, path string, first collection[T]) iter.Seq2[collection[T], error] {
	return func(yield func(collection[T], error) bool) {
		seen := map[string]bool{}
		for page := first; yield(page, nil) && page.Next != ""; {
			if seen[page.Next] {
				yield(collection[T]{}, &crm.Error{Op: op, Class: crm.WrongServer, Code: crm.CodeServer,
					Message: "the links to the next page go round in a circle"})
				return
			}
			if seen[page.Next] = true; len(seen) > crm.MaxHeld {
				yield(collection[T]{}, crm.Endless(op))
				return
			}
			var err error
			if page, err = getPage[T](ctx, c, op, c.resolve(page.Next, path), nil); err != nil {
				yield(collection[T]{}, err)
				return
			}
		}
	}
}

// resolve turns a link to a next page into a path below the base URL. Links are relative or absolute; a server behind
// a path of its own may or may not name that path in them. A link to another host is left as it is, to be refused.
func (c *Client) resolve(link, current string) string {
	u, err := url.Parse(link)
	if err != nil || (u.Host != "" && u.Host != c.api.Base.Host) {
		return link
	}
	path := "/" + strings.TrimPrefix(u.EscapedPath(), "/")
	if path == "/" {
		path = current
	}
	prefix := strings.TrimSuffix(c.api.Base.EscapedPath(), "/")
	if rest, ok := strings.CutPrefix(path, prefix+"/"); ok {
		path = "/" + rest
	}
	return path + "?" + u.RawQuery
}

// query asks for everybody who carries one of the values; archived is "", "true" or "false".
func query(param string, values []string, archived string) url.Values {
	q := url.Values{param: values, "itemsPerPage": {strconv.Itoa(pageSize)}}
	if archived != "" {
		q.Set("exists[archivedAt]", archived)
	}
	return q
}
