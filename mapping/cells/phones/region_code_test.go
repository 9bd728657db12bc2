package phones

import "testing"

func TestRegion(t *testing.T) {
	for given, want := range map[string]string{"nl": "NL", "NL": "NL", "netherlands": "NL", "Nederland": "NL", "uk": "GB", "Deutschland": "DE", "XX": "XX", "": ""} {
		if got := Region(given); got != want {
			t.Errorf("Region(%q) = %q, want %q", given, got, want)
		}
	}
}
