package runname_test

import (
	"strings"
	"testing"

	"crmferry/internal/cli/runname"
)

// TestRows: rows are numbers and ranges; those that nobody asked about are named as they were written.
func TestRows(t *testing.T) {
	rows, err := runname.ReadRows("5, 9-12,9-9,20-30")
	if err != nil {
		t.Fatal(err)
	}
	for row, want := range map[int]bool{4: false, 5: true, 6: false, 8: false, 12: true, 13: false} {
		if got := rows.Take(row); got != want {
			t.Errorf("row %d is taken: %v", row, got)
		}
	}
	if got := strings.Join(rows.Unmet(), " "); got != "9-9 20-30" {
		t.Errorf("unmet are %s", got)
	}
	for _, wrong := range []string{"x", "0", "5-", "9-5", "5,,6", "-1"} {
		if _, err := runname.ReadRows(wrong); err == nil {
			t.Errorf("%q is taken", wrong)
		}
	}
	if rows, err := runname.ReadRows(""); rows != nil || err != nil {
		t.Errorf("nothing gives %v, %v", rows, err)
	}
}
