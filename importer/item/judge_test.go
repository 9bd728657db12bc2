package item

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"testing"

	"crmferry/importer/links"
	"crmferry/importer/runrows"
	"crmferry/importer/survey"
	"crmferry/internal/crm"
	"crmferry/internal/crm/clientcommander"
	"crmferry/internal/state"
	"crmferry/mapping"
)

// TestNotesOfKeptRows: the report of a resumed run says of a row what the first session would have said, whether the rows were kept
// with whole remarks, by an earlier version, or with what these say.
func TestNotesOfKeptRows(t *testing.T) {
	const row = `"row":{"Number":2,"Contact":{"FirstName":"Anna"},"Fields":["firstName"],"Notes":["a cell is odd"],`
	want := []string{"a cell is odd", `column "mobile": "1" was left out`, `column "city": "2" was left out`}
	first, _ := json.Marshal(want[1])
	second, _ := json.Marshal(want[2])
	for name, line := range map[string]string{
		"without a version": fmt.Sprintf(`{%s"Remarks":[{"Code":"several_values","Before":"1","Message":%s},{"Code":"left_out","Message":%s}]}}`, row, first, second),
		"version 1":         fmt.Sprintf(`{"version":1,%s"Remarks":[{"Code":"several_values","Before":"1","Message":%s},{"Code":"left_out","Message":%s}]}}`, row, first, second),
		"version 2":         fmt.Sprintf(`{"version":2,%s"Said":[%s,%s]}}`, row, first, second),
	} {
		path := filepath.Join(t.TempDir(), runrows.Name)
		var file bytes.Buffer
		out := state.NewRecords(&file)
		err := errors.Join(out.Append([]byte(line)), out.Append([]byte(`{"about":{},"rows":1}`)), out.Flush(), os.WriteFile(path, file.Bytes(), 0o600))
		if err != nil {
			t.Fatal(err)
		}
		j := New(Rules[clientcommander.Contact]{Table: mapping.ClientCommanderContacts(), Matching: new(mapping.Matching[clientcommander.Contact]),
			Links: links.New[clientcommander.Contact](), IsRepeated: func(crm.Key) bool { return false }})
		_, err = runrows.Read[survey.Row[clientcommander.Contact], survey.Kept](context.Background(), path, func(seq int, says *survey.Row[clientcommander.Contact]) error {
			if it := j.Row(seq, says); !slices.Equal(it.Res.Notes, want) || it.Res.Outcome != "" {
				t.Errorf("%s: %s %q", name, it.Res.Outcome, it.Res.Notes)
			}
			return nil
		})
		if err != nil {
			t.Fatal(name, err)
		}
	}
}
