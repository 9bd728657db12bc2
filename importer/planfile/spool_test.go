package planfile

import (
	"fmt"
	"os"
	"slices"
	"strings"
	"testing"
)

// TestSpool: lists that grow by turns come back whole and in order, from memory and from the file, which is gone afterwards.
func TestSpool(t *testing.T) {
	var s spool
	lists := make([]spoolList, 3)
	var want [3][]string
	for i := range 3000 {
		for k := range lists {
			text := fmt.Sprintf("%d-%d %s", i, k, strings.Repeat("x", i%50*k))
			want[k] = append(want[k], text)
			if err := s.add(&lists[k], text, ""); err != nil {
				t.Fatal(err)
			}
		}
	}
	if s.file == nil {
		t.Fatal("all of it is in memory")
	}
	name := s.file.Name()
	for k := range lists {
		var got []string
		err := s.each(&lists[k], 2, func(texts []string) error {
			got = append(got, texts[0])
			return nil
		})
		if err != nil || !slices.Equal(got, want[k]) {
			t.Errorf("list %d: %d records, %v", k, len(got), err)
		}
	}
	if err := s.file.Truncate(100); err != nil {
		t.Fatal(err)
	}
	if err := s.each(&lists[0], 2, func([]string) error { return nil }); err == nil {
		t.Error("a file that was cut is read")
	}
	s.close()
	s.close()
	if _, err := os.Stat(name); !os.IsNotExist(err) {
		t.Errorf("the file is still there: %v", err)
	}
}
