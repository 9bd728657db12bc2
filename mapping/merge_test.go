package mapping

import (
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"

	"crmferry/internal/crm"
	"crmferry/internal/crm/clientcommander"
	"crmferry/internal/crm/cloverhound"
	"crmferry/internal/crm/growcrm"
	"crmferry/internal/crm/rogerroger"
	"crmferry/mapping/cells"
)

func TestMergeRogerRoger(t *testing.T) {
	found := rogerroger.Person{
		ID: "p1", FamilyName: "Doe", GivenName: "Jane", JobTitle: "CTO",
		EmailAddresses: []string{"Jane@Example.com"},
		PhoneNumbers:   []rogerroger.Phone{{Number: "+31 6 1234 5678", Type: "fax"}},
		Tags:           []crm.Ref{{ID: "/tags/1"}},
	}
	want := rogerroger.Person{
		FamilyName: "Doe ", JobTitle: "CEO", EmailAddresses: []string{"jane@example.com", "jd@example.org"},
		PhoneNumbers: []rogerroger.Phone{{Number: "+31612345678"}}, Tags: []crm.Ref{{ID: "/tags/2", Name: "VIP"}},
	}
	set := crm.Fields{"familyName", "jobTitle", "emailAddresses", "phoneNumbers", "tags"}
	backup := slices.Clone(found.Tags)
	m := RogerRogerPeople().Merge(found, want, set, nil)
	if diff := cmp.Diff(crm.Fields{"emailAddresses", "jobTitle", "tags"}, m.Changed); diff != "" {
		t.Errorf("changed: %s", diff)
	}
	merged := found
	merged.JobTitle = "CEO"
	merged.EmailAddresses = []string{"Jane@Example.com", "jd@example.org"}
	merged.Tags = []crm.Ref{{ID: "/tags/1"}, {ID: "/tags/2", Name: "VIP"}}
	if diff := cmp.Diff(merged, m.Contact); diff != "" {
		t.Errorf("merged: %s", diff)
	}
	if !cmp.Equal(found.Tags, backup) {
		t.Errorf("found was changed")
	}
	m = RogerRogerPeople().Merge(found, want, set, crm.Fields{"tags", "phoneNumbers", "emailAddresses"})
	if !cmp.Equal(m.Contact.Tags, want.Tags) || m.Contact.EmailAddresses[0] != "Jane@Example.com" || m.Contact.PhoneNumbers[0].Type != "fax" {
		t.Errorf("replaced: %+v", m.Contact)
	}
}

func TestMergeCloverhound(t *testing.T) {
	found := cloverhound.Contact{ID: 1, FullName: "Jane Doe", Phones: []cloverhound.Phone{{ID: 5, Number: "+14155550100"}, {ID: 6, Number: "+14155550101"}}}
	want := cloverhound.Contact{Phones: []cloverhound.Phone{{Number: "+14155550101"}, {Number: "+14155550102"}}}
	set := crm.Fields{"contact_phones_attributes"}
	added := CloverhoundContacts().Merge(found, want, set, nil)
	if want := []cloverhound.Phone{{ID: 5, Number: "+14155550100"}, {ID: 6, Number: "+14155550101"}, {Number: "+14155550102"}}; !cmp.Equal(added.Contact.Phones, want) {
		t.Errorf("added: %v", added.Contact.Phones)
	}
	replaced := CloverhoundContacts().Merge(found, want, set, set)
	if want := []cloverhound.Phone{{ID: 6, Number: "+14155550101"}, {Number: "+14155550102"}}; !cmp.Equal(replaced.Contact.Phones, want) {
		t.Errorf("replaced: %v", replaced.Contact.Phones)
	}
}

