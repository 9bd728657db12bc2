package charset

import (
	"bytes"
	"io"
	"strings"
	"testing"
	"testing/iotest"
	"unicode/utf8"
)

// FuzzFind finds the encoding of any bytes, and reads them: the same in whatever pieces they come, as UTF-8 but for a last
// character that is cut off, and no line is lost.
func FuzzFind(f *testing.F) {
	for _, s := range []string{"", "name\nJos\xe9\n", "Wi\xb6niewski;\xa3\xf3d\xbc", "Zo\xeb,Jos\xc3\xa9\r\nN\xfa\xf1ez", "\xef\xbb\xbfa\n\xff", "\xe9\r\xe8\r\n\xc3", "\x8eR\x93c\x91\xbe\x98Y",
		"a\xc3\xa9b \xd8\x9f\xff", "\x00\xff\xfe", "M\xfcller,Schr\x9ader\n", "N\xba 7,3\xaa m\xb3", "Ame\xb4lie@x.pl,am\xe9lie"} {
		f.Add([]byte(s))
	}
	languages := loadLanguages()
	f.Fuzz(func(t *testing.T, text []byte) {
		l, because, err := sniff(bytes.NewReader(text), hasPrefix(text, BOM), func() []language { return languages })
		if err != nil {
			return
		}
		if because.Why == "" || l.Name() == "" {
			t.Fatalf("%+v, %+v", l, because)
		}
		whole, slow := l.Reader(bytes.NewReader(text)), l.Reader(iotest.OneByteReader(bytes.NewReader(text)))
		got, err := io.ReadAll(whole)
		if err != nil {
			t.Fatal(err)
		}
		again, err := io.ReadAll(iotest.HalfReader(slow))
		if err != nil || !bytes.Equal(got, again) {
			t.Fatalf("%q, byte by byte %q, %v", got, again, err)
		}
		if l.mixed == nil {
			return
		}
		if !utf8.Valid(got) && !isCutOff(got) {
			t.Fatalf("not UTF-8: %q of %q", got, text)
		}
		lines := 1 + strings.Count(strings.NewReplacer("\r\n", "\n", "\r", "\n").Replace(string(got)), "\n")
		for _, o := range whole.Odd(1 << 30) {
			if o.Line < 1 || o.Line > lines || !strings.Contains(string(got), o.Text) {
				t.Fatalf("%+v of %d lines", o, lines)
			}
		}
	})
}
