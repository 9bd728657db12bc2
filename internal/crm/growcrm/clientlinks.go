package growcrm

import (
	"context"
	"net/http"
	"net/url"

	"crmferry/internal/crm"
	"crmferry/internal/crm/growcrm/answers"
)

// clientCategory is the type of categories of clients.
const clientCategory = "client"

// LinkKinds are the categories of clients, and the contacts of whom one owns each client.
func (c *Clients) LinkKinds() []crm.LinkKind {
	return []crm.LinkKind{
		{Name: kindCategories, One: "category", CanCreate: true, Unfound: "categories of leads and other records are none of clients"},
		{Name: kindContacts, One: "contact"},
	}
}

// Resolve finds categories of clients by name, in the whole list of them, and contacts by e-mail address.
func (c *Clients) Resolve(ctx context.Context, kind string, names []string) (map[string][]crm.Ref, error) {
	switch kind {
	case kindCategories:
		all, err := c.categories(ctx)
		return bearers(all, names), err
	case kindContacts:
		return c.contacts(ctx, names)
	}
	return nil, checkKind("find "+kind, kind)
}

// categories are those of clients (GET /categories).
func (c *Clients) categories(ctx context.Context) ([]named, error) {
	query := url.Values{"type": {clientCategory}, "sort": {"category_created"}, "order": {"asc"}}
	return namedIn(ctx, c.client, "find categories", "/categories", query, categoryJSON.named)
}

func (c *Clients) contacts(ctx context.Context, emails []string) (map[string][]crm.Ref, error) {
	found := map[string][]crm.Ref{}
	for _, email := range emails {
		some, err := c.client.addressed(ctx, email)
		if err != nil {
			return nil, err
		}
		for i := range some {
			found[email] = append(found[email], crm.Ref{ID: formatID(some[i].ID), Name: some[i].Email})
		}
	}
	return found, nil
}

// CreateLink makes a category of clients (POST /categories).
func (c *Clients) CreateLink(ctx context.Context, kind, name string, _ ClientRecord) (crm.Ref, *ClientRecord, error) {
	const op = "create category"
	if kind != kindCategories {
		return crm.Ref{}, nil, checkKind(op, kind)
	}
	form := url.Values{"category_name": {name}, "category_type": {clientCategory}}
	var body answers.One[categoryJSON]
	call := crm.Call{Op: op, Method: http.MethodPost, Path: "/categories", ContentType: typeForm, Body: []byte(form.Encode())}
	if _, err := c.client.api.Do(ctx, call, &body); err != nil {
		return crm.Ref{}, nil, err
	}
	return crm.Ref{ID: string(body.Data.Value.ID), Name: name}, nil, nil
}
