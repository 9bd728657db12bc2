package mapping

import (
	"fmt"
	"strings"
	"time"

	"crmferry/internal/cell"
	"crmferry/internal/crm"
	"crmferry/internal/crm/rogerroger"
	"crmferry/mapping/cells"
	"crmferry/mapping/headers"
	"crmferry/mapping/lists"
	"crmferry/mapping/people"
	"crmferry/mapping/refs"
)

// RogerRogerPeople is the table of RogerRoger's people (https://developer.rogerroger.io/crm/people). Lengths and the
// format of phones are not documented.
func RogerRogerPeople() *Table[rogerroger.Person] {
	type contact = rogerroger.Person
	return &Table[contact]{
		Vendor: "rogerroger", Resource: "contacts",
		id: func(c *contact) string { return c.ID },
		person: func(c *contact) people.Person {
			p := people.Person{First: c.GivenName, Last: c.FamilyName, Emails: c.EmailAddresses}
			for _, n := range c.PhoneNumbers {
				p.Phones = append(p.Phones, n.Number)
			}
			return p
		},
		dates:      func(c *contact) (time.Time, time.Time) { return c.CreatedAt, c.UpdatedAt },
		hasChanged: true,
		zip:        func(c *contact) (*string, string) { return &c.Address.PostalCode, c.Address.Country },
		Fields:     append(append(rogerNames(), rogerLinks()...), rogerReadOnly()...),
	}
}

func rogerNames() []Field[rogerroger.Person] {
	type contact = rogerroger.Person
	return []Field[contact]{
		ownID("id", "RogerRoger ID", "text", func(c *contact) string { return c.ID }, setRogerID),
		firstName("givenName", false, func(c *contact) *string { return &c.GivenName }),
		lastName("familyName", "Last name", false, func(c *contact) *string { return &c.FamilyName }).required(),
		text("additionalName", "Middle name", headers.MiddleName, func(c *contact) *string { return &c.AdditionalName }),
		text("initials", "Initials", headers.Initials, func(c *contact) *string { return &c.Initials }),
		text("honorificPrefix", "Salutation", headers.Salutation, func(c *contact) *string { return &c.HonorificPrefix }),
		emails("emailAddresses", "Emails", func(c *contact) *[]string { return &c.EmailAddresses }),
		phoneList("phoneNumbers", "Phones", func(c *contact) *[]rogerroger.Phone { return &c.PhoneNumbers },
			func(n string) rogerroger.Phone { return rogerroger.Phone{Number: n} },
			func(p rogerroger.Phone) string { return p.Number }),
		text("jobTitle", "Job title", headers.Job, func(c *contact) *string { return &c.JobTitle }),
		composed("address.street", "Street", headers.Street, func(c *contact) *string { return &c.Address.Street }, headers.Street, headers.HouseNumber, headers.HouseAddition, headers.SecondLine),
		code("address.postalCode", "Postal code", headers.Zip, func(c *contact) *string { return &c.Address.PostalCode }),
		text("address.city", "City", headers.City, func(c *contact) *string { return &c.Address.City }),
		single("address.country", "Country", "country", headers.Country, func(c *contact) *string { return &c.Address.Country }, parseCountry, itself, cells.SameWord).
			limited("two letters, such as NL").closed().note("names of countries become codes; which codes are taken is not documented"),
		code("customerId", "Customer ID", headers.CustomerNumber, func(c *contact) *string { return &c.CustomerID }),
		single("linkedinId", "LinkedIn ID", "text", headers.LinkedIn, func(c *contact) *string { return &c.LinkedInID }, parseLinkedIn, itself, cells.SameWord).
			note("of the address of a profile, what follows /in/ is taken"),
		text("externalSource", "External source", headers.None, func(c *contact) *string { return &c.ExternalSource }),
		boolean("isTracked", "Tracked", func(c *contact) **bool { return &c.IsTracked }),
	}
}

