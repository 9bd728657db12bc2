package resource

import "testing"

func TestNoun(t *testing.T) {
	for resource, want := range map[string]string{"contacts": "contact", "people": "contact", "clients": "client", "leads": "lead", "notes": "note", "organizations": "organization"} {
		if got := Noun(resource); got != want {
			t.Errorf("one of the %s is a %q, want %q", resource, got, want)
		}
	}
}
