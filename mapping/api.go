package mapping

import (
	"crmferry/internal/crm"
	"crmferry/mapping/cells"
	"crmferry/mapping/match"
)

// Problem is a rule that a row breaks, or a header that cannot be used.
type Problem struct {
	Code    string // stable: required, too_long, bad_email, bad_phone ...
	Field   string // the vendor's name of the field
	Column  string // as Column.Ref names it: its header, or # and its letter; "" if the row has none for the field
	Message string // for people; names the column and quotes the cell
	Value   string // the cell, if the field takes certain values only and this is none of them
	Advice  string // what to do about it, where what is said of its code does not help; "" for most
	Local   string // a phone number that is readable once its country is known
}

// Info describes a field for listings.
type Info struct {
	Name         string   // the vendor's own name
	Label        string   // for people
	Type         string   // "text", "email", "phone", "number", "date", "yes/no", "list of text", "link to clients" ...
	Limits       string   // "1 to 100 characters", "pattern ...", "" if none is documented
	Note         string   // what a user should know: undocumented facts are marked so here
	Required     bool     // to create a contact
	Writable     bool     // false: read-only
	CreateOnly   bool     // cannot be changed afterwards
	WriteOnly    bool     // cannot be read back
	List         bool     // takes several values and several columns
	Never        bool     // never matched from a header, only by --set or --map
	Link         string   // the kind of thing it links to, "" if none: "clients"
	Aliases      []string // headers by which it is recognised, beside name and label, best first
	Announce     string   // what is said before a start if rows say yes to the field: "%d welcome mails will be sent"
	Undocumented bool     // the vendor does not document it
	Kept         bool     // the vendor documents nothing by which it could be emptied
}

// MatchOptions say how columns find their fields.
type MatchOptions struct {
	Map           []string // --map as typed: "Header=field", "#C=field", "Header=" to ignore
	MapFile       []match.MapEntry
	Set           []string // --set as typed: "field=value"
	Default       []string // --default as typed: "field=value"
	Values        []ValueEntry
	NeedsRequired bool           // refuse a sheet without a column for a required field; false for --mode update
	MatchID       bool           // --match id: a column of the vendor's own ids is the key
	OnlyID        bool           // the vendor's own id is all that a row is read for
	MatchEmail    bool           // --match email: ids are no keys, not even in the vendor's own export
	Profile       *cells.Profile // what the cells of all rows say; nil: the header alone decides
	ConvertOptions
}

// ConvertOptions say how cells are read.
type ConvertOptions struct {
	Region    string     // ISO country for phones without a country code, "" for none
	DateOrder string     // "dmy", "mdy", "ymd" or "" (by what all cells of a column say)
	Decimal   string     // "comma", "point" or "" (by what all cells of a column say)
	Clear     string     // a cell of just this empties its field; "" for none
	Replace   crm.Fields // lists whose values in the CRM give way to those of the row: none of these may be left out
}

// ValueEntry is one line of a values file.
type ValueEntry struct {
	Field string `csv:"field"` // by its name, its label or another name of the vendor
	From  string `csv:"from"`  // a cell, or a value in the cell of a list; case and outer space do not matter
	To    string `csv:"to"`    // what is read in its place; "" for nothing
}

// Link is a name in a row that has to become an id before the row can be sent.
type Link struct {
	Field string
	Kind  string // "clients", "tags"
	Name  string // as the cell has it, trimmed
}

// Claim is the id of a thing in a row that gives its name, too: in another account the id may be another thing's.
type Claim struct {
	Link
	ID     string
	Column string // that has the name, as Column.Ref names it
}

// Row is a row turned into a contact.
type Row[C any] struct {
	Contact  C
	Fields   crm.Fields // what the row sets or empties
	Cleared  crm.Fields // those of Fields that it empties; nil for most rows
	Problems []Problem  // every rule it breaks; empty for a valid row
	Links    []Link     // names to resolve with SetLink before it is sent
	Claims   []Claim    // ids of things that must bear the names beside them; nil for most rows
	Findings []Finding  // what was repaired in its cells, and what looks wrong in them; nil for most rows

	Defaulted crm.Fields // those of Fields that --default fills, because the row has nothing for them
	Replaced  crm.Fields // those of Fields for which the row has another value than --set gives it
}
