package parse

import "testing"

func TestRegionCode(t *testing.T) {
	for given, want := range map[string]string{"nl": "NL", "NL": "NL", "netherlands": "NL", "Nederland": "NL", "uk": "GB", "Deutschland": "DE", "XX": "XX", "": ""} {
		if got := RegionCode(given); got != want {
			t.Errorf("RegionCode(%q) = %q, want %q", given, got, want)
		}
	}
	if Region("netherlands") != nil || Region("atlantis") == nil {
		t.Error("a name is not taken as its code")
	}
}
