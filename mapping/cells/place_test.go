package cells

import (
	"testing"

	"crmferry/mapping/cells/nations"
)

func TestCountries(t *testing.T) {
	for v, want := range map[string]string{"NL": "NL", "nl": "NL", "UK": "GB", "Netherlands": "NL", "Nederland": "NL", "Deutschland": "DE", "Germany": "DE",
		"Allemagne": "DE", "Alemania": "DE", "België": "BE", "Belgique": "BE", "United States": "US", "USA": "US", "Verenigde Staten": "US",
		"Frankreich": "FR", "España": "ES", "D": "DE", "A": "AT", "C": "", "d": "", "Atlantis": "", "XX": "", "ZZ": "", "EU": ""} {
		got, n := ReadCountry(v)
		if got != want || n.OK() != (want != "") {
			t.Errorf("%q: got %q, want %q", v, got, want)
		}
	}
}

// TestAbroad: a column of countries and the country of a row agree on what is abroad.
func TestAbroad(t *testing.T) {
	for country, want := range map[string]bool{"US": false, "usa": false, "PR": false, "Puerto Rico": false, "GU": false, "VI": false, "NL": true, "Nederland": true, "somewhere": false} {
		at := Place{Country: nations.CountryCode(country)}
		if LooksAbroad(country) != want || (at.Abroad() != "") != want {
			t.Errorf("%s: a column %v, a row %q, want %v", country, LooksAbroad(country), at.Abroad(), want)
		}
	}
}

func TestHoldsAddress(t *testing.T) {
	for v, want := range map[string]bool{"Main St 5, 1234 AB Town, NL": true, "100 Main St, Springfield, IL 62701": true, "Dorpsstraat 5\n1234 AB Dorp": true,
		"Hauptstr. 5, 10115 Berlin": true, "Kade 1": false, "Kade 1, bus 2": false, "Kade 1, flat 12B": false, "1234 Main Street": false} {
		if got := HoldsAddress(v); got != want {
			t.Errorf("%q: %v", v, got)
		}
	}
}
