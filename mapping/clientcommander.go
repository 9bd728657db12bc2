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
		Fields: append([]Field[contact]{
			ownID("id", "Client Commander ID", "text", func(c *contact) string { return c.ID }, setCommanderID),
			firstName("firstName", false, func(c *contact) *string { return &c.FirstName }).length(1, 100).notClearable(),
			lastName("lastName", "Last name", false, func(c *contact) *string { return &c.LastName }).length(1, 100).notClearable(),
			commanderEmail(),
			commanderPhone(),
			text("source", "Source", headers.Source, func(c *contact) *string { return &c.Source }).length(0, 100),
			link("stage", "Stage", "stages", headers.Stage, func(c *contact) *crm.Ref { return &c.Stage }, refs.ByCode).
				also("stageId").nameIn("stageName").notClearable().note("the id of a stage, or the name of one that some contact is in"),
			shown("stageName", "Stage name", "text", func(c *contact) string { return c.Stage.Name }),
			number("price", "Price", headers.Price, func(c *contact) **float64 { return &c.Price }, notNegative).limited("0 or more").closed().notClearable(),
			text("timeframe", "Timeframe", headers.Timeframe, func(c *contact) *string { return &c.Timeframe }).length(0, 100),
			text("background", "Background", headers.Note, func(c *contact) *string { return &c.Background }).length(0, 5000),
			tags("tags", "Tags", headers.Tags, func(c *contact) *[]string { return &c.Tags }).length(1, 50).atMost(20).notClearable().
				note("read back as one text joined by commas, so that a tag with a comma comes back as two"),
			composed("street", "Street", headers.Street, func(c *contact) *string { return &c.Street }, headers.Street, headers.HouseNumber, headers.HouseAddition, headers.SecondLine).
				length(0, 200).writeOnly().note(unreadable),
			text("city", "City", headers.City, func(c *contact) *string { return &c.City }).length(0, 100).writeOnly().note(unreadable),
			single("state", "State", "state of the USA", headers.State, func(c *contact) *string { return &c.State }, parseState, itself, cells.SameWord).
				limited("two capital letters").closed().writeOnly().notClearable().note(unreadable + "; names of states become codes"),
			single("zipCode", "ZIP code", "ZIP code of the USA", headers.Zip, func(c *contact) *string { return &c.ZipCode }, parseZip, itself, cells.SameText).
				limited("12345 or 12345-6789").closed().writeOnly().notClearable().note(unreadable),
		}, commanderReadOnly()...),
	}
}

func parseState(r *rowReader, s *source, v string) (string, bool) {
	state, notes := cells.ReadState(v, r.place(s))
	return state, r.Note(&s.Source, notes)
}

func parseZip(r *rowReader, s *source, v string) (string, bool) {
	zip, notes := cells.ReadZip(v, r.place(s), s.Seen.Lost)
	return zip, r.Note(&s.Source, notes)
}

const unreadable = "no documented answer returns it"

// commanderEmail is written as one address and read as several: it says nothing new if the contact has it among them.
func commanderEmail() Field[clientcommander.Contact] {
	type contact = clientcommander.Contact
	f := email("email", "Email", func(c *contact) *string { return &c.Email }).length(0, 255).notClearable()
	has := func(c *contact, v string) bool {
		return cells.SameEmail(c.Email, v) || slices.ContainsFunc(c.Emails, func(e clientcommander.Email) bool { return cells.SameEmail(e.Value, v) })
	}
	f.equal = func(a, b *contact) bool { return has(a, b.Email) || has(b, a.Email) }
	f.merge = func(into, want *contact, _ bool) {
		if want.Email == "" || !has(into, want.Email) {
			into.Email = want.Email
			into.Emails = nil
		}
	}
	return f
}

// commanderPhone is to phones what commanderEmail is to addresses.
func commanderPhone() Field[clientcommander.Contact] {
	type contact = clientcommander.Contact
	f := phone("phone", "Phone", func(c *contact) *string { return &c.Phone }).limited("an optional + and 2 to 15 digits, the first not 0").notClearable()
	has := func(c *contact, v string) bool {
		return cells.SamePhone(c.Phone, v) || slices.ContainsFunc(c.Phones, func(p clientcommander.Phone) bool { return cells.SamePhone(p.Value, v) })
	}
	f.equal = func(a, b *contact) bool { return has(a, b.Phone) || has(b, a.Phone) }
	f.merge = func(into, want *contact, _ bool) {
		if want.Phone == "" || !has(into, want.Phone) {
			into.Phone = want.Phone
			into.Phones = nil
		}
	}
	return f
}

func commanderReadOnly() []Field[clientcommander.Contact] {
	type contact = clientcommander.Contact
	word := func(name, label string, at func(*contact) string) Field[contact] {
		return shown(name, label, "text", at)
	}
	return []Field[contact]{
		shown("emails", "Emails", "list of emails", func(c *contact) string {
			return lists.JoinEach(len(c.Emails), func(i int) string { return describeEmail(&c.Emails[i]) })
		}).note("every address with its type"),
		shown("phones", "Phones", "list of phones", func(c *contact) string {
			return lists.JoinEach(len(c.Phones), func(i int) string { return describePhone(&c.Phones[i]) })
		}).as(cell.Identifier).note("every number with its type and status"),
		word("fullName", "Full name", func(c *contact) string { return c.FullName }),
		word("assignedAgentId", "Assigned agent ID", func(c *contact) string { return c.AssignedAgentID }),
		word("assignedAgentName", "Assigned agent", func(c *contact) string { return c.AssignedAgentName }),
		word("assignedAgentEmail", "Assigned agent email", func(c *contact) string { return c.AssignedAgentEmail }),
		commanderRelationship(),
		moment("createdAt", "Created", func(c *contact) time.Time { return c.CreatedAt }),
		moment("updatedAt", "Updated", func(c *contact) time.Time { return c.UpdatedAt }),
	}
}

func commanderRelationship() Field[clientcommander.Contact] {
	f := shown("relationship", "Relationship", "yes/no", func(c *clientcommander.Contact) string { return cells.ShowYesNo(c.Relationship) })
	f.cell = func(c *clientcommander.Contact) cell.Cell { return cell.NewYesNo(cells.ShowYesNo(c.Relationship)) }
	return f.as(cell.Bool)
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
