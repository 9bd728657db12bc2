package mapping

import (
	"fmt"
	"slices"
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
	"crmferry/mapping/schema"
)

// RogerRogerPeople is the table of RogerRoger's people (https://developer.rogerroger.io/crm/people). Lengths and the
// format of phones are not documented.
func RogerRogerPeople() *Table[rogerroger.Person] {
	type contact = rogerroger.Person
	return &Table[contact]{
		Vendor: "rogerroger", Resource: "contacts",
		id: func(c *contact) string { return c.ID },
		person: func(c *contact) people.Person {
			return people.Person{First: c.GivenName, Last: c.FamilyName, Emails: c.EmailAddresses, Phones: rogerNumbers(c.PhoneNumbers)}
		},
		dates:      func(c *contact) (time.Time, time.Time) { return c.CreatedAt, c.UpdatedAt },
		hasChanged: true,
		origin:     &schema.KeepsOrigin[contact]{IDField: "customerId", WordField: "externalSource", At: func(c *contact) (id, word *string) { return &c.CustomerID, &c.ExternalSource }},
		zip: func(c *contact) (*string, string, string) {
			return &c.Address.PostalCode, c.Address.City, c.Address.Country
		},
		Fields: slices.Concat(rogerNames(), rogerLinks(), rogerReadOnly()),
	}
}

func rogerNames() []schema.Field[rogerroger.Person] {
	type contact = rogerroger.Person
	names := []schema.Field[contact]{
		schema.OwnID("id", "RogerRoger ID", "text", func(c *contact) string { return c.ID },
			func(c *contact, v string) bool { return setIRI(&c.ID, &c.IRI, "/people/", v) }),
		schema.FirstName("givenName", false, func(c *contact) *string { return &c.GivenName }),
		schema.LastName("familyName", "Last name", false, func(c *contact) *string { return &c.FamilyName }).Require(),
		schema.Text("additionalName", "Middle name", headers.MiddleName, func(c *contact) *string { return &c.AdditionalName }),
		schema.Text("initials", "Initials", headers.Initials, func(c *contact) *string { return &c.Initials }),
		schema.Salutation("honorificPrefix", "Salutation", func(c *contact) *string { return &c.HonorificPrefix }),
	}
	job := schema.Text("jobTitle", "Job title", headers.Job, func(c *contact) *string { return &c.JobTitle })
	rest := []schema.Field[contact]{
		schema.Code("customerId", "Customer ID", headers.CustomerNumber, func(c *contact) *string { return &c.CustomerID }),
		schema.Single("linkedinId", "LinkedIn ID", "text", headers.LinkedIn, func(c *contact) *string { return &c.LinkedInID }, parseLinkedIn, schema.Itself, cells.SameWord).
			Noting("of the address of a profile, what follows /in/ is taken"),
		schema.Text("externalSource", "External source", headers.None, func(c *contact) *string { return &c.ExternalSource }),
		schema.Boolean("isTracked", "Tracked", func(c *contact) **bool { return &c.IsTracked }),
	}
	return slices.Concat(names, rogerReach(func(c *contact) (*[]string, *[]rogerroger.Phone) { return &c.EmailAddresses, &c.PhoneNumbers }),
		[]schema.Field[contact]{job}, rogerAddress(func(c *contact) *rogerroger.Address { return &c.Address }), rest)
}

// rogerReach holds by what a person or an organization is reached.
func rogerReach[C any](at func(*C) (*[]string, *[]rogerroger.Phone)) []schema.Field[C] {
	emails := func(c *C) *[]string { e, _ := at(c); return e }
	phones := func(c *C) *[]rogerroger.Phone { _, p := at(c); return p }
	return []schema.Field[C]{
		schema.Emails("emailAddresses", "Emails", emails),
		schema.PhoneList("phoneNumbers", "Phones", phones,
			func(n string) rogerroger.Phone { return rogerroger.Phone{Number: n} },
			func(p rogerroger.Phone) string { return p.Number }),
	}
}

// rogerNumbers are phones without their types.
func rogerNumbers(phones []rogerroger.Phone) (numbers []string) {
	for _, p := range phones {
		numbers = append(numbers, p.Number)
	}
	return numbers
}

// rogerPhoneTypes are the types beside the phones: the vendor lists them, but documents none to write.
func rogerPhoneTypes[C any](at func(*C) []rogerroger.Phone) schema.Field[C] {
	return schema.Shown("phoneNumbers.phoneType", "Phone types", "list of text", func(c *C) string {
		phones := at(c)
		return lists.JoinEach(len(phones), func(i int) string { return phones[i].Type })
	})
}

func rogerAddress[C any](at func(*C) *rogerroger.Address) []schema.Field[C] {
	return []schema.Field[C]{
		schema.Composed("address.street", "Street", headers.Street, func(c *C) *string { return &at(c).Street },
			headers.Street, headers.HouseNumber, headers.HouseAddition, headers.SecondLine),
		schema.Code("address.postalCode", "Postal code", headers.Zip, func(c *C) *string { return &at(c).PostalCode }),
		schema.Text("address.city", "City", headers.City, func(c *C) *string { return &at(c).City }),
		schema.Single("address.country", "Country", "country", headers.Country, func(c *C) *string { return &at(c).Country }, parseCountry, schema.Itself, cells.SameWord).
			Limited("two letters, such as NL").Closed().Noting("names of countries become codes; which codes are taken is not documented"),
	}
}

