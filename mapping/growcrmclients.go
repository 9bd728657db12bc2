package mapping

import (
	"time"

	"crmferry/internal/cell"
	"crmferry/internal/crm/growcrm"
	"crmferry/mapping/cells"
	"crmferry/mapping/lists"
	"crmferry/mapping/people"
)

// GrowClients is the table of Grow CRM's clients (https://docs-api.growcrm.io/clients), which are only exported.
func GrowClients() *Table[growcrm.ClientRecord] {
	type client = growcrm.ClientRecord
	fields := []Field[client]{
		numberID("id", "Grow CRM client ID", func(c *client) *int64 { return &c.ID }),
		shown("company_name", "Company", "text", func(c *client) string { return c.CompanyName }),
		shown("status", "Status", "text", func(c *client) string { return c.Status }),
		shown("phone", "Phone", "phone", func(c *client) string { return c.Phone }).as(cell.Identifier),
		web("website", "Website", func(c *client) string { return c.Website }),
		shown("vat", "VAT number", "text", func(c *client) string { return c.VAT }).as(cell.Identifier),
		shown("category.id", "Category ID", "number", func(c *client) string { return c.Category.ID }).as(cell.Identifier),
		shown("category.name", "Category", "text", func(c *client) string { return c.Category.Name }),
		shown("owner.id", "Account owner ID", "number", func(c *client) string { return c.Owner.ID }).as(cell.Identifier),
		shown("owner.Field", "Account owner", "text", func(c *client) string { return c.Owner.Name }),
		shown("tags", "Tags", "list of text", func(c *client) string { return lists.Join(c.Tags, itself) }),
		shown("description", "Description", "text", func(c *client) string { return c.Description }),
	}
	fields = append(fields, growAddress("billing", "Billing", func(c *client) *growcrm.ClientAddress { return &c.Billing })...)
	fields = append(fields, count("billing.invoice_due_days", "Invoice due days", func(c *client) *int64 { return c.InvoiceDueDays }))
	fields = append(fields, growAddress("shipping", "Shipping", func(c *client) *growcrm.ClientAddress { return &c.Shipping })...)
	return &Table[client]{
		Vendor: "growcrm", Resource: "clients",
		id:         func(c *client) string { return cells.ShowID(c.ID) },
		person:     func(*client) people.Person { return people.Person{} },
		dates:      func(c *client) (time.Time, time.Time) { return c.Created, c.Updated },
		hasChanged: true,
		Fields: append(fields,
			moment("dates.created", "Created", func(c *client) time.Time { return c.Created }),
			moment("dates.updated", "Updated", func(c *client) time.Time { return c.Updated })),
	}
}

// growAddress are the columns of one of the two addresses.
func growAddress(name, label string, at func(*growcrm.ClientRecord) *growcrm.ClientAddress) []Field[growcrm.ClientRecord] {
	part := func(part, word string, of func(*growcrm.ClientAddress) string) Field[growcrm.ClientRecord] {
		return shown(name+"."+part, label+" "+word, "text", func(c *growcrm.ClientRecord) string { return of(at(c)) })
	}
	return []Field[growcrm.ClientRecord]{
		part("street", "street", func(a *growcrm.ClientAddress) string { return a.Street }),
		part("city", "city", func(a *growcrm.ClientAddress) string { return a.City }),
		part("state", "state", func(a *growcrm.ClientAddress) string { return a.State }),
		part("zip", "zip", func(a *growcrm.ClientAddress) string { return a.Zip }).as(cell.Identifier),
		part("country", "country", func(a *growcrm.ClientAddress) string { return a.Country }),
	}
}
