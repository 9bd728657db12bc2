package csv

import (
	"bytes"
	"strings"
	"testing"
)

// encoded writes a text in an encoding.
func encoded(t testing.TB, name, text string) string {
	t.Helper()
	set, ok := charsetNamed(name)
	if !ok {
		t.Fatal(name)
	}
	if set.codec == nil {
		return text
	}
	s, err := set.codec.NewEncoder().String(text)
	if err != nil {
		t.Fatal(err)
	}
	return s
}

func TestBlocks(t *testing.T) {
	for _, unit := range []string{"é", "a\n", "a\r", "€uro\r\n"} {
		text := []byte("x" + strings.Repeat(unit, 2*blockSize/len(unit)))
		var got []byte
		err := forEachBlock(bytes.NewReader(text), func(block []byte) bool {
			got = append(got, block...)
			if valid, _, _ := scanUTF8(bytes.NewReader(block)); !valid {
				t.Errorf("a block of %q cuts a character", unit)
			}
			return true
		})
		if err != nil || !bytes.Equal(got, text) {
			t.Errorf("blocks of %q: %d of %d bytes, %v", unit, len(got), len(text), err)
		}
	}
}

func TestEncodingNames(t *testing.T) {
	for _, name := range append(Encodings(), "", "UTF8", "utf 16", "cp1252", "Latin-1", "ISO_8859-1", "macintosh") {
		if !KnownEncoding(name) {
			t.Errorf("%q is not known", name)
		}
	}
	if KnownEncoding("klingon") {
		t.Error("klingon")
	}
}
