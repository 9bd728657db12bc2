package schema

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
