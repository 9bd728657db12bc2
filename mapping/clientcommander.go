package mapping

import (
	"slices"
	"time"

	"crmferry/internal/cell"
	"crmferry/internal/crm"
	"crmferry/internal/crm/clientcommander"
	"crmferry/mapping/cells"
	"crmferry/mapping/headers"
	"crmferry/mapping/lists"
	"crmferry/mapping/people"
	"crmferry/mapping/refs"
	"crmferry/mapping/schema"
)

// ClientCommanderContacts is the table of Client Commander's people
// (https://docs.clientcommander.com/api-reference/people/create). The vendor documents no required field.
func ClientCommanderContacts() *Table[clientcommander.Contact] {
	type contact = clientcommander.Contact
	return &Table[contact]{
		Vendor: "clientcommander", Resource: "contacts",
		id:         func(c *contact) string { return c.ID },
		person:     commanderPerson,
		check:      commanderIdentity,
		dates:      func(c *contact) (time.Time, time.Time) { return c.CreatedAt, c.UpdatedAt },
		hasChanged: true,
		Fields: append([]schema.Field[contact]{
			schema.OwnID("id", "Client Commander ID", "text", func(c *contact) string { return c.ID }, setCommanderID),
			schema.FirstName("firstName", false, func(c *contact) *string { return &c.FirstName }).Length(1, 100).NoClear(),
			schema.LastName("lastName", "Last name", false, func(c *contact) *string { return &c.LastName }).Length(1, 100).NoClear(),
			commanderEmail(),
			commanderPhone(),
			schema.Text("source", "Source", headers.Source, func(c *contact) *string { return &c.Source }).Length(0, 100),
			schema.LinkTo("stage", "Stage", "stages", headers.Stage, func(c *contact) *crm.Ref { return &c.Stage }, refs.ByCode).
				Also("stageId").NameIn("stageName").NoClear().Noting("the id of a stage, or the name of one that some contact is in"),
			schema.Shown("stageName", "Stage name", "text", func(c *contact) string { return c.Stage.Name }),
			schema.Number("price", "Price", headers.Price, func(c *contact) **float64 { return &c.Price }, notNegative).Limited("0 or more").Closed().NoClear(),
			schema.Text("timeframe", "Timeframe", headers.Timeframe, func(c *contact) *string { return &c.Timeframe }).Length(0, 100),
			schema.Text("background", "Background", headers.Note, func(c *contact) *string { return &c.Background }).Length(0, 5000),
			schema.Tags("tags", "Tags", headers.Tags, func(c *contact) *[]string { return &c.Tags }).Length(1, 50).AtMost(20).NoClear().
				Noting("read back as one text joined by commas, so that a tag with a comma comes back as two"),
			schema.Composed("street", "Street", headers.Street, func(c *contact) *string { return &c.Street }, headers.Street, headers.HouseNumber, headers.HouseAddition, headers.SecondLine).
				Length(0, 200).InUSA().NoRead().Noting(unreadable),
			schema.Text("city", "City", headers.City, func(c *contact) *string { return &c.City }).Length(0, 100).InUSA().NoRead().Noting(unreadable),
			schema.Single("state", "State", "state of the USA", headers.State, func(c *contact) *string { return &c.State }, parseState, schema.Itself, cells.SameWord).
				Limited("two capital letters").Closed().NoRead().NoClear().Noting(unreadable + "; names of states become codes"),
			schema.Single("zipCode", "ZIP code", "ZIP code of the USA", headers.Zip, func(c *contact) *string { return &c.ZipCode }, parseZip, schema.Itself, cells.SameText).
				Limited("12345 or 12345-6789").Closed().NoRead().NoClear().Noting(unreadable),
		}, commanderReadOnly()...),
	}
}

func parseState(r *schema.Reader, s *schema.Source, v string) (string, bool) {
	state, notes := cells.ReadState(v, r.Place(s))
	return state, r.Note(&s.Source, notes) && state != ""
}

func parseZip(r *schema.Reader, s *schema.Source, v string) (string, bool) {
	zip, notes := cells.ReadZip(v, r.Place(s), s.Seen.Lost)
	return zip, r.Note(&s.Source, notes) && zip != ""
}

const unreadable = "no documented answer returns it"

// commanderEmail is written as one address and read as several: it says nothing new if the contact has it among them.
func commanderEmail() schema.Field[clientcommander.Contact] {
	type contact = clientcommander.Contact
	f := schema.Email("email", "Email", func(c *contact) *string { return &c.Email }).Length(0, 255).NoClear()
	has := func(c *contact, v string) bool {
		return cells.SameEmail(c.Email, v) || slices.ContainsFunc(c.Emails, func(e clientcommander.Email) bool { return cells.SameEmail(e.Value, v) })
	}
	f.Equal = func(a, b *contact) bool { return has(a, b.Email) || has(b, a.Email) }
	f.Merge = func(into, want *contact, _ bool) {
		if want.Email == "" || !has(into, want.Email) {
			into.Email = want.Email
			into.Emails = nil
		}
	}
	return f
}

