package growcrm

import (
	"strings"
	"time"

	"crmferry/internal/crm"
)

// Lead is a lead of Grow CRM, as read and as written (https://docs-api.growcrm.io/leads).
type Lead struct {
	ID            int64      `json:",omitzero"`
	Title         string     `json:",omitzero"`
	Status        crm.Ref    `json:",omitzero"`
	Category      crm.Ref    `json:",omitzero"`
	FirstName     string     `json:",omitzero"`
	LastName      string     `json:",omitzero"`
	Email         string     `json:",omitzero"`
	Phone         string     `json:",omitzero"`
	JobPosition   string     `json:",omitzero"`
	CompanyName   string     `json:",omitzero"` // text: a lead is linked to no client
	Website       string     `json:",omitzero"`
	Value         *float64   `json:",omitzero"` // its currency is not documented
	Source        string     `json:",omitzero"`
	LastContacted time.Time  `json:",omitzero"` // a day
	Description   string     `json:",omitzero"`
	Street        string     `json:",omitzero"`
	City          string     `json:",omitzero"`
	State         string     `json:",omitzero"`
	Zip           string     `json:",omitzero"`
	Country       string     `json:",omitzero"`
	Assigned      []crm.Ref  `json:",omitzero"` // members of the team; written by a call of its own
	Tags          []string   `json:",omitzero"` // written by a call of their own
	ActiveState   string     `json:",omitzero"` // StateActive or StateArchived; written by calls of their own
	Converted     Conversion `json:",omitzero"` // read-only
	Created       time.Time  `json:",omitzero"`
	Updated       time.Time  `json:",omitzero"`
	Custom        crm.Custom `json:",omitzero"` // by the names of the account; never read
}

// Conversion says whether a lead was made a client.
type Conversion struct {
	Is     string    `json:",omitzero"` // "yes" or "no"
	Client string    `json:",omitzero"` // its id
	At     time.Time `json:",omitzero"`
}

// States of a lead.
const (
	StateActive   = "active"
	StateArchived = "archived"
)

// Identity is the lead's id, "" while it has none.
func (l *Lead) Identity() string {
	if l.ID == 0 {
		return ""
	}
	return formatID(l.ID)
}

// Keys are what the lead is matched by where a row has no id: title, e-mail and company together. The vendor says of nothing that
// only one lead may have it; a lead without an e-mail is known by what it says only, one without a company, too, by phone and name.
func (l *Lead) Keys() []crm.Key {
	title, email, company := crm.Fold(l.Title), crm.Fold(l.Email), crm.Fold(l.CompanyName)
	switch {
	case title == "":
		return nil
	case email == "" && company == "":
		return []crm.Key{{Of: title, Name: strings.TrimSpace(crm.Digits(l.Phone) + "\n" + crm.Fold(l.FirstName+" "+l.LastName))}}
	case email == "":
		return []crm.Key{{Of: title, Name: company}}
	}
	return []crm.Key{{Email: email, Name: title + "\n" + company}}
}
