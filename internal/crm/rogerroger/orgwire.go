package rogerroger

import (
	"encoding/json"
	"fmt"
	"strings"
	"time"

	"crmferry/internal/crm"
)

// wireOrganization is an organization as the vendor writes it, read as leniently as a person is.
type wireOrganization struct {
	IRI             crm.Text    `json:"@id"`
	ID              crm.Text    `json:"id"`
	Title           crm.Text    `json:"title"`
	Description     crm.Text    `json:"description"`
	Website         crm.Text    `json:"website"`
	CustomerID      crm.Text    `json:"customerId"`
	ExternalSource  crm.Text    `json:"externalSource"`
	ChamberOfCommer crm.Text    `json:"chamberOfCommerceNumber"`
	LinkedInID      crm.Text    `json:"linkedinId"`
	ArchivedAt      crm.Text    `json:"archivedAt"`
	CreatedAt       crm.Text    `json:"createdAt"`
	UpdatedAt       crm.Text    `json:"updatedAt"`
	ImportedAt      crm.Text    `json:"importedAt"`
	AvatarURL       crm.Text    `json:"avatarUrl"`
	Owner           ref         `json:"owner"`
	Tags            list[ref]   `json:"tags"`
	Segments        list[ref]   `json:"segments"`
	People          list[ref]   `json:"people"`
	Emails          list[email] `json:"emailAddresses"`
	Phones          list[phone] `json:"phoneNumbers"`
	Address         address     `json:"address"`
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
	}
	for _, e := range w.Emails {
		if e != "" {
			o.EmailAddresses = append(o.EmailAddresses, string(e))
		}
	}
	for _, n := range w.Phones {
		if n.Number != "" {
			o.PhoneNumbers = append(o.PhoneNumbers, Phone(n))
		}
	}
	switch {
	case o.IRI != "":
		o.ID = lastPart(o.IRI)
	case o.ID != "":
		o.IRI = iri("organizations", o.ID)
	}
	return nil
}

// encodeOrganization is the body that makes the given fields of found what they are in want. Zero values are sent as null.
func encodeOrganization(found, want Organization, fields crm.Fields) (object, error) {
	body := object{}
	for _, name := range fields {
		var v any
		var err error
		switch name {
		case "archivedAt":
			if !want.ArchivedAt.IsZero() {
				v = want.ArchivedAt.Format(time.RFC3339Nano)
			}
		case "owner":
			v, err = encodeRef("users", want.Owner)
		case "tags":
			v, err = encodeRefs("tags", want.Tags)
		case "segments":
			v, err = encodeRefs("segments", want.Segments)
		case "people":
			v, err = encodeRefs("people", want.People)
		case "emailAddresses":
			v = encodeEmails(want.EmailAddresses)
		case "phoneNumbers":
			v = encodePhones(want.PhoneNumbers)
		default:
			if strings.HasPrefix(name, "address") {
				body["address"] = encodeAddress(found.Address, want.Address, fields)
				continue
			}
			s, ok := want.texts()[name]
			if !ok {
				continue
			}
			v = crm.OrNull(s)
		}
		if err != nil {
			return nil, fmt.Errorf("encode %s: %w", name, err)
		}
		body[name] = v
	}
	return body, nil
}

// texts are the fields that are plain text.
func (o *Organization) texts() map[string]string {
	return map[string]string{"title": o.Title, "description": o.Description, "website": o.Website, "customerId": o.CustomerID,
		"externalSource": o.ExternalSource, "chamberOfCommerceNumber": o.ChamberOfCommerceNumber, "linkedinId": o.LinkedInID}
}
