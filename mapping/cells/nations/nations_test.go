package nations

import "testing"

func TestStates(t *testing.T) {
	for v, want := range map[string]string{"TX": "TX", "tx": "TX", "Texas": "TX", "new york": "NY", "District of Columbia": "DC", "Puerto Rico": "PR",
		"Noord-Holland": "", "Hot": "", "": "", "T": "", "XX": ""} {
		if got := StateCode(v); got != want {
			t.Errorf("%q: got %q, want %q", v, got, want)
		}
	}
}

func TestShortStates(t *testing.T) {
	for v, want := range map[string]string{"Mass.": "MA", "Calif.": "CA", "W.Va.": "WV", "Penn.": "PA", "N. Mex.": "NM", "Mas": ""} {
		if got := StateCode(v); got != want {
			t.Errorf("%q: %q, want %q", v, got, want)
		}
	}
}

func TestCountryCode(t *testing.T) {
	for name, want := range map[string]string{"UAE": "AE", "BRD": "DE", "Éire": "IE", "America": "US", "Koninkrijk der Nederlanden": "NL", "U.S.A.": "US",
		"Republik Österreich": "AT", "République française": "FR", "Bundesrepublik Deutschland": "DE", "Amerikaan": "", "GBR": "GB"} {
		if got := CountryCode(name); got != want {
			t.Errorf("CountryCode(%q) = %q, want %q", name, got, want)
		}
	}
}

// TestNationCode: one letter is a country only where a cell is known to be of one.
func TestNationCode(t *testing.T) {
	if one, anywhere, two := NationCode("D"), CountryCode("D"), NationCode("de"); one != "DE" || anywhere != "" || two != "DE" {
		t.Errorf("D is %q, and %q anywhere; de is %q", one, anywhere, two)
	}
}

// TestZipDigits: the four digits of ZIP+4 do not count, and anything else is no ZIP code.
func TestZipDigits(t *testing.T) {
	for v, want := range map[string]int{"12345": 5, "12345-6789": 5, "1234": 4, "123": 3, "": 0, "12345-": 0, "12345-67": 0, "1234a": 0, "1 234": 0} {
		if got := ZipDigits(v); got != want {
			t.Errorf("%q: %d digits, want %d", v, got, want)
		}
	}
}
