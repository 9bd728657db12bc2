package rogerroger

import (
	"time"

	"crmferry/internal/crm"
)

// Person is a contact of RogerRoger, as read and as written (https://developer.rogerroger.io/crm/people).
type Person struct {
	ID  string // the last part of IRI
	IRI string // "/people/{id}"

	FamilyName, GivenName, AdditionalName, Initials, HonorificPrefix string
	JobTitle, CustomerID, LinkedInID, ExternalSource                 string

	IsTracked     *bool
	ArchivedAt    time.Time
	Owner         crm.Ref   // ID is an IRI "/users/{id}"
	Avatar        crm.Ref   // ID is an IRI "/media_objects/{id}"; write-only
	Tags          []crm.Ref // IDs are IRIs "/tags/{id}"
	Segments      []crm.Ref // IDs are IRIs "/segments/{id}"
	Organizations []crm.Ref // IDs are IRIs "/organizations/{id}"

	EmailAddresses []string
	PhoneNumbers   []Phone
	Address        Address

	// The counters are listed as writable but look computed: never sent.
	DealSize, TotalDeals, TotalLostDeals, TotalWonDeals *int64

	CreatedAt, UpdatedAt, ImportedAt time.Time // read-only
	AvatarURL                        string    // read-only
}

// Phone is one number of a person.
type Phone struct {
	Number string `json:"phoneNumber"`
	Type   string `json:"phoneType,omitempty"` // "fax" is the only documented value
}

// Address is the address of a person.
type Address struct {
	Street     string `json:"street"`
	City       string `json:"city"`
	PostalCode string `json:"postalCode"`
	Country    string `json:"country"` // a country code such as NL
}
