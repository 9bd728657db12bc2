package growcrm

import (
	"context"
	"fmt"
	"net/http"
	"net/url"
	"slices"
	"strings"

	"crmferry/internal/crm"
	"crmferry/internal/crm/growcrm/answers"
)

// kindClients are the clients that contacts belong to, named by company.
const kindClients = "clients"

const opClients = "find clients"

// LinkKinds says that clients can be looked up and made.
func (c *Client) LinkKinds() []crm.LinkKind {
	return []crm.LinkKind{{Name: kindClients, One: "client", CanCreate: true, WithContact: true}}
}

// Resolve finds clients by company name, or by the e-mail address of their account owner. Few names are searched for one by
// one; for many, all clients are listed if that takes fewer requests.
func (c *Client) Resolve(ctx context.Context, kind string, names []string) (map[string][]crm.Ref, error) {
	if err := checkKind(opClients, kind); err != nil {
		return nil, err
	}
	isAddress := func(name string) bool { return strings.Contains(name, "@") }
	found, err := c.clientsCalled(ctx, slices.DeleteFunc(slices.Clone(names), isAddress))
	if err != nil {
		return nil, err
	}
	for _, name := range names {
		if !isAddress(name) {
			continue
		}
		refs, err := c.clientsOwnedBy(ctx, name)
		if err != nil {
			return nil, err
		}
		if len(refs) > 0 {
			found[name] = refs
		}
	}
	return found, nil
}

// clientsOwnedBy are the clients whose account owner has an address; else those of that name.
func (c *Client) clientsOwnedBy(ctx context.Context, email string) (refs []crm.Ref, err error) {
	contacts, err := c.Find(ctx, []crm.Key{{Email: crm.Fold(email)}})
	if err != nil {
		return nil, err
	}
	for _, owner := range contacts {
		if owner.AccountOwner == yes && owner.Client.ID != "" && crm.Fold(owner.Email) == crm.Fold(email) {
			refs = append(refs, owner.Client)
		}
	}
	if len(refs) == 0 {
		found, err := c.clientsCalled(ctx, []string{email})
		return found[email], err
	}
	return refs, nil
}

// clientsCalled are the clients of each company name.
func (c *Client) clientsCalled(ctx context.Context, names []string) (map[string][]crm.Ref, error) {
	if len(names) > 2 {
		all, done, err := c.allClients(ctx, len(names))
		if err != nil {
			return nil, err
		}
		if done {
			return pick(all, names), nil
		}
	}
	found := map[string][]crm.Ref{}
	for _, name := range names {
		some, err := c.searchClients(ctx, append(crm.Words(name), "")[0])
		if err != nil {
			return nil, err
		}
		if refs := pick(some, []string{name})[name]; len(refs) > 0 {
			found[name] = refs
		}
	}
	return found, nil
}

// allClients lists all clients unless the first page says that this takes more than budget requests.
func (c *Client) allClients(ctx context.Context, budget int) (all []clientJSON, done bool, err error) {
	var held heldClients
	for page, err := range c.clients(ctx, url.Values{}) {
		if err != nil {
			return nil, false, err
		}
		if page.Last() > budget {
			return nil, false, nil
		}
		if all, err = held.add(all, page.Data); err != nil {
			return nil, false, err
		}
	}
	return all, true, nil
}

func (c *Client) searchClients(ctx context.Context, name string) ([]clientJSON, error) {
	var some []clientJSON
	var held heldClients
	for page, err := range c.clients(ctx, url.Values{"search": {name}}) {
		if err != nil {
			return nil, err
		}
		if some, err = held.add(some, page.Data); err != nil {
			return nil, err
		}
	}
	return some, nil
}

// heldClients counts the clients that are held in memory.
type heldClients struct{ crm.Held }

// add appends a page of clients to some.
func (h *heldClients) add(some, page []clientJSON) ([]clientJSON, error) {
	for _, k := range page {
		if err := h.Add(opClients, string(k.ID), string(k.CompanyName)); err != nil {
			return nil, err
		}
	}
	return append(some, page...), nil
}

func (c *Client) clients(ctx context.Context, query url.Values) func(func(answers.Page[clientJSON], error) bool) {
	query.Set("sort", "client_created")
	query.Set("order", "asc")
	return answers.Pages[clientJSON](ctx, &c.api, opClients, "/clients", query)
}

// pick chooses the clients that bear one of the names, without regard to case and outer space.
func pick(clients []clientJSON, names []string) map[string][]crm.Ref {
	byName := map[string][]crm.Ref{}
	for _, k := range clients {
		name := crm.Fold(string(k.CompanyName))
		byName[name] = append(byName[name], k.ref())
	}
	found := map[string][]crm.Ref{}
	for _, name := range names {
		if refs := byName[crm.Fold(name)]; len(refs) > 0 {
			found[name] = refs
		}
	}
	return found
}

func (j clientJSON) ref() crm.Ref { return crm.Ref{ID: string(j.ID), Name: string(j.CompanyName)} }

// CreateLink makes a client of the given company name (POST /clients). The vendor makes its first contact along with
// it, of first's names and e-mail, and answers with its id: that contact is read and returned. An address that a contact
// has is refused as taken; only a user of another type, "contact", which no list shows, becomes the client's.
func (c *Client) CreateLink(ctx context.Context, kind, name string, first Contact) (crm.Ref, *Contact, error) {
	const op = "create client"
	if err := checkKind(op, kind); err != nil {
		return crm.Ref{}, nil, err
	}
	form := url.Values{"client_company_name": {name}, "first_name": {first.FirstName}, "last_name": {first.LastName},
		"email": {first.Email}, "send_email": {"no"}}
	if first.SendEmail == yes {
		form.Set("send_email", yes)
	}
	call := crm.Call{Op: op, Method: http.MethodPost, Path: "/clients", ContentType: typeForm, Body: []byte(form.Encode())}
	var body answers.One[clientJSON]
	if _, err := c.api.Do(ctx, call, &body); err != nil {
		return crm.Ref{}, nil, err
	}
	made := body.Data.Value
	contact, err := c.firstContact(ctx, made, first.Email)
	if err != nil {
		err = &crm.Error{Op: op, Class: crm.Ambiguous, Code: crm.CodeUnverified, Err: err}
	}
	return crm.Ref{ID: string(made.ID), Name: name}, contact, err
}

// firstContact reads the contact that was made along with a client; nil if there is none.
func (c *Client) firstContact(ctx context.Context, made clientJSON, email string) (*Contact, error) {
	key := crm.Key{ID: string(made.Owner.Value.ID)}
	if key.ID == "" {
		key = crm.Key{Email: email}
	}
	found, err := c.Find(ctx, []crm.Key{key})
	if err != nil {
		return nil, err
	}
	for i := range found {
		if strings.EqualFold(found[i].Email, email) {
			return &found[i], nil
		}
	}
	return nil, nil
}

func checkKind(op, kind string) error {
	if kind != kindClients {
		return &crm.Error{Op: op, Class: crm.Permanent, Code: crm.CodeInvalid, Message: fmt.Sprintf("no links of kind %q", kind)}
	}
	return nil
}
