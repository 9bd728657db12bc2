package survey

import (
	"fmt"
	"path/filepath"
	"slices"
	"testing"

	"crmferry/importer/survey/batches"
	"crmferry/internal/crm/clientcommander"
	"crmferry/mapping"
)

// TestOnlyOwnRemarks: what is said of a row is of its own cells, whatever was read in its place before, and a later session
// finds it in the rows that were kept.
func TestOnlyOwnRemarks(t *testing.T) {
	lines := []string{"First name,Email,Phone,Mobile"}
	want := func(number int) (says []string) {
		if number%3 == 0 {
			says = append(says, fmt.Sprintf(`column "Mobile": "+4179%07d" was left out: phone takes one, and column "Phone" has it`, number))
		}
		return says
	}
	for i := range 50 * batches.Rows {
		mobile := ""
		if number := i + 2; want(number) != nil {
			mobile = fmt.Sprintf("+4179%07d", number)
		}
		lines = append(lines, fmt.Sprintf("Jan,jan%d@example.com,+31612345678,%s", i, mobile))
	}
	o := Options{Path: sheetOf(t, lines), Keep: filepath.Join(t.TempDir(), "rows.jsonl")}
	for _, session := range []string{"first", "resumed"} {
		f, err := Read(t.Context(), mapping.ClientCommanderContacts(), o, func(_ int, r *Row[clientcommander.Contact]) {
			var says []string
			for _, m := range r.Remarks {
				says = append(says, m.Message)
			}
			if says = append(says, r.Said...); !slices.Equal(says, want(r.Number)) {
				t.Errorf("%s: row %d: %q", session, r.Number, says)
			}
		})
		if err != nil {
			t.Fatal(err)
		}
		rows := 0
		err = f.Rows(t.Context(), func(_ int, r *Row[clientcommander.Contact]) error {
			if rows++; !slices.Equal(r.Said, want(r.Number)) || r.Remarks != nil {
				t.Errorf("%s: kept row %d says %q, %v", session, r.Number, r.Said, r.Remarks)
			}
			return nil
		})
		if err != nil || rows != len(lines)-1 {
			t.Fatal(rows, err)
		}
	}
}
