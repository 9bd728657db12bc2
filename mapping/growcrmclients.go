package mapping

import (
	"math"
	"slices"
	"time"

	"crmferry/internal/cell"
	"crmferry/internal/crm"
	"crmferry/internal/crm/growcrm"
	"crmferry/mapping/cells"
	"crmferry/mapping/headers"
	"crmferry/mapping/notes"
	"crmferry/mapping/people"
	"crmferry/mapping/refs"
	"crmferry/mapping/schema"
)

// GrowClients is the table of Grow CRM's clients (https://docs-api.growcrm.io/clients): companies, each with the contact who is
// made along with it. Lengths and formats are not documented.
func GrowClients() *Table[growcrm.ClientRecord] {
	type client = growcrm.ClientRecord
	return &Table[client]{
		Vendor: "growcrm", Resource: "clients", companies: true,
		id: func(c *client) string { return cells.ShowID(c.ID) },
		person: func(c *client) people.Person {
			return people.Person{Full: c.CompanyName, Emails: []string{c.Email}, Phones: []string{c.Phone}}
		},
		keys:       func(c *client) []crm.Key { return companyKeys("", c.CompanyName, c.Email) },
		dates:      func(c *client) (time.Time, time.Time) { return c.Created, c.Updated },
		hasChanged: true,
		unread:     "an update may empty custom fields of the client: Grow CRM does not show them, and does not say whether it keeps what is left out",
		customs:    &customs[client]{at: func(c *client) *crm.Custom { return &c.Custom }, taken: []string{"send_email"}},
		finish:     func(r *schema.Reader, c *client) { notes.HTML(r, "client_description", c.Description) },
		Fields:     slices.Concat(growClientItself(), growPrimaryContact(), growClientAddress(), growClientSteps(), growClientReadOnly()),
	}
}

func growClientItself() []schema.Field[growcrm.ClientRecord] {
	type client = growcrm.ClientRecord
	return []schema.Field[client]{
		schema.NumberID("id", "Grow CRM client ID", func(c *client) *int64 { return &c.ID }),
		companyName("client_company_name", func(c *client) *string { return &c.CompanyName }).Also("company_name", "title").
			Noting("compared without case and spacing; without one, a new client is called by the names of its contact"),
		schema.Phone("client_phone", "Phone", func(c *client) *string { return &c.Phone }).Also("phone"),
		schema.Text("client_website", "Website", headers.Website, func(c *client) *string { return &c.Website }),
		schema.Code("client_vat", "VAT number", headers.None, func(c *client) *string { return &c.VAT }).Also("vat", "VAT ID", "BTW-nummer", "Btw nummer",
			"USt-IdNr.", "USt-ID", "Numéro de TVA", "N° TVA", "NIF", "CIF"),
		schema.LinkTo("client_categoryid", "Category", "categories", headers.None, func(c *client) *crm.Ref { return &c.Category }, refs.ByDigits).
			NoClear().NameIn("category.name").Also("category.id", "category_id", "Category ID", "Client category", "Kategorie", "Categorie", "Catégorie", "Categoría").Noting("the id of a category of clients, or its name"),
		schema.Shown("category.name", "Category name", "text", func(c *client) string { return c.Category.Name }),
		schema.Text("client_description", "Description", headers.Note, func(c *client) *string { return &c.Description }).Also("description", "About us").
			Noting("sent as it stands: whether Grow CRM takes it for HTML is not documented"),
	}
}

// growPrimaryContact is the contact who is made along with a client.
func growPrimaryContact() []schema.Field[growcrm.ClientRecord] {
	type client = growcrm.ClientRecord
	const note = "of the contact who is made along with a client, and read of its account owner; changed where contacts are"
	return []schema.Field[client]{
		schema.FirstName("first_name", true, func(c *client) *string { return &c.FirstName }).Require().NoUpdate().Noting(note),
		schema.LastName("last_name", "Last name", true, func(c *client) *string { return &c.LastName }).Require().NoUpdate().Noting(note),
		schema.Email("email", "Email", func(c *client) *string { return &c.Email }).Require().NoUpdate().Noting(note + "; unique among all users; a welcome mail is never sent"),
	}
}

