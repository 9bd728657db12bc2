package growcrm

import (
	"context"
	"iter"
	"strconv"

	"crmferry/internal/crm"
)

var (
	_ crm.Numbered[ClientRecord] = (*Clients)(nil)
	_ crm.Lister[ClientRecord]   = (*Clients)(nil)
	_ crm.Filterer               = (*Clients)(nil)
	_ crm.Checker                = (*Clients)(nil)
)

// Clients lists the client accounts that contacts belong to (https://docs-api.growcrm.io/clients).
type Clients struct{ client *Client }

// NewClients returns a client of one account's clients. It sends nothing.
func NewClients(c Config) *Clients { return &Clients{New(c)} }

// Traits says that a page holds 100 clients.
func (c *Clients) Traits() crm.Traits { return crm.Traits{PageSize: pageSize, Paging: paging()} }

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

// ListPage reads page n of GET /clients.
func (c *Clients) ListPage(ctx context.Context, q crm.Query, _ crm.Section, n int) (crm.NumberedPage[ClientRecord], error) {
	return listPage(ctx, c.client, "list clients", "/clients", ordered(q, "client_created"), n, new(clientsPage))
}

// List yields all clients, the oldest first.
func (c *Clients) List(ctx context.Context) iter.Seq2[crm.Page[ClientRecord], error] {
	return func(yield func(crm.Page[ClientRecord], error) bool) {
		for n, last := 1, 1; n <= last; n++ {
			page, err := c.ListPage(ctx, crm.Query{}, crm.Section{}, n)
			last = page.Last
			if !yield(crm.Page[ClientRecord]{Items: page.Items, Total: page.Total}, err) || err != nil {
				return
			}
		}
	}
}

// Check reads one contact: the key is the same for all that the account holds.
func (c *Clients) Check(ctx context.Context) (string, error) { return c.client.Check(ctx) }

// clientsPage is a page of clients.
type clientsPage struct{ pageOf[clientRecordJSON] }

func (p *clientsPage) page(n int) crm.NumberedPage[ClientRecord] {
	return readPage(&p.pageOf, n, (*clientRecordJSON).record)
}

// clientRecordJSON is the client object as read.
type clientRecordJSON struct {
	ID          crm.Text               `json:"id"`
	CompanyName crm.Text               `json:"company_name"`
	Description crm.Text               `json:"description"`
	Status      crm.Text               `json:"status"`
	Phone       crm.Text               `json:"phone"`
	Website     crm.Text               `json:"website"`
	VAT         crm.Text               `json:"vat"`
	Category    crm.Loose[nameJSON]    `json:"category"`
	Owner       crm.Loose[nameJSON]    `json:"owner"`
	Billing     crm.Loose[addressJSON] `json:"billing"`
	Shipping    crm.Loose[addressJSON] `json:"shipping"`
	Dates       crm.Loose[datesJSON]   `json:"dates"`
	Tags        crm.Texts              `json:"tags"`
}

type addressJSON struct {
	Street         crm.Text `json:"street"`
	City           crm.Text `json:"city"`
	State          crm.Text `json:"state"`
	Zip            crm.Text `json:"zip"`
	Country        crm.Text `json:"country"`
	InvoiceDueDays crm.Text `json:"invoice_due_days"`
}

func (j addressJSON) address() ClientAddress {
	return ClientAddress{Street: string(j.Street), City: string(j.City), State: string(j.State), Zip: string(j.Zip), Country: string(j.Country)}
}

func (j nameJSON) ref() crm.Ref { return crm.Ref{ID: string(j.ID), Name: string(j.Name)} }

func (j clientRecordJSON) id() string { return string(j.ID) }

func (j *clientRecordJSON) record() ClientRecord {
	id, _ := strconv.ParseInt(string(j.ID), 10, 64) // 0, which no client has, if it is no number
	r := ClientRecord{
		ID:          id,
		CompanyName: string(j.CompanyName),
		Description: string(j.Description),
		Status:      string(j.Status),
		Phone:       string(j.Phone),
		Website:     string(j.Website),
		VAT:         string(j.VAT),
		Category:    j.Category.Value.ref(),
		Owner:       j.Owner.Value.ref(),
		Billing:     j.Billing.Value.address(),
		Shipping:    j.Shipping.Value.address(),
		Created:     crm.ParseTime(string(j.Dates.Value.Created)),
		Updated:     crm.ParseTime(string(j.Dates.Value.Updated)),
		Tags:        j.Tags,
	}
	if days, err := strconv.ParseInt(string(j.Billing.Value.InvoiceDueDays), 10, 64); err == nil {
		r.InvoiceDueDays = &days
	}
	return r
}
