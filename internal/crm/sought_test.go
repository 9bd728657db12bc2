package crm_test

import (
	"context"
	"fmt"
	"testing"

	"crmferry/internal/crm"
)

// TestSought: what is on a page is found there; what came to another page meanwhile is read by itself; of many that are gone only
// the first few are asked for, and all are counted.
func TestSought(t *testing.T) {
	gets := 0
	s := crm.NewSought(crm.Seeking[int, string]{
		Page: func(_ context.Context, n int) (crm.NumberedPage[int], error) {
			return crm.NumberedPage[int]{Items: []int{2 * n, 2*n + 1}, Last: 2}, nil
		},
		Get: func(_ context.Context, id string) ([]int, error) {
			if gets++; id == "9" {
				return []int{9}, nil
			}
			return nil, nil
		},
		Read: func(n *int) (string, string) { return fmt.Sprint(*n), fmt.Sprint("the ", *n) },
	})
	find := func(id, want string, most int) {
		t.Helper()
		if got, ok, err := s.Find(t.Context(), id); got != want || ok != (want != "") || err != nil || gets > most {
			t.Errorf("%s is %q, %v, %v after %d reads", id, got, ok, err, gets)
		}
	}
	find("5", "the 5", 0)
	find("", "", 0)
	find("9", "the 9", 1)
	find("9", "the 9", 1)
	for range 3 {
		find("10", "", 2)
	}
	for i := range 100 {
		find(fmt.Sprint(100+i), "", 1+crm.FewIDs)
	}
	if n := s.Missed(); n != 101 {
		t.Errorf("%d of 101 ids were missed", n)
	}
}
