package crm_test

import (
	"strings"
	"testing"

	"golang.org/x/text/unicode/norm"

	"crmferry/internal/crm"
)

func TestFold(t *testing.T) {
	tests := []struct{ a, b string }{
		{"Café Zoë", norm.NFD.String("Café Zoë")},
		{"Café Zoë", "  café   zoë "},
		{"Café Zoë", "Café\u00a0Zoë"},
		{"Café Zoë", "Ca\u200bfé\tZoë\ufeff"},
		{"Café Zoë", "Café\r\nZoë"},
		{"ÅNGSTRÖM", "a\u030angstro\u0308m"},
		{"Jan Jansen", "jan  jansen"},
		{"", " \u00a0\u200b"},
		{"한국", norm.NFD.String("한국")},
	}
	for _, tt := range tests {
		if crm.Fold(tt.a) != crm.Fold(tt.b) {
			t.Errorf("%q and %q differ: %q, %q", tt.a, tt.b, crm.Fold(tt.a), crm.Fold(tt.b))
		}
	}
	for _, tt := range []struct{ a, b string }{{"Café", "Cafe"}, {"Jan Jansen", "JanJansen"}, {"a", "b"}} {
		if crm.Fold(tt.a) == crm.Fold(tt.b) {
			t.Errorf("%q and %q are the same", tt.a, tt.b)
		}
	}
	if got := crm.Compose(" a  b \r\n\r\n c\t d\x00"); got != "a b\n\nc d" {
		t.Errorf("got %q", got)
	}
}

func FuzzFold(f *testing.F) {
	for _, v := range []string{"Café Zoë", "e\u0301", " a  b\r\n", "\u200b", "İ", "\ufb01"} {
		f.Add(v)
	}
	f.Fuzz(func(t *testing.T, v string) {
		once := crm.Compose(v)
		if again := crm.Compose(once); again != once {
			t.Errorf("%q becomes %q, and that %q", v, once, again)
		}
		if strings.Contains(once, "  ") {
			t.Errorf("%q becomes %q", v, once)
		}
		if crm.Fold(v) != crm.Fold(once) {
			t.Errorf("%q and %q fold to %q and %q", v, once, crm.Fold(v), crm.Fold(once))
		}
	})
}
