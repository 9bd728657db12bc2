package cells

import (
	"strings"
	"testing"
	"unicode/utf8"
)

// TestEscapes: what programs write around words and for letters is read, and what only looks like it is kept.
func TestEscapes(t *testing.T) {
	for _, tt := range []struct {
		cell, want string
		nature     Nature
	}{
		{`Jos\u00e9`, "José", Words},
		{`Mu\u00f1oz \u0141\u00F3d\u017a`, "Muñoz Łódź", Listed},
		{`\ud83d\ude00 hi`, "😀 hi", Prose},
		{`C:\users\u0041`, `C:\users\u0041`, Prose},
		{`\u00zz`, `\u00zz`, Words},
		{`R\u0026D Works`, "R&D Works", Words},
		{`O\u0027Neil`, "O'Neil", Words},
		{`Caf\u00e9 \u0026 Bar`, "Café & Bar", Listed},
		{`C:\udata\ucafe`, `C:\udata\ucafe`, Prose},
		{`5\u0022 pipe`, `5\u0022 pipe`, Words},
		{`[object Object] was shown in the portal`, `[object Object] was shown in the portal`, Prose},
		{`[object Object],[object Object]`, "", Prose},
		{`AC\DC`, `AC\DC`, Words},
		{`=Okafor`, "Okafor", Words},
		{`= O'Neil-Marsh`, "O'Neil-Marsh", Words},
		{`=see above`, "=see above", Prose},
		{`=B2`, "=B2", Words},
		{`=SUM(A1:A2)`, "=SUM(A1:A2)", Words},
	} {
		m := Mending{Nature: tt.nature}
		got, _ := m.Mend(tt.cell)
		if got != tt.want {
			t.Errorf("%s: got %q, want %q", tt.cell, got, tt.want)
		}
	}
}

// FuzzMend: mending leaves valid text, and what it mended once is not mended again for the same reason without end.
func FuzzMend(f *testing.F) {
	for _, v := range []string{`Jos\u00e9`, `\ud83d\ude00`, `=Ben`, `="Bob"`, `&amp;lt;`, "[object Object]", `c("VIP")`, "NA"} {
		f.Add(v, int8(Words))
	}
	f.Fuzz(func(t *testing.T, v string, nature int8) {
		if v == "" || !utf8.ValidString(v) || strings.TrimSpace(v) != v {
			return
		}
		m := Mending{Nature: Nature(max(0, nature) % int8(Listed+1)), Seen: Verdict{Entities: true, Arrays: true}}
		for range 8 {
			mended, _ := m.Mend(v)
			if !utf8.ValidString(mended) {
				t.Fatalf("%q became %q", v, mended)
			}
			if mended == v || mended == "" {
				return
			}
			v = mended
		}
		t.Fatalf("%q is mended without end", v)
	})
}
