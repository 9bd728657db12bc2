package markup

import (
	"strings"
	"testing"
)

func TestEntities(t *testing.T) {
	tests := []struct{ cell, want, left string }{
		{"Johnson &amp; Johnson", "Johnson & Johnson", ""},
		{"R&amp;D", "R&D", ""},
		{"L&#039;Agap&eacute;", "L'Agapé", ""},
		{"O&#39;Brien", "O'Brien", ""},
		{"O&#x27;Brien", "O'Brien", ""},
		{"O&#39Brien", "O'Brien", ""},
		{"Johnson &amp;amp; Johnson", "Johnson & Johnson", ""},
		{"Agap&amp;eacute;", "Agapé", ""},
		{"Agap&amp;amp;eacute;", "Agapé", ""},
		{"Johnson &amp Johnson", "Johnson & Johnson", ""},
		{"caf&eacute Zo&euml", "café Zoë", ""},
		{"&Scaron;koda &lstrok;", "Škoda ł", ""},
		{"&Alpha;", "Α", ""},
		{"&#8217;", "’", ""},
		{"&#146;", "’", ""},
		{"1 &lt; 2 &nbsp;&euro;", "1 < 2 \u00a0€", ""},
		{"AT&T; Shell", "AT&T; Shell", ""},
		{"Q&A; B&B;", "Q&A; B&B;", ""},
		{"P&it; M&Sc;", "P&it; M&Sc;", ""},
		{"Smith & Sons", "Smith & Sons", ""},
		{"Smith &Sons; Shell", "Smith &Sons; Shell", ""},
		{"https://example.com/?a=1&copy=2&amp=3", "https://example.com/?a=1&copy=2&amp=3", ""},
		{"Foo &bogus; Bar", "Foo &bogus; Bar", "&bogus;"},
		{"Foo &#0; Bar", "Foo &#0; Bar", "&#0;"},
		{"&#99999999;", "&#99999999;", "&#99999999;"},
		{"&", "&", ""},
		{"&#", "&#", ""},
		{"&#x;", "&#x;", ""},
		{"&;", "&;", ""},
		{"we are &#1 here", "we are &#1 here", ""},
	}
	for _, tt := range tests {
		if got, left := Decode(tt.cell); got != tt.want || left != tt.left {
			t.Errorf("%q: got %q and %q, want %q and %q", tt.cell, got, left, tt.want, tt.left)
		}
		if got := Show(Hide(tt.cell)); got != tt.cell {
			t.Errorf("%q: shown again as %q", tt.cell, got)
		}
	}
	if got := Hide("Johnson &amp;amp; Johnson; AT&T; Shell"); strings.Count(got, ";") != 2 {
		t.Errorf("hidden: %q", got)
	}
}

func FuzzEntity(f *testing.F) {
	for _, v := range []string{"&amp;amp;", "O&#39;Brien", "&#x27", "AT&T; Shell", "&eacute", "&bogus;", "&#0;", "<b>&amp;</b>"} {
		f.Add(v)
	}
	f.Fuzz(func(t *testing.T, v string) {
		if strings.ContainsRune(v, hidden) {
			return
		}
		if got := Show(Hide(v)); got != v {
			t.Errorf("%q: shown again as %q", v, got)
		}
		decoded, _ := Decode(v)
		if !strings.Contains(v, "&") && decoded != v {
			t.Errorf("%q became %q", v, decoded)
		}
		IsMarkup(v)
	})
}
