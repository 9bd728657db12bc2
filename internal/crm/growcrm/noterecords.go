package growcrm

import (
	"context"
	"strings"

	"crmferry/internal/crm"
)

// noted are the records that notes are on. Each list is read only where notes are on its records.
type noted struct {
	clients  *crm.Sought[ClientRecord]
	leads    []*crm.Sought[Lead] // active and archived ones
	contacts *crm.Sought[Contact]
}

func newNoted(c *Client, leads *Leads) *noted {
	clients := &Clients{client: c, owners: newOwners(c)}
	n := &noted{contacts: soughtContacts(c, "list contacts", nil)}
	n.clients = crm.NewSought(func(r *ClientRecord) string { return formatID(r.ID) }, func(ctx context.Context, page int) (crm.NumberedPage[ClientRecord], error) {
		return clients.ListPage(ctx, crm.Query{}, crm.Section{}, page)
	})
	for _, state := range states() {
		n.leads = append(n.leads, crm.NewSought((*Lead).Identity, func(ctx context.Context, page int) (crm.NumberedPage[Lead], error) {
			return leads.ListPage(ctx, crm.Query{}, crm.Section{Key: state}, page)
		}))
	}
	return n
}

// name says of a note what its record is called. Of a record that is gone there is nothing to say.
func (r *noted) name(ctx context.Context, n *Note) error {
	switch n.On {
	case NoteOnClient:
		k, _, err := r.clients.Find(ctx, n.Of.ID)
		n.Client, n.OwnerEmail = k.CompanyName, k.Email
		return err
	case NoteOnUser:
		k, _, err := r.contacts.Find(ctx, n.Of.ID)
		n.PersonName, n.PersonEmail = strings.TrimSpace(k.FirstName+" "+k.LastName), k.Email
		return err
	case NoteOnLead:
		for _, leads := range r.leads {
			l, ok, err := leads.Find(ctx, n.Of.ID)
			n.Lead, n.PersonName, n.PersonEmail = l.Title, strings.TrimSpace(l.FirstName+" "+l.LastName), l.Email
			if ok || err != nil {
				return err
			}
		}
	}
	return nil
}
