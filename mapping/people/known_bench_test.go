package people

import "testing"

// BenchmarkMarks: each row of an import has its marks made once.
func BenchmarkMarks(b *testing.B) {
	k := Known{Person{First: "Jane4711", Last: "van der Berg", Emails: []string{"jane.4711@example.com"}, Phones: []string{"+15125554711"}}, []string{""}}
	b.ReportAllocs()
	for b.Loop() {
		k.Marks()
	}
}
