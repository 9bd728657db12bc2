package rogerroger

import (
	"time"

	"crmferry/internal/crm"
)

// Organization is a company of RogerRoger, as read and as written (https://developer.rogerroger.io/organizations).
type Organization struct {
	ID  string `json:",omitzero"` // the last part of IRI
	IRI string `json:",omitzero"` // "/organizations/{id}"

	Title, Description, Website, CustomerID, ExternalSource, ChamberOfCommerceNumber, LinkedInID string `json:",omitzero"`

	ArchivedAt time.Time `json:",omitzero"`
	Owner      crm.Ref   `json:",omitzero"` // ID is an IRI "/users/{id}"
	Tags       []crm.Ref `json:",omitzero"` // IDs are IRIs "/tags/{id}"
	Segments   []crm.Ref `json:",omitzero"` // IDs are IRIs "/segments/{id}"
	People     []crm.Ref `json:",omitzero"` // IDs are IRIs "/people/{id}"; written at creation only

	EmailAddresses []string `json:",omitzero"`
	PhoneNumbers   []Phone  `json:",omitzero"`
	Address        Address  `json:",omitzero"`

	CreatedAt, UpdatedAt, ImportedAt time.Time `json:",omitzero"` // read-only
	AvatarURL                        string    `json:",omitzero"` // read-only
}

func (o Organization) identity() string { return o.ID }
