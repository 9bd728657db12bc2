package text

import (
	"testing"

	"crmferry/importer/links"
)

// TestDoubtful: one thing of a kind is called what its vendor's client calls it.
func TestDoubtful(t *testing.T) {
	for want, c := range map[string]links.Count{
		`no person "x@example.com" (in 1 row)`: {Kind: "people", One: "person", Name: "x@example.com", Rows: 1},
		`2 tags are called "VIP" (in 3 rows), their ids are 4, 7: put that of the one meant into the cell`: {Kind: "tags", One: "tag", Name: "VIP", Rows: 3, Matches: 2, IDs: "4, 7"},
	} {
		if got := doubtful(c); got != want {
			t.Errorf("%q, want %q", got, want)
		}
	}
}
