package outcome

import (
	"fmt"
	"strings"
	"testing"

	"crmferry/mapping"
)

// TestJoiner: the parts of a row become one result, which holds all ids and is the worst that became of a part.
func TestJoiner(t *testing.T) {
	part := func(row, part, parts int, o Outcome) *Result {
		return &Result{Row: row, Part: part, Parts: parts, Outcome: o, ID: fmt.Sprintf("%d.%d", row, part), Attempts: 1}
	}
	failed := part(4, 2, 2, Failed)
	failed.ID, failed.Problems = "", []mapping.Problem{{Code: "invalid", Message: "no"}}
	var j Joiner
	var got []*Result
	for _, res := range []*Result{
		{Row: 2, Outcome: Created, ID: "2"}, part(3, 1, 3, Created), part(3, 2, 3, Unchanged), part(3, 3, 3, Created), part(4, 1, 2, Created), failed,
		part(5, 1, 0, Deleted), part(5, 2, 0, Deleted), part(6, 1, 2, Skipped), part(6, 2, 2, Skipped), part(7, 1, 2, Failed), part(7, 2, 2, Unknown), part(8, 1, 3, Created), part(8, 2, 3, Created),
	} {
		got = append(got, j.Add(res)...)
	}
	got = append(got, j.Rest())
	want := []string{
		"2 created 2 ", "3 created 3.1; 3.2; 3.3 of its parts 2 created, 1 unchanged", "4 failed 4.1 no; of its parts 1 created, 1 failed; the row is no reject, as a mended text would be other parts: import it as it is, or delete 4.1 and mend it",
		"5 deleted 5.1 ", "5 deleted 5.2 ", "6 skipped 6.1; 6.2 in 2 parts", "7 unknown 7.1; 7.2 of its parts 1 failed, 1 unknown",
		"8 unknown 8.1; 8.2 8.1; 8.2 was created, and not all that follows is done: 1 of the 3 parts of the row were not reached; in 3 parts",
	}
	if len(got) != len(want) {
		t.Fatalf("%d results, want %d", len(got), len(want))
	}
	for i, res := range got {
		if is := fmt.Sprintf("%d %s %s %s", res.Row, res.Outcome, res.ID, res.Words()); is != want[i] {
			t.Errorf("result %d is %q, want %q", i, is, want[i])
		}
	}
	if !got[2].IsTorn() || got[1].IsTorn() || got[6].IsTorn() {
		t.Error("which rows have parts that are there and others that are not is not known")
	}
	if j.Rest() != nil || !got[7].Open || strings.Join(got[1].IDs(), ",") != "3.1,3.2,3.3" || len(got[0].IDs()) != 1 {
		t.Error("something is left, or the ids differ")
	}
}
