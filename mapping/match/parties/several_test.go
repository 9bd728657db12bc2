package parties

import (
	"strings"
	"testing"
)

func TestOfSeveral(t *testing.T) {
	for titles, want := range map[string]bool{
		"Requester Name|Assignee Email":       true,
		"Recruiter|Candidate Email":           true,
		"Landlord Name|Tenant Email":          true,
		"Owner 1 Name|Owner 2 Email":          true,
		"Requester Name|Requester Email":      false,
		"Requester Name|Email":                false,
		"Full name|Work e-mail":               false,
		"Name|Mail ID":                        false,
		"Owner First Name|Owner Email":        false,
		"Contact name|Email address|Phone no": false,
		"Kolom1|Kolom2":                       false,
		"Kundenbetreuer|Kunde E-Mail":         true,
		"Naam|E-mailadres zakelijk":           false,
	} {
		if got := OfSeveral(strings.Split(titles, "|")); got != want {
			t.Errorf("%s: %v", titles, got)
		}
	}
}
