package growcrm

import (
	"cmp"
	"context"
	"fmt"
	"iter"
	"maps"
	"net/http"
	"net/url"
	"strconv"

	"crmferry/internal/crm"
)

// List yields all contacts, the oldest first, so that contacts made meanwhile come last. Deleted contacts are gone as
// far as the API goes and are not listed.
func (c *Client) List(ctx context.Context) iter.Seq2[crm.Page[Contact], error] {
	return c.contacts(ctx, "list contacts", nil)
}

// Find looks up one key. Search is free text over names, e-mail and phone: by e-mail, the address is searched for; by
// phone and name, words of the name, because how the vendor writes the phone is not known.
func (c *Client) Find(ctx context.Context, keys []crm.Key) ([]Contact, error) {
	return findEach(ctx, keys, c.get, func(ctx context.Context, k crm.Key) ([]Contact, error) {
		query := url.Values{"sort": {"created"}, "order": {"asc"}}
		return c.contactList("find contact").searched(ctx, query, sought(k))
	})
}

// sought are the texts by which the vendor finds a key.
func sought(k crm.Key) []string {
	if k.Email != "" {
		return []string{k.Email}
	}
	if words := crm.Words(cmp.Or(k.Of, k.Name)); len(words) > 0 {
		return words
	}
	return []string{k.Phone}
}

// get reads one contact; none if the vendor does not know the id.
func (c *Client) get(ctx context.Context, id string) ([]Contact, error) {
	one, err := readOne[contactJSON](ctx, c, "get contact", id, contactPath)
	if one == nil {
		return nil, err
	}
	return []Contact{one.contact()}, nil
}

// readOne reads a record by its id; nil if the vendor does not know it.
func readOne[W record](ctx context.Context, c *Client, op, id string, path func(int64) string) (*W, error) {
	n, err := strconv.ParseInt(id, 10, 64)
	if err != nil {
		return nil, nil // ids are numbers
	}
	body := item[W]{asked: formatID(n)}
	_, err = c.api.Do(ctx, crm.Call{Op: op, Method: http.MethodGet, Path: path(n)}, &body)
	switch {
	case crm.IsNotFound(err):
		return nil, nil
	case err != nil:
		return nil, err
	}
	return &body.Data.Value, nil
}

// contacts yields the pages of GET /contacts with the given filters.
func (c *Client) contacts(ctx context.Context, op string, filter url.Values) iter.Seq2[crm.Page[Contact], error] {
	query := url.Values{"sort": {"created"}, "order": {"asc"}}
	maps.Copy(query, filter)
	return func(yield func(crm.Page[Contact], error) bool) {
		for page, err := range pages[contactJSON](ctx, c, op, "/contacts", query) {
			if err != nil {
				yield(crm.Page[Contact]{}, err)
				return
			}
			if !yield(crm.Page[Contact]{Items: c.contactList(op).items(page.Data), Total: page.total()}, nil) {
				return
			}
		}
	}
}

// pages yields the pages of a list as far as meta.last_page; where the vendor sends no meta, as far as full pages.
func pages[T record](ctx context.Context, c *Client, op, path string, query url.Values) iter.Seq2[pageOf[T], error] {
	return func(yield func(pageOf[T], error) bool) {
		starts := map[string]bool{}
		for number := 1; ; number++ {
			page, err := pageAt[T](ctx, c, op, path, query, number)
			if err == nil && len(page.Data) > 0 && number > 1 && starts[page.Data[0].id()] {
				err = &crm.Error{Op: op, Class: crm.Permanent, Code: crm.CodeServer,
					Message: fmt.Sprintf("page %d of the answer repeats an earlier one", number)}
			}
			if err != nil {
				yield(pageOf[T]{}, err)
				return
			}
			if len(page.Data) > 0 {
				starts[page.Data[0].id()] = true
			}
			if !yield(page, nil) || page.last(number) {
				return
			}
			if number >= crm.MaxHeld {
				yield(pageOf[T]{}, crm.Endless(op))
				return
			}
		}
	}
}
