package mapping

import (
	"time"

	"crmferry/internal/cell"
	"crmferry/internal/crm/growcrm"
	"crmferry/mapping/cells"
	"crmferry/mapping/lists"
	"crmferry/mapping/people"
	"crmferry/mapping/schema"
)

// GrowClients is the table of Grow CRM's clients (https://docs-api.growcrm.io/clients), which are only exported.
func GrowClients() *Table[growcrm.ClientRecord] {
	type client = growcrm.ClientRecord
	fields := []schema.Field[client]{
		schema.NumberID("id", "Grow CRM client ID", func(c *client) *int64 { return &c.ID }),
		schema.Shown("company_name", "Company", "text", func(c *client) string { return c.CompanyName }),
		schema.Shown("status", "Status", "text", func(c *client) string { return c.Status }),
		schema.Shown("phone", "Phone", "phone", func(c *client) string { return c.Phone }).As(cell.Identifier),
		schema.Web("website", "Website", func(c *client) string { return c.Website }),
		schema.Shown("vat", "VAT number", "text", func(c *client) string { return c.VAT }).As(cell.Identifier),
		schema.Shown("category.id", "Category ID", "number", func(c *client) string { return c.Category.ID }).As(cell.Identifier),
		schema.Shown("category.name", "Category", "text", func(c *client) string { return c.Category.Name }),
		schema.Shown("owner.id", "Account owner ID", "number", func(c *client) string { return c.Owner.ID }).As(cell.Identifier),
		schema.Shown("owner.Field", "Account owner", "text", func(c *client) string { return c.Owner.Name }),
		schema.Shown("tags", "Tags", "list of text", func(c *client) string { return lists.Join(c.Tags, schema.Itself) }),
		schema.Shown("description", "Description", "text", func(c *client) string { return c.Description }),
	}
	fields = append(fields, growAddress("billing", "Billing", func(c *client) *growcrm.ClientAddress { return &c.Billing })...)
	fields = append(fields, schema.Count("billing.invoice_due_days", "Invoice due days", func(c *client) *int64 { return c.InvoiceDueDays }))
	fields = append(fields, growAddress("shipping", "Shipping", func(c *client) *growcrm.ClientAddress { return &c.Shipping })...)
	return &Table[client]{
		Vendor: "growcrm", Resource: "clients",
		id:         func(c *client) string { return cells.ShowID(c.ID) },
		person:     func(*client) people.Person { return people.Person{} },
		dates:      func(c *client) (time.Time, time.Time) { return c.Created, c.Updated },
		hasChanged: true,
		Fields: append(fields,
			schema.Moment("dates.created", "Created", func(c *client) time.Time { return c.Created }),
			schema.Moment("dates.updated", "Updated", func(c *client) time.Time { return c.Updated })),
	}
}

// growAddress are the columns of one of the two addresses.
func growAddress(name, label string, at func(*growcrm.ClientRecord) *growcrm.ClientAddress) []schema.Field[growcrm.ClientRecord] {
	part := func(part, word string, of func(*growcrm.ClientAddress) string) schema.Field[growcrm.ClientRecord] {
		return schema.Shown(name+"."+part, label+" "+word, "text", func(c *growcrm.ClientRecord) string { return of(at(c)) })
	}
	return []schema.Field[growcrm.ClientRecord]{
		part("street", "street", func(a *growcrm.ClientAddress) string { return a.Street }),
		part("city", "city", func(a *growcrm.ClientAddress) string { return a.City }),
		part("state", "state", func(a *growcrm.ClientAddress) string { return a.State }),
		part("zip", "zip", func(a *growcrm.ClientAddress) string { return a.Zip }).As(cell.Identifier),
		part("country", "country", func(a *growcrm.ClientAddress) string { return a.Country }),
	}
}
