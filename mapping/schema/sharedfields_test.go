package schema

import (
	"slices"
	"sync"
	"testing"

	"crmferry/internal/crm"
)

// TestSharedFields: rows with the same fields have one list of them, which no later row changes, even where the rows are converted at
// the same time and in memory that is used again.
func TestSharedFields(t *testing.T) {
	lists := []crm.Fields{{"email"}, {"email", "phone"}, {}, {"phone", "email"}}
	var shared SharedFields
	var running sync.WaitGroup
	for range 4 {
		running.Go(func() {
			var used crm.Fields
			var given []crm.Fields
			for i := range 2000 {
				used = append(used[:0], lists[i/3%len(lists)]...)
				given = append(given, shared.Share(used))
			}
			for i, list := range given {
				if !slices.Equal(list, lists[i/3%len(lists)]) || cap(list) > len(list) {
					t.Errorf("row %d has %q, with room for %d", i, list, cap(list))
					return
				}
			}
		})
	}
	running.Wait()
	if a, b := shared.Share(crm.Fields{"email"}), shared.Share(crm.Fields{"email"}); &a[0] != &b[0] {
		t.Error("two rows with the same fields have lists of their own")
	}
}
