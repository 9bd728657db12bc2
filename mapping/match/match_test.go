package match

import (
	"errors"
	"strings"
	"testing"

	"crmferry/mapping/headers"
	"crmferry/mapping/match/resource"
)

// people is a resource of invented fields.
func people() *resource.Spec {
	name := []headers.Concept{headers.FirstName, headers.FullName}
	return &resource.Spec{Vendor: "acme", Resource: "contacts", Fields: []resource.Field{
		{Name: "id", Label: "Acme ID", ID: true},
		{Name: "first", Label: "First name", Writable: true, Composed: true, Main: headers.FirstName, Takes: name},
		{Name: "last", Label: "Last name", Writable: true, Required: true, Composed: true, Main: headers.LastName, Takes: []headers.Concept{headers.LastName, headers.FullName}},
		{Name: "email", Label: "E-mail", Writable: true, FirstFilled: true, Main: headers.Email, Takes: []headers.Concept{headers.Email}},
		{Name: "seen", Label: "Last seen", Note: "read-only"},
	}}
}

// TestMatch: a spec, a header and what the user says of it give the columns of every field.
func TestMatch(t *testing.T) {
	for _, tt := range []struct {
		name, header string
		r            Request
		want         string // field and columns, or a part of the refusal
	}{
		{"alias", "Voornaam|Achternaam|Mailadres", Request{}, "first:A last:B email:C"},
		{"a full name feeds both halves", "Naam|Email", Request{}, "first:A last:A email:B"},
		{"the first that is filled", "Last name|Email|Work email", Request{}, "last:A email:B,C"},
		{"a map wins", "Wie|Surname", Request{Map: []string{"Wie=last"}}, "last:A"},
		{"nothing is read where every row gets a value", "Surname|Email", Request{Set: []string{"email"}}, "last:A"},
		{"ids count where they are the key", "id|Surname", Request{MatchID: true}, "id:A last:B"},
		{"the id alone", "id|Surname", Request{OnlyID: true}, "id:A"},
		{"required", "Email", Request{NeedsRequired: true}, "no column for Last name (last), which acme requires"},
		{"no such column", "Email", Request{Map: []string{"Emial=email"}}, `the sheet has no column "Emial"`},
		{"what is wrong with settings comes behind the map", "Email", Request{Refused: &Error{Message: "a bad value"}}, "a bad value"},
	} {
		tt.r.Header = strings.Split(tt.header, "|")
		a, err := Match(people(), tt.r)
		var refused *Error
		switch {
		case errors.As(err, &refused):
			if !strings.Contains(err.Error(), tt.want) || len(refused.Columns) != len(tt.r.Header) {
				t.Errorf("%s: %v of %d columns, want %q", tt.name, err, len(refused.Columns), tt.want)
			}
		case planned(a) != tt.want:
			t.Errorf("%s: got %q, want %q", tt.name, planned(a), tt.want)
		}
	}
}

// planned shows a plan as fields with the letters of their columns.
func planned(a *Assignment) string {
	var fields []string
	for _, f := range a.Plan {
		var letters []string
		for _, s := range f.From {
			letters = append(letters, a.Columns[s.Index].Letter)
		}
		fields = append(fields, f.Field.Name+":"+strings.Join(letters, ","))
	}
	return strings.Join(fields, " ")
}
