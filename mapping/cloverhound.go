package mapping

import (
	"time"

	"crmferry/internal/cell"
	"crmferry/internal/crm/cloverhound"
	"crmferry/mapping/cells"
	"crmferry/mapping/headers"
	"crmferry/mapping/lists"
	"crmferry/mapping/people"
	"crmferry/mapping/schema"
)

// CloverhoundContacts is the table of Cloverhound's contacts
// (https://cloud-staging.cloverhound.com/docs/api/analytics/contacts/create-contact). Lengths and numbers of phones are
// not documented.
func CloverhoundContacts() *Table[cloverhound.Contact] {
	type contact = cloverhound.Contact
	return &Table[contact]{
		Vendor: "cloverhound", Resource: "contacts",
		id: func(c *contact) string { return cells.ShowID(c.ID) },
		person: func(c *contact) people.Person {
			p := people.Person{Full: c.FullName, Emails: []string{c.Email}}
			for _, n := range c.Phones {
				p.Phones = append(p.Phones, n.Number)
			}
			return p
		},
		dates:      func(c *contact) (time.Time, time.Time) { return c.CreatedAt, c.UpdatedAt },
		hasChanged: true,
		Fields: append([]schema.Field[contact]{
			schema.NumberID("id", "Cloverhound ID", func(c *contact) *int64 { return &c.ID }),
			schema.Composed("full_name", "Full name", headers.FullName, func(c *contact) *string { return &c.FullName },
				headers.FullName, headers.FirstName, headers.MiddleName, headers.Infix, headers.LastName, headers.SecondLast, headers.NameSuffix).Require(),
			schema.Email("email", "Email", func(c *contact) *string { return &c.Email }),
			schema.Text("description", "Description", headers.Note, func(c *contact) *string { return &c.Description }),
			schema.PhoneList("contact_phones_attributes", "Phones", func(c *contact) *[]cloverhound.Phone { return &c.Phones },
				func(n string) cloverhound.Phone { return cloverhound.Phone{Number: n} },
				func(p cloverhound.Phone) string { return p.Number }).Limited("E.164"),
			schema.Shown("organization_id", "Organization ID", "number", func(c *contact) string { return cells.ShowID(c.OrganizationID) }).As(cell.Identifier),
			schema.Moment("created_at", "Created", func(c *contact) time.Time { return c.CreatedAt }),
			schema.Moment("updated_at", "Updated", func(c *contact) time.Time { return c.UpdatedAt }),
		}, cloverPhones()...),
	}
}

// cloverPhones are the facts about phones that can only be read, in the order of the numbers.
func cloverPhones() []schema.Field[cloverhound.Contact] {
	of := func(name, label string, fact func(*cloverhound.Phone) string) schema.Field[cloverhound.Contact] {
		return schema.Shown("contact_phones."+name, label, "list of text", func(c *cloverhound.Contact) string {
			return lists.JoinEach(len(c.Phones), func(i int) string { return fact(&c.Phones[i]) })
		})
	}
	return []schema.Field[cloverhound.Contact]{
		of("id", "Phone IDs", func(p *cloverhound.Phone) string { return cells.ShowID(p.ID) }).As(cell.Identifier),
		of("phone_type", "Phone types", func(p *cloverhound.Phone) string { return p.PhoneType }),
		of("created_at", "Phones created", func(p *cloverhound.Phone) string { return cells.ShowDate(p.CreatedAt) }),
		of("updated_at", "Phones updated", func(p *cloverhound.Phone) string { return cells.ShowDate(p.UpdatedAt) }),
		of("contact_id", "Phones of contact", func(p *cloverhound.Phone) string { return cells.ShowID(p.ContactID) }).As(cell.Identifier),
		of("organization_id", "Phones of organization", func(p *cloverhound.Phone) string { return cells.ShowID(p.OrganizationID) }).As(cell.Identifier),
	}
}
