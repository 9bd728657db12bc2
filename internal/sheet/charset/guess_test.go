package charset

import (
	"bytes"
	"fmt"
	"math/rand/v2"
	"strings"
	"testing"

	xlanguage "golang.org/x/text/language"
	"golang.org/x/text/language/display"
)

// accented are names of countries and languages in one of those that the encodings are for, which have letters that are
// not ASCII.
func accented(t testing.TB, tag xlanguage.Tag, encoding string) []string {
	var words []string
	regions, languages := display.Regions(tag), display.Languages(tag)
	for i := range 26 * 26 {
		code := string([]byte{byte('A' + i/26), byte('A' + i%26)})
		var names []string
		if region, err := xlanguage.ParseRegion(code); err == nil {
			names = append(names, regions.Name(region))
		}
		if tag, err := xlanguage.Parse(strings.ToLower(code)); err == nil {
			names = append(names, languages.Name(tag))
		}
		for _, w := range names {
			if _, ok := encoded(t, encoding, w); ok && ASCII([]byte(w)) < len(w) {
				words = append(words, w)
			}
		}
	}
	return words
}

// TestEncodingOfWords finds the encoding of one word, which no list knows, and of ten. One word is read wrong once in a
// hundred times, or refused; ten are read right.
func TestEncodingOfWords(t *testing.T) {
	const west, middle = "de fr es pt it nl da sv nb fi ca", "pl cs sk hu hr sl ro"
	tests := []struct {
		encoding, languages string
		words               int
		wrong, refused      int // percent, at most
	}{
		{"windows-1252", west, 1, 1, 10}, {"mac-roman", west, 1, 2, 50}, {"cp850", west, 1, 2, 50}, {"windows-1250", middle, 1, 2, 50}, {"iso-8859-2", middle, 1, 3, 50},
		{"windows-1252", west, 10, 0, 0}, {"mac-roman", west, 10, 0, 0}, {"cp850", west, 10, 0, 0}, {"windows-1250", middle, 10, 0, 0}, {"iso-8859-2", middle, 10, 0, 0},
		{"windows-1254", "tr", 10, 0, 0}, {"windows-1257", "lv lt et", 10, 0, 0}, {"windows-1255", "he", 10, 0, 0},
	}
	loaded := loadLanguages()
	rnd := rand.New(rand.NewPCG(1, 2))
	for _, tt := range tests {
		all, wrong, refused := 0, 0, 0
		for _, name := range strings.Fields(tt.languages) {
			words := accented(t, xlanguage.Make(name), tt.encoding)
			for range 100/len(strings.Fields(tt.languages))/tt.words + 4 {
				text := "name\n"
				for range tt.words {
					text += words[rnd.IntN(len(words))] + "\n"
				}
				content, _ := encoded(t, tt.encoding, text)
				l, because, err := sniff(bytes.NewReader([]byte(content)), false, func() []language { return loaded })
				all++
				switch {
				case err != nil:
					refused++
					if tt.words > 1 {
						t.Logf("%q: %v", text, err)
					}
				case l.mixed != nil || l.Charset.text([]byte(content)) != text:
					wrong++
					t.Logf("%q: %s: %s", text, l.Name(), because.Why)
				}
			}
		}
		t.Logf("%d words in %s: of %d, %d are wrong, %d refused", tt.words, tt.encoding, all, wrong, refused)
		if 100*wrong > tt.wrong*all || 100*refused > tt.refused*all {
			t.Errorf("%d words in %s: of %d, %d are wrong, %d refused", tt.words, tt.encoding, all, wrong, refused)
		}
	}
}

// TestCollect keeps enough of a large text, from all over it.
func TestCollect(t *testing.T) {
	var text strings.Builder
	for i := range 2 * maxPieces {
		fmt.Fprintf(&text, "Jos\xe9%d,Zo\xeb,jose@example.pl\r\n", i)
	}
	e, err := collect(strings.NewReader(text.String()))
	if err != nil || len(e.pieces) != maxPieces || e.pieces[2].line != 2 || e.line != 2*maxPieces || e.domains["pl"] == 0 {
		t.Errorf("%d pieces, %d lines, %v, %v", len(e.pieces), e.line, e.domains, err)
	}
	if few := spread(e.pieces, 10); len(few) != 10 || few[9].line < maxPieces/2 {
		t.Errorf("%d pieces", len(few))
	}
}
