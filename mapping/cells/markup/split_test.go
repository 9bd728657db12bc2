package markup

import (
	"slices"
	"strings"
	"testing"
	"unicode"
	"unicode/utf8"
)

func TestSplit(t *testing.T) {
	flag := "\U0001F1F3\U0001F1F1"
	family := "\U0001F468\u200d\U0001F469\u200d\U0001F467"
	for _, tt := range []struct {
		name, text string
		most       int
		want       []string
		torn       bool
	}{
		{"fits", "One two", 7, []string{"One two"}, false},
		{"a paragraph before a line", "One two.\n\nThree.\nFour five", 18, []string{"One two.", "Three.\nFour five"}, false},
		{"a line before a word", "One two three\nfour five", 16, []string{"One two three", "four five"}, false},
		{"a word", "One two three", 9, []string{"One two", "three"}, false},
		{"lines of Windows", "One two.\r\n\r\nThree four", 14, []string{"One two.", "Three four"}, false},
		{"an early end is left for a later one", "A\n\nBb cc dd ee ff gg", 16, []string{"A\n\nBb cc dd ee", "ff gg"}, false},
		{"a long word", "abcdefghij", 4, []string{"abcd", "efgh", "ij"}, false},
		{"what stands before a line stays", "One:\n  two\n  three", 11, []string{"One:\n  two", "  three"}, false},
		{"letters with marks", "e\u0301e\u0301e\u0301", 3, []string{"e\u0301", "e\u0301", "e\u0301"}, false},
		{"flags", flag + flag, 3, []string{flag, flag}, false},
		{"people", family + family, 7, []string{family, family}, false},
		{"a character that is longer", family, 3, nil, false},
		{"paragraphs of HTML", "<p>One <b>two</b></p><p>Three</p>", 25, []string{"<p>One <b>two</b></p>", "<p>Three</p>"}, false},
		{"lines of HTML", "One two<br>three four", 16, []string{"One two<br>", "three four"}, false},
		{"an element that is too long", "<ul><li>One</li><li>Two</li><li>Three</li></ul>", 30, []string{"<ul><li>One</li><li>Two</li>", "<li>Three</li></ul>"}, true},
		{"a tag that is too long", `<img src="aaaaaaaaaaaaaaaaaaaaaaaaaaaaa>aa"> x`, 20, nil, false},
		{"a sign", "<b>x</b>aaaa&amp;bbbb", 14, []string{"<b>x</b>aaaa", "&amp;bbbb"}, false},
		{"a comment", "<!-- it's --><div>One</div><p>so it's > x</p>", 30, []string{"<!-- it's --><div>One</div>", "<p>so it's > x</p>"}, false},
		{"no HTML", "1 < 2 and 3 > 2 is so", 10, []string{"1 < 2 and", "3 > 2 is", "so"}, false},
	} {
		got, torn := Split(tt.text, tt.most)
		if !slices.Equal(got, tt.want) || torn != tt.torn {
			t.Errorf("%s: Split = %q, %v, want %q, %v", tt.name, got, torn, tt.want, tt.torn)
		}
	}
}

// FuzzSplit: the parts are the text, but for white space, each is short enough, and none begins within a character.
func FuzzSplit(f *testing.F) {
	for _, text := range []string{"One two.\n\nThree four", "<p>One <b>two</b></p><p>Three</p>", "e\u0301e\u0301", "<img src='a>b'>&amp;x", "\U0001F1F3\U0001F1F1\U0001F1F3"} {
		f.Add(text, 8)
	}
	bare := func(s string) string {
		return strings.Map(func(r rune) rune {
			if unicode.IsSpace(r) {
				return -1
			}
			return r
		}, s)
	}
	f.Fuzz(func(t *testing.T, text string, most int) {
		if most < 1 || !utf8.ValidString(text) {
			return
		}
		parts, _ := Split(text, most)
		if parts == nil {
			return
		}
		if got := bare(strings.Join(parts, "")); got != bare(text) {
			t.Fatalf("Split(%q, %d) = %q: something is lost", text, most, parts)
		}
		for _, p := range parts {
			r, _ := utf8.DecodeRuneInString(p)
			if n := utf8.RuneCountInString(p); n == 0 || n > most || unicode.Is(unicode.M, r) && !strings.HasPrefix(text, p) && !strings.ContainsAny(text, " \n\r\t") {
				t.Fatalf("Split(%q, %d) = %q", text, most, parts)
			}
		}
	})
}
