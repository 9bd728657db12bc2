package mapping

import (
	"time"

	"crmferry/internal/crm/cloverhound"
)

// CloverhoundContacts is the table of Cloverhound's contacts
// (https://cloud-staging.cloverhound.com/docs/api/analytics/contacts/create-contact). Lengths and numbers of phones are
// not documented.
func CloverhoundContacts() *Table[cloverhound.Contact] {
	type contact = cloverhound.Contact
	instant := func(name, label string, at func(*contact) time.Time) Field[contact] {
		return shown(name, label, "date", func(c *contact) string { return showDate(at(c)) })
	}
	return &Table[contact]{
		Vendor: "cloverhound", Resource: "contacts",
		id: func(c *contact) string { return numericID(c.ID) },
		person: func(c *contact) person {
			p := person{full: c.FullName, emails: []string{c.Email}}
			for _, n := range c.Phones {
				p.phones = append(p.phones, n.Number)
			}
			return p
		},
		Fields: []Field[contact]{
			numberID("id", "ID", func(c *contact) *int64 { return &c.ID }),
			composed("full_name", "Full name", aFullName, func(c *contact) *string { return &c.FullName },
				aFullName, aFirstName, aMiddleName, anInfix, aLastName).required(),
			email("email", "Email", func(c *contact) *string { return &c.Email }),
			text("description", "Description", aNote, func(c *contact) *string { return &c.Description }),
			phoneList("contact_phones_attributes", "Phones", func(c *contact) *[]cloverhound.Phone { return &c.Phones },
				func(n string) cloverhound.Phone { return cloverhound.Phone{Number: n} },
				func(p cloverhound.Phone) string { return p.Number }).limited("E.164").also("contact_phones"),
			shown("organization_id", "Organization ID", "number", func(c *contact) string { return numericID(c.OrganizationID) }),
			instant("created_at", "Created", func(c *contact) time.Time { return c.CreatedAt }),
			instant("updated_at", "Updated", func(c *contact) time.Time { return c.UpdatedAt }),
		},
	}
}
