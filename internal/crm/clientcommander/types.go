package clientcommander

import (
	"time"

	"crmferry/internal/crm"
)

// Contact is a person of Client Commander, as read and as written
// (https://docs.clientcommander.com/api-reference/people/create).
type Contact struct {
	ID        string   `json:",omitzero"`
	FirstName string   `json:",omitzero"`
	LastName  string   `json:",omitzero"`
	FullName  string   `json:",omitzero"` // read-only
	Email     string   `json:",omitzero"` // written as one address; when read, the primary of Emails, else the first
	Phone     string   `json:",omitzero"` // written as one number; when read, the primary of Phones, else the first
	Emails    []Email  `json:",omitzero"`
	Phones    []Phone  `json:",omitzero"`
	Stage     crm.Ref  `json:",omitzero"` // written by id; read as stageId and stageName
	Source    string   `json:",omitzero"`
	Price     *float64 `json:",omitzero"`
	Timeframe string   `json:",omitzero"`
	// Background is free text of up to 5000 characters.
	Background string `json:",omitzero"`
	// Tags are written as an array and read as one string joined with ", ".
	Tags []string `json:",omitzero"`
	// Street, City, State and ZipCode can be written; no documented response returns them.
	Street, City, State, ZipCode string `json:",omitzero"`

	AssignedAgentID, AssignedAgentName, AssignedAgentEmail string    `json:",omitzero"` // read-only
	Relationship                                           *bool     `json:",omitzero"` // read-only, meaning not documented
	CreatedAt, UpdatedAt                                   time.Time `json:",omitzero"`
}

// Email is one address of a person as read.
type Email struct {
	Value     string `json:"value"`
	Type      string `json:"type"`
	IsPrimary bool   `json:"isPrimary"`
}

// Phone is one number of a person as read.
type Phone struct {
	Value     string `json:"value"`
	Type      string `json:"type"`
	Status    string `json:"status"`
	IsPrimary bool   `json:"isPrimary"`
	IsBad     bool   `json:"isBad"`
}
