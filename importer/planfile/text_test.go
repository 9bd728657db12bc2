package planfile

import (
	"slices"
	"strings"
	"testing"
	"unicode/utf8"
)

func TestShown(t *testing.T) {
	for _, tt := range []struct{ value, want string }{
		{"", ""},
		{"Ann Sample", "Ann Sample"},
		{"José", "José"},
		{"a\r\nb\rc\nd", "a\nb\nc\nd"},
		{"a\x00b\x1f\tc", "a\uFFFDb\uFFFD\tc"},
		{"a\xffb", "a\uFFFDb"},
		{"\uFFFE", "\uFFFD"},
		{strings.Repeat("é", mostText), strings.Repeat("é", mostText/2) + "…"},
	} {
		if got := shown(tt.value); got != tt.want {
			t.Errorf("%.60q is shown as %.60q, want %.60q", tt.value, got, tt.want)
		}
		if got := shown(shown(tt.value)); got != tt.want {
			t.Errorf("%.60q is shown as another text once more: %.60q", tt.value, got)
		}
	}
}

func TestNarrowed(t *testing.T) {
	for _, tt := range []struct {
		text string
		want []string
	}{
		{"plain", nil},
		{"José €", []string{"José €", "José €", "José €", "José €"}},
		{"Łukasz Čapek 😀", []string{"?ukasz ?apek ?", "?ukasz ?apek ??", "Lukasz Capek ?", "Lukasz Capek ??"}},
		{"山田", []string{"??", "??", "??", "??"}},
	} {
		if got := narrowed(tt.text); !slices.Equal(got, tt.want) {
			t.Errorf("%q becomes %q", tt.text, got)
		}
	}
}

func TestFold(t *testing.T) {
	for _, tt := range []struct{ a, b string }{{" a ", "a"}, {"'=1", "=1"}, {"''=1", "=1"}, {"a\r\nb", "a\nb"}, {"'t Hart", "'t Hart"}, {"\u00a0a", "a"}} {
		if fold(tt.a) != tt.b {
			t.Errorf("%q is folded to %q, want %q", tt.a, fold(tt.a), tt.b)
		}
	}
}

func FuzzShown(f *testing.F) {
	f.Add("a\r\n\x00'=😀")
	f.Fuzz(func(t *testing.T, value string) {
		got := shown(value)
		if !utf8.ValidString(got) || shown(got) != got || fold(fold(got)) != fold(got) {
			t.Errorf("%q is shown as %q, folded as %q", value, got, fold(got))
		}
	})
}