// commanderPhone is to phones what commanderEmail is to addresses.
func commanderPhone() schema.Field[clientcommander.Contact] {
	type contact = clientcommander.Contact
	f := schema.Phone("phone", "Phone", func(c *contact) *string { return &c.Phone }).Limited("an optional + and 2 to 15 digits, the first not 0").NoClear()
	has := func(c *contact, v string) bool {
		return cells.SamePhone(c.Phone, v) || slices.ContainsFunc(c.Phones, func(p clientcommander.Phone) bool { return cells.SamePhone(p.Value, v) })
	}
	f.Equal = func(a, b *contact) bool { return has(a, b.Phone) || has(b, a.Phone) }
	f.Merge = func(into, want *contact, _ bool) {
		if want.Phone == "" || !has(into, want.Phone) {
			into.Phone = want.Phone
			into.Phones = nil
		}
	}
	return f
}

func commanderReadOnly() []schema.Field[clientcommander.Contact] {
	type contact = clientcommander.Contact
	word := func(name, label string, at func(*contact) string) schema.Field[contact] {
		return schema.Shown(name, label, "text", at)
	}
	return []schema.Field[contact]{
		schema.Shown("emails", "Emails", "list of emails", func(c *contact) string {
			return lists.JoinEach(len(c.Emails), func(i int) string { return describeEmail(&c.Emails[i]) })
		}).Noting("every address with its type"),
		schema.Shown("phones", "Phones", "list of phones", func(c *contact) string {
			return lists.JoinEach(len(c.Phones), func(i int) string { return describePhone(&c.Phones[i]) })
		}).As(cell.Identifier).Noting("every number with its type and status"),
		word("fullName", "Full name", func(c *contact) string { return c.FullName }),
		word("assignedAgentId", "Assigned agent ID", func(c *contact) string { return c.AssignedAgentID }),
		word("assignedAgentName", "Assigned agent", func(c *contact) string { return c.AssignedAgentName }),
		word("assignedAgentEmail", "Assigned agent email", func(c *contact) string { return c.AssignedAgentEmail }),
		commanderRelationship(),
		schema.Moment("createdAt", "Created", func(c *contact) time.Time { return c.CreatedAt }),
		schema.Moment("updatedAt", "Updated", func(c *contact) time.Time { return c.UpdatedAt }),
	}
}

func commanderRelationship() schema.Field[clientcommander.Contact] {
	f := schema.Shown("relationship", "Relationship", "yes/no", func(c *clientcommander.Contact) string { return cells.ShowYesNo(c.Relationship) })
	f.Cell = func(c *clientcommander.Contact) cell.Cell { return cell.NewYesNo(cells.ShowYesNo(c.Relationship)) }
	return f.As(cell.Bool)
}

func describeEmail(e *clientcommander.Email) string {
	return lists.WithFacts(e.Value, e.Type, lists.Fact(e.IsPrimary, "primary"))
}

func describePhone(p *clientcommander.Phone) string {
	return lists.WithFacts(p.Value, p.Type, p.Status, lists.Fact(p.IsPrimary, "primary"), lists.Fact(p.IsBad, "bad"))
}

func commanderPerson(c *clientcommander.Contact) people.Person {
	p := people.Person{First: c.FirstName, Last: c.LastName}
	if c.FirstName == "" && c.LastName == "" {
		p.Full = c.FullName
	}
	p.Emails, p.Phones = append(p.Emails, c.Email), append(p.Phones, c.Phone)
	for _, e := range c.Emails {
		p.Emails = append(p.Emails, e.Value)
	}
	for _, n := range c.Phones {
		p.Phones = append(p.Phones, n.Value)
	}
	return p
}

// commanderIdentity refuses a row that names nobody. What the vendor says to one is not documented.
func commanderIdentity(c *clientcommander.Contact, _ crm.Fields) string {
	if c.FirstName != "" || c.LastName != "" || c.Email != "" || c.Phone != "" {
		return ""
	}
	return "the row has no name, no e-mail and no phone, so that it would make a contact of nobody (whether the vendor takes that is not documented)"
}

// setCommanderID takes the pattern that the vendor documents for ids: ^[a-zA-Z0-9_-]{8,}$.
func setCommanderID(c *clientcommander.Contact, v string) bool {
	c.ID = v
	return refs.IsCode(v)
}

func notNegative(n float64) string {
	if n < 0 {
		return "is less than 0"
	}
	return ""
}
