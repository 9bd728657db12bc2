package columns

import (
	"slices"
	"testing"
)

func TestNamed(t *testing.T) {
	all := []Column{{Index: 0, Letter: "A", Header: "Sector", State: Mapped}, {Index: 1, Letter: "B", Header: "sector ", State: Ignored}, {Index: 2, Letter: "C", Header: "Tier", State: Proposed}}
	if got := Named(all, []string{"custom.sector", "custom.TIER", "custom.colour"}); !slices.Equal(got, []string{"sector", "Tier", ""}) {
		t.Errorf("got %q", got)
	}
}