func TestMergeGrow(t *testing.T) {
	found := growcrm.Contact{FirstName: "Jane", Client: crm.Ref{ID: "12", Name: "Acme Inc"}, AccountOwner: "yes", Phone: "+1 512 555 0123"}
	set := crm.Fields{"clientid", "account_owner", "send_email", "phone"}
	same := growcrm.Contact{Client: crm.Ref{Name: "ACME inc"}, AccountOwner: "yes", SendEmail: "yes", Phone: "+15125550123"}
	if m := GrowContacts().Merge(found, same, set, nil); len(m.Changed)+len(m.Fixed) > 0 {
		t.Errorf("the same: changed %v, fixed %v", m.Changed, m.Fixed)
	}
	other := growcrm.Contact{Client: crm.Ref{ID: "13"}, AccountOwner: "no", SendEmail: "no", Phone: "+15125550124"}
	m := GrowContacts().Merge(found, other, set, nil)
	if !cmp.Equal(m.Changed, crm.Fields{"phone"}) || len(m.Fixed) != 2 || m.Fixed[0].Code != cells.CodeNotUpdatable || m.Contact.Client.ID != "12" {
		t.Errorf("other: changed %v, fixed %v", m.Changed, m.Fixed)
	}
	found.AccountOwner = "no"
	if m := GrowContacts().Merge(found, growcrm.Contact{AccountOwner: "yes"}, crm.Fields{"account_owner"}, nil); !cmp.Equal(m.Changed, crm.Fields{"account_owner"}) {
		t.Errorf("new owner: changed %v", m.Changed)
	}
}

func TestMergeClientCommander(t *testing.T) {
	found := clientcommander.Contact{
		Email: "jane@example.com", Emails: []clientcommander.Email{{Value: "jane@example.com", IsPrimary: true}, {Value: "JD@example.org"}},
		Phone: "+15125550123", Phones: []clientcommander.Phone{{Value: "+15125550123"}, {Value: "+15125550124"}}, Tags: []string{"VIP"},
		Stage: crm.Ref{ID: "stage456", Name: "Lead"}, Background: "one\ntwo",
	}
	table := ClientCommanderContacts()
	set := crm.Fields{"email", "phone", "tags", "stage", "background", "city"}
	want := clientcommander.Contact{Email: "jd@example.org", Phone: "+1 512-555-0124", Tags: []string{"vip"}, Stage: crm.Ref{Name: "lead"}, Background: "one\r\ntwo ", City: "Austin"}
	if m := table.Merge(found, want, set, nil); !cmp.Equal(m.Changed, crm.Fields{"city"}) || m.Contact.Email != "jane@example.com" {
		t.Errorf("only what cannot be read back changes: %v", m.Changed)
	}
	want.Email, want.Phone = "new@example.com", "+15125550125"
	if m := table.Merge(found, want, set, nil); !cmp.Equal(m.Changed, crm.Fields{"email", "phone", "city"}) || m.Contact.Email != "new@example.com" {
		t.Errorf("changed %v, merged %+v", m.Changed, m.Contact)
	}
}

func TestSame(t *testing.T) {
	a := clientcommander.Contact{FirstName: "Jane", Email: "JANE@example.com", Tags: []string{"a", "b"}}
	b := clientcommander.Contact{FirstName: "Janet", Email: "jane@example.com", Tags: []string{"B", "A"}}
	if got := ClientCommanderContacts().Same(a, b, crm.Fields{"firstName", "email", "tags"}); !slices.Equal(got, []string{"firstName"}) {
		t.Errorf("got %v", got)
	}
}

// TestMergeTwice: merging the same again changes nothing, but for what cannot be read back.
func TestMergeTwice(t *testing.T) {
	mergeTwice(t, ClientCommanderContacts(), goodCommander, record{"firstName": "Ann", "email": "x@example.com", "tags": "Old"})
	mergeTwice(t, GrowContacts(), goodGrow, record{"first_name": "Ann", "email": "x@example.com", "clientid": "12"})
	mergeTwice(t, RogerRogerPeople(), goodRoger, record{"givenName": "Ann", "tags": "Old", "phoneNumbers": "+31201234567"})
	mergeTwice(t, RogerRogerNotes(), goodNote, record{"personId": "/people/p1", "title": "Old"})
	mergeTwice(t, CloverhoundContacts(), goodClover, record{"full_name": "Ann", "contact_phones_attributes": "+31201234567"})
}

