package growcrm

import (
	"context"
	"maps"
	"net/url"
	"strings"

	"crmferry/internal/crm"
)

// shown is what another record shows of a record.
type shown struct{ title, first, last, email string }

func (s shown) name() string { return strings.TrimSpace(s.first + " " + s.last) }

// soughtContacts are all contacts, or those of a filter. get reads one of them, nil for nothing.
func soughtContacts(c *Client, op string, filter url.Values, get func(context.Context, string) ([]Contact, error)) *crm.Sought[Contact, shown] {
	return crm.NewSought(crm.Seeking[Contact, shown]{
		Page: func(ctx context.Context, n int) (crm.NumberedPage[Contact], error) {
			query := url.Values{"sort": {"created"}, "order": {"asc"}}
			maps.Copy(query, filter)
			return c.contactList(op).Page(ctx, query, n)
		},
		Get:  get,
		Read: func(k *Contact) (string, shown) { return formatID(k.ID), shown{"", k.FirstName, k.LastName, k.Email} },
	})
}

// newOwners are the account owners of clients, by their ids.
func newOwners(c *Client, get func(context.Context, string) ([]Contact, error)) *crm.Sought[Contact, shown] {
	return soughtContacts(c, "list account owners", url.Values{"account_owner": {yes}}, get)
}

// fillOwners puts names and addresses of their owners into clients. An owner whom no page has is left out.
func fillOwners(ctx context.Context, owners *crm.Sought[Contact, shown], clients []ClientRecord) error {
	for i := range clients {
		owner, ok, err := owners.Find(ctx, clients[i].Owner.ID)
		if err != nil {
			return err
		}
		if ok {
			clients[i].FirstName, clients[i].LastName, clients[i].Email = owner.first, owner.last, owner.email
		}
	}
	return nil
}

// setOwner takes names and address of the account owner.
func (r *ClientRecord) setOwner(owner *Contact) {
	r.FirstName, r.LastName, r.Email = owner.FirstName, owner.LastName, owner.Email
}
