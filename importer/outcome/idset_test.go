package outcome

import (
	"math/rand/v2"
	"testing"
)

func TestIDSet(t *testing.T) {
	rnd := rand.New(rand.NewPCG(1, 2))
	const rows = 100_000
	s, known := NewIDSet(rows), map[uint64]bool{}
	for range rows {
		hash := rnd.Uint64N(2 * rows) // some come twice; small ones share slots
		if got := s.add(hash); got != known[hash] {
			t.Fatalf("add(%d) = %v, want %v", hash, got, known[hash])
		}
		known[hash] = true
		known[max(hash, 1)] = true
	}
}
