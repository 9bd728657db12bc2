package phones

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

func TestLikelyRegions(t *testing.T) {
	for _, tt := range []struct {
		header  string
		numbers []string
		want    []string
		fit     int
	}{
		{"Name|Phone", []string{"(512) 555-0101", "617.555.0102 x4", "5125550103"}, []string{"US"}, 3},
		{"Name|Phone", []string{"010-5550101", "020 555 0102", "06-12345602", "612345603"}, []string{"NL", "FR"}, 3},
		{"Name|Phone", []string{"0171 5550102", "030/5550103"}, []string{"DE"}, 2},
		{"Name|Phone", []string{"07700 900101", "0113 496 0100"}, []string{"GB", "DE"}, 1},
		{"Name|Phone", []string{"06 12 34 56 02"}, []string{"NL", "CH", "FR", "DE"}, 1},
		{"Name|Phone", []string{"06-12345602", "020 555 0102", "0101234567"}, []string{"NL", "FR"}, 3},
		{"Naam|Telefoon", []string{"06 12 34 56 02"}, []string{"NL"}, 1},
		{"Name|Firma|PLZ", []string{"0171 5550102"}, []string{"DE", "AT"}, 1},
		{"Naam|Bedrijf", []string{"(512) 555-0101"}, []string{"US"}, 1},
		{"Name|Phone", []string{"12", "999999999999999"}, nil, 0},
		{"Name|Phone", nil, nil, 0},
	} {
		got, fit := LikelyRegions(strings.Split(tt.header, "|"), tt.numbers)
		if diff := cmp.Diff(tt.want, got); diff != "" || fit != tt.fit {
			t.Errorf("%q: %d fit, want %d (-want +got):\n%s", tt.numbers, fit, tt.fit, diff)
		}
	}
}
