package clientcommander

import (
	"time"

	"crmferry/internal/crm"
)

// Contact is a person of Client Commander, as read and as written
// (https://docs.clientcommander.com/api-reference/people/create).
type Contact struct {
	ID        string
	FirstName string
	LastName  string
	FullName  string // read-only
	Email     string // written as one address; when read, the primary of Emails, else the first
	Phone     string // written as one number; when read, the primary of Phones, else the first
	Emails    []Email
	Phones    []Phone
	Stage     crm.Ref // written by id; read as stageId and stageName
	Source    string
	Price     *float64
	Timeframe string
	// Background is free text of up to 5000 characters.
	Background string
	// Tags are written as an array and read as one string joined with ", ".
	Tags []string
	// Street, City, State and ZipCode can be written; no documented response returns them.
	Street, City, State, ZipCode string

	AssignedAgentID, AssignedAgentName, AssignedAgentEmail string // read-only
	Relationship                                           *bool  // read-only, meaning not documented
	CreatedAt, UpdatedAt                                   time.Time
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
