package lists

import (
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"
)

func likeFolded() Like[string] { return ByKey(strings.EqualFold, strings.ToLower) }

// TestSetsAgree: few values, which are compared with each other, and many, which are found by their marks, come out alike.
func TestSetsAgree(t *testing.T) {
	var values []string
	for i := range 3 * few {
		values = append(values, "Tag "+strconv.Itoa(i%(2*few)), "TAG "+strconv.Itoa(i%5))
	}
	for n := range values {
		var want []string
		for _, v := range values[:n] {
			if !slices.ContainsFunc(want, func(w string) bool { return strings.EqualFold(v, w) }) {
				want = append(want, v)
			}
		}
		if got := Unique(slices.Clone(values[:n]), likeFolded()); !slices.Equal(got, want) {
			t.Errorf("%d values: got %q, want %q", n, got, want)
		}
		if !SameSet(values[:n], want, likeFolded()) {
			t.Errorf("%d values are another set than theirs without repeats", n)
		}
	}
}

func TestMerge(t *testing.T) {
	have := []string{"Vip", "Buyer"}
	for n := range 2 * few {
		for i := range n {
			have = append(have, "x"+strconv.Itoa(i))
		}
		got := Merge(have, []string{"VIP", "New"}, false, likeFolded())
		if want := append(slices.Clone(have), "New"); !slices.Equal(got, want) {
			t.Errorf("added: got %q", got)
		}
		if got := Merge(have, []string{"VIP", "New"}, true, likeFolded()); !slices.Equal(got, []string{"Vip", "New"}) {
			t.Errorf("replaced: got %q", got)
		}
	}
}

// BenchmarkUnique measures how much longer ten times as many values take: about ten times, not a hundred.
func BenchmarkUnique(b *testing.B) {
	many := make([]string, 20000)
	for i := range many {
		many[i] = "tag " + strconv.Itoa(i)
	}
	took := func(values []string) time.Duration {
		start := time.Now()
		Unique(slices.Clone(values), likeFolded())
		return time.Since(start)
	}
	var long, short time.Duration
	for b.Loop() {
		long += took(many)
		for range 10 {
			short += took(many[:2000])
		}
	}
	b.ReportMetric(10*float64(long)/float64(short), "times_2000")
}
