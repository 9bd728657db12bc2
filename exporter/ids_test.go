package exporter

import (
	"fmt"
	"runtime"
	"testing"
)

func TestIDSet(t *testing.T) {
	var s idSet
	s.begin()
	if before := s.add("a", false); before != 0 {
		t.Errorf("a new id was known as %+v", before)
	}
	if before := s.add("a", true); before != newMark(1, false) || s.met != 1 {
		t.Errorf("met again: %+v, %d met", before, s.met)
	}
	s.begin()
	if before := s.add("a", false); before != newMark(1, true) || s.met != 1 {
		t.Errorf("met in the next pass: %+v, %d met", before, s.met)
	}
	s.add("b", false)
	if before := s.add("a", false); !before.written() || before.pass() != 2 || s.met != 2 {
		t.Errorf("met twice in a pass: %+v, %d met", before, s.met)
	}
}

// TestIDSetSize holds what an id costs to what issue and README say, at the worst sizes, where the map has just grown.
func TestIDSetSize(t *testing.T) {
	for _, n := range []int{100_000, 230_000, 460_000, 1_000_000} {
		before := heap()
		var s idSet
		s.begin()
		for i := range n {
			s.add(fmt.Sprintf("0194c8a2-7f3e-7cc1-9d5a-%012d", i), true)
		}
		each := float64(heap()-before) / float64(n)
		runtime.KeepAlive(s)
		t.Logf("%d ids: %.0f bytes each", n, each)
		if each > 64 {
			t.Errorf("%d ids cost %.0f bytes each, want at most 64", n, each)
		}
	}
}

func heap() int64 {
	runtime.GC()
	var m runtime.MemStats
	runtime.ReadMemStats(&m)
	return int64(m.HeapAlloc)
}
