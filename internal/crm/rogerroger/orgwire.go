package rogerroger

import (
	"encoding/json"
	"fmt"

	"crmferry/internal/crm"
)

// wireOrganization is an organization as the vendor writes it, read as leniently as a person is.
type wireOrganization struct {
	wireCommon
	Title           crm.Text  `json:"title"`
	Description     crm.Text  `json:"description"`
	Website         crm.Text  `json:"website"`
	ChamberOfCommer crm.Text  `json:"chamberOfCommerceNumber"`
	People          list[ref] `json:"people"`
}

// decode reads an organization from an answer: see Person.decode.
func (o *Organization) decode(b []byte) error {
	var w wireOrganization
	if err := json.Unmarshal(b, &w); err != nil {
		return fmt.Errorf("decode organization: %w", err)
	}
	*o = Organization{
		ID: string(w.ID), IRI: string(w.IRI), Title: string(w.Title), Description: string(w.Description), Website: string(w.Website),
		CustomerID: string(w.CustomerID), ExternalSource: string(w.ExternalSource), ChamberOfCommerceNumber: string(w.ChamberOfCommer),
		LinkedInID: string(w.LinkedInID), AvatarURL: string(w.AvatarURL), Owner: crm.Ref(w.Owner),
		Tags: refs(w.Tags), Segments: refs(w.Segments), People: refs(w.People), Address: Address(w.Address),
		ArchivedAt: crm.ParseTime(string(w.ArchivedAt)), CreatedAt: crm.ParseTime(string(w.CreatedAt)),
		UpdatedAt: crm.ParseTime(string(w.UpdatedAt)), ImportedAt: crm.ParseTime(string(w.ImportedAt)),
		EmailAddresses: w.emails(), PhoneNumbers: w.phones(),
	}
	o.ID, o.IRI = identify("organizations", o.ID, o.IRI)
	return nil
}

// encodeOrganization is the body that makes the given fields of found what they are in want. Zero values are sent as null.
func encodeOrganization(found, want Organization, fields crm.Fields) (object, error) {
	alike := common{want.ArchivedAt, want.Owner, want.Tags, want.Segments, want.EmailAddresses, want.PhoneNumbers, want.Address}
	return alike.encode(found.Address, fields, func(name string) (any, bool, error) {
		if name == "people" {
			v, err := encodeRefs("people", want.People)
			return v, true, err
		}
		s, known := want.texts()[name]
		return crm.OrNull(s), known, nil
	})
}

// texts are the fields that are plain text.
func (o *Organization) texts() map[string]string {
	return map[string]string{"title": o.Title, "description": o.Description, "website": o.Website, "customerId": o.CustomerID,
		"externalSource": o.ExternalSource, "chamberOfCommerceNumber": o.ChamberOfCommerceNumber, "linkedinId": o.LinkedInID}
}
