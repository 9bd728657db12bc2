package growcrm

import (
	"context"

	"crmferry/internal/crm"
)

// noted are the records that notes are on. Each list is read only where notes are on its records.
type noted struct {
	clients  *crm.Sought[ClientRecord, shown]
	leads    []*crm.Sought[Lead, shown] // active and archived ones
	contacts *crm.Sought[Contact, shown]
}

func newNoted(c *Client, leads *Leads) *noted {
	clients := &Clients{client: c, owners: newOwners(c, c.get)}
	n := &noted{contacts: soughtContacts(c, "list contacts", nil, c.get)}
	n.clients = crm.NewSought(crm.Seeking[ClientRecord, shown]{
		Page: func(ctx context.Context, page int) (crm.NumberedPage[ClientRecord], error) {
			return clients.ListPage(ctx, crm.Query{}, crm.Section{}, page)
		},
		Get: clients.get,
		Read: func(r *ClientRecord) (string, shown) {
			return formatID(r.ID), shown{title: r.CompanyName, email: r.Email}
		},
	})
	for _, state := range states() {
		by := crm.Seeking[Lead, shown]{
			Page: func(ctx context.Context, page int) (crm.NumberedPage[Lead], error) {
				return leads.ListPage(ctx, crm.Query{}, crm.Section{Key: state}, page)
			},
			Read: func(l *Lead) (string, shown) { return l.Identity(), shown{l.Title, l.FirstName, l.LastName, l.Email} },
		}
		if state == StateArchived { // which is asked last
			by.Get = leads.get
		}
		n.leads = append(n.leads, crm.NewSought(by))
	}
	return n
}

// missed counts the records that were not found, leads where archived ones are.
func (r *noted) missed() int {
	return r.clients.Missed() + r.contacts.Missed() + r.leads[len(r.leads)-1].Missed()
}

// name says of a note what its record is called. Of a record that is gone there is nothing to say.
func (r *noted) name(ctx context.Context, n *Note) error {
	switch n.On {
	case NoteOnClient:
		k, _, err := r.clients.Find(ctx, n.Of.ID)
		n.Client, n.OwnerEmail = k.title, k.email
		return err
	case NoteOnUser:
		k, _, err := r.contacts.Find(ctx, n.Of.ID)
		n.PersonName, n.PersonEmail = k.name(), k.email
		return err
	case NoteOnLead:
		for _, leads := range r.leads {
			l, ok, err := leads.Find(ctx, n.Of.ID)
			n.Lead, n.PersonName, n.PersonEmail = l.title, l.name(), l.email
			if ok || err != nil {
				return err
			}
		}
	}
	return nil
}
