package rogerroger

import (
	"time"

	"crmferry/internal/crm"
)

// Person is a contact of RogerRoger, as read and as written (https://developer.rogerroger.io/crm/people).
type Person struct {
	ID  string `json:",omitzero"` // the last part of IRI
	IRI string `json:",omitzero"` // "/people/{id}"

	FamilyName, GivenName, AdditionalName, Initials, HonorificPrefix string `json:",omitzero"`
	JobTitle, CustomerID, LinkedInID, ExternalSource                 string `json:",omitzero"`

	IsTracked     *bool     `json:",omitzero"`
	ArchivedAt    time.Time `json:",omitzero"`
	Owner         crm.Ref   `json:",omitzero"` // ID is an IRI "/users/{id}"
	Avatar        crm.Ref   `json:",omitzero"` // ID is an IRI "/media_objects/{id}"; write-only
	Tags          []crm.Ref `json:",omitzero"` // IDs are IRIs "/tags/{id}"
	Segments      []crm.Ref `json:",omitzero"` // IDs are IRIs "/segments/{id}"
	Organizations []crm.Ref `json:",omitzero"` // IDs are IRIs "/organizations/{id}"

	EmailAddresses []string `json:",omitzero"`
	PhoneNumbers   []Phone  `json:",omitzero"`
	Address        Address  `json:",omitzero"`

	// The counters are listed as writable but look computed: never sent.
	DealSize, TotalDeals, TotalLostDeals, TotalWonDeals *int64 `json:",omitzero"`

	CreatedAt, UpdatedAt, ImportedAt time.Time `json:",omitzero"` // read-only
	AvatarURL                        string    `json:",omitzero"` // read-only
}

// Phone is one number of a person.
type Phone struct {
	Number string `json:"phoneNumber"`
	Type   string `json:"phoneType,omitempty"` // an open set: "fax" is the only value that the documentation shows
}

// Address is the address of a person.
type Address struct {
	Street     string `json:"street"`
	City       string `json:"city"`
	PostalCode string `json:"postalCode"`
	Country    string `json:"country"` // a country code such as NL
}
