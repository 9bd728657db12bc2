package mapping

import (
	"slices"
	"time"

	"crmferry/internal/crm"
	"crmferry/internal/crm/rogerroger"
	"crmferry/mapping/headers"
	"crmferry/mapping/people"
	"crmferry/mapping/refs"
	"crmferry/mapping/schema"
)

// RogerRogerOrganizations is the table of RogerRoger's organizations (https://developer.rogerroger.io/organizations). Lengths and
// the format of phones are not documented.
func RogerRogerOrganizations() *Table[rogerroger.Organization] {
	type organization = rogerroger.Organization
	return &Table[organization]{
		Vendor: "rogerroger", Resource: "organizations", companies: true,
		id: func(o *organization) string { return o.ID },
		person: func(o *organization) people.Person {
			return people.Person{Full: o.Title, Emails: o.EmailAddresses, Phones: rogerNumbers(o.PhoneNumbers)}
		},
		keys:       func(o *organization) []crm.Key { return companyKeys(o.CustomerID, o.Title) },
		dates:      func(o *organization) (time.Time, time.Time) { return o.CreatedAt, o.UpdatedAt },
		hasChanged: true,
		origin:     &schema.KeepsOrigin[organization]{IDField: "customerId", WordField: "externalSource", At: func(o *organization) (id, word *string) { return &o.CustomerID, &o.ExternalSource }},
		zip: func(o *organization) (*string, string, string) {
			return &o.Address.PostalCode, o.Address.City, o.Address.Country
		},
		Fields: slices.Concat(rogerOrganizationItself(), rogerOrganizationLinks(), rogerOrganizationReadOnly()),
	}
}

func rogerOrganizationItself() []schema.Field[rogerroger.Organization] {
	type organization = rogerroger.Organization
	setID := func(o *organization, v string) bool { return setIRI(&o.ID, &o.IRI, "/organizations/", v) }
	names := []schema.Field[organization]{
		schema.OwnID("id", "RogerRoger organization ID", "text", func(o *organization) string { return o.ID }, setID),
		companyName("title", func(o *organization) *string { return &o.Title }).Named(headers.Company, headers.Customer, headers.Name, headers.FullName).Require().
			Also("company_name", "client_company_name").Noting("compared without case and spacing"),
		schema.Text("description", "Description", headers.Note, func(o *organization) *string { return &o.Description }).Also("client_description"),
		schema.Text("website", "Website", headers.Website, func(o *organization) *string { return &o.Website }),
	}
	rest := []schema.Field[organization]{
		schema.Code("customerId", "Customer ID", headers.CustomerNumber, func(o *organization) *string { return &o.CustomerID }).
			Noting("an organization that has another one is never taken for the one of a row"),
		schema.Code("chamberOfCommerceNumber", "Chamber of commerce number", headers.None, func(o *organization) *string { return &o.ChamberOfCommerceNumber }).
			Also("KvK-nummer", "KvK nummer", "KvK", "Chamber of commerce", "Registration number", "Handelsregisternummer", "SIREN", "SIRET"),
		schema.Text("linkedinId", "LinkedIn ID", headers.LinkedIn, func(o *organization) *string { return &o.LinkedInID }),
		schema.Text("externalSource", "External source", headers.None, func(o *organization) *string { return &o.ExternalSource }),
	}
	return slices.Concat(names, rogerReach(func(o *organization) (*[]string, *[]rogerroger.Phone) { return &o.EmailAddresses, &o.PhoneNumbers }),
		rogerAddress(func(o *organization) *rogerroger.Address { return &o.Address }), rest)
}

func rogerOrganizationLinks() []schema.Field[rogerroger.Organization] {
	type organization = rogerroger.Organization
	marks := rogerMarks(func(o *organization) (tags, segments *[]crm.Ref) { return &o.Tags, &o.Segments })
	return append(marks,
		schema.LinksTo("people", "People", "people", headers.None, func(o *organization) *[]crm.Ref { return &o.People }, refs.ByPath("/people/")).NoUpdate().OfPeople().
			Noting("e-mail addresses, or ids such as /people/17; of organizations that are there, people are linked where people are"),
		rogerUser("owner", "Owner", func(o *organization) *crm.Ref { return &o.Owner }),
		schema.Date("archivedAt", "Archived at", headers.ArchiveDate, func(o *organization) *time.Time { return &o.ArchivedAt }).
			Noting("a date archives the organization"),
	)
}

func rogerOrganizationReadOnly() []schema.Field[rogerroger.Organization] {
	type organization = rogerroger.Organization
	return []schema.Field[organization]{
		schema.Moment("createdAt", "Created", func(o *organization) time.Time { return o.CreatedAt }),
		schema.Moment("updatedAt", "Updated", func(o *organization) time.Time { return o.UpdatedAt }),
		schema.Moment("importedAt", "Imported", func(o *organization) time.Time { return o.ImportedAt }),
		rogerPhoneTypes(func(o *organization) []rogerroger.Phone { return o.PhoneNumbers }),
		schema.Web("avatarUrl", "Avatar URL", func(o *organization) string { return o.AvatarURL }),
	}
}
