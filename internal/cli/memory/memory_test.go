package memory

import "testing"

// TestLimitFor: the more rows there are, the less is left to growth, down to the limit that any number of rows keeps.
func TestLimitFor(t *testing.T) {
	for rows, want := range map[int]int64{0: heapLimit + mostUnused, 100_000: heapLimit + 3_600_000, manyRows: heapLimit, 5_000_000: heapLimit} {
		if got := limitFor(rows); got != want {
			t.Errorf("%d rows: %d, want %d", rows, got, want)
		}
	}
}
