package settings

import (
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"crmferry/internal/crm"
	"crmferry/mapping/headers"
	"crmferry/mapping/hint"
	"crmferry/mapping/match/resource"
	"crmferry/mapping/remarks"
	"crmferry/mapping/schema"
)

type person struct{ First, Last, City string }

// newReader reads settings for people.
func newReader() *Reader[person] {
	words := hint.Words(func(code hint.Code, _ ...string) string { return string(code) })
	fields := []schema.Field[person]{
		schema.Text("first", "First name", headers.FirstName, func(p *person) *string { return &p.First }),
		schema.Text("last", "Last name", headers.LastName, func(p *person) *string { return &p.Last }).Length(0, 5),
		schema.Text("city", "City", headers.City, func(p *person) *string { return &p.City }),
	}
	spec := &resource.Spec{Vendor: "vendor", Resource: "contacts", Words: words}
	for i := range fields {
		spec.Fields = append(spec.Fields, fields[i].Spec())
	}
	return &Reader[person]{Fields: fields, Spec: spec, Base: schema.Reader{Book: remarks.Book{Words: words}, Options: &schema.ConvertOptions{Words: words}}}
}

// TestGive: every row gets what is set, and what is a default only where it has nothing.
func TestGive(t *testing.T) {
	said, err := newReader().Read(Given{Set: []string{"city=Delft"}, Default: []string{"first=Ann", "Last name=Bos"}})
	if err != nil {
		t.Fatal(err)
	}
	row, r := person{First: "Eve", City: "Breda"}, &schema.Reader{Fields: crm.Fields{"first", "city"}}
	said.Set.Give(r, &row)
	said.Defaults.FillIn(r, &row)
	if diff := cmp.Diff(person{"Eve", "Bos", "Delft"}, row); diff != "" {
		t.Error(diff)
	}
	if !slices.Equal(r.Fields, crm.Fields{"first", "city", "last"}) || !slices.Equal(r.Defaulted, crm.Fields{"last"}) {
		t.Errorf("fields %v, by default %v", r.Fields, r.Defaulted)
	}
}

// TestRefused: what cannot be used is refused before any row is read.
func TestRefused(t *testing.T) {
	tests := []struct {
		given Given
		want  string
	}{
		{Given{Set: []string{"city"}}, `"city" has no =`},
		{Given{Set: []string{"city= "}}, "city has no value"},
		{Given{Set: []string{"town=Delft"}}, `no field "town"`},
		{Given{Default: []string{"last=Bosveld"}}, "last"},
		{Given{Set: []string{"city=Delft"}, Default: []string{"city=Breda"}}, "gives every row the same city"},
		{Given{Default: []string{"city=Delft", "City=Breda"}}, "names city twice"},
		{Given{Values: []ValueEntry{{Field: "city", To: "Delft"}}}, "nothing in the column from"},
		{Given{Values: []ValueEntry{{Field: "city", From: "D", To: "Delft"}, {Field: "City", From: "d", To: "Breda"}}}, `becomes both "Delft" and "Breda"`},
		{Given{Values: []ValueEntry{{Field: "last", From: "B", To: "Bosveld"}}}, "last: "},
		{Given{Set: []string{"city=Delft"}, Default: []string{"first=Ann"}, Values: []ValueEntry{{Field: "last", From: "B", To: "Bos"}}}, ""},
	}
	for _, tt := range tests {
		said, err := newReader().Read(tt.given)
		switch {
		case err == nil && tt.want == "":
			if said.Values["last"]["b"] != "Bos" || !slices.Equal(said.Replaced, crm.Fields{"last"}) {
				t.Errorf("%+v: values %v of %v", tt.given, said.Values, said.Replaced)
			}
		case err == nil || tt.want == "" || !strings.Contains(err.Error(), tt.want):
			t.Errorf("%+v: %v, want %q", tt.given, err, tt.want)
		}
	}
}

// TestNames: each name of a field is told with the setting that gives it.
func TestNames(t *testing.T) {
	got := Given{Set: []string{"city=a=b"}, Default: []string{"first"}, Values: []ValueEntry{{Field: "last"}}}.Names()
	if want := []Name{{hint.Set, "city"}, {hint.Default, "first"}, {hint.Values, "last"}}; !slices.Equal(got, want) {
		t.Errorf("names %v, want %v", got, want)
	}
}
