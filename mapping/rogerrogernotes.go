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
	"crmferry/mapping/people"
	"crmferry/mapping/refs"
	"crmferry/mapping/schema"
)

// RogerRogerNotes is the table of RogerRoger's notes on people (https://developer.rogerroger.io/crm/people).
func RogerRogerNotes() *Table[rogerroger.Note] {
	type note = rogerroger.Note
	return &Table[note]{
		Vendor: "rogerroger", Resource: "notes", ofOthers: true,
		id:     (*note).Identity,
		person: func(*note) people.Person { return people.Person{} },
		keys:   (*note).Keys,
		empty: func(r *schema.Reader, n *note) string {
			return noNote(r, n.Title+n.Description, "title", "description")
		},
		finish: func(r *schema.Reader, n *note) { remarkHTML(r, "description", n.Description) },
		long:   &schema.LongText[note]{Field: "description", TitleField: "title", Most: noteLength, Text: func(n *note) *string { return &n.Description }, Title: func(n *note) *string { return &n.Title }},
		dates:  func(n *note) (time.Time, time.Time) { return n.CreatedAt, time.Time{} },
		Fields: []schema.Field[note]{
			schema.OwnID("id", "RogerRoger note ID", "text", func(n *note) string { return n.ID }, setNoteID),
			notePerson(),
			schema.Shown("person.name", "Person name", "text", func(n *note) string { return n.PersonName }),
			schema.Shown("person.emailAddresses", "Person emails", "list of emails", func(n *note) string { return lists.Join(n.PersonEmails, schema.Itself) }),
			schema.Text("title", "Title", headers.None, func(n *note) *string { return &n.Title }).Also("Subject", "Onderwerp", "Betreff", "Objet", "Asunto"),
			schema.Text("description", "Description", headers.Note, func(n *note) *string { return &n.Description }).Require().Length(0, noteLength).Limited(ownLimit).Splits().
				Also("Text", "Body", "Content", "Tekst", "Inhalt", "Texte", "Texto"),
			iri("category", "Category", "/note_categories/", func(n *note) *crm.Ref { return &n.Category }).Require().
				Noting("the id of a category, not the name: RogerRoger documents no list of categories to find it in"),
			schema.Boolean("flagged", "Flagged", func(n *note) **bool { return &n.Flagged }).NoClear(),
			schema.Boolean("isPrivate", "Private", func(n *note) **bool { return &n.IsPrivate }).NoClear(),
			rogerUser("author", "Author", func(n *note) *crm.Ref { return &n.Author }),
			schema.Date("createdAt", "Created", headers.None, func(n *note) *time.Time { return &n.CreatedAt }).Also("Created on", "Note date", "Date", "Datum", "Fecha"),
		},
	}
}

// notePerson is whom a note is about. It is part of the note's address, so that it cannot be changed.
func notePerson() schema.Field[rogerroger.Note] {
	parse := func(r *schema.Reader, s *schema.Source, v string) (crm.Ref, bool) {
		ref := refs.ByPerson("/people/", v)
		if ref.ID == "" && strings.Contains(v, "@") && !cells.IsEmail(v) {
			r.Fail(cells.CodeBadValue, &s.Source, "%s is neither an e-mail address nor the name or the id of a person", cells.Quote(v))
			return ref, false
		}
		r.Link("people", ref)
		return ref, r.Fits(s, v)
	}
	at := func(n *rogerroger.Note) *crm.Ref { return &n.Person }
	show := func(v crm.Ref) string { return refs.ShowPerson("/people/", v) }
	f := schema.Single("personId", "Person ID", "link to people", headers.Email, at, parse, show, refs.Same).Require().NoUpdate().
		Also("person", "Person email", "Contact email").
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

// setNoteID takes the id of a note, or its IRI, which names the person too.
func setNoteID(n *rogerroger.Note, v string) bool {
	if rest, ok := strings.CutPrefix(v, "/people/"); ok {
		if n.Person.ID, v, ok = strings.Cut(rest, "/notes/"); !ok || n.Person.ID == "" {
			return false
		}
	}
	n.ID = v
	return v != "" && !strings.ContainsAny(v, "/ ?#")
}
