package schema

// Link is a name in a row that has to become an id before the row can be sent.
type Link struct {
	Field string
	Kind  string // "clients", "tags"
	Name  string // as the cell has it, trimmed
	// Column is where that stands, as Column.Ref names it; "" where no column has it.
	Column string `json:",omitzero"`
}

// Claim is the id of a thing in a row. In another account it may be nothing's, or another thing's than the one whose name the row
// gives, too.
type Claim struct {
	Link // its Name is "" where the row has the id alone, and its Column has the name, if there is one
	ID   string
}

// Placeless are the names and ids of what was read, where no column has them.
func (r *Reader) Placeless() ([]Link, []Claim) {
	for i := range r.Links {
		r.Links[i].Column = ""
	}
	for i := range r.Claims {
		r.Claims[i].Column = ""
	}
	return r.Links, r.Claims
}

// Take takes over those of some names and ids that are of a field.
func (r *Reader) Take(field string, links []Link, claims []Claim) {
	for _, l := range links {
		if l.Field == field {
			r.Links = append(r.Links, l)
		}
	}
	for _, c := range claims {
		if c.Field == field {
			r.Claims = append(r.Claims, c)
		}
	}
}
