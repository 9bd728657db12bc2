package directory

import (
	"slices"
	"testing"

	"crmferry/internal/crm"
	"crmferry/internal/crm/rogerroger"
	"crmferry/mapping"
)

// TestMatchByName: a name finds whoever bears it, but for one that something better finds, and for those with another number.
func TestMatchByName(t *testing.T) {
	x := newIndex(mapping.RogerRogerOrganizations())
	for _, o := range []rogerroger.Organization{{ID: "a", Title: "Acme", CustomerID: "1"}, {ID: "b", Title: "Acme", CustomerID: "2"}, {ID: "c", Title: "Acme"}, {ID: "d", Title: "Bolt"}} {
		x.add(o)
	}
	number, name := func(v string) crm.Key { return crm.Key{Number: v} }, func(v string) crm.Key { return crm.Key{Name: v} }
	for _, tt := range []struct {
		keys []crm.Key
		want []string
	}{
		{[]crm.Key{number("1"), name("acme")}, []string{"a"}},
		{[]crm.Key{name("acme")}, []string{"a", "b", "c"}},
		{[]crm.Key{number("3"), name("acme")}, []string{"c"}},
		{[]crm.Key{number("1"), name("bolt")}, []string{"a", "d"}},
		{[]crm.Key{number("3"), name("cork")}, nil},
	} {
		var got []string
		for _, o := range x.match(tt.keys) {
			got = append(got, o.ID)
		}
		if !slices.Equal(got, tt.want) {
			t.Errorf("%v: %v, want %v", tt.keys, got, tt.want)
		}
	}
}
