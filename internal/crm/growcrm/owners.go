package growcrm

import (
	"context"
	"net/url"

	"crmferry/internal/crm"
)

// soughtContacts are all contacts, or those of a filter.
func soughtContacts(c *Client, op string, filter url.Values) *crm.Sought[Contact] {
	return crm.NewSought(func(c *Contact) string { return formatID(c.ID) }, func(ctx context.Context, n int) (crm.NumberedPage[Contact], error) {
		query := url.Values{"sort": {"created"}, "order": {"asc"}}
		for name, values := range filter {
			query[name] = values
		}
		return listPage(ctx, c, op, "/contacts", query, n, new(contactsPage))
	})
}

// newOwners returns the account owners of clients, by their ids.
func newOwners(c *Client) *crm.Sought[Contact] {
	return soughtContacts(c, "list account owners", url.Values{"account_owner": {yes}})
}

// fillOwners puts names and addresses of their owners into clients. An owner whom no page has is left out.
func fillOwners(ctx context.Context, owners *crm.Sought[Contact], clients []ClientRecord) error {
	for i := range clients {
		owner, ok, err := owners.Find(ctx, clients[i].Owner.ID)
		if err != nil {
			return err
		}
		if ok {
			clients[i].setOwner(&owner)
		}
	}
	return nil
}

// setOwner takes names and address of the account owner.
func (r *ClientRecord) setOwner(owner *Contact) {
	r.FirstName, r.LastName, r.Email = owner.FirstName, owner.LastName, owner.Email
}
