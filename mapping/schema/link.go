package schema

// Link is a name in a row that has to become an id before the row can be sent.
type Link struct {
	Field string
	Kind  string // "clients", "tags"
	Name  string // as the cell has it, trimmed
}

// Claim is the id of a thing in a row. In another account it may be nothing's, or another thing's than the one whose name the row
// gives, too.
type Claim struct {
	Link   // its Name is "" where the row has the id alone
	ID     string
	Column string // that has the name, as Column.Ref names it
}
