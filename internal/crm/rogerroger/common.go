package rogerroger

import (
	"fmt"
	"strings"
	"time"

	"crmferry/internal/crm"
)

// wireCommon is what a person and an organization have alike, as the vendor writes it.
type wireCommon struct {
	IRI            crm.Text    `json:"@id"`
	ID             crm.Text    `json:"id"`
	CustomerID     crm.Text    `json:"customerId"`
	ExternalSource crm.Text    `json:"externalSource"`
	LinkedInID     crm.Text    `json:"linkedinId"`
	ArchivedAt     crm.Text    `json:"archivedAt"`
	CreatedAt      crm.Text    `json:"createdAt"`
	UpdatedAt      crm.Text    `json:"updatedAt"`
	ImportedAt     crm.Text    `json:"importedAt"`
	AvatarURL      crm.Text    `json:"avatarUrl"`
	Owner          ref         `json:"owner"`
	Tags           list[ref]   `json:"tags"`
	Segments       list[ref]   `json:"segments"`
	Emails         list[email] `json:"emailAddresses"`
	Phones         list[phone] `json:"phoneNumbers"`
	Address        address     `json:"address"`
}

func (w *wireCommon) emails() (out []string) {
	for _, e := range w.Emails {
		if e != "" {
			out = append(out, string(e))
		}
	}
	return out
}

func (w *wireCommon) phones() (out []Phone) {
	for _, n := range w.Phones {
		if n.Number != "" {
			out = append(out, Phone(n))
		}
	}
	return out
}

func refs(in []ref) (out []crm.Ref) {
	for _, r := range in {
		if r.ID != "" {
			out = append(out, crm.Ref(r))
		}
	}
	return out
}

// identify completes the id from the IRI of a thing of a kind, or the other way round.
func identify(kind, id, iriOf string) (string, string) {
	switch {
	case iriOf != "":
		return lastPart(iriOf), iriOf
	case id != "":
		return id, iri(kind, id)
	}
	return "", ""
}

// common is what is written of a person and of an organization alike.
type common struct {
	archivedAt     time.Time
	owner          crm.Ref
	tags, segments []crm.Ref
	emails         []string
	phones         []Phone
	address        Address
}

// encode returns the given fields; found is the address as it is. own encodes a field that only one of the two has, and
// says whether there is one of the name.
func (c common) encode(found Address, fields crm.Fields, own func(name string) (v any, known bool, err error)) (object, error) {
	body := object{}
	for _, name := range fields {
		if strings.HasPrefix(name, "address") {
			body["address"] = encodeAddress(found, c.address, fields)
			continue
		}
		v, known, err := c.field(name)
		if !known {
			v, known, err = own(name)
		}
		if err != nil {
			return nil, fmt.Errorf("encode %s: %w", name, err)
		}
		if known {
			body[name] = v
		}
	}
	return body, nil
}

func (c common) field(name string) (v any, known bool, err error) {
	switch name {
	case "archivedAt":
		if !c.archivedAt.IsZero() {
			v = c.archivedAt.Format(time.RFC3339Nano)
		}
	case "owner":
		v, err = encodeRef("users", c.owner)
	case "tags":
		v, err = encodeRefs("tags", c.tags)
	case "segments":
		v, err = encodeRefs("segments", c.segments)
	case "emailAddresses":
		v = encodeEmails(c.emails)
	case "phoneNumbers":
		v = encodePhones(c.phones)
	default:
		return nil, false, nil
	}
	return v, true, err
}

// encodeAddress returns the whole address, because it is one object to the vendor: the given parts of want, the rest
// as it was found.
func encodeAddress(found, want Address, fields crm.Fields) object {
	part := func(name, found, want string) any {
		if fields.Has("address") || fields.Has("address."+name) {
			return crm.OrNull(want)
		}
		return crm.OrNull(found)
	}
	return object{
		"street":     part("street", found.Street, want.Street),
		"city":       part("city", found.City, want.City),
		"postalCode": part("postalCode", found.PostalCode, want.PostalCode),
		"country":    part("country", found.Country, want.Country),
	}
}

func encodeEmails(emails []string) []any {
	out := []any{}
	for _, e := range emails {
		out = append(out, object{"email": e})
	}
	return out
}

func encodePhones(phones []Phone) []any {
	out := []any{}
	for _, p := range phones {
		out = append(out, p)
	}
	return out
}

func encodeRefs(kind string, refs []crm.Ref) ([]any, error) {
	out := []any{}
	for _, r := range refs {
		v, err := encodeRef(kind, r)
		if err != nil {
			return nil, err
		}
		if v != nil {
			out = append(out, v)
		}
	}
	return out, nil
}

// encodeRef returns the IRI of r, or nil if r is empty.
func encodeRef(kind string, r crm.Ref) (any, error) {
	switch {
	case r.ID != "":
		return iri(kind, r.ID), nil
	case r.Name != "":
		return nil, fmt.Errorf("%q has no IRI", r.Name)
	}
	return nil, nil
}

// iri returns id as the vendor refers to things of a kind; id may be an IRI already.
func iri(kind, id string) string {
	if strings.Contains(id, "/") {
		return id
	}
	return "/" + kind + "/" + id
}

// lastPart is the id in an IRI.
func lastPart(iri string) string {
	iri = strings.TrimRight(iri, "/")
	return iri[strings.LastIndexByte(iri, '/')+1:]
}
