package mapping

import "testing"

// BenchmarkConvert converts a row of eight columns whose phone is E.164 already.
func BenchmarkConvert(b *testing.B) {
	header := []string{"First name", "Last name", "Email", "Phone", "Company", "Job title", "Account owner", "Fax"}
	cells := []string{"Jane", "Doe", "jane.doe@example.com", "+31612345678", "12", "Head of Procurement", "no", ""}
	m, err := GrowContacts().Match(header, MatchOptions{NeedsRequired: true})
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
	m, err := RogerRogerPeople().Match(header, MatchOptions{NeedsRequired: true})
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

// BenchmarkConvertNational converts a phone that takes a full parse.
func BenchmarkConvertNational(b *testing.B) {
	m, err := CloverhoundContacts().Match([]string{"Name", "Phone"}, MatchOptions{ConvertOptions: ConvertOptions{Region: "NL"}})
	if err != nil {
		b.Fatal(err)
	}
	b.ReportAllocs()
	for b.Loop() {
		m.Convert([]string{"Jane Doe", "06-12345678"})
	}
}
