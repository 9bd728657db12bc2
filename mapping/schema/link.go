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

// Placeless are names and ids that no column has.
func Placeless(links []Link, claims []Claim) ([]Link, []Claim) {
	for i := range links {
		links[i].Column = ""
	}
	for i := range claims {
		claims[i].Column = ""
	}
	return links, claims
}

// OfField are those of some names and ids that are of a field.
func OfField(field string, links []Link, claims []Claim) (l []Link, c []Claim) {
	for _, link := range links {
		if link.Field == field {
			l = append(l, link)
		}
	}
	for _, claim := range claims {
		if claim.Field == field {
			c = append(c, claim)
		}
	}
	return l, c
}
