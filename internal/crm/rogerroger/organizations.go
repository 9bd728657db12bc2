package rogerroger

import (
	"context"
	"iter"
	"net/http"
	"net/url"
	"strconv"

	"crmferry/internal/crm"
)

var (
	_ crm.Creator[Organization] = (*Organizations)(nil)
	_ crm.Scanner[Organization] = (*Organizations)(nil)
	_ crm.Linker[Organization]  = (*Organizations)(nil)
	_ crm.Checker               = (*Organizations)(nil)
)

// Organizations are the companies of an account. Making one is documented; a list is not, and is read here only to see which
// names are there, as it is for the organizations of people: without a look a second import would make them all again.
type Organizations struct{ people *Client }

// NewOrganizations returns a client of one account's organizations. It sends nothing.
func NewOrganizations(c Config) *Organizations { return &Organizations{New(c)} }

// Traits says that a page holds 30, in an order that is not documented.
func (c *Organizations) Traits() crm.Traits {
	return crm.Traits{UpdateRepeatable: true, PageSize: pageSize, Paging: []string{"page", "itemsPerPage"}, Unordered: true}
}

// Create makes an organization (POST /organizations). The vendor documents no idempotency key: token is not sent, and a lost
// answer leaves it open whether the organization exists. A field whose value is zero is left out.
func (c *Organizations) Create(ctx context.Context, want Organization, fields crm.Fields, _ string) (crm.Answer[Organization], error) {
	const op = "create organization"
	body, err := encodeOrganization(Organization{}, want, fields)
	if err != nil {
		return crm.Answer[Organization]{}, refuse(op, err)
	}
	call := crm.Call{Op: op, Method: http.MethodPost, Path: "/organizations", ContentType: typeLD, Body: crm.JSON(withoutEmpty(body))}
	made, err := c.write(ctx, call, "")
	made.Created = err == nil
	return made, err
}

// write sends an organization and reads the one that comes back, which has the id unless that is "".
func (c *Organizations) write(ctx context.Context, call crm.Call, id string) (crm.Answer[Organization], error) {
	got := answer[Organization]{asked: lastPart(id)}
	meta, err := c.people.api.Do(ctx, call, &got)
	if err != nil {
		return crm.Answer[Organization]{Meta: meta}, err
	}
	return crm.Answer[Organization]{ID: got.record.ID, Contact: &got.record, Meta: meta}, nil
}

// Scan reads all organizations (GET /organizations, which the vendor's own clients do).
func (c *Organizations) Scan(ctx context.Context) iter.Seq2[crm.Page[Organization], error] {
	const op, path = "find organizations", "/organizations"
	return func(yield func(crm.Page[Organization], error) bool) {
		first, err := getPage[Organization](ctx, c.people, op, path, url.Values{"page": {"1"}, "itemsPerPage": {strconv.Itoa(pageSize)}})
		if err != nil {
			yield(crm.Page[Organization]{}, err)
			return
		}
		for page, err := range follow(ctx, c.people, op, path, first) {
			nameKnown(c.people, page.Items, organizationLinks())
			if !yield(crm.Page[Organization]{Items: page.Items, Total: first.Total}, err) || err != nil {
				return
			}
		}
	}
}

// Check counts the people that the key can see: the key is the same for all that the account holds.
func (c *Organizations) Check(ctx context.Context) (string, error) { return c.people.Check(ctx) }

// LinkKinds are tags, segments and people.
func (c *Organizations) LinkKinds() []crm.LinkKind {
	return []crm.LinkKind{{Name: "tags", One: "tag", CanCreate: true}, {Name: "segments", One: "segment", CanCreate: true}, {Name: kindPeople, One: "person"}}
}

// Resolve finds tags and segments by title, and people by e-mail address.
func (c *Organizations) Resolve(ctx context.Context, kind string, names []string) (map[string][]crm.Ref, error) {
	if kind != kindPeople {
		return c.people.Resolve(ctx, kind, names)
	}
	keys := make([]crm.Key, len(names))
	for i, name := range names {
		keys[i] = crm.Key{Email: crm.Fold(name)}
	}
	people, err := c.people.Find(ctx, keys)
	if err != nil {
		return nil, err
	}
	found := map[string][]crm.Ref{}
	for i, name := range names {
		for _, p := range carriers(people, byEmail.values(keys[i:i+1]), byEmail) {
			found[name] = append(found[name], crm.Ref{ID: p.IRI, Name: name})
		}
	}
	return found, nil
}

// CreateLink makes a tag or a segment of that title.
func (c *Organizations) CreateLink(ctx context.Context, kind, name string, _ Organization) (crm.Ref, *Organization, error) {
	ref, _, err := c.people.CreateLink(ctx, kind, name, Person{})
	return ref, nil, err
}

func organizationLinks() []linked[Organization] {
	return []linked[Organization]{
		{"tags", func(o *Organization) []crm.Ref { return o.Tags }},
		{"segments", func(o *Organization) []crm.Ref { return o.Segments }},
	}
}
