package cells

import (
	"testing"

	"crmferry/internal/cell"
)

func TestNumbers(t *testing.T) {
	tests := []struct {
		cell, decimal string
		want          float64
		bad           bool
	}{
		{"450000", "", 450000, false},
		{"0", "", 0, false},
		{"-12.5", "", -12.5, false},
		{"$1,250,000", "", 1250000, false},
		{"450k", "", 450000, false},
		{"450 K", "", 450000, false},
		{"1.2M", "", 1200000, false},
		{"1,2 mln", "", 1200000, false},
		{"1.250M", "", 1250000, false},
		{"€ 1.250.000,50", "", 1250000.5, false},
		{"1 250 000", "", 1250000, false},
		{"1\u00a0250\u202f000", "", 1250000, false},
		{"1'250'000.50", "", 1250000.5, false},
		{"1,250,000.50", "", 1250000.5, false},
		{"1.000", "", 1000, false},
		{"1,000", "", 1000, false},
		{"1.000", "comma", 1000, false},
		{"1.000", "point", 1, false},
		{"1,000", "comma", 1, false},
		{"1,000", "point", 1000, false},
		{"0,500", "", 0.5, false},
		{"9,99", "", 9.99, false},
		{"9,99", "point", 0, true},
		{"1.5", "", 1.5, false},
		{"€ 450.000,-", "", 450000, false},
		{"EUR 450000", "", 450000, false},
		{"1E+06", "", 1000000, false},
		{"300k-400k", "", 0, true},
		{"1.2.3", "", 0, true},
		{"1,25,000", "", 0, true},
		{"12.34.567", "", 0, true},
		{"abc", "", 0, true},
		{"", "", 0, true},
		{"k", "", 0, true},
		{"1e999", "", 0, true},
		{"NaN", "", 0, true},
		{"--5", "", 0, true},
	}
	for _, tt := range tests {
		got, err := ParseNumber(tt.cell, tt.decimal)
		if (err != "") != tt.bad || got != tt.want {
			t.Errorf("%q with %q: got %v %q, want %v", tt.cell, tt.decimal, got, err, tt.want)
		}
	}
}

func FuzzNumber(f *testing.F) {
	for _, v := range []string{"$1,250,000", "450k", "€ 1.250.000,50", "1.000", "1'000", ",", "1e5"} {
		f.Add(v, "")
	}
	f.Fuzz(func(t *testing.T, v, decimal string) {
		n, err := ParseNumber(v, decimal)
		if err != "" {
			return
		}
		if again, err := ParseNumber(cell.Decimal(n), "point"); err != "" || again != n {
			t.Errorf("%q gave %v, which reads back as %v %s", v, n, again, err)
		}
	})
}
