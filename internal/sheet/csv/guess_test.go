package csv

import (
	"fmt"
	"math/rand/v2"
	"strings"
	"testing"

	"golang.org/x/text/language"
	"golang.org/x/text/language/display"
)

// accented are names of countries and languages in one of those that the encodings are for, which have letters that are
// not ASCII.
func accented(tag language.Tag, set charset) []string {
	var words []string
	regions, languages := display.Regions(tag), display.Languages(tag)
	for i := range 26 * 26 {
		code := string([]byte{byte('A' + i/26), byte('A' + i%26)})
		var names []string
		if region, err := language.ParseRegion(code); err == nil {
			names = append(names, regions.Name(region))
		}
		if tag, err := language.Parse(strings.ToLower(code)); err == nil {
			names = append(names, languages.Name(tag))
		}
		for _, w := range names {
			if _, err := set.codec.NewEncoder().String(w); err == nil && notASCII([]byte(w)) < len(w) {
				words = append(words, w)
			}
		}
	}
	return words
}

// TestEncodingOfWords guesses the encoding of one word and of ten. Windows-1252 is never taken for another one; the others
// are, where a word or two is all there is, but hardly ever without a word on it.
func TestEncodingOfWords(t *testing.T) {
	tests := []struct {
		encoding string
		words    int
		most     int // percent that may be read wrong without doubt
	}{
		{"windows-1252", 1, 0}, {"mac-roman", 1, 4}, {"cp850", 1, 4},
		{"windows-1252", 10, 0}, {"mac-roman", 10, 0}, {"cp850", 10, 0},
	}
	rnd := rand.New(rand.NewPCG(1, 2))
	for _, tt := range tests {
		set, _ := charsetNamed(tt.encoding)
		all, wrong, refused := 0, 0, 0
		for _, name := range strings.Fields("de fr es pt it nl da sv nb fi ca") {
			words := accented(language.Make(name), set)
			for range 100 {
				text := "name\n"
				for range tt.words {
					text += words[rnd.IntN(len(words))] + "\n"
				}
				content := encoded(t, tt.encoding, text)
				e, err := collectEvidence(strings.NewReader(content))
				if err != nil {
					t.Fatal(err)
				}
				c, because, err := guessCharset(e, []byte(content))
				all++
				switch {
				case err != nil:
					refused++
				case c.text([]byte(content)) != text && because.alternative == "":
					wrong++
					t.Logf("%q: %s: %s", text, c.name, because.why)
				}
			}
		}
		if all != 1100 || 100*wrong > tt.most*all || tt.encoding == "windows-1252" && refused > 0 {
			t.Errorf("%d words in %s: of %d, %d are wrong, %d refused", tt.words, tt.encoding, all, wrong, refused)
		}
	}
}

// TestGather stops where enough was seen.
func TestGather(t *testing.T) {
	var text strings.Builder
	for i := range 20 * maxWords {
		fmt.Fprintf(&text, "Jos\xe9 %d\nZo\xeb\n", i)
	}
	e, err := collectEvidence(strings.NewReader(text.String()))
	if err != nil || e.bad < maxWords || e.bad == 40*maxWords || len(e.words) != maxWords || e.words[maxPlaced-1].line != 2*(maxPlaced-1)-1 || e.words[maxPlaced].line != 0 {
		t.Errorf("%d bytes, %d words, %v", e.bad, len(e.words), err)
	}
}
