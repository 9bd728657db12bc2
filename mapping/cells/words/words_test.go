package words

import (
	"slices"
	"testing"
)

func TestTags(t *testing.T) {
	tests := map[string][]string{
		"VIP":                                 {"VIP"},
		"VIP, Hot lead;News|Dutch":            {"VIP", "Hot lead", "News", "Dutch"},
		`"VIP, gold", News`:                   {"VIP, gold", "News"},
		`"VIP","Blog"`:                        {"VIP", "Blog"},
		`"say ""hi""", x`:                     {`say "hi"`, "x"},
		`12" screens, x`:                      {`12" screens`, "x"},
		`"open, x`:                            {`"open`, "x"},
		"* myContacts ::: * starred ::: Club": {"Club"},
		"* Family ::: x":                      {"Family", "x"},
		" , ;; ":                              nil,
	}
	for cell, want := range tests {
		if got := SplitAll(nil, cell); !slices.Equal(got, want) {
			t.Errorf("%q: got %q, want %q", cell, got, want)
		}
	}
}
