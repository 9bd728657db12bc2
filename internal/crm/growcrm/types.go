package growcrm

import (
	"time"

	"crmferry/internal/crm"
)

// Contact is a contact of Grow CRM, as read and as written (https://docs-api.growcrm.io/contacts).
type Contact struct {
	ID           int64
	FirstName    string
	LastName     string
	Name         string // read-only
	Email        string
	Client       crm.Ref // written as clientid, at creation only; read as client.id and client.company_name
	Phone        string
	Position     string // written as position, read as job_position
	AccountOwner string // "yes" or "no"; written by a call of its own
	SendEmail    string // "yes" or "no", written at creation only
	Status       string // read-only
	Role         crm.Ref
	Social       Social
	Created      time.Time
	Updated      time.Time
}

// Social holds the handles of a contact, read-only.
type Social struct {
	Facebook string `json:"facebook"`
	Twitter  string `json:"twitter"`
	LinkedIn string `json:"linkedin"`
	GitHub   string `json:"github"`
	Dribbble string `json:"dribbble"`
}
