package refs

import "testing"

// TestAddress: the address behind a name says who it is; what is known by an address and a company stays whole.
func TestAddress(t *testing.T) {
	for cell, want := range map[string]string{
		"Ann Lee (ann@example.com)":                       "ann@example.com",
		"Ann (Sample Contact) (ann@example.com)":          "ann@example.com",
		"Ann Lee <ann@example.com>":                       "ann@example.com",
		"ann@example.com":                                 "ann@example.com",
		"ann@example.com (Acme)":                          "ann@example.com (Acme)",
		"Ann Lee (ann@example.com);Bob (bob@example.com)": "Ann Lee (ann@example.com);Bob (bob@example.com)",
		"Acme @ Home (NL)":                                "Acme @ Home (NL)",
	} {
		if got := Address(cell); got != want {
			t.Errorf("%q: %q, want %q", cell, got, want)
		}
	}
}
