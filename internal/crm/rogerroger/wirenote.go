package rogerroger

import (
	"strings"
	"time"

	"crmferry/internal/crm"
)

// wireNote is a note as the vendor writes it.
type wireNote struct {
	IRI         crm.Text `json:"@id"`
	ID          crm.Text `json:"id"`
	Title       crm.Text `json:"title"`
	Description crm.Text `json:"description"`
	Category    ref      `json:"category"`
	Author      ref      `json:"author"`
	Flagged     crm.Flag `json:"flagged"`
	IsPrivate   crm.Flag `json:"isPrivate"`
	CreatedAt   crm.Text `json:"createdAt"`
}

func (w wireNote) identity() string {
	if w.IRI != "" {
		return lastPart(string(w.IRI))
	}
	return string(w.ID)
}

// note is the note on what another is on.
func (w wireNote) note(of Note) Note {
	return Note{
		ID: w.identity(), Person: crm.Ref{ID: lastPart(of.Person.ID)}, PersonName: of.PersonName, PersonEmails: of.PersonEmails, Organization: of.Organization,
		Title: string(w.Title), Description: string(w.Description), Category: crm.Ref(w.Category), Author: crm.Ref(w.Author),
		Flagged: w.Flagged.Value, IsPrivate: w.IsPrivate.Value, CreatedAt: crm.ParseTime(string(w.CreatedAt)),
	}
}

// noteOf is a note on a person.
func noteOf(p Person) Note {
	return Note{Person: crm.Ref{ID: p.ID}, PersonName: p.fullName(), PersonEmails: p.EmailAddresses}
}

func (p Person) fullName() string {
	return strings.Join(strings.Fields(p.GivenName+" "+p.AdditionalName+" "+p.FamilyName), " ")
}

// encodeNote returns the given fields of want. Fields that are not writable are left out, as is what the note is on: the path
// names it.
func encodeNote(want Note, fields crm.Fields) object {
	body := object{}
	for _, name := range fields {
		switch name {
		case "title":
			body[name] = crm.OrNull(want.Title)
		case "description":
			body[name] = crm.OrNull(want.Description)
		case "category":
			body[name] = crm.OrNull(iriOf("note_categories", want.Category.ID))
		case "author":
			body[name] = crm.OrNull(iriOf("users", want.Author.ID))
		case "flagged":
			body[name] = crm.BoolOrNull(want.Flagged)
		case "isPrivate":
			body[name] = crm.BoolOrNull(want.IsPrivate)
		case "createdAt":
			body[name] = nil
			if !want.CreatedAt.IsZero() {
				body[name] = want.CreatedAt.Format(time.RFC3339Nano)
			}
		}
	}
	return body
}

// iriOf is the IRI of an id, "" if there is none.
func iriOf(kind, id string) string {
	if id == "" {
		return ""
	}
	return iri(kind, id)
}
