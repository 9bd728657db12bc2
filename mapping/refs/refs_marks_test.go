package refs

import (
	"slices"
	"testing"

	"crmferry/internal/crm"
)

// TestMarks: a ref finds by its marks exactly those that it is the same as.
func TestMarks(t *testing.T) {
	var all []crm.Ref
	for _, id := range []string{"", "1", "2"} {
		for _, name := range []string{"", "VIP", "vip", "Buyer"} {
			if id != "" || name != "" {
				all = append(all, crm.Ref{ID: id, Name: name})
			}
		}
	}
	for _, a := range all {
		_, leaves := Marks(a)
		for _, b := range all {
			seeks, _ := Marks(b)
			if found := slices.ContainsFunc(seeks, func(m string) bool { return slices.Contains(leaves, m) }); found != Same(a, b) {
				t.Errorf("%+v finds %+v: %v, and they are the same: %v", b, a, found, Same(a, b))
			}
		}
	}
}
