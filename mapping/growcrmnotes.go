package mapping

import (
	"fmt"
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

// GrowNotes is the table of Grow CRM's notes (https://docs-api.growcrm.io/notes).
func GrowNotes() *Table[growcrm.Note] {
	type note = growcrm.Note
	return &Table[note]{
		Vendor: "growcrm", Resource: "notes", ofOthers: true,
		id:         (*note).Identity,
		person:     growNoteKnown,
		keys:       (*note).Keys,
		dates:      func(n *note) (time.Time, time.Time) { return n.Created, n.Updated },
		hasChanged: true,
		finish:     finishGrowNote,
		long:       &schema.LongText[note]{Field: "note_description", TitleField: "note_title", Most: notes.Length, Text: func(n *note) *string { return &n.Description }, Title: func(n *note) *string { return &n.Title }},
		empty: func(r *schema.Reader, n *note) string {
			return notes.None(r, n.Title+n.Description, "note_title", "note_description")
		},
		Fields: []schema.Field[note]{
			schema.NumberID("id", "Grow CRM note ID", func(n *note) *int64 { return &n.ID }),
			growNoteOn(),
			growNoteOf(),
			schema.Shown("client.company_name", "Name of client", "text", func(n *note) string { return n.Client }).Means(headers.Company),
			schema.Shown("client.owner_email", "Email of account owner", "email", func(n *note) string { return n.OwnerEmail }),
			schema.Shown("lead.title", "Title of lead", "text", func(n *note) string { return n.Lead }),
			schema.Shown("person.name", "Name of person", "text", func(n *note) string { return n.PersonName }),
			schema.Shown("person.email", "Email of person", "email", func(n *note) string { return n.PersonEmail }).Means(headers.Email),
			schema.Text("note_title", "Title", headers.None, func(n *note) *string { return &n.Title }).NoClear().
				Also(notes.Titles("title")...).Noting("Grow CRM requires it; where a new note has none, the first line of its text is taken"),
			notes.Text("note_description", "Text", func(n *note) *string { return &n.Description }, "description", "Note text").
				Noting("HTML stays as it is: whether Grow CRM shows it as text is not documented"),
			notes.PublicOrPrivate("note_visibility", func(n *note) *string { return &n.Visibility }).Also(notes.Visible("visibility", "isPrivate")...).
				Noting("who sees a private note is not documented: its creator, who is the main administrator for all notes made here"),
			schema.Tags("tags", "Tags", headers.None, func(n *note) *[]string { return &n.Tags }).NoClear().Also("Tag", "Labels", "Label", "Schlagworte", "Schlagwörter", "Trefwoorden", "Étiquettes", "Etiquetas").Noting("takes a second request"),
			schema.Shown("creator_id", "Creator ID", "number", func(n *note) string { return n.Creator }).As(cell.Identifier),
			schema.Moment("dates.created", "Created", func(n *note) time.Time { return n.Created }).Also(notes.Days()...).
				Noting("the time at which the note was made here: an earlier date is kept in its text only"),
			schema.Moment("dates.updated", "Updated", func(n *note) time.Time { return n.Updated }),
		},
	}
}

// growNoteKnown is what a note is known by. The id of a record, where a row has no name of it, may be that of another account.
func growNoteKnown(n *growcrm.Note) people.Person {
	record := ""
	if isRow := n.Created.IsZero(); n.Of.ID != "" && (!isRow || n.Of.Name != "") {
		record = n.On + " " + n.Of.ID
	}
	return people.Person{Others: []string{n.Title, n.Description, record}}
}

// growNoteOn is the type of the record that a note is on.
func growNoteOn() schema.Field[growcrm.Note] {
	parse := func(r *schema.Reader, s *schema.Source, v string) (string, bool) {
		on, ok := growNoteTypes()[crm.Fold(v)]
		if !ok {
			r.Fail(cells.CodeBadValue, &s.Source, "%s is not one of client, lead, project, task and user", cells.Quote(v))
		}
		return on, ok
	}
	return schema.Single("noteresource_type", "On", "client, lead, project, task or user", headers.None, func(n *growcrm.Note) *string { return &n.On }, parse, schema.Itself, cells.SameWord).
		Closed().NoUpdate().Also("resource.type").Noting("client where a row does not say; user is a contact, who may be able to read the note in the client portal (not documented)").
		AnnouncingOf(growcrm.NoteOnUser, "%d notes on contacts: whether these can read them in the client portal is not documented")
}

// growNoteTypes are the words for types of records.
func growNoteTypes() map[string]string {
	return map[string]string{"client": growcrm.NoteOnClient, "company": growcrm.NoteOnClient, "customer": growcrm.NoteOnClient, "organization": growcrm.NoteOnClient,
		"lead": growcrm.NoteOnLead, "user": growcrm.NoteOnUser, "contact": growcrm.NoteOnUser, "person": growcrm.NoteOnUser, "project": "project", "task": "task"}
}

// growNoteOf is the record that a note is on.
func growNoteOf() schema.Field[growcrm.Note] {
	at := func(n *growcrm.Note) *crm.Ref { return &n.Of }
	identify := func(v string) crm.Ref { return refs.ByDigits(refs.Address(v)) }
	return schema.LinkTo("noteresource_id", "ID of the record", "clients", headers.Company, at, identify).Named(headers.Email, headers.Company, headers.Customer).Require().NoUpdate().
		Also("resource.id", "client_id", "person.emailAddresses", "Contact email", "Associated contact").
		Noting("the id of the record; of a client also the e-mail address of one of its contacts or, where no contact has that, its company name, of a contact its address, of a lead its title or address. A note cannot be moved")
}

// finishGrowNote says what the note of a row is on where the row does not, and gives a new note a title.
func finishGrowNote(r *schema.Reader, n *growcrm.Note) {
	if n.On == "" && n.Of != (crm.Ref{}) {
		n.On, r.Fields = growcrm.NoteOnClient, append(r.Fields, "noteresource_type")
	}
	if kind := map[string]string{growcrm.NoteOnUser: "contacts", growcrm.NoteOnLead: "leads", "project": "projects", "task": "tasks"}[n.On]; kind != "" {
		for i := range r.Links {
			r.Links[i].Kind = kind
		}
		for i := range r.Claims {
			r.Claims[i].Kind = kind
		}
	}
	if n.Of.ID == "" && n.Of.Name != "" && (n.On == "project" || n.On == "task") {
		r.Problems = append(r.Problems, Problem{Code: cells.CodeBadValue, Field: "noteresource_id", Message: fmt.Sprintf("%s is no id, and a %s is known by its id only", cells.Quote(n.Of.Name), n.On)})
	}
	if n.On == growcrm.NoteOnUser && n.ID == 0 {
		notes.Refuse(r, "noteresource_type", "a note on a contact (type user) is not made unless asked for: the contact may be able to read it in the client portal, which Grow CRM does not document")
	}
	if n.ID == 0 {
		notes.Title(r, "note_title", &n.Title, n.Description)
	}
	notes.HTML(r, "note_description", n.Description)
}
