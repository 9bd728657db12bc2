package mapping

import "crmferry/internal/crm"

// Row is a row turned into a contact.
type Row[C any] struct {
	Contact  C          `json:",omitzero"`
	Fields   crm.Fields `json:",omitzero"` // what the row sets or empties
	Cleared  crm.Fields `json:",omitzero"` // those of Fields that it empties; nil for most rows
	Problems []Problem  `json:",omitzero"` // every rule it breaks; empty for a valid row
	Links    []Link     `json:",omitzero"` // names to resolve with SetLinks before it is sent
	Claims   []Claim    `json:",omitzero"` // ids of things that must bear the names beside them; nil for most rows
	Remarks  []Remark   `json:",omitzero"` // what was repaired in its cells, and what looks wrong in them; nil for most rows

	Defaulted crm.Fields `json:",omitzero"` // those of Fields that Default fills, because the row has nothing for them
	Replaced  crm.Fields `json:",omitzero"` // those of Fields for which the row has another value than Set gives it

	Origin Origin `json:",omitzero"` // that a new record is to keep; the zero value for most rows

	More []C `json:",omitzero"` // the further records that it is split into, each like Contact; nil for most rows

	Empty string `json:",omitzero"` // why there is nothing to do with the row, as it says nothing; "" for most rows
}
