package mapping

import (
	"slices"
	"strings"
	"time"

	"crmferry/internal/crm"
	"crmferry/internal/crm/rogerroger"
	"crmferry/mapping/cells"
	"crmferry/mapping/headers"
	"crmferry/mapping/lists"
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
			p := people.Person{Full: o.Title, Emails: o.EmailAddresses}
			for _, n := range o.PhoneNumbers {
				p.Phones = append(p.Phones, n.Number)
			}
			return p
		},
		keys:       func(o *organization) []crm.Key { return companyKeys(o.CustomerID, o.Title) },
		dates:      func(o *organization) (time.Time, time.Time) { return o.CreatedAt, o.UpdatedAt },
		hasChanged: true,
		zip:        func(o *organization) (*string, string) { return &o.Address.PostalCode, o.Address.Country },
		Fields:     slices.Concat(rogerOrganizationItself(), rogerOrganizationLinks(), rogerOrganizationReadOnly()),
	}
}

func rogerOrganizationItself() []schema.Field[rogerroger.Organization] {
	type organization = rogerroger.Organization
	setID := func(o *organization, v string) bool {
		id := strings.TrimPrefix(v, "/organizations/")
		o.ID, o.IRI = id, "/organizations/"+id
		return id != "" && !strings.ContainsAny(id, "/ ?#")
	}
	return []schema.Field[organization]{
		schema.OwnID("id", "RogerRoger organization ID", "text", func(o *organization) string { return o.ID }, setID),
		companyName("title", func(o *organization) *string { return &o.Title }).Named(headers.Company, headers.Customer, headers.Name, headers.FullName).Require().
			Also("company_name", "client_company_name").Noting("compared without case and spacing"),
		schema.Text("description", "Description", headers.Note, func(o *organization) *string { return &o.Description }).Also("client_description"),
		schema.Text("website", "Website", headers.Website, func(o *organization) *string { return &o.Website }),
		schema.Emails("emailAddresses", "Emails", func(o *organization) *[]string { return &o.EmailAddresses }),
		schema.PhoneList("phoneNumbers", "Phones", func(o *organization) *[]rogerroger.Phone { return &o.PhoneNumbers },
			func(n string) rogerroger.Phone { return rogerroger.Phone{Number: n} }, func(p rogerroger.Phone) string { return p.Number }),
		schema.Composed("address.street", "Street", headers.Street, func(o *organization) *string { return &o.Address.Street },
			headers.Street, headers.HouseNumber, headers.HouseAddition, headers.SecondLine),
		schema.Code("address.postalCode", "Postal code", headers.Zip, func(o *organization) *string { return &o.Address.PostalCode }),
		schema.Text("address.city", "City", headers.City, func(o *organization) *string { return &o.Address.City }),
		schema.Single("address.country", "Country", "country", headers.Country, func(o *organization) *string { return &o.Address.Country }, parseCountry, schema.Itself, cells.SameWord).
			Limited("two letters, such as NL").Closed().Noting("names of countries become codes; which codes are taken is not documented"),
		schema.Code("customerId", "Customer ID", headers.CustomerNumber, func(o *organization) *string { return &o.CustomerID }).
			Noting("an organization that has another one is never taken for the one of a row"),
		schema.Code("chamberOfCommerceNumber", "Chamber of commerce number", headers.None, func(o *organization) *string { return &o.ChamberOfCommerceNumber }).
			Also("KvK-nummer", "KvK nummer", "KvK", "Chamber of commerce", "Registration number", "Handelsregisternummer", "SIREN", "SIRET"),
		schema.Text("linkedinId", "LinkedIn ID", headers.LinkedIn, func(o *organization) *string { return &o.LinkedInID }),
		schema.Text("externalSource", "External source", headers.None, func(o *organization) *string { return &o.ExternalSource }),
	}
}

func rogerOrganizationLinks() []schema.Field[rogerroger.Organization] {
	type organization = rogerroger.Organization
	return []schema.Field[organization]{
		schema.LinksTo("tags", "Tags", "tags", headers.Tags, func(o *organization) *[]crm.Ref { return &o.Tags }, refs.ByPath("/tags/")).
			Noting("names, or ids such as /tags/17"),
		schema.LinksTo("segments", "Segments", "segments", headers.Segments, func(o *organization) *[]crm.Ref { return &o.Segments }, refs.ByPath("/segments/")).
			Noting("names, or ids such as /segments/17; lists in RogerRoger's pages"),
		schema.LinksTo("people", "People", "people", headers.None, func(o *organization) *[]crm.Ref { return &o.People }, refs.ByPath("/people/")).NoUpdate().
			Noting("e-mail addresses, or ids such as /people/17; of organizations that are there, people are linked where people are"),
		iri("owner", "Owner", "/users/", func(o *organization) *crm.Ref { return &o.Owner }).Closed().
			Noting("the id of a user, not the name: RogerRoger documents no list of users to find it in"),
		schema.Date("archivedAt", "Archived at", headers.ArchiveDate, func(o *organization) *time.Time { return &o.ArchivedAt }).
			Noting("a date archives the organization"),
	}
}

func rogerOrganizationReadOnly() []schema.Field[rogerroger.Organization] {
	type organization = rogerroger.Organization
	return []schema.Field[organization]{
		schema.Moment("createdAt", "Created", func(o *organization) time.Time { return o.CreatedAt }),
		schema.Moment("updatedAt", "Updated", func(o *organization) time.Time { return o.UpdatedAt }),
		schema.Moment("importedAt", "Imported", func(o *organization) time.Time { return o.ImportedAt }),
		schema.Shown("phoneNumbers.phoneType", "Phone types", "list of text", func(o *organization) string {
			return lists.JoinEach(len(o.PhoneNumbers), func(i int) string { return o.PhoneNumbers[i].Type })
		}),
		schema.Web("avatarUrl", "Avatar URL", func(o *organization) string { return o.AvatarURL }),
	}
}
