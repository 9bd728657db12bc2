package growcrm

import (
	"time"

	"crmferry/internal/crm"
)

// Contact is a contact of Grow CRM, as read and as written (https://docs-api.growcrm.io/contacts).
type Contact struct {
	ID           int64     `json:",omitzero"`
	FirstName    string    `json:",omitzero"`
	LastName     string    `json:",omitzero"`
	Name         string    `json:",omitzero"` // read-only
	Email        string    `json:",omitzero"`
	Client       crm.Ref   `json:",omitzero"` // written as clientid, at creation only; read as client.id and client.company_name
	Phone        string    `json:",omitzero"`
	Position     string    `json:",omitzero"` // written as position, read as job_position
	AccountOwner string    `json:",omitzero"` // "yes" or "no"; written by a call of its own
	SendEmail    string    `json:",omitzero"` // "yes" or "no", written at creation only
	Status       string    `json:",omitzero"` // read-only
	Role         crm.Ref   `json:",omitzero"`
	Social       Social    `json:",omitzero"`
	Created      time.Time `json:",omitzero"`
	Updated      time.Time `json:",omitzero"`
}

// Social holds the handles of a contact, read-only.
type Social struct {
	Facebook string `json:"facebook"`
	Twitter  string `json:"twitter"`
	LinkedIn string `json:"linkedin"`
	GitHub   string `json:"github"`
	Dribbble string `json:"dribbble"`
}
