package mapping

import (
	"testing"

	"github.com/google/go-cmp/cmp"
)

// TestClaims: an id of a linked thing is held against the name that stands beside it, unless the user says what the
// columns are.
func TestClaims(t *testing.T) {
	acme := []Claim{{Link: Link{Field: "clientid", Kind: "clients", Name: "Acme, Inc", Column: "client.company_name"}, ID: "7"}}
	bare := []Claim{{Link: Link{Field: "clientid", Kind: "clients", Column: "clientid"}, ID: "7"}}
	said := []Claim{{Link: Link{Field: "clientid", Kind: "clients"}, ID: "9"}}
	row := record{"email": "a@example.com", "first_name": "Ann", "last_name": "Bee", "clientid": "7", "client.company_name": "Acme, Inc"}
	for _, tt := range []struct {
		name string
		o    MatchOptions
		row  record
		want []Claim
	}{
		{"id and name", MatchOptions{}, row, acme},
		{"an export", MatchOptions{}, with(row, "id", "12"), acme},
		{"no name", MatchOptions{}, with(row, "client.company_name", ""), bare},
		{"no id", MatchOptions{}, with(row, "clientid", "Acme, Inc"), nil},
		{"the name is left out", MatchOptions{Map: []string{"client.company_name="}}, row, bare},
		{"the id is said", MatchOptions{Set: []string{"clientid=9"}}, row, said},
		{"values of another field", MatchOptions{Values: []ValueEntry{{Field: "position", From: "acme, inc", To: "Baker"}}}, with(row, "position", "Acme, Inc"), acme},
	} {
		t.Run(tt.name, func(t *testing.T) {
			if diff := cmp.Diff(tt.want, convert(t, GrowContacts(), tt.o, tt.row).Claims); diff != "" {
				t.Errorf("claims (-want +got):\n%s", diff)
			}
		})
	}
}

// TestClaimsOfOthers: stages and people are named beside their ids, too.
func TestClaimsOfOthers(t *testing.T) {
	stage := convert(t, ClientCommanderContacts(), MatchOptions{}, record{"id": "person_0001", "email": "a@example.com", "stage": "stage_lead_01", "stageName": "Lead"})
	if diff := cmp.Diff([]Claim{{Link: Link{Field: "stage", Kind: "stages", Name: "Lead", Column: "stageName"}, ID: "stage_lead_01"}}, stage.Claims); diff != "" {
		t.Errorf("claims (-want +got):\n%s", diff)
	}
	note := convert(t, RogerRogerNotes(), MatchOptions{}, with(goodNote, "personId", "/people/p1", "person.emailAddresses", "a@example.com; b@example.com"))
	if diff := cmp.Diff([]Claim{{Link: Link{Field: "personId", Kind: "people", Name: "a@example.com", Column: "person.emailAddresses"}, ID: "p1"}}, note.Claims); diff != "" {
		t.Errorf("claims (-want +got):\n%s", diff)
	}
}
