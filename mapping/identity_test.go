package mapping

import (
	"testing"
	"time"

	"crmferry/internal/crm"
	"crmferry/internal/crm/cloverhound"
	"crmferry/internal/crm/growcrm"
	"crmferry/mapping/people"
)

func TestLikeness(t *testing.T) {
	known := growcrm.Contact{FirstName: "Zoë", LastName: "van der Berg", Email: "Zoe@Example.com", Phone: "+31 6 12345678"}
	tests := []struct {
		name string
		row  growcrm.Contact
		want people.Likeness
	}{
		{"the same", known, people.Likeness{Held: 3, Shared: 3, Equal: 3}},
		{"e-mail without case", growcrm.Contact{Email: " zoe@example.COM"}, people.Likeness{Held: 1, Shared: 1, Equal: 1}},
		{"another e-mail", growcrm.Contact{Email: "zoe@example.org"}, people.Likeness{Held: 1, Shared: 1, Equal: 0}},
		{"phone without the code of the country", growcrm.Contact{Phone: "06-12345678"}, people.Likeness{Held: 1, Shared: 1, Equal: 1}},
		{"phone with 00", growcrm.Contact{Phone: "0031612345678"}, people.Likeness{Held: 1, Shared: 1, Equal: 1}},
		{"the end of a phone", growcrm.Contact{Phone: "345678"}, people.Likeness{Held: 1, Shared: 1, Equal: 0}},
		{"an extension of the phone", growcrm.Contact{Phone: "+31612345678001"}, people.Likeness{Held: 1, Shared: 1, Equal: 0}},
		{"name without accents and case", growcrm.Contact{FirstName: "ZOE", LastName: "Van der Berg"}, people.Likeness{Held: 1, Shared: 1, Equal: 1}},
		{"name in another order", growcrm.Contact{LastName: "Berg, Zoë van der"}, people.Likeness{Held: 1, Shared: 1, Equal: 0}},
		{"the last name alone", growcrm.Contact{LastName: "Van Der Berg"}, people.Likeness{Held: 1, Shared: 1, Equal: 1}},
		{"another first name", growcrm.Contact{FirstName: "Eva", LastName: "van der Berg"}, people.Likeness{Held: 1, Shared: 1, Equal: 0}},
		{"a stranger", growcrm.Contact{FirstName: "Eva", LastName: "Smit", Email: "eva@example.com", Phone: "+31687654321"}, people.Likeness{Held: 3, Shared: 3, Equal: 0}},
		{"nothing", growcrm.Contact{Position: "Director"}, people.Likeness{}},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			if got := GrowContacts().Likeness(&tt.row, &known); got != tt.want {
				t.Errorf("got %+v, want %+v", got, tt.want)
			}
			if got := GrowContacts().Held(&tt.row); got != tt.want.Held {
				t.Errorf("the row holds %d, want %d", got, tt.want.Held)
			}
		})
	}
}

// TestLikenessOfWholeNames: a full name is compared as its words, whatever their order.
func TestLikenessOfWholeNames(t *testing.T) {
	for _, tt := range []struct {
		row, contact string
		equal        bool
	}{
		{"Jean-Luc O'Brien", "obrien jean luc", true},
		{"Berg, Zoë van der", "Zoe van der Berg", true},
		{"Zoë Berg", "Zoë van der Berg", false},
		{"🙂", "🙃", false},
		{"🙂", "🙂", true},
		{"漢字", "漢字", true},
	} {
		l := CloverhoundContacts().Likeness(&cloverhound.Contact{FullName: tt.row}, &cloverhound.Contact{FullName: tt.contact})
		if got := l.Equal == 1; got != tt.equal {
			t.Errorf("%q and %q: %v, want %v", tt.row, tt.contact, got, tt.equal)
		}
	}
}

