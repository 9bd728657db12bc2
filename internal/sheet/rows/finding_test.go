package rows

import (
	"fmt"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// TestFindings finds more than is kept.
func TestFindings(t *testing.T) {
	var n Findings
	told := 0
	for row := 1; row <= 1000; row++ {
		n.Add("many", func() Finding {
			told++
			return Finding{Row: row, Column: -1, Text: strings.Repeat("é", 500), Message: fmt.Sprint("row ", row)}
		})
	}
	n.Add("one", func() Finding { return Finding{Row: 7, Text: "x"} })
	if told != maxFirst || len(n.Counts) != 2 || n.Counts[0].Count != 1000 || len(n.Counts[0].First) != maxFirst {
		t.Fatalf("told %d times: %+v", told, n.Counts)
	}
	want := Finding{Code: "many", Row: 5, Column: -1, Text: strings.Repeat("é", maxFindingText/2) + "…", Message: "row 5"}
	if diff := cmp.Diff(want, n.Counts[0].First[4]); diff != "" {
		t.Error(diff)
	}
	if diff := cmp.Diff(FindingCount{"one", 1, []Finding{{Code: "one", Row: 7, Text: "x"}}}, n.Counts[1]); diff != "" {
		t.Error(diff)
	}
	if got := Clip("aé", 2); got != "a…" {
		t.Errorf("a cut inside a character: %q", got)
	}
}
