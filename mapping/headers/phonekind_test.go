package headers

import "testing"

func TestSaysKindOf(t *testing.T) {
	for _, tt := range []struct {
		kind, value string
		want        bool
	}{
		{"Phone 1 - Type", "Phone 1 - Value", true}, {"Phone 1 - Label", "Phone 1 - Value", true}, {"Phone Type", "Phone Number", true}, {"Phone Type", "Phone", true},
		{"Phone 2 Type", "Phone 2", true}, {"Phone 1 - Type", "Phone 2 - Value", false}, {"Soort telefoon", "Telefoon", true}, {"Tipo de teléfono", "Número de teléfono", true},
		{"Type", "Phone", false}, {"Phone", "Phone Number", false}, {"Contact Type", "Phone", false},
	} {
		if got := SaysKindOf(tt.kind, tt.value); got != tt.want {
			t.Errorf("%s, %s: got %v", tt.kind, tt.value, got)
		}
	}
}

func TestIsNoCall(t *testing.T) {
	for kind, want := range map[string]bool{"Work Fax": true, "fax": true, "HOME_FAX": true, "homefax": true, "workFax": true, "Pager": true, "Telefax": true, "Mobile": false, "": false,
		"Phone/Fax": false, "Tel + Fax": false, "Work": false} {
		if got := IsNoCall(kind); got != want {
			t.Errorf("%s: got %v", kind, got)
		}
	}
}
