package schema

import "testing"

// TestHasNumber: a street has a number already where it ends with that very number.
func TestHasNumber(t *testing.T) {
	for _, tt := range []struct {
		street, number string
		want           bool
	}{
		{"Kade 12", "12", true},
		{"Kade 12a", "12", true},
		{"Laan 7 A", "7", true},
		{"Laan 7 A", "7A", true},
		{"Laan 7-A", "7", true},
		{"Kade 12", "1", false},
		{"Kade 12", "2", false},
		{"Kade 12", "12A", false},
		{"Plein 1940", "3", false},
		{"1940", "1940", false},
		{"12", "12", false},
		{"Kade", "12", false},
		{"Rue du 8 mai", "8", false},
		{"Rue de Lille 8 bis", "8", true},
		{"Kade 12", "", false},
	} {
		if got := hasNumber(tt.street, tt.number); got != tt.want {
			t.Errorf("%q, %q: got %v", tt.street, tt.number, got)
		}
	}
}