func mergeTwice[C any](t *testing.T, table *Table[C], want, found record) {
	t.Helper()
	w, f := convert(t, table, MatchOptions{}, want), convert(t, table, MatchOptions{}, found)
	for _, replace := range []crm.Fields{nil, w.Fields} {
		once := table.Merge(f.Contact, w.Contact, w.Fields, replace)
		if len(once.Changed) == 0 {
			t.Errorf("%s: nothing changed", table.Vendor)
		}
		for _, name := range table.Merge(once.Contact, w.Contact, w.Fields, replace).Changed {
			if !table.field(name).WriteOnly {
				t.Errorf("%s: merged twice, %s changed again", table.Vendor, name)
			}
		}
	}
}

// TestTextReadsBack: what Text shows of a field, Convert reads as the same value.
func TestTextReadsBack(t *testing.T) {
	readsBack(t, ClientCommanderContacts(), goodCommander)
	readsBack(t, ClientCommanderContacts(), with(goodCommander, "tags", `"a, b", "c ""d"""`, "price", "0.5", "background", "one\ntwo"))
	readsBack(t, GrowContacts(), goodGrow)
	readsBack(t, RogerRogerPeople(), goodRoger)
	readsBack(t, RogerRogerPeople(), with(goodRoger, "archivedAt", "2026-01-31T10:20:30+02:00", "isTracked", "nee", "tags", `"a, b", x`))
	readsBack(t, CloverhoundContacts(), goodClover)
	readsBack(t, RogerRogerNotes(), goodNote)
}

func readsBack[C any](t *testing.T, table *Table[C], cells record) {
	t.Helper()
	row := convert(t, table, MatchOptions{}, cells)
	shown := record{}
	for _, name := range row.Fields {
		shown[name] = table.Text(row.Contact, name)
	}
	again := convert(t, table, MatchOptions{}, shown)
	if differ := table.Same(row.Contact, again.Contact, row.Fields); len(differ)+len(again.Problems) > 0 || !cmp.Equal(row.Fields, again.Fields) {
		t.Errorf("%s: %v do not read back, %v, fields %v and %v", table.Vendor, differ, again.Problems, row.Fields, again.Fields)
	}
}

// TestEveryFieldWorks: no field of a table lacks a function that the methods of Table call.
func TestEveryFieldWorks(t *testing.T) {
	everyField(t, ClientCommanderContacts())
	everyField(t, GrowContacts())
	everyField(t, RogerRogerPeople())
	everyField(t, CloverhoundContacts())
	everyField(t, RogerRogerNotes())
	everyField(t, GrowClients())
}

func everyField[C any](t *testing.T, table *Table[C]) {
	t.Helper()
	var zero C
	names := map[string]bool{}
	for _, info := range table.Info() {
		if names[info.Name] || info.Label == "" || info.Type == "" || !info.Writable && info.Note == "" {
			t.Errorf("%s: %+v", table.Vendor, info)
		}
		names[info.Name] = true
		if got := table.Text(zero, info.Name); got != "" {
			t.Errorf("%s: %s of an empty contact is shown as %q", table.Vendor, info.Name, got)
		}
		if differ := table.Same(zero, zero, crm.Fields{info.Name}); differ != nil {
			t.Errorf("%s: %v of two empty contacts differ", table.Vendor, differ)
		}
		if m := table.Merge(zero, zero, crm.Fields{info.Name}, nil); len(m.Changed) > 0 && !info.WriteOnly || len(m.Fixed) > 0 {
			t.Errorf("%s: merging nothing into nothing changes %v, fixes %v", table.Vendor, m.Changed, m.Fixed)
		}
	}
}
