package growcrm

import (
	"cmp"
	"context"
	"iter"
	"maps"
	"net/url"

	"crmferry/internal/crm"
	"crmferry/internal/crm/growcrm/answers"
)

// List yields all contacts, the oldest first, so that contacts made meanwhile come last. Deleted contacts are gone as
// far as the API goes and are not listed.
func (c *Client) List(ctx context.Context) iter.Seq2[crm.Page[Contact], error] {
	return c.contacts(ctx, "list contacts", nil)
}

// Find looks up one key. Search is free text over names, e-mail and phone: by e-mail, the address is searched for; by
// phone and name, words of the name, because how the vendor writes the phone is not known.
func (c *Client) Find(ctx context.Context, keys []crm.Key) ([]Contact, error) {
	return answers.Find(ctx, keys, c.get, func(ctx context.Context, k crm.Key) ([]Contact, error) {
		query := url.Values{"sort": {"created"}, "order": {"asc"}}
		return c.contactList("find contact").Search(ctx, query, sought(k))
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
	one, err := answers.Read[contactJSON](ctx, &c.api, "get contact", id, contactPath)
	if one == nil {
		return nil, err
	}
	return []Contact{one.contact()}, nil
}

// contacts yields the pages of GET /contacts with the given filters.
func (c *Client) contacts(ctx context.Context, op string, filter url.Values) iter.Seq2[crm.Page[Contact], error] {
	query := url.Values{"sort": {"created"}, "order": {"asc"}}
	maps.Copy(query, filter)
	return func(yield func(crm.Page[Contact], error) bool) {
		for page, err := range answers.Pages[contactJSON](ctx, &c.api, op, "/contacts", query) {
			if err != nil {
				yield(crm.Page[Contact]{}, err)
				return
			}
			if !yield(crm.Page[Contact]{Items: c.contactList(op).Items(page.Data), Total: page.Total()}, nil) {
				return
			}
		}
	}
}
