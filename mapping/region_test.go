package mapping

import (
	"testing"

	"github.com/google/go-cmp/cmp"
)

func TestLikelyRegions(t *testing.T) {
	for _, tt := range []struct {
		numbers []string
		want    []string
		fit     int
	}{
		{[]string{"(512) 555-0101", "617.555.0102 x4", "5125550103"}, []string{"US"}, 3},
		{[]string{"010-5550101", "020 555 0102", "06-12345602", "612345603"}, []string{"NL", "FR"}, 3},
		{[]string{"0171 5550102", "030/5550103"}, []string{"DE"}, 2},
		{[]string{"07700 900101", "0113 496 0100"}, []string{"GB", "DE"}, 1},
		{[]string{"06 12 34 56 02"}, []string{"NL", "CH", "FR", "DE"}, 1},
		{[]string{"06-12345602", "020 555 0102", "0101234567"}, []string{"NL", "FR"}, 3},
		{[]string{"12", "999999999999999"}, nil, 0},
		{nil, nil, 0},
	} {
		got, fit := LikelyRegions(tt.numbers)
		if diff := cmp.Diff(tt.want, got); diff != "" || fit != tt.fit {
			t.Errorf("%q: %d fit, want %d (-want +got):\n%s", tt.numbers, fit, tt.fit, diff)
		}
	}
}
