package growcrm

import (
	"time"

	"crmferry/internal/crm"
)

// ClientRecord is a client account of Grow CRM, as read and as written (https://docs-api.growcrm.io/clients).
type ClientRecord struct {
	ID          int64   `json:",omitzero"`
	CompanyName string  `json:",omitzero"`
	Description string  `json:",omitzero"`
	Status      string  `json:",omitzero"` // "active" or "suspended"; written by a call of its own
	Phone       string  `json:",omitzero"`
	Website     string  `json:",omitzero"`
	VAT         string  `json:",omitzero"`
	Category    crm.Ref `json:",omitzero"` // category.id and category.name
	// Owner is owner.id and owner.name: the account owner, a contact; written by a call of its own.
	Owner    crm.Ref       `json:",omitzero"`
	Billing  ClientAddress `json:",omitzero"`
	Shipping ClientAddress `json:",omitzero"` // read-only
	// InvoiceDueDays is billing.invoice_due_days; nil if the vendor has none.
	InvoiceDueDays   *float64  `json:",omitzero"`
	Created, Updated time.Time `json:",omitzero"` // dates.created and dates.updated
	Tags             []string  `json:",omitzero"` // written by a call of their own, or along with a new client

	Custom crm.Custom `json:",omitzero"` // by the names of the account; never read

	// FirstName, LastName and Email are those of the primary contact, who is made along with a client and owns it then. They
	// are read of the account owner.
	FirstName, LastName, Email string `json:",omitzero"`
}

// ClientAddress is where a client is billed or supplied.
type ClientAddress struct {
	Street, City, State, Zip, Country string `json:",omitzero"`
}
