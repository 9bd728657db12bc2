package growcrm

import (
	"context"
	"net/url"

	"crmferry/internal/crm"
)

// owners are the account owners of clients, by their ids, read in the order in which they were made: that of their clients,
// so that a page of clients mostly takes one page of owners.
type owners struct {
	client *Client
	turn   chan struct{} // held while they are read
	byID   map[string]Contact
	next   int // the page to read, 0 behind the last one
}

func newOwners(c *Client) *owners {
	return &owners{client: c, turn: make(chan struct{}, 1), byID: map[string]Contact{}, next: 1}
}

// fill puts names and addresses of their owners into clients, and reads as many pages of owners as that takes. An owner whom no
// page has is left out.
func (o *owners) fill(ctx context.Context, clients []ClientRecord) error {
	select {
	case o.turn <- struct{}{}:
	case <-ctx.Done():
		return context.Cause(ctx)
	}
	defer func() { <-o.turn }()
	for i := range clients {
		id := clients[i].Owner.ID
		for id != "" && o.byID[id].ID == 0 && o.next > 0 {
			if err := o.read(ctx); err != nil {
				return err
			}
		}
		if owner, ok := o.byID[id]; ok {
			clients[i].setOwner(&owner)
		}
	}
	return nil
}

// read reads the next page.
func (o *owners) read(ctx context.Context) error {
	const op = "list account owners"
	query := url.Values{"account_owner": {yes}, "sort": {"created"}, "order": {"asc"}}
	page, err := listPage(ctx, o.client, op, "/contacts", query, o.next, new(contactsPage))
	if err != nil {
		return err
	}
	for _, owner := range page.Items {
		o.byID[formatID(owner.ID)] = owner
	}
	if len(o.byID) > crm.MaxHeld || o.next > crm.MaxHeld {
		return crm.Endless(op)
	}
	if o.next++; o.next > page.Last {
		o.next = 0
	}
	return nil
}

// setOwner takes names and address of the account owner.
func (r *ClientRecord) setOwner(owner *Contact) {
	r.FirstName, r.LastName, r.Email = owner.FirstName, owner.LastName, owner.Email
}
