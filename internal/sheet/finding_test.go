package sheet

import (
	"fmt"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// TestNotes finds more than is kept.
func TestNotes(t *testing.T) {
	var n notes
	told := 0
	for row := 1; row <= 1000; row++ {
		n.find("many", func() Finding {
			told++
			return Finding{Row: row, Column: -1, Text: strings.Repeat("é", 500), Message: fmt.Sprint("row ", row)}
		})
	}
	n.find("one", func() Finding { return Finding{Row: 7, Text: "x"} })
	if told != maxFirst || len(n.counts) != 2 || n.counts[0].Count != 1000 || len(n.counts[0].First) != maxFirst {
		t.Fatalf("told %d times: %+v", told, n.counts)
	}
	want := Finding{Code: "many", Row: 5, Column: -1, Text: strings.Repeat("é", maxFindingText/2) + "…", Message: "row 5"}
	if diff := cmp.Diff(want, n.counts[0].First[4]); diff != "" {
		t.Error(diff)
	}
	if diff := cmp.Diff(FindingCount{"one", 1, []Finding{{Code: "one", Row: 7, Text: "x"}}}, n.counts[1]); diff != "" {
		t.Error(diff)
	}
	if got := clip("aé", 2); got != "a…" {
		t.Errorf("a cut inside a character: %q", got)
	}
}
