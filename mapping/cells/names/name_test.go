package names

import (
	"strings"
	"testing"
)

func TestNames(t *testing.T) {
	tests := []struct{ full, first, last string }{
		{"Jane Doe", "Jane", "Doe"},
		{"Mary Ann Smith", "Mary Ann", "Smith"},
		{"Jan van der Berg", "Jan", "van der Berg"},
		{"Jan Van Der Berg", "Jan", "Van Der Berg"},
		{"JAN VAN DER BERG", "JAN", "VAN DER BERG"},
		{"J.P. de Vries", "J.P.", "de Vries"},
		{"Jan 't Hart", "Jan", "'t Hart"},
		{"A.B. Bakker-de Boer", "A.B.", "Bakker-de Boer"},
		{"Els Bakker - van der Berg", "Els", "Bakker - van der Berg"},
		{"Jean-Luc Bakker", "Jean-Luc", "Bakker"},
		{"Piet in 't Veld", "Piet", "in 't Veld"},
		{"IJsbrand Jansen", "IJsbrand", "Jansen"},
		{"Berg, Jan van der", "Jan", "van der Berg"},
		{"van der Berg, Jan", "Jan", "van der Berg"},
		{"Doe, Jane", "Jane", "Doe"},
		{"Ludwig von Beethoven", "Ludwig", "von Beethoven"},
		{"María de la Cruz", "María", "de la Cruz"},
		{"Kim Li", "Kim", "Li"},
		{"Grace Wu", "Grace", "Wu"},
		{"Al Smith", "Al", "Smith"},
		{"Van Morrison", "Van", "Morrison"},
		{"Jane Doe, PhD", "Jane", "Doe, PhD"},
		{"John Smith Jr.", "John", "Smith Jr."},
		{"  Jane   Doe ", "Jane", "Doe"},
		{"Jane Doe,", "Jane", "Doe"},
		{"Madonna", "", ""},
		{"van der Berg", "", ""},
		{"De Jong", "", ""},
		{"Den Hartog", "", ""},
		{"Ter Horst Bakker", "", ""},
		{"Van den Berg", "", ""},
		{"VAN DER BERG", "", ""},
		{"Van der Berg J.", "J.", "Van der Berg"},
		{"de Vries P.", "P.", "de Vries"},
		{"Van Dijk", "Van", "Dijk"},
		{"El Khatib", "El", "Khatib"},
		{"Deborah Jong", "Deborah", "Jong"},
		{"Terence Hill", "Terence", "Hill"},
		{"Ben Jansen", "Ben", "Jansen"},
		{"Acme B.V.", "", ""},
		{"Müller GmbH", "", ""},
		{"Widgets Inc.", "", ""},
		{"John & Jane Smith", "", ""},
		{"Jan en Marie Smit", "", ""},
		{"Doe, Jane, Mrs", "", ""},
		{", Jane", "", ""},
		{"", "", ""},
	}
	for _, tt := range tests {
		first, last, ok := SplitName(tt.full, false)
		if ok != (tt.first != "") || first != tt.first || last != tt.last {
			t.Errorf("%q: got %q %q %v, want %q %q", tt.full, first, last, ok, tt.first, tt.last)
		}
	}
}

func FuzzName(f *testing.F) {
	for _, v := range []string{"Jan van der Berg", "Berg, Jan van der", "Doe, PhD", ",", "& x", "van van van"} {
		f.Add(v)
	}
	f.Fuzz(func(t *testing.T, v string) {
		first, last, ok := SplitName(v, len(v)%2 == 0)
		if ok && (strings.TrimSpace(first) == "" || strings.TrimSpace(last) == "") {
			t.Errorf("%q gave %q and %q", v, first, last)
		}
		if ok && len(first)+len(last) < len(strings.Join(strings.Fields(v), ""))-len(strings.Fields(v))-2 {
			t.Errorf("%q lost letters: %q and %q", v, first, last)
		}
	})
}
