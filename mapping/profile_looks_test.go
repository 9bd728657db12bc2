package mapping

import (
	"testing"

	"crmferry/mapping/cells"
)

// TestAbroad: a column of countries and the country of a row agree on what is abroad.
func TestAbroad(t *testing.T) {
	for country, want := range map[string]bool{"US": false, "usa": false, "PR": false, "Puerto Rico": false, "GU": false, "VI": false, "NL": true, "Nederland": true, "somewhere": false} {
		r := reading{cells: []string{country}}
		s := source{index: 1, nations: []source{{index: 0}}}
		if cells.LooksAbroad(country) != want || (r.abroad(&s) != "") != want {
			t.Errorf("%s: a column %v, a row %q, want %v", country, cells.LooksAbroad(country), r.abroad(&s), want)
		}
	}
}
