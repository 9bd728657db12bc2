package links

import (
	"fmt"
	"slices"

	"crmferry/internal/crm"
)

// KindError is a kind of things that is to be created, and that the vendor does not have or does not let be created.
type KindError struct {
	Kind  string
	Known []string // kinds that can be created
}

// Error names the kind.
func (e *KindError) Error() string { return fmt.Sprintf("cannot create missing %s", e.Kind) }

// CheckKinds returns a *KindError for the first kind that cannot be created.
func CheckKinds[C any](kinds []string, vendor crm.Creator[C]) error {
	known := creatable[C](vendor)
	for _, kind := range kinds {
		if !slices.Contains(known, kind) {
			return &KindError{kind, known}
		}
	}
	return nil
}

// creatable lists the kinds that the vendor lets be created.
func creatable[C any](vendor any) []string {
	linker, ok := vendor.(crm.Linker[C])
	if !ok {
		return nil
	}
	var kinds []string
	for _, k := range linker.LinkKinds() {
		if k.CanCreate {
			kinds = append(kinds, k.Name)
		}
	}
	return kinds
}
