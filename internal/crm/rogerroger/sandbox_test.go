package rogerroger_test

import (
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"crmferry/internal/crm"
	"crmferry/internal/crm/crmtest"
	"crmferry/internal/crm/rogerroger"
	"crmferry/internal/sandbox"
	"crmferry/internal/sandbox/seed"
)

// open returns a client of the simulated vendor.
func open(t *testing.T, o sandbox.Options) (*rogerroger.Client, *sandbox.Server) {
	t.Helper()
	vendor := sandbox.New(o)
	return rogerroger.New(rogerroger.Config{Base: crmtest.Serve(t, vendor.Handler(), "/rogerroger"),
		HTTP: crmtest.Client(rogerroger.Authorize(vendor.Variable("", "CRMFERRY_ROGERROGER_KEY")))}), vendor
}

func everybody(t *testing.T, c *rogerroger.Client) (all []rogerroger.Person) {
	t.Helper()
	for page, err := range c.List(t.Context()) {
		if err != nil {
			t.Fatal(err)
		}
		all = append(all, page.Items...)
	}
	return all
}

func TestSandboxFind(t *testing.T) {
	t.Parallel()
	client, vendor := open(t, sandbox.Options{Contacts: 100})
	all := everybody(t, client)
	got, err := client.Find(t.Context(), []crm.Key{{Email: seed.ArchivedEmail}, {Email: seed.TwiceEmail}, {Email: "nobody@example.com"},
		{Email: strings.ToLower(all[0].EmailAddresses[0])}})
	if err != nil || len(got) != 4 {
		t.Fatalf("found %d people, error %v", len(got), err)
	}
	if n := slices.IndexFunc(got, func(p rogerroger.Person) bool { return !p.ArchivedAt.IsZero() }); n < 0 {
		t.Error("the archived person is not found")
	}
	// Archived people are hidden here: two requests for up to 30 addresses, whatever was found out before.
	before := vendor.Requests("rogerroger")
	if _, err := client.Find(t.Context(), []crm.Key{{Email: "nobody@example.com"}, {Email: seed.TwiceEmail}}); err != nil {
		t.Fatal(err)
	}
	if n := vendor.Requests("rogerroger") - before; n != 2 {
		t.Errorf("a look-up takes %d requests", n)
	}
	number := strings.TrimPrefix(all[0].PhoneNumbers[0].Number, "+")
	byPhone, err := client.Find(t.Context(), []crm.Key{{Phone: number, Name: "whoever"}, {Phone: "15125550199", Name: "nobody"}})
	if err != nil || !slices.ContainsFunc(byPhone, func(p rogerroger.Person) bool { return p.ID == all[0].ID }) {
		t.Errorf("by phone: found %d people, error %v", len(byPhone), err)
	}
	byID, err := client.Find(t.Context(), []crm.Key{{ID: all[0].ID}, {ID: "00000000-0000-0000-0000-000000000000"}})
	if err != nil || len(byID) != 1 || byID[0].ID != all[0].ID {
		t.Errorf("by id: found %d people, error %v", len(byID), err)
	}
}

