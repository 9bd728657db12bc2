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
	"crmferry/mapping/schema"
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
		Fields: append([]schema.Field[contact]{
			schema.NumberID("id", "Grow CRM ID", func(c *contact) *int64 { return &c.ID }),
			schema.FirstName("first_name", true, func(c *contact) *string { return &c.FirstName }).Require(),
			schema.LastName("last_name", "Last name", true, func(c *contact) *string { return &c.LastName }).Require(),
			schema.Email("email", "Email", func(c *contact) *string { return &c.Email }).Require().
				Noting("unique among all users: contacts of clients and team members"),
			schema.LinkTo("clientid", "Client ID", "clients", headers.Company, func(c *contact) *crm.Ref { return &c.Client }, refs.ByDigits).
				Require().NoUpdate().NameIn("client.company_name").Named(headers.Company, headers.Customer).Also("client.id", "client_id").
				Noting("the id of a client, or its company name; a contact cannot be moved to another client"),
			schema.Shown("client.company_name", "Client", "text", func(c *contact) string { return c.Client.Name }),
			schema.Phone("phone", "Phone", func(c *contact) *string { return &c.Phone }),
			schema.Text("position", "Job position", headers.Job, func(c *contact) *string { return &c.Position }).Also("job_position"),
			accountOwner(),
			schema.YesNo("send_email", "Send welcome email", func(c *contact) *string { return &c.SendEmail }).NoUpdate().NoRead().NoHeader().
				Noting("yes sends a welcome mail to the contact").Hinting(hint.OnlyBySet).Announcing("%d welcome mails will be sent"),
		}, growReadOnly()...),
	}
}

// accountOwner is written by a call of its own, which makes the previous owner an ordinary contact. There is no call to
// take it away.
func accountOwner() schema.Field[growcrm.Contact] {
	f := schema.YesNo("account_owner", "Account owner", func(c *growcrm.Contact) *string { return &c.AccountOwner }).NoClear().
		Noting("yes takes a second request, and the previous owner stops being it; no cannot be set while it is yes")
	f.Fixed = func(found, want *growcrm.Contact) bool {
		return found.AccountOwner == "yes" && want.AccountOwner == "no"
	}
	return f
}

func growReadOnly() []schema.Field[growcrm.Contact] {
	type contact = growcrm.Contact
	return []schema.Field[contact]{
		schema.Shown("name", "Name", "text", func(c *contact) string { return c.Name }),
		schema.Shown("status", "Status", "text", func(c *contact) string { return c.Status }),
		schema.Shown("role.id", "Role ID", "number", func(c *contact) string { return c.Role.ID }).As(cell.Identifier),
		schema.Shown("role.name", "Role name", "text", func(c *contact) string { return c.Role.Name }),
		schema.Web("social.facebook", "Facebook", func(c *contact) string { return c.Social.Facebook }),
		schema.Web("social.twitter", "Twitter", func(c *contact) string { return c.Social.Twitter }),
		schema.Web("social.linkedin", "LinkedIn", func(c *contact) string { return c.Social.LinkedIn }),
		schema.Web("social.github", "GitHub", func(c *contact) string { return c.Social.GitHub }),
		schema.Web("social.dribbble", "Dribbble", func(c *contact) string { return c.Social.Dribbble }),
		schema.Moment("dates.created", "Created", func(c *contact) time.Time { return c.Created }),
		schema.Moment("dates.updated", "Updated", func(c *contact) time.Time { return c.Updated }),
	}
}

// claimOwner: a client has one account owner.
func claimOwner(c *growcrm.Contact, fields crm.Fields) (field, what string) {
	if c.AccountOwner != "yes" || !fields.Has("account_owner") {
		return "", ""
	}
	return "account_owner", "the account owner of client " + refs.Show(c.Client)
}
