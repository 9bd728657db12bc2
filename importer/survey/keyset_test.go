package survey

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"testing"

	"crmferry/internal/crm"
)

// TestKeySet compares with counting.
func TestKeySet(t *testing.T) {
	rnd := rand.New(rand.NewPCG(2, 2))
	for range 50 {
		s, rows, count, where := newKeySet(), 1+rnd.IntN(500), map[crm.Key]int{}, map[crm.Key][]int{}
		for row := range rows {
			var keys []crm.Key
			for range max(0, rnd.IntN(5)-1) {
				k := crm.Key{Email: fmt.Sprint(rnd.IntN(rows * 2))}
				keys = append(keys, k)
				count[k]++
				where[k] = append(where[k], row)
			}
			s.add(row, keys)
		}
		if got := s.compare(); got != len(count) {
			t.Fatalf("%d different keys, want %d", got, len(count))
		}
		var got, want RowSet
		for k, n := range count {
			if s.IsRepeated(k) != (n > 1) {
				t.Fatalf("key %v occurs %d times", k, n)
			}
			for _, row := range where[k] {
				if n > 1 {
					want.Set(row)
				}
			}
		}
		s.MarkRepeated(&got)
		if !slices.Equal(got.bits, want.bits) {
			t.Fatalf("rows %b have a key of another row, want %b", got.bits, want.bits)
		}
		s.Sort()
		for k := range count {
			if !s.Has(k) || s.Has(crm.Key{Email: k.Email + "x"}) {
				t.Fatalf("key %v", k)
			}
		}
	}
}
