package names

import "testing"

// BenchmarkRead reads names of the usual kinds.
func BenchmarkRead(b *testing.B) {
	list := []string{"Jane Doe", "Jan van der Berg", "Berg, Jan van der", "Dr. Jane Doe", "María López"}
	b.ReportAllocs()
	for b.Loop() {
		for _, v := range list {
			Read(v, Style{})
		}
	}
}

// BenchmarkCheckPart looks at parts of names as most rows have them.
func BenchmarkCheckPart(b *testing.B) {
	b.ReportAllocs()
	for b.Loop() {
		for _, v := range []string{"Jane", "van der Berg", "Müller", "Smith-Jones"} {
			checkPart(v)
		}
	}
}
