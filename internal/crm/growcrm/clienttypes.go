package growcrm

import (
	"time"

	"crmferry/internal/crm"
)

// ClientRecord is a client account of Grow CRM, as read (https://docs-api.growcrm.io/clients).
type ClientRecord struct {
	ID          int64         `json:",omitzero"`
	CompanyName string        `json:",omitzero"`
	Description string        `json:",omitzero"`
	Status      string        `json:",omitzero"` // "active" or "suspended"
	Phone       string        `json:",omitzero"`
	Website     string        `json:",omitzero"`
	VAT         string        `json:",omitzero"`
	Category    crm.Ref       `json:",omitzero"` // category.id and category.name
	Owner       crm.Ref       `json:",omitzero"` // owner.id and owner.name: the account owner, a contact
	Billing     ClientAddress `json:",omitzero"`
	Shipping    ClientAddress `json:",omitzero"`
	// InvoiceDueDays is billing.invoice_due_days; nil if the vendor has none.
	InvoiceDueDays   *int64    `json:",omitzero"`
	Created, Updated time.Time `json:",omitzero"` // dates.created and dates.updated
	Tags             []string  `json:",omitzero"`
}

// ClientAddress is where a client is billed or supplied.
type ClientAddress struct {
	Street, City, State, Zip, Country string `json:",omitzero"`
}
