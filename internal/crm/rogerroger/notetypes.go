package rogerroger

import (
	"time"

	"crmferry/internal/crm"
)

// Note is a note on a person or on an organization, as read and as written (https://developer.rogerroger.io/crm/people,
// https://developer.rogerroger.io/organizations).
type Note struct {
	ID string `json:",omitzero"` // the last part of the note's IRI "/people/{person's id}/notes/{id}"

	// Person is whom the note is about: ID is the id, without "/people/". A row may name the person by an e-mail address
	// instead: that is Name, and stays there when the id has been found. It cannot be changed.
	Person       crm.Ref  `json:",omitzero"`
	PersonName   string   `json:",omitzero"` // read-only, not of the vendor's note: first, middle and last name
	PersonEmails []string `json:",omitzero"` // read-only, not of the vendor's note

	// Organization is what a note is on that is on no person: ID is an IRI "/organizations/{id}", Name its title, or a row's own
	// word for it. It cannot be changed.
	Organization crm.Ref `json:",omitzero"`

	Title       string    `json:",omitzero"`
	Description string    `json:",omitzero"`
	Category    crm.Ref   `json:",omitzero"` // ID is an IRI "/note_categories/{id}"; no list of categories is documented
	Author      crm.Ref   `json:",omitzero"` // ID is an IRI "/users/{id}"; no list of users is documented
	Flagged     *bool     `json:",omitzero"`
	IsPrivate   *bool     `json:",omitzero"`
	CreatedAt   time.Time `json:",omitzero"` // can be written
}
