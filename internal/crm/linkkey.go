package crm

import "strings"

// LinkKey identifies a linked record by its kind and its name. It is made by NewLinkKey, so that keys can be compared.
type LinkKey struct{ Kind, Name string }

// NewLinkKey returns the key of a name, which is compared without case and without space around it.
func NewLinkKey(kind, name string) LinkKey {
	return LinkKey{kind, strings.ToLower(strings.TrimSpace(name))}
}
