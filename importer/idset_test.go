package importer

import (
	"math/rand/v2"
	"testing"
)

func TestIDSet(t *testing.T) {
	rnd := rand.New(rand.NewPCG(1, 2))
	var s idSet
	rows := map[uint64]int{}
	for row := 2; row < 200_000; row++ {
		hash := rnd.Uint64()
		if row%7 == 0 { // an id that was answered before
			for h := range rows {
				hash = h
				break
			}
		}
		if got := s.add(hash, row); got != rows[hash] {
			t.Fatalf("row %d: add returned row %d, want %d", row, got, rows[hash])
		}
		if rows[hash] == 0 {
			rows[hash] = row
		}
	}
	if s.used != len(rows) {
		t.Errorf("%d ids are held, want %d", s.used, len(rows))
	}
}
