package survey

import (
	"fmt"
	"path/filepath"
	"strings"
	"testing"

	"crmferry/importer/survey/batches"
	"crmferry/internal/crm/rogerroger"
	"crmferry/mapping"
)

// TestOnlyPartsAreParts: a row of one record is none of another row's parts, whatever was read in its place before.
func TestOnlyPartsAreParts(t *testing.T) {
	lines := []string{"Person,Content,Category", "jan@example.com," + strings.Repeat("word ", 20_000) + ",/note_categories/1"}
	for i := range 50 * batches.Rows {
		lines = append(lines, fmt.Sprintf("jan@example.com,Note %d,/note_categories/1", i))
	}
	o := Options{Path: sheetOf(t, lines), Keep: filepath.Join(t.TempDir(), "rows.jsonl")}
	o.Match.SplitLong = true
	f, err := Read(t.Context(), mapping.RogerRogerNotes(), o, func(int, *Row[rogerroger.Note]) {})
	if err != nil {
		t.Fatal(err)
	}
	err = f.Rows(t.Context(), func(seq int, r *Row[rogerroger.Note]) error {
		if len(r.Problems) > 0 || r.Number == 2 && r.Parts != 2 || r.Number != 2 && r.Parts+r.Part != 0 {
			t.Errorf("row %d is part %d of %d: %+v", r.Number, r.Part, r.Parts, r.Problems)
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
}
