package schema

import "crmferry/mapping/hint"

// Info describes a field for listings.
type Info struct {
	Name         string    // the vendor's own name
	Label        string    // for people
	Type         string    // "text", "email", "phone", "number", "date", "yes/no", "list of text", "link to clients" ...
	Limits       string    // "1 to 100 characters", "pattern ...", "" if none is documented
	Note         string    // what a user should know: undocumented facts are marked so here
	Hint         hint.Code // what a front end says behind the note, "" for nothing
	Required     bool      // to create a contact
	Or           string    // the field that may be there instead of a required one, "" for none
	Writable     bool      // false: read-only
	CreateOnly   bool      // cannot be changed afterwards
	WriteOnly    bool      // cannot be read back
	List         bool      // takes several values and several columns
	Never        bool      // never matched from a header, only by what the user says
	Link         string    // the kind of thing it links to, "" if none: "clients"
	Beside       string    // the field that can only be read and names the thing linked to, "" if none does
	Aliases      []string  // headers by which it is recognised, beside name and label, best first
	Announce     string    // what is said before a start if rows say yes to the field: "%d welcome mails will be sent"
	AnnounceOn   string    // the value of the field that is said, "" for yes
	Undocumented bool      // the vendor does not document it
	CanSplit     bool      // a text that is longer can be split into several records
	KeepsOrigin  bool      // it can keep the id that a new record has where it comes from
	NotClearable bool      // the vendor documents nothing by which it could be emptied
}

// FullNote is the note, and what a front end says behind it.
func (i *Info) FullNote(words hint.Words) string { return i.Note + words.Say(i.Hint, i.Name) }
