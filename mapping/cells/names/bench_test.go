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