// rogerMarks holds what a person or an organization is sorted by.
func rogerMarks[C any](at func(*C) (tags, segments *[]crm.Ref)) []schema.Field[C] {
	tags := func(c *C) *[]crm.Ref { t, _ := at(c); return t }
	segments := func(c *C) *[]crm.Ref { _, s := at(c); return s }
	return []schema.Field[C]{
		schema.LinksTo("tags", "Tags", "tags", headers.Tags, tags, refs.ByPath("/tags/")).
			Noting("names, or ids such as /tags/17"),
		schema.LinksTo("segments", "Segments", "segments", headers.Segments, segments, refs.ByPath("/segments/")).
			Noting("names, or ids such as /segments/17; lists in RogerRoger's pages"),
	}
}

// rogerUser is a field that refers to one of the team.
func rogerUser[C any](name, label string, at func(*C) *crm.Ref) schema.Field[C] {
	return iri(name, label, "/users/", at).Closed().
		Noting("the id of a user, not the name: RogerRoger documents no list of users to find it in")
}

func rogerLinks() []schema.Field[rogerroger.Person] {
	type contact = rogerroger.Person
	marks := rogerMarks(func(c *contact) (tags, segments *[]crm.Ref) { return &c.Tags, &c.Segments })
	return append(marks,
		schema.LinksTo("organizations", "Organizations", "organizations", headers.Company, func(c *contact) *[]crm.Ref { return &c.Organizations }, refs.ByPath("/organizations/")).
			Named(headers.Company, headers.Customer).Noting("names, or ids such as /organizations/17"),
		rogerUser("owner", "Owner", func(c *contact) *crm.Ref { return &c.Owner }),
		schema.Date("archivedAt", "Archived at", headers.ArchiveDate, func(c *contact) *time.Time { return &c.ArchivedAt }).
			Noting("a date archives the contact"),
		iri("avatar", "Avatar", "/media_objects/", func(c *contact) *crm.Ref { return &c.Avatar }).NoRead().
			Noting("the id of a media object; "+unreadable),
	)
}

// rogerReadOnly holds the counters, too: the vendor lists them as writable, but they look computed, so that they are
// never sent.
func rogerReadOnly() []schema.Field[rogerroger.Person] {
	type contact = rogerroger.Person
	counter := func(name, label string, at func(*contact) *int64) schema.Field[contact] {
		return schema.Count(name, label, at).Noting("left alone: RogerRoger seems to count it itself (not documented)")
	}
	return []schema.Field[contact]{
		counter("dealSize", "Deal size", func(c *contact) *int64 { return c.DealSize }),
		counter("totalDeals", "Deals", func(c *contact) *int64 { return c.TotalDeals }),
		counter("totalLostDeals", "Lost deals", func(c *contact) *int64 { return c.TotalLostDeals }),
		counter("totalWonDeals", "Won deals", func(c *contact) *int64 { return c.TotalWonDeals }),
		schema.Moment("createdAt", "Created", func(c *contact) time.Time { return c.CreatedAt }),
		schema.Moment("updatedAt", "Updated", func(c *contact) time.Time { return c.UpdatedAt }),
		schema.Moment("importedAt", "Imported", func(c *contact) time.Time { return c.ImportedAt }),
		rogerPhoneTypes(func(c *contact) []rogerroger.Phone { return c.PhoneNumbers }),
		schema.Web("avatarUrl", "Avatar URL", func(c *contact) string { return c.AvatarURL }),
	}
}

// iri is a field that refers to one thing by id or IRI.
func iri[C any](name, label, prefix string, at func(*C) *crm.Ref) schema.Field[C] {
	parse := func(r *schema.Reader, s *schema.Source, v string) (crm.Ref, bool) {
		ref, ok := refs.ByID(prefix, v)
		if !ok { // a name
			r.Note(&s.Source, cells.Notes{Faults: []cells.Fault{{Code: cells.CodeBadValue, Value: v, Text: fmt.Sprintf("%s is no id, such as %s17; a name cannot be looked up here", cells.Quote(v), prefix)}}})
		}
		return ref, ok
	}
	f := schema.Single(name, label, "id", headers.None, at, parse, refs.Show, refs.Same)
	f.Cell = func(c *C) cell.Cell { return cell.NewText(cell.Identifier, at(c).ID) }
	return f.As(cell.Identifier).Limited("17 or " + prefix + "17")
}

// setIRI takes an id, or an IRI that begins with prefix.
func setIRI(id, iri *string, prefix, v string) bool {
	*id = strings.TrimPrefix(v, prefix)
	*iri = prefix + *id
	return *id != "" && !strings.ContainsAny(*id, "/ ?#")
}

func parseCountry(r *schema.Reader, s *schema.Source, v string) (string, bool) {
	code, notes := cells.ReadCountry(v)
	return code, r.Note(&s.Source, notes)
}

func parseLinkedIn(r *schema.Reader, s *schema.Source, v string) (string, bool) {
	id := refs.Profile(v)
	if strings.Contains(id, "linkedin.com/") || cells.LooksURL(id) {
		r.Repair(cells.RemarkLeftOut, &s.Source, v, "", "%s was left out: it is no profile of a person at LinkedIn", cells.Quote(v))
		return "", false
	}
	return id, r.Fits(s, id)
}
