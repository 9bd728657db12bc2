package crm

// LinkKey identifies a linked record by its kind and its name. It is made by NewLinkKey, so that keys can be compared.
type LinkKey struct{ Kind, Name string }

// NewLinkKey returns the key of a name, which is compared as Fold has it.
func NewLinkKey(kind, name string) LinkKey {
	return LinkKey{kind, Fold(name)}
}
