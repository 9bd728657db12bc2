package charset

import (
	"bytes"
	"math/rand/v2"
	"testing"
)

// BenchmarkFind finds the encoding of a list that is not UTF-8.
func BenchmarkFind(b *testing.B) {
	marked, plain := cellsOf(b, "testdata/people/german.txt")
	text, _ := encoded(b, "windows-1252", list(rand.New(rand.NewPCG(1, 2)), marked, plain, 1000))
	for b.Loop() {
		if _, _, err := Find(bytes.NewReader([]byte(text)), []byte(text), ""); err != nil {
			b.Fatal(err)
		}
	}
}
