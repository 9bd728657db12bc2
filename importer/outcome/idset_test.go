package outcome

import (
	"math/rand/v2"
	"testing"
)

// TestIDSet: a set knows what was put into it, also if that is more than it was made for.
func TestIDSet(t *testing.T) {
	rnd := rand.New(rand.NewPCG(1, 2))
	const rows = 100_000
	for _, expected := range []int{rows, rows / 10, 0} {
		s, known := NewIDSet(expected), map[uint64]bool{}
		for range rows {
			hash := rnd.Uint64N(2 * rows) // some come twice; small ones share slots
			if got := s.add(hash); got != known[hash] {
				t.Fatalf("of %d: add(%d) = %v, want %v", expected, hash, got, known[hash])
			}
			known[hash] = true
			known[max(hash, 1)] = true
		}
	}
}
