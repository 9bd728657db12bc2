package mapping

import (
	"time"

	"crmferry/internal/cell"
	"crmferry/internal/crm"
	"crmferry/internal/crm/growcrm"
	"crmferry/mapping/cells"
	"crmferry/mapping/headers"
	"crmferry/mapping/hint"
	"crmferry/mapping/people"
	"crmferry/mapping/refs"
)

// GrowContacts is the table of Grow CRM's contacts (https://docs-api.growcrm.io/contacts). Lengths and formats are not
// documented.
func GrowContacts() *Table[growcrm.Contact] {
	type contact = growcrm.Contact
	return &Table[contact]{
		Vendor: "growcrm", Resource: "contacts",
		id: func(c *contact) string { return cells.ShowID(c.ID) },
		person: func(c *contact) people.Person {
			return people.Person{First: c.FirstName, Last: c.LastName, Emails: []string{c.Email}, Phones: []string{c.Phone}}
		},
		dates:      func(c *contact) (time.Time, time.Time) { return c.Created, c.Updated },
		hasChanged: true,
		claim:      claimOwner,
		Fields: append([]Field[contact]{
			numberID("id", "Grow CRM ID", func(c *contact) *int64 { return &c.ID }),
			firstName("first_name", true, func(c *contact) *string { return &c.FirstName }).required(),
			lastName("last_name", "Last name", true, func(c *contact) *string { return &c.LastName }).required(),
			email("email", "Email", func(c *contact) *string { return &c.Email }).required().
				note("unique among all users: contacts of clients and team members"),
			link("clientid", "Client ID", "clients", headers.Company, func(c *contact) *crm.Ref { return &c.Client }, refs.ByDigits).
				required().createOnly().nameIn("client.company_name").named(headers.Company, headers.Customer).also("client.id", "client_id").
				note("the id of a client, or its company name; a contact cannot be moved to another client"),
			shown("client.company_name", "Client", "text", func(c *contact) string { return c.Client.Name }),
			phone("phone", "Phone", func(c *contact) *string { return &c.Phone }),
			text("position", "Job position", headers.Job, func(c *contact) *string { return &c.Position }).also("job_position"),
			accountOwner(),
			yesNo("send_email", "Send welcome email", func(c *contact) *string { return &c.SendEmail }).createOnly().writeOnly().never().
				note("yes sends a welcome mail to the contact").hinting(hint.OnlyBySet).announce("%d welcome mails will be sent"),
		}, growReadOnly()...),
	}
}

// accountOwner is written by a call of its own, which makes the previous owner an ordinary contact. There is no call to
// take it away.
func accountOwner() Field[growcrm.Contact] {
	f := yesNo("account_owner", "Account owner", func(c *growcrm.Contact) *string { return &c.AccountOwner }).closed().notClearable().
		note("yes takes a second request, and the previous owner stops being it; no cannot be set while it is yes")
	f.fixed = func(found, want *growcrm.Contact) bool {
		return found.AccountOwner == "yes" && want.AccountOwner == "no"
	}
	return f
}

func growReadOnly() []Field[growcrm.Contact] {
	type contact = growcrm.Contact
	return []Field[contact]{
		shown("name", "Name", "text", func(c *contact) string { return c.Name }),
		shown("status", "Status", "text", func(c *contact) string { return c.Status }),
		shown("role.id", "Role ID", "number", func(c *contact) string { return c.Role.ID }).as(cell.Identifier),
		shown("role.name", "Role name", "text", func(c *contact) string { return c.Role.Name }),
		web("social.facebook", "Facebook", func(c *contact) string { return c.Social.Facebook }),
		web("social.twitter", "Twitter", func(c *contact) string { return c.Social.Twitter }),
		web("social.linkedin", "LinkedIn", func(c *contact) string { return c.Social.LinkedIn }),
		web("social.github", "GitHub", func(c *contact) string { return c.Social.GitHub }),
		web("social.dribbble", "Dribbble", func(c *contact) string { return c.Social.Dribbble }),
		moment("dates.created", "Created", func(c *contact) time.Time { return c.Created }),
		moment("dates.updated", "Updated", func(c *contact) time.Time { return c.Updated }),
	}
}

// claimOwner: a client has one account owner.
func claimOwner(c *growcrm.Contact, fields crm.Fields) (field, what string) {
	if c.AccountOwner != "yes" || !fields.Has("account_owner") {
		return "", ""
	}
	return "account_owner", "the account owner of client " + refs.Show(c.Client)
}
