package growcrm

import (
	"context"
	"fmt"
	"net/url"
	"slices"
	"strings"
	"sync"

	"crmferry/internal/crm"
	"crmferry/internal/crm/growcrm/answers"
)

// Find looks up one key. By e-mail, a client is found by its account owner: an address that another contact has does not make a
// client the one of a row. By name, words of it are searched for, because the vendor does not say how its search takes spaces
// and accents.
func (c *Clients) Find(ctx context.Context, keys []crm.Key) ([]ClientRecord, error) {
	return answers.Find(ctx, keys, c.get, func(ctx context.Context, k crm.Key) ([]ClientRecord, error) {
		if k.Email != "" {
			return c.ownedBy(ctx, k.Email)
		}
		return c.called(ctx, k.Name)
	})
}

// get reads one client and its owner; none if the vendor does not know the id.
func (c *Clients) get(ctx context.Context, id string) ([]ClientRecord, error) {
	found, err := c.read(ctx, id)
	if err != nil || len(found) == 0 {
		return nil, err
	}
	return found, c.readOwner(ctx, &found[0])
}

// read reads one client.
func (c *Clients) read(ctx context.Context, id string) ([]ClientRecord, error) {
	one, err := answers.Read[clientRecordJSON](ctx, &c.client.api, "get client", id, clientPath)
	if one == nil {
		return nil, err
	}
	return []ClientRecord{one.record()}, nil
}

func (c *Clients) readOwner(ctx context.Context, r *ClientRecord) error {
	if r.Owner.ID == "" {
		return nil
	}
	owner, err := c.client.get(ctx, r.Owner.ID)
	if err == nil && len(owner) == 1 {
		r.setOwner(&owner[0])
	}
	return err
}

// ownedBy returns the clients whose account owner has an address, and takes down whom else it belongs to.
func (c *Clients) ownedBy(ctx context.Context, email string) ([]ClientRecord, error) {
	contacts, err := c.client.Find(ctx, []crm.Key{{Email: email}})
	if err != nil {
		return nil, err
	}
	c.others.asked(email)
	var found []ClientRecord
	for i := range contacts {
		owner := &contacts[i]
		if !strings.EqualFold(owner.Email, email) {
			continue
		}
		c.others.note(owner)
		if owner.AccountOwner != yes || owner.Client.ID == "" {
			continue
		}
		some, err := c.read(ctx, owner.Client.ID)
		if err != nil {
			return nil, err
		}
		for j := range some {
			some[j].setOwner(owner)
		}
		found = append(found, some...)
	}
	return found, nil
}

// called returns the clients of a name. An only one is compared, and has its owner; of several nobody knows which is meant.
func (c *Clients) called(ctx context.Context, name string) ([]ClientRecord, error) {
	query := url.Values{"sort": {"client_created"}, "order": {"asc"}}
	found, err := c.list(opClients).Search(ctx, query, crm.Words(name))
	if err != nil {
		return nil, err
	}
	found = slices.DeleteFunc(found, func(r ClientRecord) bool { return crm.Fold(r.CompanyName) != crm.Fold(name) })
	if len(found) == 1 {
		err = c.readOwner(ctx, &found[0])
	}
	return found, err
}

// others are the contacts who own no client, by their addresses: nobody else can have those. An address that was asked for and has
// none has "".
type others struct {
	mu    sync.Mutex
	words map[string]string
}

func (o *others) note(c *Contact) {
	if c.AccountOwner == yes {
		return
	}
	o.put(c.Email, fmt.Sprintf("%s, a contact of the client %s (%s) and not its account owner,", strings.TrimSpace(c.FirstName+" "+c.LastName), c.Client.ID, c.Client.Name))
}

// asked takes note that the contacts of an address are read.
func (o *others) asked(email string) { o.put(email, "") }

func (o *others) put(email, words string) {
	o.mu.Lock()
	defer o.mu.Unlock()
	if o.words == nil {
		o.words = map[string]string{}
	}
	o.words[crm.Fold(email)] = words
}

// of is who has an address, and whether that was asked for.
func (o *others) of(email string) (words string, asked bool) {
	o.mu.Lock()
	defer o.mu.Unlock()
	words, asked = o.words[crm.Fold(email)]
	return words, asked
}

// HeldBy names who has an address that is no account owner's: another contact, or a member of the team.
func (c *Clients) HeldBy(ctx context.Context, email string) (string, error) {
	if _, asked := c.others.of(email); !asked {
		if _, err := c.ownedBy(ctx, email); err != nil {
			return "", err
		}
	}
	if who, _ := c.others.of(email); who != "" {
		return who, nil
	}
	return c.client.HeldBy(ctx, email)
}
