package headers

import "testing"

// FuzzFold: what is folded character by character is what is folded at once.
func FuzzFold(f *testing.F) {
	for _, v := range []string{"", "Müller", "Mu\u0308ller", "Straße", "Øre", "ĲSSEL", "ŉ ſ Ǆ", "a\u0323\u0307", "½ ²", "\xff\xe2é", "ﬁ", "日本"} {
		f.Add(v)
	}
	f.Fuzz(func(t *testing.T, v string) {
		if got, want := Fold(v), fold(v); got != want {
			t.Errorf("%q: %q, want %q", v, got, want)
		}
	})
}
