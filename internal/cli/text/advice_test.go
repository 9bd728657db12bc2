package text

import (
	"strings"
	"testing"

	"crmferry/importer/outcome"
)

// TestAdviserNoun: what to do is said of what the records are.
func TestAdviserNoun(t *testing.T) {
	for noun, want := range map[string]string{"": "Merge the contacts in", "lead": "Merge the leads in"} {
		if got := (Adviser{Noun: noun}).OnCode(outcome.CodeAmbiguous); !strings.HasPrefix(got, want) {
			t.Errorf("%q: %s", noun, got)
		}
	}
}