func TestSandboxRoundTrip(t *testing.T) {
	t.Parallel()
	client, _ := open(t, sandbox.Options{})
	ref := func(kind, name string) crm.Ref {
		t.Helper()
		r, _, err := client.CreateLink(t.Context(), kind, name, rogerroger.Person{})
		if err != nil {
			t.Fatal(err)
		}
		found, err := client.Resolve(t.Context(), kind, []string{strings.ToUpper(name)})
		if err != nil || len(found[strings.ToUpper(name)]) != 1 {
			t.Fatalf("%s %q is found as %v, error %v", kind, name, found, err)
		}
		return r
	}
	tracked := true
	want := rogerroger.Person{FamilyName: "van der Berg", GivenName: "Jane", AdditionalName: "Q", Initials: "J.Q.", HonorificPrefix: "Dr",
		JobTitle: "CTO", CustomerID: "C-42", LinkedInID: "janedoe", ExternalSource: "sheet", IsTracked: &tracked,
		ArchivedAt: time.Date(2024, 5, 6, 7, 8, 9, 0, time.UTC), EmailAddresses: []string{"jane@example.org"},
		PhoneNumbers: []rogerroger.Phone{{Number: "+31612345678"}, {Number: "+31612345679", Type: "fax"}},
		Address:      rogerroger.Address{Street: "Damrak 1", City: "Amsterdam", PostalCode: "1012LG", Country: "NL"},
		Tags:         []crm.Ref{ref("tags", "Brand new")}, Segments: []crm.Ref{ref("segments", "Brand new")}, Organizations: []crm.Ref{ref("organizations", "Brand new")}}
	fields := crm.Fields{"familyName", "givenName", "additionalName", "initials", "honorificPrefix", "jobTitle", "customerId", "linkedinId",
		"externalSource", "isTracked", "archivedAt", "emailAddresses", "phoneNumbers", "tags", "segments", "organizations",
		"address.street", "address.city", "address.postalCode", "address.country"}
	made, err := client.Create(t.Context(), want, fields, "")
	if err != nil {
		t.Fatal(err)
	}
	check := func(step string, want rogerroger.Person) rogerroger.Person {
		t.Helper()
		found, err := client.Find(t.Context(), []crm.Key{{Email: "jane@example.org"}})
		if err != nil || len(found) != 1 {
			t.Fatalf("%s: found %d people, error %v", step, len(found), err)
		}
		got := found[0]
		want.ID, want.IRI, want.CreatedAt, want.UpdatedAt = made.ID, "/people/"+made.ID, got.CreatedAt, got.UpdatedAt
		if diff := cmp.Diff(want, got); diff != "" {
			t.Errorf("%s: person differs (-want +got):\n%s", step, diff)
		}
		return got
	}
	found := check("created", want)
	change := want
	change.JobTitle, change.ArchivedAt, change.IsTracked, change.Address.City = "", time.Time{}, nil, "Utrecht"
	change.PhoneNumbers, change.Segments = nil, nil
	if _, err := client.Update(t.Context(), found, change, crm.Fields{"jobTitle", "archivedAt", "isTracked", "address.city", "phoneNumbers", "segments"}); err != nil {
		t.Fatal(err)
	}
	check("updated", change)
}

func TestSandboxGrowsFromNothing(t *testing.T) {
	t.Parallel()
	client, vendor := open(t, sandbox.Options{})
	for i := range 40 {
		email := seed.SamplePerson(5000 + i).Email
		if got, err := client.Find(t.Context(), []crm.Key{{Email: email}}); err != nil || len(got) != 0 {
			t.Fatalf("found %d people, error %v", len(got), err)
		}
		if _, err := client.Create(t.Context(), rogerroger.Person{FamilyName: "Doe", EmailAddresses: []string{email}}, crm.Fields{"familyName", "emailAddresses"}, ""); err != nil {
			t.Fatal(err)
		}
		if got, err := client.Find(t.Context(), []crm.Key{{Email: email}}); err != nil || len(got) != 1 {
			t.Fatalf("found %d people, error %v", len(got), err)
		}
	}
	if n := vendor.Requests("rogerroger"); n > 40*5+10 {
		t.Errorf("%d requests", n)
	}
}

func TestSandboxErrors(t *testing.T) {
	t.Parallel()
	client, _ := open(t, sandbox.Options{})
	_, err := client.Create(t.Context(), rogerroger.Person{GivenName: "Jane", EmailAddresses: []string{"no address"}}, crm.Fields{"givenName", "emailAddresses"}, "")
	if crm.ClassOf(err) != crm.Permanent || !strings.Contains(err.Error(), "familyName") {
		t.Errorf("error is %v", err)
	}
	stranger := rogerroger.New(rogerroger.Config{Base: crmtest.Serve(t, sandbox.New(sandbox.Options{}).Handler(), "/rogerroger"),
		HTTP: crmtest.Client(rogerroger.Authorize("wrong"))})
	if _, err := stranger.Check(t.Context()); crm.ClassOf(err) != crm.Unauthorized || !strings.Contains(err.Error(), "JWT Token not found") {
		t.Errorf("error is %v", err)
	}
	if got, err := client.Check(t.Context()); err != nil || got == "" {
		t.Errorf("check says %q, error %v", got, err)
	}
}
