package mapping

import (
	"math"
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

// GrowLeads is the table of Grow CRM's leads (https://docs-api.growcrm.io/leads). Lengths and formats are not documented.
func GrowLeads() *Table[growcrm.Lead] {
	type lead = growcrm.Lead
	fields := []schema.Field[lead]{
		schema.NumberID("id", "Grow CRM lead ID", func(l *lead) *int64 { return &l.ID }),
		schema.Text("lead_title", "Title", headers.None, func(l *lead) *string { return &l.Title }).Require().
			Also("title", "Lead", "Lead title", "Lead name", "Lead - Title", "Deal", "Deal name", "Deal title", "Deal - Title", "Opportunity", "Opportunity name", "Naam lead", "Leadnaam", "Lead naam", "Naam deal", "Dealnaam", "Deal naam", "Leadname", "Lead-Name", "Onderwerp", "Betreff", "Objet", "Asunto").Late("Titel", "Titre", "Título"),
		schema.LinkTo("lead_status", "Status", "statuses", headers.Stage, func(l *lead) *crm.Ref { return &l.Status }, refs.ByDigits).Require().
			NameIn("status.title").Named(headers.Stage).Also("status.id", "lead_status_id", "Lead status", "Lead - Stage", "Deal stage", "Deal - Stage").
			Noting("a name that a lead has, or an id: Grow CRM documents no list of statuses, so that one that no lead has is known by its id only"),
		schema.Shown("status.title", "Status name", "text", func(l *lead) string { return l.Status.Name }),
		schema.LinkTo("lead_categoryid", "Category", "categories", headers.None, func(l *lead) *crm.Ref { return &l.Category }, refs.ByDigits).Require().
			NameIn("category.name").Also("category.id", "Lead category", "Categorie", "Kategorie", "Catégorie", "Categoría").Noting("the id or the name of a category of leads"),
		schema.Shown("category.name", "Category name", "text", func(l *lead) string { return l.Category.Name }),
		schema.FirstName("lead_firstname", false, func(l *lead) *string { return &l.FirstName }).Also("contact.first_name"),
		schema.LastName("lead_lastname", "Last name", false, func(l *lead) *string { return &l.LastName }).Also("contact.last_name"),
		schema.Email("lead_email", "Email", func(l *lead) *string { return &l.Email }).Also("contact.email"),
		schema.Phone("lead_phone", "Phone", func(l *lead) *string { return &l.Phone }).Also("contact.phone"),
		schema.Text("lead_job_position", "Job position", headers.Job, func(l *lead) *string { return &l.JobPosition }).Also("contact.job_position"),
		schema.Text("lead_company_name", "Company", headers.Company, func(l *lead) *string { return &l.CompanyName }).Also("contact.company_name").
			Noting("a text: Grow CRM links leads to no client"),
		schema.Text("lead_website", "Website", headers.None, func(l *lead) *string { return &l.Website }).Also("contact.website", "Web site", "URL"),
		growLeadValue(),
		schema.Text("lead_source", "Source", headers.Source, func(l *lead) *string { return &l.Source }).Also("source"),
		growLastContacted(),
		schema.Text("lead_description", "Description", headers.Note, func(l *lead) *string { return &l.Description }).Also("description"),
	}
	fields = append(fields, growLeadAddress()...)
	fields = append(fields,
		schema.LinksTo("assigned", "Assigned to", "team", headers.None, func(l *lead) *[]crm.Ref { return &l.Assigned }, refs.ByDigits).NoClear().OfPeople().
			Also("Assigned", "Assignee", "Lead owner", "Owner", "Eigenaar", "Propriétaire", "Propietario", "Sales rep", "Zuständig", "Zuständiger", "Zugewiesen an", "Verantwoordelijke", "Toegewezen aan", "Assigné à", "Asignado a").Noting("members of the team by e-mail address, name or id; takes a request of its own"),
		schema.Tags("tags", "Tags", headers.Tags, func(l *lead) *[]string { return &l.Tags }).NoClear().Noting("takes a request of its own"),
		growActiveState())
	return &Table[lead]{
		Vendor: "growcrm", Resource: "leads",
		id: (*lead).Identity,
		person: func(l *lead) people.Person {
			return people.Person{First: l.FirstName, Last: l.LastName, Emails: []string{l.Email}, Phones: []string{l.Phone}, Others: []string{l.Title, l.CompanyName}}
		},
		keys:       (*lead).Keys,
		dates:      func(l *lead) (time.Time, time.Time) { return l.Created, l.Updated },
		hasChanged: true,
		customs:    &customs[lead]{at: func(l *lead) *crm.Custom { return &l.Custom }},
		unread:     "an update may empty custom fields of the lead: Grow CRM does not show them, and takes what is sent for all of the lead (whether it does is not documented)",
		finish: func(r *schema.Reader, l *lead) {
			notes.HTML(r, "lead_description", l.Description)
		},
		Fields: append(fields,
			schema.Shown("converted.is_converted", "Converted", "yes/no", func(l *lead) string { return l.Converted.Is }),
			schema.Shown("converted.client_id", "Converted to client", "number", func(l *lead) string { return l.Converted.Client }).As(cell.Identifier),
			schema.Moment("converted.date", "Converted on", func(l *lead) time.Time { return l.Converted.At }),
			schema.Moment("dates.created", "Created", func(l *lead) time.Time { return l.Created }),
			schema.Moment("dates.updated", "Updated", func(l *lead) time.Time { return l.Updated })),
	}
}

// growLeadValue is an amount, which Grow CRM keeps with two decimals, by its examples.
func growLeadValue() schema.Field[growcrm.Lead] {
	at := func(l *growcrm.Lead) **float64 { return &l.Value }
	f := schema.Number("lead_value", "Value", headers.Price, at, notNegative).Also("value", "Lead value", "Lead - Value", "Deal value", "Deal - Value", "Estimated value", "Geschatte waarde", "Amount", "Wert", "Auftragswert", "Bedrag", "Waarde", "Montant", "Importe").
		Noting("with two decimals; its currency is not documented")
	read := f.Read
	f.Read = func(r *schema.Reader, from []schema.Source, l *growcrm.Lead) bool {
		ok := read(r, from, l)
		v := *at(l)
		if v == nil || math.Round(*v*100)/100 == *v {
			return ok
		}
		before, cents := f.Text(l), math.Round(*v*100)/100
		*at(l) = &cents
		r.Repair(cells.RemarkRounded, &from[0].Source, before, f.Text(l), "%s was rounded to two decimals, which is what Grow CRM keeps", before)
		return ok
	}
	return f
}

// growLastContacted is a day.
func growLastContacted() schema.Field[growcrm.Lead] {
	at := func(l *growcrm.Lead) *time.Time { return &l.LastContacted }
	f := schema.Date("lead_last_contacted", "Last contacted", headers.None, at).Also("last_contacted", "Last contact", "Letzter Kontakt", "Laatste contact", "Dernier contact", "Último contacto")
	read := f.Read
	f.Read = func(r *schema.Reader, from []schema.Source, l *growcrm.Lead) bool {
		ok := read(r, from, l)
		*at(l) = at(l).Truncate(24 * time.Hour)
		return ok
	}
	f.Cell = func(l *growcrm.Lead) cell.Cell {
		if t := *at(l); !t.IsZero() {
			return cell.Cell{Kind: cell.Date, Time: t}
		}
		return cell.Cell{}
	}
	return f.As(cell.Date)
}

// growLeadAddress is where a lead is. No code of a country is documented.
func growLeadAddress() []schema.Field[growcrm.Lead] {
	type lead = growcrm.Lead
	return []schema.Field[lead]{
		schema.Composed("lead_street", "Street", headers.Street, func(l *lead) *string { return &l.Street }, headers.Street, headers.HouseNumber, headers.HouseAddition, headers.SecondLine).Also("address.street"),
		schema.Text("lead_city", "City", headers.City, func(l *lead) *string { return &l.City }).Also("address.city"),
		schema.Text("lead_state", "State", headers.State, func(l *lead) *string { return &l.State }).Also("address.state"),
		schema.Code("lead_zip", "ZIP code", headers.Zip, func(l *lead) *string { return &l.Zip }).Also("address.zip"),
		schema.Text("lead_country", "Country", headers.Country, func(l *lead) *string { return &l.Country }).Also("address.country"),
	}
}

// growActiveState is changed by a call of its own.
func growActiveState() schema.Field[growcrm.Lead] {
	parse := func(r *schema.Reader, s *schema.Source, v string) (string, bool) {
		word := crm.Fold(v)
		if word != growcrm.StateActive && word != growcrm.StateArchived {
			r.Fail(cells.CodeBadValue, &s.Source, "%s is neither active nor archived", cells.Quote(v))
			return "", false
		}
		return word, true
	}
	return schema.Single("active_state", "State of the lead", "active or archived", headers.None, func(l *growcrm.Lead) *string { return &l.ActiveState }, parse, schema.Itself, cells.SameWord).
		Closed().NoClear().Noting("takes a request of its own")
}