func growClientAddress() []schema.Field[growcrm.ClientRecord] {
	type client = growcrm.ClientRecord
	return []schema.Field[client]{
		schema.Composed("client_billing_street", "Billing street", headers.Street, func(c *client) *string { return &c.Billing.Street },
			headers.Street, headers.HouseNumber, headers.HouseAddition, headers.SecondLine).Also("billing.street"),
		schema.Text("client_billing_city", "Billing city", headers.City, func(c *client) *string { return &c.Billing.City }).Also("billing.city"),
		schema.Text("client_billing_state", "Billing state", headers.State, func(c *client) *string { return &c.Billing.State }).Also("billing.state"),
		schema.Code("client_billing_zip", "Billing zip", headers.Zip, func(c *client) *string { return &c.Billing.Zip }).Also("billing.zip"),
		schema.Text("client_billing_country", "Billing country", headers.Country, func(c *client) *string { return &c.Billing.Country }).Also("billing.country").
			Noting("as it stands: the vendor's example is a name in English, not a code"),
		schema.Number("client_billing_invoice_due_days", "Invoice due days", headers.None, func(c *client) **float64 { return &c.InvoiceDueDays }, wholeDays).
			Limited("a whole number, 0 or more").NoClear().Also("billing.invoice_due_days", "Payment terms", "Payment terms (days)", "Zahlungsziel", "Betalingstermijn", "Délai de paiement", "Plazo de pago"),
	}
}

func wholeDays(n float64) string {
	if n != math.Trunc(n) || n < 0 || n > math.MaxInt32 {
		return "is no whole number of days"
	}
	return ""
}

// growClientSteps are fields that have calls of their own.
func growClientSteps() []schema.Field[growcrm.ClientRecord] {
	type client = growcrm.ClientRecord
	parse := func(r *schema.Reader, s *schema.Source, v string) (string, bool) {
		if status := growClientStatuses()[crm.Fold(v)]; status != "" {
			return status, true
		}
		return "", r.Note(&s.Source, cells.Notes{Faults: []cells.Fault{{Code: cells.CodeBadValue, Value: v, Text: cells.Quote(v) + " is neither active nor suspended"}}})
	}
	return []schema.Field[client]{
		schema.Tags("tags", "Tags", headers.Tags, func(c *client) *[]string { return &c.Tags }).NoClear().
			Noting("set along with a new client; else by a request of its own"),
		schema.Single("status", "Status", "status of a client", headers.None, func(c *client) *string { return &c.Status }, parse, schema.Itself, cells.SameWord).
			Limited("active or suspended").Closed().NoClear().Noting("takes a second request"),
		schema.LinkTo("owner", "Account owner ID", "contacts", headers.None, func(c *client) *crm.Ref { return &c.Owner }, refs.ByDigits).
			NoClear().NoHeader().NameIn("owner.name").Also("owner.id").
			Noting("the id of a contact of the client, or its e-mail address; takes a request of its own; a new client is owned by the contact made along with it"),
		schema.Shown("owner.name", "Account owner", "text", func(c *client) string { return c.Owner.Name }),
	}
}

// growClientStatuses are the words for both statuses.
func growClientStatuses() map[string]string {
	const active, suspended = "active", "suspended"
	return map[string]string{active: active, "aktiv": active, "actief": active, "actif": active, "activo": active,
		suspended: suspended, "gesperrt": suspended, "geblokkeerd": suspended, "opgeschort": suspended, "suspendu": suspended, "suspendido": suspended}
}

func growClientReadOnly() []schema.Field[growcrm.ClientRecord] {
	type client = growcrm.ClientRecord
	part := func(name string, of func(*growcrm.ClientAddress) string) schema.Field[client] {
		return schema.Shown("shipping."+name, "Shipping "+name, "text", func(c *client) string { return of(&c.Shipping) })
	}
	return []schema.Field[client]{
		part("street", func(a *growcrm.ClientAddress) string { return a.Street }),
		part("city", func(a *growcrm.ClientAddress) string { return a.City }),
		part("state", func(a *growcrm.ClientAddress) string { return a.State }),
		part("zip", func(a *growcrm.ClientAddress) string { return a.Zip }).As(cell.Identifier),
		part("country", func(a *growcrm.ClientAddress) string { return a.Country }),
		schema.Moment("dates.created", "Created", func(c *client) time.Time { return c.Created }),
		schema.Moment("dates.updated", "Updated", func(c *client) time.Time { return c.Updated }),
	}
}