func rogerLinks() []Field[rogerroger.Person] {
	type contact = rogerroger.Person
	return []Field[contact]{
		links("tags", "Tags", "tags", headers.Tags, func(c *contact) *[]crm.Ref { return &c.Tags }, refs.ByPath("/tags/")).
			note("names, or ids such as /tags/17"),
		links("segments", "Segments", "segments", headers.Segments, func(c *contact) *[]crm.Ref { return &c.Segments }, refs.ByPath("/segments/")).
			note("names, or ids such as /segments/17; lists in RogerRoger's pages"),
		links("organizations", "Organizations", "organizations", headers.Company, func(c *contact) *[]crm.Ref { return &c.Organizations }, refs.ByPath("/organizations/")).
			named(headers.Company, headers.Customer).note("names, or ids such as /organizations/17"),
		iri("owner", "Owner", "/users/", func(c *contact) *crm.Ref { return &c.Owner }).closed().
			note("the id of a user, not the name: RogerRoger documents no list of users to find it in"),
		date("archivedAt", "Archived at", headers.ArchiveDate, func(c *contact) *time.Time { return &c.ArchivedAt }).
			note("a date archives the contact"),
		iri("avatar", "Avatar", "/media_objects/", func(c *contact) *crm.Ref { return &c.Avatar }).writeOnly().
			note("the id of a media object; " + unreadable),
	}
}

// rogerReadOnly holds the counters, too: the vendor lists them as writable, but they look computed, so that they are
// never sent.
func rogerReadOnly() []Field[rogerroger.Person] {
	type contact = rogerroger.Person
	counter := func(name, label string, at func(*contact) *int64) Field[contact] {
		return count(name, label, at).note("left alone: RogerRoger seems to count it itself (not documented)")
	}
	return []Field[contact]{
		counter("dealSize", "Deal size", func(c *contact) *int64 { return c.DealSize }),
		counter("totalDeals", "Deals", func(c *contact) *int64 { return c.TotalDeals }),
		counter("totalLostDeals", "Lost deals", func(c *contact) *int64 { return c.TotalLostDeals }),
		counter("totalWonDeals", "Won deals", func(c *contact) *int64 { return c.TotalWonDeals }),
		moment("createdAt", "Created", func(c *contact) time.Time { return c.CreatedAt }),
		moment("updatedAt", "Updated", func(c *contact) time.Time { return c.UpdatedAt }),
		moment("importedAt", "Imported", func(c *contact) time.Time { return c.ImportedAt }),
		shown("phoneNumbers.phoneType", "Phone types", "list of text", func(c *contact) string {
			return lists.JoinEach(len(c.PhoneNumbers), func(i int) string { return c.PhoneNumbers[i].Type })
		}),
		web("avatarUrl", "Avatar URL", func(c *contact) string { return c.AvatarURL }),
	}
}

// iri is a field that refers to one thing by id or IRI.
func iri[C any](name, label, prefix string, at func(*C) *crm.Ref) Field[C] {
	parse := func(r *rowReader, s *source, v string) (crm.Ref, bool) {
		ref, ok := refs.ByID(prefix, v)
		if !ok { // a name
			r.Note(&s.Source, cells.Notes{Faults: []cells.Fault{{Code: cells.CodeBadValue, Value: v, Text: fmt.Sprintf("%s is no id, such as %s17; a name cannot be looked up here", cells.Quote(v), prefix)}}})
		}
		return ref, ok
	}
	f := single(name, label, "id", headers.None, at, parse, refs.Show, refs.Same)
	f.cell = func(c *C) cell.Cell { return cell.NewText(cell.Identifier, at(c).ID) }
	return f.as(cell.Identifier).limited("17 or " + prefix + "17")
}

// setRogerID takes an id or an IRI of a person.
func setRogerID(c *rogerroger.Person, v string) bool {
	id := strings.TrimPrefix(v, "/people/")
	c.ID, c.IRI = id, "/people/"+id
	return id != "" && !strings.ContainsAny(id, "/ ?#")
}

func parseCountry(r *rowReader, s *source, v string) (string, bool) {
	code, notes := cells.ReadCountry(v)
	return code, r.Note(&s.Source, notes)
}

func parseLinkedIn(r *rowReader, s *source, v string) (string, bool) {
	id := refs.Profile(v)
	return id, r.fits(s, id)
}
