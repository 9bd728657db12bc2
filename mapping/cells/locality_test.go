package cells

import (
	"testing"

	"crmferry/mapping/headers"
)

// TestPartOf: what stands together in one cell is taken apart, or else it is all city.
func TestPartOf(t *testing.T) {
	for cell, want := range map[string][3]string{
		"10115 Berlin":           {"10115", "Berlin", ""},
		"D-10115 Berlin":         {"10115", "Berlin", ""},
		"CH-8001 Basel":          {"8001", "Basel", ""},
		"2611 AB Delft":          {"2611 AB", "Delft", ""},
		"2611AB 's-Gravenhage":   {"2611AB", "'s-Gravenhage", ""},
		"1000 Sint-Niklaas":      {"1000", "Sint-Niklaas", ""},
		"110 00 Praha":           {"110 00", "Praha", ""},
		"00-950 Warszawa":        {"00-950", "Warszawa", ""},
		"Austin, TX":             {"", "Austin", "TX"},
		"Austin TX":              {"", "Austin", "TX"},
		"New York, New York":     {"", "New York", "New York"},
		"Austin, TX 78701-1234":  {"78701-1234", "Austin", "TX"},
		"Austin, TX, 78701":      {"78701", "Austin", "TX"},
		"Paris":                  {"", "Paris", ""},
		"10115":                  {"10115", "", ""},
		"Frankfurt am Main":      {"", "Frankfurt am Main", ""},
		"5000 Le Mans":           {"5000", "Le Mans", ""},
		"":                       {"", "", ""},
		"Saint-Denis, La Plaine": {"", "Saint-Denis, La Plaine", ""},
	} {
		got := [3]string{PartOf(cell, headers.Zip), PartOf(cell, headers.City), PartOf(cell, headers.State)}
		if got != want {
			t.Errorf("%q: got %q, want %q", cell, got, want)
		}
	}
}