// TestContradicts: a row speaks against its contact if two of e-mail, phone and name stand in it and none is the contact's.
func TestContradicts(t *testing.T) {
	phones := []cloverhound.Phone{{Number: "+31612345678"}, {Number: "+31612345679"}}
	known := cloverhound.Contact{FullName: "Ann Bee", Email: "ann@example.com", Phones: phones}
	for _, tt := range []struct {
		name         string
		row, contact cloverhound.Contact
		want         bool
	}{
		{"one of two phones", cloverhound.Contact{FullName: "Cor Dee", Email: "cor@example.com", Phones: phones[1:]}, known, false},
		{"name only", cloverhound.Contact{FullName: "Cor Dee"}, known, false},
		{"name and e-mail", cloverhound.Contact{FullName: "Cor Dee", Email: "cor@example.com"}, known, true},
		{"a contact without anything", cloverhound.Contact{FullName: "Cor Dee", Email: "cor@example.com"}, cloverhound.Contact{}, true},
	} {
		l := CloverhoundContacts().Likeness(&tt.row, &tt.contact)
		if got := l.Contradicts(); got != tt.want {
			t.Errorf("%s: %v, want %v", tt.name, got, tt.want)
		}
	}
	if got := CloverhoundContacts().Describe(&known); got != "Ann Bee, ann@example.com, +31612345678" {
		t.Errorf("described as %q", got)
	}
	if RogerRogerNotes().HasPeople() || !CloverhoundContacts().HasPeople() {
		t.Error("notes are no people, and contacts are")
	}
}

// TestKnownBy: what a contact is known by in the report of an import.
func TestKnownBy(t *testing.T) {
	c := growcrm.Contact{ID: 12, FirstName: "Noor", LastName: "van der Berg", Email: "noor@example.com", Phone: "+31612345601"}
	for key, want := range map[string]bool{
		"noor@example.com": true, " NOOR@Example.com ": true, "12": true, "31612345601 noor van der berg": true, "0612345601 Berg, Noor van der": true,
		"13": false, "anna@example.com": false, "31612345601 anna bos": false, "31612345602 noor van der berg": false, "31612345601": false,
	} {
		if got := GrowContacts().KnownBy(&c, key); got != want {
			t.Errorf("%q: %v, want %v", key, got, want)
		}
	}
}

// TestLikenessOfRecords: leads and notes are known by their texts, too; the id of a record in a row says nothing, its name does.
func TestLikenessOfRecords(t *testing.T) {
	lead := growcrm.Lead{ID: 4, Title: "Lead B1", Email: "lb1@example.com", CompanyName: "B1"}
	for _, tt := range []struct {
		row         growcrm.Lead
		contradicts bool
	}{
		{growcrm.Lead{Title: "Lead A1", Email: "la1@example.com", CompanyName: "A1"}, true},
		{growcrm.Lead{Title: "Roof", CompanyName: "b1"}, false},
		{growcrm.Lead{Title: "Roof"}, false},
		{growcrm.Lead{Title: "The lead B1", CompanyName: "Acme"}, false},
	} {
		if l := GrowLeads().Likeness(&tt.row, &lead); l.Contradicts() != tt.contradicts {
			t.Errorf("%+v: %+v", tt.row, l)
		}
	}
	note := growcrm.Note{ID: 4, Title: "Contract B15", Description: "Signed in spring.", On: "client", Of: crm.Ref{ID: "15"}, Created: time.Now()}
	for _, tt := range []struct {
		row         growcrm.Note
		contradicts bool
	}{
		{growcrm.Note{Title: "Salary A15", Description: "Too high.", On: "client", Of: crm.Ref{ID: "15"}}, true},
		{growcrm.Note{Title: "Salary A15", Description: "Too high.", On: "client", Of: crm.Ref{ID: "15", Name: "Acme"}}, false},
		{growcrm.Note{Description: "Too high.", On: "client", Of: crm.Ref{ID: "16", Name: "Acme"}}, true},
		{growcrm.Note{Title: "Salary A15", Description: "Signed in late spring."}, false},
		{growcrm.Note{Description: "Too high."}, false},
	} {
		if l := GrowNotes().Likeness(&tt.row, &note); l.Contradicts() != tt.contradicts {
			t.Errorf("%+v: %+v", tt.row, l)
		}
	}
}
