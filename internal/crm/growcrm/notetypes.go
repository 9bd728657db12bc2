package growcrm

import (
	"time"

	"crmferry/internal/crm"
)

// Note is a note of Grow CRM on another record, or one that stands alone (https://docs-api.growcrm.io/notes).
type Note struct {
	ID          int64   `json:",omitzero"`
	Title       string  `json:",omitzero"`
	Description string  `json:",omitzero"`
	Visibility  string  `json:",omitzero"` // "public" or "private"
	On          string  `json:",omitzero"` // the type of the record: one of NoteOn..., or another; "" for a note that stands alone
	Of          crm.Ref `json:",omitzero"` // the record; Name is what a row calls it
	// What the record is called, read of the lists of records where notes are listed, and "" where it is gone. A client is known by
	// its account owner; the person is a contact, or whom a lead is about.
	Client, OwnerEmail, Lead, PersonName, PersonEmail string `json:",omitzero"`

	Tags    []string  `json:",omitzero"`
	Creator string    `json:",omitzero"` // creator_id
	Created time.Time `json:",omitzero"`
	Updated time.Time `json:",omitzero"`
}

// Types of records that notes are on and that rows can name. Notes on projects and tasks exist, too.
const (
	NoteOnClient = "client"
	NoteOnLead   = "lead"
	NoteOnUser   = "user" // a contact: of a client's users
)

// Identity is the note's id, "" while it has none.
func (n *Note) Identity() string {
	if n.ID == 0 {
		return ""
	}
	return formatID(n.ID)
}

// Keys are what the note is matched by where a row has no id: its record together with what it says. There is one for each
// way in which a row may name the record: by its own word, and by the id.
func (n *Note) Keys() []crm.Key {
	says := crm.Compose(n.Title) + "\n" + crm.Compose(n.Description)
	var keys []crm.Key
	if n.Of.Name != "" {
		keys = append(keys, crm.Key{Of: n.On + ` "` + crm.Fold(n.Of.Name) + `"`, Name: says})
	}
	if n.Of.ID != "" {
		keys = append(keys, crm.Key{Of: n.On + " " + n.Of.ID, Name: says})
	}
	return keys
}
