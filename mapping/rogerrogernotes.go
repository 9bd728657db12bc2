package mapping

import (
	"strings"
	"time"

	"crmferry/internal/cell"
	"crmferry/internal/crm"
	"crmferry/internal/crm/rogerroger"
	"crmferry/mapping/cells"
	"crmferry/mapping/headers"
	"crmferry/mapping/lists"
	"crmferry/mapping/notes"
	"crmferry/mapping/people"
	"crmferry/mapping/refs"
	"crmferry/mapping/schema"
)

// RogerRogerNotes is the table of RogerRoger's notes on people (https://developer.rogerroger.io/crm/people) and on organizations
// (https://developer.rogerroger.io/organizations).
func RogerRogerNotes() *Table[rogerroger.Note] {
	type note = rogerroger.Note
	return &Table[note]{
		Vendor: "rogerroger", Resource: "notes", ofOthers: true,
		id:     (*note).Identity,
		person: func(*note) people.Person { return people.Person{} },
		keys:   (*note).Keys,
		empty: func(r *schema.Reader, n *note) string {
			return notes.None(r, n.Title+n.Description, "title", "description")
		},
		finish: finishRogerNote,
		long:   &schema.LongText[note]{Field: "description", TitleField: "title", Most: notes.Length, Text: func(n *note) *string { return &n.Description }, Title: func(n *note) *string { return &n.Title }},
		dates:  func(n *note) (time.Time, time.Time) { return n.CreatedAt, time.Time{} },
		Fields: append([]schema.Field[note]{
			schema.OwnID("id", "RogerRoger note ID", "text", func(n *note) string { return n.ID }, setNoteID),
			notePerson(),
			schema.Shown("person.name", "Person name", "text", func(n *note) string { return n.PersonName }),
			schema.Shown("person.emailAddresses", "Person emails", "list of emails", func(n *note) string { return lists.Join(n.PersonEmails, schema.Itself) }),
			noteOrganization(),
			schema.Shown("organization.name", "Organization name", "text", func(n *note) string { return n.Organization.Name }),
		}, rogerNoteItself()...),
	}
}

// rogerNoteItself are the fields that can be changed: of notes on people.
func rogerNoteItself() []schema.Field[rogerroger.Note] {
	type note = rogerroger.Note
	fields := []schema.Field[note]{
		schema.Text("title", "Title", headers.None, func(n *note) *string { return &n.Title }).Also(notes.Titles("note_title")...),
		notes.Text("description", "Description", func(n *note) *string { return &n.Description }, "note_description", "Text"),
		iri("category", "Category", "/note_categories/", func(n *note) *crm.Ref { return &n.Category }).Require().
			Noting("the id of a category, not the name: RogerRoger documents no list of categories to find it in"),
		schema.Boolean("flagged", "Flagged", func(n *note) **bool { return &n.Flagged }).NoClear(),
		notes.Private("isPrivate", func(n *note) **bool { return &n.IsPrivate }).Also(notes.Visible("note_visibility", "Visibility")...),
		rogerUser("author", "Author", func(n *note) *crm.Ref { return &n.Author }),
		schema.Date("createdAt", "Created", headers.None, func(n *note) *time.Time { return &n.CreatedAt }).Also(notes.Days("dates.created")...),
	}
	for i := range fields {
		equal := fields[i].Equal
		fields[i].Fixed = func(found, want *note) bool { return found.Organization.ID != "" && !equal(found, want) }
	}
	return fields
}

// finishRogerNote takes the person for what a note is on where a row has an organization, too.
func finishRogerNote(r *schema.Reader, n *rogerroger.Note) {
	const organization = "organizationId"
	switch {
	case n.Organization == (crm.Ref{}):
	case n.Person != (crm.Ref{}):
		notes.OneOf(r, "personId", organization, refs.Show(n.Organization))
		n.Organization = crm.Ref{}
	case n.ID == "":
		notes.Refuse(r, organization, "a note on an organization is not made unless asked for: RogerRoger documents how such notes are listed, and not how they are made")
	}
	notes.HTML(r, "description", n.Description)
}

// noteOrganization is what a note is on that is on no person.
func noteOrganization() schema.Field[rogerroger.Note] {
	f := schema.LinkTo("organizationId", "Organization ID", "organizations", headers.None, func(n *rogerroger.Note) *crm.Ref { return &n.Organization }, refs.ByPath("/organizations/")).
		NoUpdate().NameIn("organization.name").Also("client.company_name", "client_company_name").
		Noting("the id of an organization, its title or its customerId, for a note that is on no person; such notes are made, and listed, only where that is asked for, and never changed: RogerRoger documents no more than how those of one organization are listed")
	f.Undocumented = true
	return f
}

// notePerson is whom a note is about. It is part of the note's address, so that it cannot be changed.
func notePerson() schema.Field[rogerroger.Note] {
	parse := func(r *schema.Reader, s *schema.Source, v string) (crm.Ref, bool) {
		v = refs.Address(v)
		ref := refs.ByPerson("/people/", v)
		if ref.ID == "" && strings.Contains(v, "@") && !cells.IsEmail(v) {
			r.Fail(cells.CodeBadValue, &s.Source, "%s is neither an e-mail address nor the name or the id of a person", cells.Quote(v))
			return ref, false
		}
		r.Link(s, "people", ref)
		return ref, r.Fits(s, v)
	}
	at := func(n *rogerroger.Note) *crm.Ref { return &n.Person }
	show := func(v crm.Ref) string { return refs.ShowPerson("/people/", v) }
	f := schema.Single("personId", "Person ID", "link to people", headers.Email, at, parse, show, refs.Same).RequireThisOr("organizationId").NoUpdate().
		Also("person", "person.email", "Person email", "Contact email", "Associated contact").
		Noting("the id of a person, an e-mail address, the full name, or the customerId of the person; a note cannot be moved to another person")
	f.Link, f.AsIs = "people", nil // addresses have to be resolved
	f.SetLinks = func(n *rogerroger.Note, refs map[string]crm.Ref) {
		for _, ref := range refs {
			n.Person = ref
		}
	}
	f.Ref = func(n *rogerroger.Note) crm.Ref { return n.Person }
	f.Beside = "person.emailAddresses" // by which people are found
	f.Cell = func(n *rogerroger.Note) cell.Cell { return cell.NewText(cell.Identifier, show(n.Person)) }
	return f.As(cell.Identifier)
}

// setNoteID takes the id of a note, or its IRI, which names what it is on, too.
func setNoteID(n *rogerroger.Note, v string) bool {
	if on, id, ok := strings.Cut(v, "/notes/"); ok {
		person, isPerson := strings.CutPrefix(on, "/people/")
		organization, isOrganization := strings.CutPrefix(on, "/organizations/")
		switch {
		case isPerson && person != "":
			n.Person.ID = person
		case isOrganization && organization != "":
			n.Organization.ID = on
		default:
			return false
		}
		v = id
	}
	n.ID = v
	return v != "" && !strings.ContainsAny(v, "/ ?#")
}
