package growcrm

import (
	"time"

	"crmferry/internal/crm"
)

// ClientRecord is a client account of Grow CRM, as read (https://docs-api.growcrm.io/clients).
type ClientRecord struct {
	ID          int64
	CompanyName string
	Description string
	Status      string // "active" or "suspended"
	Phone       string
	Website     string
	VAT         string
	Category    crm.Ref // category.id and category.name
	Owner       crm.Ref // owner.id and owner.name: the account owner, a contact
	Billing     ClientAddress
	Shipping    ClientAddress
	// InvoiceDueDays is billing.invoice_due_days; nil if the vendor has none.
	InvoiceDueDays   *int64
	Created, Updated time.Time // dates.created and dates.updated
	Tags             []string
}

// ClientAddress is where a client is billed or supplied.
type ClientAddress struct {
	Street, City, State, Zip, Country string
}
