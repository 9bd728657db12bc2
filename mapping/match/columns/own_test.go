package columns

import "testing"

// TestIsOwnTable: what crmferry writes about contacts is no list of them, whatever people add to it; a list that has some of those
// words is one.
func TestIsOwnTable(t *testing.T) {
	for _, tt := range []struct {
		header []string
		want   bool
	}{
		{[]string{"resource", "old_id", "new_id", "name"}, true},
		{[]string{"my notes", "row", "key", "name", "field", "now", "will be", "plan"}, true},
		{[]string{"row", "approve", "action", "key", "name", "what", "id", "plan"}, true},
		{[]string{"column", "field", "how", "example"}, true},
		{[]string{"name", "email", "resource", "old_id"}, false},
		{[]string{"First name", "Email", "field", "rows", "row", "action"}, false},
		{nil, false},
	} {
		if got := IsOwnTable(tt.header); got != tt.want {
			t.Errorf("%q: %t", tt.header, got)
		}
	}
}
