package cell

import "testing"

func TestGuard(t *testing.T) {
	for _, tt := range []struct{ cell, want string }{
		{"", ""},
		{"Jan", "Jan"},
		{"'t Hart", "'t Hart"},
		{"''", "''"},
		{"=1+1", "'=1+1"},
		{"'=x", "''=x"},
		{"''=x", "'''=x"},
		{"@SUM(A1)", "'@SUM(A1)"},
		{"-", "'-"},
		{"- none", "'- none"},
		{"-2+3+cmd|' /C calc'!A0", "'-2+3+cmd|' /C calc'!A0"},
		{"+31612345678", "+31612345678"},
		{"+1 (512) 555-0101", "+1 (512) 555-0101"},
		{"+1 512 555 0101 ext. 7", "'+1 512 555 0101 ext. 7"},
		{"+31612345678; +31612345679", "'+31612345678; +31612345679"},
		{"'+31612345678", "''+31612345678"},
		{"+", "'+"},
		{"+A1", "'+A1"},
		{"-12.50", "-12.50"},
		{"-1,250.00", "-1,250.00"},
		{"-1e5", "'-1e5"},
		{"-1-1", "'-1-1"},
		{"\t=1", "'\t=1"},
		{"\r=1", "'\r=1"},
		{"\n=1", "'\n=1"},
		{" =1", " =1"},
	} {
		got := tt.cell
		if NeedsGuard(got) {
			got = "'" + got
		}
		if got != tt.want {
			t.Errorf("%q is written as %q, want %q", tt.cell, got, tt.want)
		}
		if Guarded(got) {
			got = got[1:]
		}
		if got != tt.cell {
			t.Errorf("%q comes back as %q", tt.cell, got)
		}
	}
}
