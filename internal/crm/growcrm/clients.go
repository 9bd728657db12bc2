package growcrm

import (
	"context"
	"iter"

	"crmferry/internal/crm"
	"crmferry/internal/crm/growcrm/answers"
)

var (
	_ crm.Numbered[ClientRecord] = (*Clients)(nil)
	_ crm.Lister[ClientRecord]   = (*Clients)(nil)
	_ crm.Finder[ClientRecord]   = (*Clients)(nil)
	_ crm.Creator[ClientRecord]  = (*Clients)(nil)
	_ crm.Updater[ClientRecord]  = (*Clients)(nil)
	_ crm.Stepper[ClientRecord]  = (*Clients)(nil)
	_ crm.Linker[ClientRecord]   = (*Clients)(nil)
	_ crm.HolderFinder           = (*Clients)(nil)
	_ crm.Sparer                 = (*Clients)(nil)
	_ crm.Filterer               = (*Clients)(nil)
	_ crm.Checker                = (*Clients)(nil)
	_ crm.Unnamer                = (*Clients)(nil)
)

// Clients are the client accounts that contacts belong to (https://docs-api.growcrm.io/clients). Each is read together with
// its account owner, the contact who was made along with it: by that address it is found again. There is no Delete: the
// vendor's takes the users, projects and invoices of a client along.
type Clients struct {
	client *Client
	owners *crm.Sought[Contact, shown]
	others others
}

// NewClients returns a client of one account's clients. It sends nothing.
func NewClients(c Config) *Clients {
	client := New(c)
	return &Clients{client: client, owners: newOwners(client, client.get)}
}

// Traits says that a page holds 100 clients, that they are looked up one by one, each with its owner, as they are listed, and that
// an update sends whole values.
func (c *Clients) Traits() crm.Traits {
	return crm.Traits{UniqueEmail: true, UpdateRepeatable: true, PageSize: answers.PageSize, Paging: paging(), FindBatch: 1, FindRequests: 2, NameRequests: answers.MostSearched + 1, ReadRequests: 2, HolderRequests: 1}
}

// Filters are those of GET /clients.
func (c *Clients) Filters() []crm.FilterSpec {
	return []crm.FilterSpec{
		{Name: "status", Values: []string{"active", "suspended"}},
		{Name: "category_id"},
		{Name: "search"},
		{Name: "sort", Values: []string{"client_company_name", "client_status", "client_created", "client_updated"}, Sort: true},
		{Name: "order", Values: orders(), Sort: true},
	}
}

// Sections is the list as a whole.
func (c *Clients) Sections(context.Context, crm.Query) ([]crm.Section, error) {
	return make([]crm.Section, 1), nil
}

// Unnamed counts the account owners that were not found.
func (c *Clients) Unnamed() int { return c.owners.Missed() }

// ListPage reads page n of GET /clients, and the owners of its clients as far as they are not known.
func (c *Clients) ListPage(ctx context.Context, q crm.Query, _ crm.Section, n int) (crm.NumberedPage[ClientRecord], error) {
	return c.page(ctx, q, n, c.owners)
}

func (c *Clients) page(ctx context.Context, q crm.Query, n int, known *crm.Sought[Contact, shown]) (crm.NumberedPage[ClientRecord], error) {
	page, err := c.list("list clients").Page(ctx, ordered(q, "client_created"), n)
	if err != nil {
		return page, err
	}
	return page, fillOwners(ctx, known, page.Items)
}

func (c *Clients) list(op string) answers.List[clientRecordJSON, ClientRecord] {
	return answers.List[clientRecordJSON, ClientRecord]{API: &c.client.api, Op: op, Path: "/clients", Read: (*clientRecordJSON).record}
}

// List yields all clients, the oldest first.
func (c *Clients) List(ctx context.Context) iter.Seq2[crm.Page[ClientRecord], error] {
	return func(yield func(crm.Page[ClientRecord], error) bool) {
		known := newOwners(c.client, nil) // as they are now
		for n, last := 1, 1; n <= last; n++ {
			page, err := c.page(ctx, crm.Query{}, n, known)
			last = page.Last
			if !yield(crm.Page[ClientRecord]{Items: page.Items, Total: page.Total}, err) || err != nil {
				return
			}
		}
	}
}

// Check reads one contact: the key is the same for all that the account holds.
func (c *Clients) Check(ctx context.Context) (string, error) { return c.client.Check(ctx) }
