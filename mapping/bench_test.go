package mapping

import (
	"fmt"
	"strings"
	"testing"

	"crmferry/internal/crm"
	"crmferry/internal/crm/rogerroger"
	"crmferry/mapping/cells"
)

// BenchmarkConvert converts a row of eight columns whose phone is E.164 already.
func BenchmarkConvert(b *testing.B) {
	header := []string{"First name", "Last name", "Email", "Phone", "Company", "Job title", "Account owner", "Fax"}
	cells := []string{"Jane", "Doe", "jane.doe@example.com", "+31612345678", "12", "Head of Procurement", "no", ""}
	benchConvert(b, GrowContacts(), header, cells)
}

func benchConvert[C any](b *testing.B, table *Table[C], header, cells []string) {
	m, err := table.Match(header, worded(MatchOptions{NeedsRequired: true, ConvertOptions: ConvertOptions{Region: "NL"}}))
	if err != nil {
		b.Fatal(err)
	}
	b.ReportAllocs()
	for b.Loop() {
		if row := m.Convert(cells); len(row.Problems) > 0 {
			b.Fatal(row.Problems)
		}
	}
}

// BenchmarkConvertLists converts a row with lists and links.
func BenchmarkConvertLists(b *testing.B) {
	header := []string{"First name", "Last name", "Email 1", "Email 2", "Phone", "Mobile", "Tags", "City"}
	cells := []string{"Jane", "Doe", "jane.doe@example.com", "jane@example.org", "+31201234567", "+31612345678", "VIP, Newsletter", "Delft"}
	benchConvert(b, RogerRogerPeople(), header, cells)
}

// BenchmarkConvertNational converts a phone that takes a full parse.
func BenchmarkConvertNational(b *testing.B) {
	benchConvert(b, CloverhoundContacts(), []string{"Name", "Phone"}, []string{"Jane Doe", "06-12345678"})
}

// BenchmarkMatch matches the header of Outlook, and one of as many unknown names, above as many different cells as a
// profile keeps.
func BenchmarkMatch(b *testing.B) {
	known := header(outlookEN)
	unknown := make([]string, len(known))
	for i := range unknown {
		unknown[i] = fmt.Sprint("Kolom nummer ", i)
	}
	for name, header := range map[string][]string{"known": known, "unknown": unknown} {
		p := cells.NewProfile(header)
		row := make([]string, len(header))
		for n := range 1000 {
			for i := range row {
				row[i] = fmt.Sprint("Jan van der Berg ", strings.Repeat("x", n%17), n)
			}
			p.Add(row)
		}
		b.Run(name, func(b *testing.B) {
			for b.Loop() {
				if _, err := RogerRogerPeople().Match(header, worded(MatchOptions{Profile: p})); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}

// BenchmarkImages measures what it costs to take down what an update changes, before and after, beside finding that out.
func BenchmarkImages(b *testing.B) {
	b.Run("rogerroger", func(b *testing.B) {
		t := RogerRogerPeople()
		found := rogerroger.Person{ID: "9", GivenName: "Ada", FamilyName: "Lovett", EmailAddresses: []string{"ada@example.com"}, PhoneNumbers: []rogerroger.Phone{{Number: "+31612345678"}}}
		want := rogerroger.Person{GivenName: "Ada", FamilyName: "Lovelace", JobTitle: "Countess", EmailAddresses: []string{"ada@example.com"}, PhoneNumbers: []rogerroger.Phone{{Number: "+31687654321"}}}
		benchImages(b, t, found, want, crm.Fields{"givenName", "familyName", "jobTitle", "emailAddresses", "phoneNumbers"})
	})
}

func benchImages[C any](b *testing.B, t *Table[C], found, want C, set crm.Fields) {
	b.Run("merge", func(b *testing.B) {
		for b.Loop() {
			t.Merge(found, want, set, nil)
		}
	})
	m := t.Merge(found, want, set, nil)
	b.Run("images", func(b *testing.B) {
		b.ReportAllocs()
		for b.Loop() {
			t.Image(found, m.Changed)
			t.Image(m.Contact, m.Changed)
		}
	})
}
